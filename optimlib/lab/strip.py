"""A strip of gradients: what each rule makes of one and the same row of them, with no valley under it."""

import json
from pathlib import Path

import numpy as np
import traitlets
from matplotlib.figure import Figure

from .. import _valid, catalogue, plots, rules, tables
from .still import Pictured, png

# A steady part, the drift, under one that flips at every step, the swing.
PATTERNS = {"steady": {"drift": 1, "swing": 0}, "flipping": {"drift": 0, "swing": 7}, "both": {"drift": 1, "swing": 7}}
STEPS = 40  # that are drawn
SETTLED = 400  # steps after which it is seen what they come to in the end
# What the sliders of Strip and Pair reach, [lowest, highest], as the browser has it, too.
RANGES = json.loads(Path(__file__).with_name("ranges.json").read_text(encoding="utf-8"))

_KINDS = {getattr(rules, known["class"]): (kind, known) for kind, known in catalogue.RULES.items()}


def gradients(pattern, size=1.0, count=STEPS):
    """The first gradients of a pattern, all times the size.

    pattern: "steady", "flipping" or "both".

    >>> gradients("both", count=4)
    array([ 8., -6.,  8., -6.])
    """
    drift, swing = PATTERNS[pattern]["drift"], PATTERNS[pattern]["swing"]
    return size * np.where(np.arange(count) % 2, drift - swing, drift + swing)


def moves(rule, row):
    """The steps that a rule makes when it is fed these gradients, over its learning rate: above 0 where it goes against a gradient above 0.

    >>> from optimlib import Momentum
    >>> moves(Momentum(lr=0.5, beta=0.5), [1, 1, -1])
    array([ 1.  ,  1.5 , -0.25])
    """
    here, state, made = np.zeros(1), rule.init(np.zeros(1)), []
    for g in row:
        x, state = rule.update(here, np.array([float(g)]), state)
        made.append(-x[0] / rule.lr)
    return np.array(made)


def end(row):
    """(drift, swing) of a row by its last two: how far they lead, and how far they go to and fro.

    >>> drift, swing = end([5, 8, -6])
    >>> print(drift, swing)
    1.0 7.0
    """
    one, other = row[-2:]
    return (one + other) / 2, abs(one - other) / 2


