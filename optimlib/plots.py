"""Figures. Each function draws on the Axes it is given, or on a new one, and returns it.

paths is {name: Path}, and a name stands beside its line. A rule has the same colour and marker in
each figure; more runs of one rule differ in the dashes of their lines. Backgrounds are
transparent, and one grey serves text and lines, so that a figure suits a light page and a dark one.

What cannot be drawn is said. A path that diverged ends on the edge of the frame, and its name says
at which step; a name also says when a path leaves a frame that is too small for it, and when a
value is not above 0 on a logarithmic scale.

Raises TypeError when paths is not {name: Path}, and ValueError or TypeError with the parameter's
name when something else does not fit the figure.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from . import _needs, _valid, catalogue, theory
from .descent import DIVERGED
from .protocols import Surface
from .surfaces import Quadratic

with _needs.told("optimlib.plots", "plots"):
    import matplotlib.pyplot as plt
    from matplotlib.axes import Axes
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import LogNorm, PowerNorm
    from matplotlib.patches import Patch
    from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

# What Matplotlib calls the markers of the catalogue.
MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "arrowhead": ">", "wedge": "v", "hexagon": "h"}


def _style(look):
    return {"color": look["colour"][0], "marker": MARKERS[look["marker"]]}


# The colours keep 3:1 against white and against #14181e, and stay apart in the three common
# kinds of colour blindness. "other" is for a rule of the reader's own.
STYLE = {
    "ink": "#787c84",
    **{look["class"]: _style(look) for look in catalogue.RULES.values()},
    "other": _style(catalogue.OTHERS["replay"]),
    "dashes": ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2))),
    "colormap": "viridis",
    "font_size": 12,
    "width": 6.4,
}
INK = STYLE["ink"]

# The frame of a surface on which nothing runs.
FRAME = ((-6.0, 6.0), (-3.0, 3.0))


def contours(surface: Surface, paths: Any = None, ax: Axes | None = None, xlim: Any = None, ylim: Any = None) -> Axes:
    """The surface from above, as lines of equal loss, and the paths on it, at one scale across and up. Rings mark the starts.

    surface: two-dimensional, with a loss(x) that takes x of shape (2, n).
    xlim, ylim: the frame, each (low, high); by default it holds the paths and the surface's minima, where they
        are known: a plus marks each.

    >>> from optimlib import Momentum, Quadratic, descend, plots
    >>> valley = Quadratic()
    >>> path = descend(valley, Momentum(lr=0.6, beta=0.5), start=(-5, -2), steps=20)
    >>> plots.contours(valley, {"momentum": path}).get_xlabel()
    '$x_{1}$'
    """
    runs = _runs(paths, exactly=2)
    frame = _frame(surface, runs, xlim, ylim)
    (left, right), (bottom, top) = frame
    ax = _axes(ax, height=np.clip(STYLE["width"] * (top - bottom) / (right - left), 2.4, 5.6) + 0.8)
    ax.set(xlim=frame[0], ylim=frame[1], aspect="equal", xlabel=_symbol(0), ylabel=_symbol(1))
    x1, x2, loss = _heights(ax, surface, frame, 200)
    low, high = _lowest(surface, loss), loss.max()
    if high > low:
        ax.contour(x1, x2, loss, levels=_levels(low, high), colors=INK, linewidths=0.8, alpha=0.55)
    for minimum in _minima(surface):
        ax.plot(*minimum, "+", color=INK, markersize=13, markeredgewidth=2)
    for name, path, style in runs:
        points, steps, note = _cut(path.points, frame, path.diverged_at)
        ax.plot(*points.T, label=name + note, **_line(style, steps, markers=60))
        ax.plot(*path.points[0], "o", color=INK, fillstyle="none", markersize=11, markeredgewidth=1.6)
    _legend(ax)
    return ax


def valley_3d(surface: Surface, paths: Any = None, ax: Any = None) -> Any:
    """The surface in three dimensions, and the paths on it; both coordinates have one scale, the loss its own.

    surface: two-dimensional, with a loss(x) that takes x of shape (2, n).
    ax: three-dimensional, as plt.subplot(projection="3d") makes it.

    >>> from optimlib import Quadratic, plots
    >>> plots.valley_3d(Quadratic()).get_zlabel()
    'loss'
    """
    runs = _runs(paths, exactly=2)
    frame = _frame(surface, runs)
    ax = _axes(ax, height=5.4, projection="3d")
    x1, x2, loss = _heights(ax, surface, frame, 80)
    low, high = _lowest(surface, loss), loss.max()
    ax.plot_surface(x1, x2, loss, cmap=STYLE["colormap"], norm=PowerNorm(0.5, low, high), alpha=0.4, rcount=80, ccount=80, linewidth=0)
    ax.contour(x1, x2, loss, levels=_levels(low, high), colors=INK, linewidths=0.6, alpha=0.5)
    lift = 0.01 * (high - low)  # so that the surface does not swallow the lines
    for name, path, style in runs:
        points, steps, note = _cut(path.points, frame, path.diverged_at, to_edge=False)
        heights = path.losses[:steps] + lift
        ax.plot(*points.T, heights, label=name + note, zorder=10, **_line(style, steps, markers=60))
    ax.set(xlim=frame[0], ylim=frame[1], zlim=(low, high), xlabel=_symbol(0), ylabel=_symbol(1), zlabel="loss")
    across, up = (right - left for left, right in frame)
    ax.set_box_aspect((1.7, 1.7 * up / across, 0.85), zoom=0.9)  # both coordinates at one scale
    _legend(ax)
    return ax


def coordinates(paths: Any, coordinate: int = 0, ax: Axes | None = None) -> Axes:
    """One coordinate of each path against the step.

    coordinate: which one, from 0.

    >>> from optimlib import GradientDescent, Quadratic, descend, plots
    >>> path = descend(Quadratic(), GradientDescent(lr=0.4), start=(-5, -2), steps=20)
    >>> plots.coordinates({"gradient descent": path}, coordinate=1).get_ylabel()
    '$x_{2}$'
    """
    coordinate = _valid.whole("coordinate", coordinate, least=0)
    runs = _runs(paths, least=coordinate + 1)
    ax = _axes(ax)
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.set_ylabel(_symbol(coordinate))
    curves = [(name, path, style, path.points[:, coordinate]) for name, path, style in runs]
    reach = 2 * max((abs(values[0]) for _, _, _, values in curves), default=0.0) or np.inf
    shown = [values[np.abs(values) <= (np.inf if path.diverged_at is None else reach)] for _, path, _, values in curves]
    _draw_curves(ax, curves, _interval([0.0, *np.concatenate([*shown, []])]))
    return ax


def losses(paths: Any, ax: Axes | None = None) -> Axes:
    """The loss of each path against the step, on a logarithmic scale.

    >>> from optimlib import AdaGrad, Quadratic, descend, plots
    >>> path = descend(Quadratic(), AdaGrad(lr=2), start=(-5, -2), steps=20)
    >>> plots.losses({"AdaGrad": path}).get_yscale()
    'log'
    """
    ax = _axes(ax)
    ax.set(yscale="log", ylabel="loss")
    curves = [(name, path, style, path.losses) for name, path, style in _runs(paths)]
    shown = [v if path.diverged_at is None else v[v <= DIVERGED * abs(v[0])] for _, path, _, v in curves]
    _draw_curves(ax, curves, _log_interval(np.concatenate([*shown, []])))
    return ax


def rates(paths: Any, coordinate: int | None = None, ax: Axes | None = None) -> Axes:
    """The effective rate of each path against the step, on a logarithmic scale: what each step
    multiplied the gradient by (for momentum, the velocity), coordinate by coordinate.

    paths: of rules that have rate(state), as those of the library do.
    coordinate: which one, from 0; by default all, the first on a solid line, the second dashed, ...

    >>> from optimlib import Quadratic, RMSProp, descend, plots
    >>> path = descend(Quadratic(), RMSProp(lr=0.4), start=(-5, -2), steps=20)
    >>> ax = plots.rates({"RMSProp": path})
    >>> [line.get_label() for line in ax.get_lines()]
    ['RMSProp, $x_{1}$', 'RMSProp, $x_{2}$']
    """
    if coordinate is not None:
        coordinate = _valid.whole("coordinate", coordinate, least=0)
    runs = _runs(paths, least=(coordinate or 0) + 1)
    ax = _axes(ax)
    ax.set(yscale="log", ylabel="effective rate")
    curves = []
    for name, path, style in runs:
        if not hasattr(path.rule, "rate"):
            raise TypeError(f"paths[{name!r}] must be of a rule that has rate(state), not of {path.rule!r}")
        with np.errstate(all="ignore"):
            rate = np.broadcast_to(path.rule.rate(path.state), path.points.shape).copy()
        rate[0] = np.nan  # no step has been taken yet
        if np.ndim(path.rule.rate(path.state)) == 0:
            curves.append((name, path, style, rate[:, 0]))
            continue
        for i in range(rate.shape[1]) if coordinate is None else [coordinate]:
            styled = _variant(style, i) if coordinate is None else style
            curves.append((f"{name}, {_symbol(i)}", path, styled, rate[:, i]))
    low, high = _log_interval(np.concatenate([values for *_, values in curves] or [np.empty(0)]))
    ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high < 1000 * low else (1,)))
    ax.yaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_minor_formatter(NullFormatter())
    _draw_curves(ax, curves, (low, high), first_step=1)
    return ax


def needed(settings: Any, steps: Any, ax: Axes | None = None, xlabel: str = "", log: bool = False) -> Axes:
    """The steps that rules need against a setting of the surface, such as its condition number.

    settings: the values of the setting, rising.
    steps: {name: (rule, steps)}, with a number above 0 for each setting. The rule decides the style.
    log: whether the axis of the setting is logarithmic; then settings must be above 0.

    >>> from optimlib import GradientDescent, plots
    >>> ax = plots.needed([20, 100], {"gradient descent": (GradientDescent(0.4), [64, 280])}, xlabel="condition number")
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('condition number', 'steps')
    """
    settings = _rising("settings", settings)
    if log and settings[0] <= 0:
        raise ValueError(f"settings must be above 0 on a logarithmic axis, not {float(settings[0])!r}")
    ax = _axes(ax)
    ax.set(xscale="log" if log else "linear", yscale="log", xlabel=xlabel, ylabel="steps")
    ax.set_xticks(settings, [f"{value:g}".replace("-", "−") for value in settings.tolist()], minor=False)
    ax.yaxis.set_major_formatter("{x:g}")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_minor_formatter(NullFormatter())
    seen: Counter[str] = Counter()
    for name, (rule, counts) in steps.items():
        kind = _kind(rule)
        counts = _valid.above_zero(f"steps[{name!r}]", counts, many=True)
        counts = _valid.of_shape(f"steps[{name!r}]", counts, settings.shape)
        ax.plot(settings, counts, label=str(name), **_line(_variant(STYLE[kind], seen[kind]), settings.size, markers=20))
        seen[kind] += 1
    _legend(ax)
    return ax


def factors(rates: Any, curvature: float, betas: Any, ax: Axes | None = None) -> Axes:
    """What a step leaves of one direction of a quadratic in the long run, against the learning rate: the
    contraction factor of gradient descent, and of momentum with each beta. Above 1 the direction diverges.

    rates: the learning rates, above 0 and rising.
    betas: momentum's, from 0 up to but not including 1.

    >>> from optimlib import plots
    >>> ax = plots.factors([0.1, 0.25, 0.4], curvature=4.0, betas=[0.5])
    >>> [line.get_label() for line in ax.get_lines()][:2]
    ['gradient descent', 'momentum, beta 0.5']
    """
    rates = _rising("rates", _valid.above_zero("rates", rates, many=True))
    betas = [_valid.fraction("betas", beta) for beta in betas]
    rules = [("gradient descent", "GradientDescent", 0.0)] + [(f"momentum, beta {beta:g}", "Momentum", beta) for beta in betas]
    curves = [[theory.contraction(lr, curvature, beta) for lr in rates.tolist()] for *_, beta in rules]
    ax = _axes(ax)
    for number, ((name, kind, _), values) in enumerate(zip(rules, curves)):
        style = _variant(STYLE[kind], max(0, number - 1))
        ax.plot(rates, values, label=name, color=style["color"], linestyle=style["linestyle"], linewidth=2)
    ax.axhline(1, color=INK, linewidth=0.8)
    ax.set(xlim=rates[[0, -1]], ylim=(0, max(1.05, *map(max, curves))), xlabel="learning rate", ylabel="contraction factor")
    _legend(ax)
    return ax


def heatmap(values: Any, x: Any, y: Any, ax: Axes | None = None, xlabel: str = "", ylabel: str = "", label: str = "", log: bool = False) -> Axes:
    """A map of values over two hyperparameters, such as a Grid's steps over lr and beta.

    values: shape (len(y), len(x)). NaN and inf are hatched and named "diverged"; where all values
        are whole, as steps are, -1 is hatched and named "never".
    x, y: the settings, rising. Those that grow by a constant factor get a logarithmic axis.
    label: what the values are, beside the scale of colours.
    log: whether the colours follow the logarithm of the values; then values not above 0 are hatched too.

    >>> import numpy as np
    >>> from optimlib import Momentum, Quadratic, geometric, plots, sweep
    >>> rates, betas = geometric(0.01, 1.25, count=20), np.linspace(0, 0.95, 20)
    >>> grid = sweep(Quadratic(), Momentum(rates, betas[:, None]), start=(-5, -2), steps=100)
    >>> ax = plots.heatmap(grid.stays_below, rates, betas, xlabel="rate", ylabel="beta", label="steps")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['never']
    """
    x, y = _rising("x", x), _rising("y", y)
    values = _valid.of_shape("values", values, (y.size, x.size))
    diverged = ~np.isfinite(values)
    are_steps = (np.floor(values) == values)[~diverged].all()
    never = (values == -1) & are_steps
    low = ~diverged & ~never & (values <= 0) & bool(log)
    ax = _axes(ax, height=4.2)
    columns, rows = _edges(x), _edges(y)
    shown = np.ma.masked_array(values, diverged | never | low)
    if shown.count():
        mesh = ax.pcolormesh(columns, rows, shown, cmap=STYLE["colormap"], rasterized=True, norm=LogNorm() if log else None)
        _ink_colorbar(ax.figure.colorbar(mesh, ax=ax), label)
    handles = []
    for cells, hatch, name in ((diverged, "////", "diverged"), (never, "...", "never"), (low, "xxx", "not above 0")):
        if cells.any():
            style = {"facecolor": "none", "edgecolor": INK, "linewidth": 0, "hatch": hatch}
            ax.add_collection(PolyCollection(_strips(cells, columns, rows), **style))
            handles.append(Patch(label=name, **style))
    ax.set(xlabel=xlabel, ylabel=ylabel, xlim=columns[[0, -1]], ylim=rows[[0, -1]])
    ax.set(xscale="log" if _is_geometric(x) else "linear", yscale="log" if _is_geometric(y) else "linear")
    if handles:
        ax.legend(handles=handles, labelcolor=INK, **_ABOVE)
    return ax


_ABOVE = {
    "loc": "lower left",
    "bbox_to_anchor": (0, 1),
    "frameon": False,
    "fontsize": STYLE["font_size"],
    "borderaxespad": 0.2,
    "borderpad": 0.2,
    "handlelength": 2.6,
    "columnspacing": 1.4,
    "ncols": 2,
}


def _runs(paths, least=1, exactly=None):
    """[(name, path, style)]: colour and marker by rule, dashes by how many of that rule came before."""
    paths = {} if paths is None else paths
    if not isinstance(paths, Mapping) or not all(hasattr(path, "points") for path in paths.values()):
        raise TypeError(f"paths must be {{name: Path}}, not {paths!r}")
    runs = []
    seen: Counter[str] = Counter()
    for name, path in paths.items():
        dimension = path.points.shape[1]
        if dimension < least or dimension != (exactly or dimension):
            needed = exactly or f"{least} or more"
            raise ValueError(f"paths[{name!r}] must have {needed} coordinates, not {dimension}")
        kind = _kind(path.rule)
        runs.append((str(name), path, _variant(STYLE[kind], seen[kind])))
        seen[kind] += 1
    return runs


def _kind(rule):
    """The name of the rule's style."""
    kind = type(rule).__name__
    return kind if isinstance(STYLE.get(kind), dict) else "other"


