"""Two valleys side by side: the same rules in a straight one and in a turned one."""

import numpy as np
import traitlets
from matplotlib.figure import Figure

from .. import _valid, plots
from ..descent import descend
from ..surfaces import Quadratic
from .still import Pictured, png
from .strip import RANGES, described, library_rules


def _length(point):
    """How far a point is from the lowest one: by a root, which every machine takes alike."""
    return np.sqrt(point[0] * point[0] + point[1] * point[1])


class Pair(Pictured):
    """A widget that shows rules in a straight valley and in the same valley turned, side by side at one scale.

    surface: a straight Quadratic of two curvatures, the second one at least as large as the first.
    rules: some of the library's rules, in a list, each kind once.
    start: two finite numbers, in the straight valley; in the other one it is turned with it.
    steps: how many steps are taken, 1 or more.
    angle: by how many degrees the second valley is turned, from 0 to 90.

    Below each valley a bar for each rule says how far it is from the lowest point, as a share of the start's distance.

    Its traits, for observe and assignment: condition, the condition number of both valleys, from 10 to 1000, where the
    largest curvature stays; angle; step, at which it stands.

    Raises ValueError or TypeError for bad input when it is made, and TraitError when a trait is set to what is not allowed.

    >>> from optimlib import Momentum, Pair, Quadratic, RMSProp
    >>> pair = Pair(Quadratic((0.2, 4.0)), [Momentum(lr=0.6, beta=0.5), RMSProp(lr=0.4)])
    >>> pair
    Pair: still to go straight: momentum 0.14 %, RMSProp 0.20 %; turned by 45°: momentum 0.14 %, RMSProp 22.38 %
    """

    drawn_as = "optimlib.lab.Pair"

    condition = traitlets.Float(20.0, min=RANGES["condition"][0], max=RANGES["condition"][1]).tag(sync=True)
    angle = traitlets.Int(45, min=RANGES["angle"][0], max=RANGES["angle"][1]).tag(sync=True)
    step = traitlets.Int(20).tag(sync=True)
    steps = traitlets.Int(20, read_only=True).tag(sync=True)
    steepest = traitlets.Float(4.0, read_only=True).tag(sync=True)
    start: traitlets.List = traitlets.List(read_only=True).tag(sync=True)
    rules: traitlets.List = traitlets.List(read_only=True).tag(sync=True)

    def __init__(self, surface, rules, start=(-5, -2), steps=20, angle=45):
        if not isinstance(surface, Quadratic) or surface.angle != 0 or len(surface.curvatures) != 2 or surface.curvatures[0] > surface.curvatures[1]:
            raise ValueError(f"surface must be a straight Quadratic of two curvatures, the larger one second, not {surface!r}")
        self._rules = library_rules(rules)
        flat, steep = surface.curvatures
        steps = _valid.whole("steps", steps, least=1)
        super().__init__(condition=steep / flat, angle=angle)
        for name, value in {"steps": steps, "steepest": steep, "start": _valid.point("start", start, dimension=2).tolist()}.items():
            self.set_trait(name, value)
        self.set_trait("rules", [described(label, rule) for label, rule in self._rules.items()])
        self.step = steps

    @traitlets.validate("step")
    def _hold_step(self, proposal):
        return min(max(proposal["value"], 0), self.steps)

    def paths(self, turned=False):
        """{label: Path} of the rules in the straight valley, or in the turned one."""
        surface = Quadratic((self.steepest / self.condition, self.steepest), self.angle if turned else 0)
        return {label: descend(surface, rule, surface.from_axes(self.start), self.steps) for label, rule in self._rules.items()}

    def to_go(self, turned=False):
        """{label: how far it is from the lowest point at the step that is shown, as a share of the start's distance}."""
        return {label: _length(path.points[self.step]) / _length(path.points[0]) for label, path in self.paths(turned).items()}

    def still(self) -> bytes:
        """A picture as PNG bytes: both valleys with the paths, and below them the bars of the distance to go."""
        figure = Figure(figsize=(6.4, 4.2), layout="constrained")
        axes = figure.subplots(2, 2, height_ratios=[3, 0.1 + 0.35 * len(self._rules)])
        half = 0.59 * max(_length(self.start), 1e-9)
        for turned, (valley, bars) in enumerate(axes.T):
            paths = self.paths(bool(turned))
            hull = Quadratic((1, 1), self.angle if turned else 0)
            corners = np.array([hull.from_axes(np.multiply(self.start, share)) for share in ((1, 1), (0.85, -1.5), (0, 0))])
            middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
            surface = Quadratic((self.steepest / self.condition, self.steepest), self.angle if turned else 0)
            plots.contours(surface, paths, ax=valley, xlim=(middle[0] - half, middle[0] + half), ylim=(middle[1] - half, middle[1] + half))
            valley.get_legend().remove()
            valley.set_title(f"turned by {self.angle}°" if turned else "straight", color=plots.INK, fontsize=11)
            shares = list(self.to_go(bool(turned)).values())[::-1]
            colours = [plots.STYLE[type(rule).__name__]["color"] for rule in self._rules.values()][::-1]
            bars.barh([f"{label}, {share:.2%}" for label, share in zip(list(self._rules)[::-1], shares)], shares, color=colours)
            bars.set(xlim=(0, 1), xticks=[])
            bars.tick_params(colors=plots.INK, labelsize=9)
            bars.set_title("distance to go", color=plots.INK, fontsize=9)
        return png(figure, transparent=True)

    def __repr__(self):
        words = [", ".join(f"{label} {100 * share:.2f} %" for label, share in self.to_go(turned).items()) for turned in (False, True)]
        return f"Pair: still to go straight: {words[0]}; turned by {self.angle}°: {words[1]}"