class Strip(Pictured):
    """A widget that feeds rules one row of gradients, and shows their steps as bars.

    rules: some of the library's rules, in a list, each kind once. Each of their steps is shown over its learning rate.

    Its traits, for observe and assignment: pattern, "steady", "flipping" or "both", a steady part of 1 under one of 7
    that flips at every step; size, from 0.1 to 1, which multiplies all gradients; step, from 0 to 40, up to which it shows.

    Raises TypeError or ValueError for what is no such list, and TraitError when a trait is set to what is not allowed.

    >>> from optimlib import Momentum, RMSProp, Strip
    >>> Strip([Momentum(lr=0.1, beta=0.9), RMSProp(lr=0.1, rho=0.9)])
    Strip: gradients both; momentum drift 10, swing 3.68; RMSProp drift 0.134, swing 0.989
    """

    drawn_as = "optimlib.lab.Strip"

    pattern = traitlets.Enum(list(PATTERNS), default_value="both").tag(sync=True)
    size = traitlets.Float(1.0, min=RANGES["size"][0], max=RANGES["size"][1]).tag(sync=True)
    step = traitlets.Int(STEPS, min=0, max=STEPS).tag(sync=True)
    steps = traitlets.Int(STEPS, read_only=True).tag(sync=True)
    settled = traitlets.Int(SETTLED, read_only=True).tag(sync=True)
    patterns: traitlets.List = traitlets.List([{"name": name, **parts} for name, parts in PATTERNS.items()], read_only=True).tag(sync=True)
    rules: traitlets.List = traitlets.List(read_only=True).tag(sync=True)

    def __init__(self, rules):
        self._rules = library_rules(rules)
        super().__init__()
        self.set_trait("rules", [described(label, rule) for label, rule in self._rules.items()])

    def ends(self, pattern=None):
        """{label: (drift, swing)} of what the rules' steps come to in the end, over their learning rates; pattern is the present one by default.

        >>> from optimlib import Momentum, Strip
        >>> Strip([Momentum(lr=0.1, beta=0.9)]).ends("steady")["momentum"][0].round(3)
        np.float64(10.0)
        """
        row = gradients(self.pattern if pattern is None else pattern, self.size, SETTLED)
        return {label: end(moves(rule, row)) for label, rule in self._rules.items()}

    def still(self) -> bytes:
        """A picture as PNG bytes: each pattern in a column, with the gradients and the steps of each rule."""
        figure = Figure(figsize=(6.4, 1.2 * (1 + len(self._rules)) + 0.5), layout="constrained")
        axes = figure.subplots(1 + len(self._rules), len(PATTERNS), sharex=True, sharey="row", squeeze=False)
        of_gradients = [_is_of_gradients(rule) for rule in self._rules.values()]
        for ax, is_same in zip(axes[1:, 0], of_gradients):
            if is_same:
                ax.sharey(axes[0, 0])
        for column, pattern in zip(axes.T, PATTERNS):
            row, far = gradients(pattern), gradients(pattern, count=SETTLED)
            _bars(column[0], row, end(far), plots.INK)
            column[0].set_title(f"{pattern}\n{column[0].get_title()}", fontsize=9, color=plots.INK)
            for ax, rule in zip(column[1:], self._rules.values()):
                _bars(ax, moves(rule, row), end(moves(rule, far)), plots.STYLE[type(rule).__name__]["color"])
        scales = ["" if is_same else "\n(own scale)" for is_same in of_gradients]
        for ax, name in zip(axes[:, 0], ["gradients", *(f"{label}'s\nsteps / η{scale}" for label, scale in zip(self._rules, scales))]):
            ax.set_ylabel(name, color=plots.INK, fontsize=9)
        return png(figure, transparent=True)

    def __repr__(self):
        words = [f"{label} {_words(*ends)}" for label, ends in self.ends().items()]
        return f"Strip: gradients {self.pattern}; {'; '.join(words)}"


def library_rules(rules):
    """{label: rule} of rules of the library, each kind once."""
    if not isinstance(rules, (list, tuple)) or not rules or not all(type(rule) in _KINDS for rule in rules):
        raise TypeError(f"rules must be a list of rules of optimlib, such as [Momentum(lr=0.1, beta=0.9)], not {rules!r}")
    named = {_KINDS[type(rule)][1]["label"]: rule for rule in rules}
    if len(named) < len(rules):
        raise ValueError(f"rules must have each kind of rule once, not {rules!r}")
    return named


def described(label, rule):
    """A rule as the browser takes it: {"kind", "label", "settings"}, each setting one number."""
    kind, known = _KINDS[type(rule)]
    given = {name: getattr(rule, name) for name in known["settings"]}
    settings = {name: value if isinstance(value, bool) else float(_valid.point(name, [value], dimension=1)[0]) for name, value in given.items()}
    return {"kind": kind, "label": label, "settings": settings}


def _is_of_gradients(rule):
    """Whether a rule's steps over η are gradients that are added up, and so have their scale. A brake takes away how large a gradient is."""
    return _KINDS[type(rule)][1]["remembers"] != "brake"


def _words(drift, swing):
    return f"drift {tables.short(drift)}, swing {tables.short(swing)}"


def _bars(ax, row, ends, colour):
    ax.bar(np.arange(1, len(row) + 1), row, color=colour, width=0.8)
    ax.axhline(0, color=plots.INK, linewidth=0.8)
    ax.set_title(_words(*ends), fontsize=8, color=plots.INK)
    ax.tick_params(colors=plots.INK, labelsize=7)
    for spine in ax.spines.values():
        spine.set_visible(False)