def _symbol(coordinate):
    return f"$x_{{{coordinate + 1}}}$"


def _variant(style, number):
    """The style of the first, second, ... line that shares a colour: other dashes, then hollow markers."""
    dashes = STYLE["dashes"][number % len(STYLE["dashes"])]
    return {**style, "linestyle": dashes, "fillstyle": "none" if number else "full"}


def _line(style, steps, markers):
    """How to plot a line with a marker at each step, or at about so many of more steps."""
    return {**style, "linewidth": 1.8, "markersize": 4.5, "markevery": slice(0, steps, max(1, steps // markers))}


def _axes(ax, height=3.8, projection=None):
    """ax, or a new one, without a background and in grey."""
    if ax is None:
        size = (STYLE["width"], height)
        _, ax = plt.subplots(figsize=size, layout="constrained", subplot_kw={"projection": projection})
    if (projection == "3d") != (ax.name == "3d"):
        raise ValueError(f"ax must be {'three' if projection else 'two'}-dimensional, not {ax!r}")
    ax.figure.patch.set_alpha(0)
    ax.patch.set_alpha(0)
    ax.tick_params(which="both", colors=INK, labelsize=STYLE["font_size"] - 1)
    three = [ax.zaxis] if projection else []
    for axis in (ax.xaxis, ax.yaxis, *three):
        axis.label.set(color=INK, size=STYLE["font_size"] + 1)
    if projection:
        ax.grid(False)
        for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
            axis.line.set_color(INK)
            axis.pane.set(facecolor="none", edgecolor="none")
            axis.set_major_locator(MaxNLocator(4))
            axis.labelpad = 8
        ax.view_init(elev=38, azim=-62)
    else:
        ax.spines[:].set_color(INK)
        ax.spines[["top", "right"]].set_visible(False)
    return ax


def _minima(surface):
    """The lowest points of a surface, where they are known."""
    return ((0.0, 0.0),) if isinstance(surface, Quadratic) else getattr(surface, "minima", None) or ()


def _frame(surface, runs, xlim=None, ylim=None):
    """((left, right), (bottom, top)): given, or holding the starts and what does not run far from them."""
    points = [*_minima(surface)]
    for _, path, _ in runs:
        near = 4.0 if path.diverged_at is None else 2.0
        points.extend(path.points[path.losses <= near * path.losses[0]])
        points.append(path.points[0])
    if not runs:
        points.extend(zip(*FRAME))
    points = np.array(points)
    sizes = np.ptp(points, axis=0)
    sizes = np.maximum(sizes, (1.6 * sizes[1], 0.35 * sizes[0])) if sizes.any() else np.array((1.6, 1.0))
    middles = (points.min(axis=0) + points.max(axis=0)) / 2
    frame = [(m - 0.58 * s, m + 0.58 * s) for m, s in zip(middles.tolist(), sizes.tolist())]
    for i, (name, limits) in enumerate((("xlim", xlim), ("ylim", ylim))):
        if limits is not None:
            frame[i] = tuple(_rising(name, limits).tolist())
            if len(frame[i]) != 2:
                raise ValueError(f"{name} must be (low, high), not {limits!r}")
    return tuple(frame)


def _heights(ax, surface, frame, count):
    """x1, x2 and the loss on a grid; where it is not finite it is masked, and ax says so."""
    x1, x2 = np.meshgrid(*(np.linspace(*limits, count) for limits in frame))
    with np.errstate(all="ignore"):
        loss = _valid.of_shape("loss(x)", surface.loss(np.stack((x1.ravel(), x2.ravel()))), (x1.size,))
    loss = np.ma.masked_invalid(loss.reshape(x1.shape))
    if not loss.count():
        raise ValueError(f"surface must have a finite loss somewhere in the frame {frame}, not {surface!r}")
    if loss.mask.any():
        place = {"transform": ax.transAxes, "ha": "center", "color": INK, "size": STYLE["font_size"] - 1}
        (ax.text2D if ax.name == "3d" else ax.text)(0.5, 1.01, "blank: the loss is not finite", **place)
    return x1, x2, loss


def _levels(low, high):
    """Losses between the two that are evenly spaced rings on a quadratic."""
    return low + (high - low) * np.linspace(0, 1, 13)[1:-1] ** 2


def _lowest(surface, loss):
    return 0.0 if isinstance(surface, Quadratic) else loss.min()


def _cut(points, frame, diverged_at, to_edge=True):
    """What to draw of points, shape (n, k), in a frame of k intervals: (points, how many are steps, note).

    A path that diverged ends on the edge of the frame, or at its last step inside. The note is
    for the path's name.
    """
    low, high = np.transpose(frame)
    with np.errstate(invalid="ignore"):
        inside = ((points >= low) & (points <= high)).all(axis=1)
    first = len(points) if inside.all() else int(inside.argmin())
    if diverged_at is not None:
        note = f": diverged at step {diverged_at}"
    elif first < len(points):
        note = f": leaves the frame at step {first}"
    else:
        return points, len(points), ""
    if not to_edge:
        return points[:first], first, note
    if diverged_at is None or first == len(points):
        return points, len(points), note
    if first == 0 or not np.isfinite(points[first]).all():
        return points[:first], first, note
    last, step = points[first - 1], points[first] - points[first - 1]
    room = np.where(step > 0, high - last, low - last)
    share = np.min(np.divide(room, step, out=np.full(room.shape, np.inf), where=step != 0))
    return np.vstack((points[:first], last + share * step)), first, note


def _draw_curves(ax, curves, limits, first_step=0):
    """Curves of values against the step, each named, in the vertical limits."""
    last = max((len(values) - 1 for *_, values in curves), default=0) or 1
    log = ax.get_yscale() == "log"
    ax.set(xlim=(-0.015 * last, 1.015 * last), ylim=limits, xlabel="step")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    for name, path, style, values in curves:
        points = np.column_stack((np.arange(len(values)), values))[first_step:]
        missing = points[points[:, 1] <= 0] if log else points[:0]
        note = ""
        if len(missing) and path.diverged_at is None:
            note = f": {'0' if (missing[:, 1] == 0).all() else 'not above 0'} at step {missing[0, 0]:.0f}"
            points = points[points[:, 1] > 0]
        drawn, steps, cut = _cut(points, ((0, last), limits), path.diverged_at)
        ax.plot(*drawn.T, label=name + (note or cut), **_line(style, steps, markers=20))
    if not _name_ends(ax):
        _legend(ax)


def _name_ends(ax):
    """Write each name at the end of its line, if the ends are far enough apart; return whether."""
    lines = [line for line in ax.get_lines() if not line.get_label().startswith("_")]
    ends = [line.get_xydata()[-1] if len(line.get_xydata()) else (np.nan, np.nan) for line in lines]
    if len(lines) < 2 or any(":" in line.get_label() or len(line.get_label()) > 20 for line in lines):
        return False
    heights = ax.transAxes.inverted().transform(ax.transData.transform(ends))[:, 1]
    if not (np.diff(np.sort(heights)) > 0.075).all():
        return False
    for line, (step, value) in zip(lines, ends):
        offset = {"xytext": (7, 0), "textcoords": "offset points", "va": "center", "annotation_clip": False}
        ax.annotate(line.get_label(), (step, value), color=line.get_color(), size=STYLE["font_size"], **offset)
    return True


def _legend(ax):
    """The names above the Axes, in the colours of their lines."""
    names = ax.get_legend_handles_labels()[1]
    if names:
        columns = 2 if max(map(len, names)) <= 24 else 1
        ax.legend(**{**_ABOVE, "ncols": columns, "labelcolor": "linecolor"})


def _interval(values):
    low, high = min(values), max(values)
    margin = 0.06 * (high - low) or 1.0
    return low - margin, high + margin


def _log_interval(values):
    values = values[np.isfinite(values) & (values > 0)]
    if not values.size:
        return 0.1, 10.0
    low, high = np.log(values.min()), np.log(values.max())
    margin = 0.06 * (high - low) or 1.0
    return float(np.exp(low - margin)), float(np.exp(high + margin))


def _rising(name, values):
    values = _valid.point(name, values)
    if not (np.diff(values) > 0).all():
        raise ValueError(f"{name} must rise from each number to the next, not {values!r}")
    return values


def _is_geometric(values):
    if values.size < 3 or values[0] <= 0:
        return False
    factors = values[1:] / values[:-1]
    return bool(np.allclose(factors, factors[0], rtol=1e-6) and factors[0] > 1.001)


def _edges(values):
    """The borders of the cells around values: one more than there are values."""
    if values.size == 1:
        return values[0] + np.array([-0.5, 0.5])
    if _is_geometric(values):
        return np.exp(_edges(np.log(values)))
    middles = (values[1:] + values[:-1]) / 2
    return np.concatenate(([2 * values[0] - middles[0]], middles, [2 * values[-1] - middles[-1]]))


def _strips(cells, columns, rows):
    """Rectangles that cover the true cells: one for each stretch of a row."""
    strips = []
    for row, line in enumerate(cells):
        turns = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(int), [0]))))
        for left, right in zip(columns[turns[::2]], columns[turns[1::2]]):
            bottom, top = rows[row], rows[row + 1]
            strips.append([(left, bottom), (right, bottom), (right, top), (left, top)])
    return strips


def _ink_colorbar(bar, label):
    bar.set_label(label, color=INK, size=STYLE["font_size"] + 1)
    bar.ax.tick_params(colors=INK, labelsize=STYLE["font_size"] - 1, which="both")
    bar.outline.set_visible(False)
