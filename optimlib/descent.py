"""Running a rule down a surface, and the record of the run."""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass, replace
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from . import _valid
from .catalogue import LIMITS
from .noise import Noise
from .protocols import Array, Rule, State, Surface
from .rules import is_schedule, ranges

# A run counts as diverged once its loss is this many times the loss at the start.
DIVERGED = float(LIMITS["diverged"])


@dataclass(frozen=True, eq=False)
class Path:
    """A run of a rule on a surface: what was met at the start and after each of the steps.

    surface, rule: what was run.
    points: the positions, shape (steps + 1, d); points[0] is the start.
    losses: the loss at each point, shape (steps + 1,).
    gradients: the gradient at each point as the rule saw it, shape (steps + 1, d).
    state: what the rule remembered at each point, by name: such as {"velocity": (steps + 1, d)} for Momentum or
        {"brake": (steps + 1, d)} for RMSProp. state[...][k] is what step k left behind. With a schedule
        state["lr"] has the rate of each step. NaN where a rule of your own did not remember that name yet.
    diverged_at: None, or the first step whose loss is not finite or over 1,000 times its start.
        A start of loss 0 has no such multiple: there only a loss that is not finite counts.
    """

    surface: Surface
    rule: Rule
    points: Array
    losses: Array
    gradients: Array
    state: dict[str, Array]
    diverged_at: int | None


def descend(surface: Surface, rule: Rule, start: npt.ArrayLike, steps: int, noise: Noise | None = None) -> Path:
    """Run a rule down a surface from a start, and return its Path.

    surface: a Quadratic, or any object with loss(x) and gradient(x) for x of shape (d,).
    rule: a rule of the library at one setting, or any object with update(x, g, state).
    start: d finite numbers.
    steps: how many steps to take, a whole number, 0 or more. All are taken, also after the run
        has diverged: that is no error, gives no warning, and is told by diverged_at.
    noise: a Noise, which is added to each gradient before the rule sees it: the gradients of the Path have
        it in them, and state["noise"] says what was drawn. The losses are those of the surface.

    Raises ValueError or TypeError, with the parameter's name, when the start or steps are not as
    above, when the gradient, the loss or the next point has the wrong shape, and when the rule
    holds a range of settings (that is for sweep).

    >>> from optimlib import Quadratic, RMSProp, descend
    >>> path = descend(Quadratic((0.2, 4.0)), RMSProp(lr=0.4), start=(-5, -2), steps=20)
    >>> path.points.shape, path.losses.shape, path.state["brake"].shape
    ((21, 2), (21,), (21, 2))
    >>> print(path.points[20].round(6))
    [-0.010599  0.      ]
    """
    steps = _valid.whole("steps", steps, least=0)
    _valid.runnable(surface, rule)
    first = _valid.start(start, surface)
    for name, values in ranges(rule).items():
        raise TypeError(f"{name} must be one number in descend, not {values!r}; sweep takes a range of settings")
    points = np.empty((steps + 1, first.size))
    losses = np.empty(steps + 1)
    gradients = np.empty((steps + 1, first.size))
    state: dict[str, Array] = {}
    with np.errstate(all="ignore"):
        for step, (x, loss, g, memory) in enumerate(run(surface, rule, first, steps, noise)):
            points[step], losses[step], gradients[step] = x, loss, g
            for name, value in memory.items():
                if name not in state:
                    state[name] = np.full((steps + 1, *np.shape(value)), np.nan)
                state[name][step] = value
    return Path(surface, rule, points, losses, gradients, state, _diverged_at(losses))


def run(surface: Surface, rule: Rule, x: Array, steps: int, noise: Noise | None = None) -> Iterator[tuple[Array, Any, Array, State]]:
    """Yield (x, loss, gradient, state) at the start and after each of the steps.

    x has the shape (d,) for one run or (d, n) for n runs at once, which all meet the same noise: descend and sweep both run this.
    """
    shape, size = x.shape, x.shape[1:]
    state: State = rule.init(x) if hasattr(rule, "init") else {}
    rates, drawn = rates_of(rule, steps, size), _drawn(noise, steps + 1, shape)
    for step in range(steps + 1):
        loss = _valid.of_shape("loss(x)", surface.loss(x), size)
        g = _valid.of_shape("gradient(x)", surface.gradient(x), shape)
        if drawn is not None:
            g = g + drawn[step]
        yield x, loss, g, state if drawn is None else {**state, "noise": np.broadcast_to(drawn[step], shape)}
        if step < steps:
            now = rule if rates is None else replace(cast(Any, rule), lr=rates[step])
            x, state = _valid.pair(now.update(x, g, state))
            x = _valid.of_shape("x from update(x, g, state)", x, shape)
            if rates is not None:
                state = {**state, "lr": np.broadcast_to(rates[step], shape)}


def _drawn(noise, steps, shape):
    """The noise of each step, of a shape that goes with x; None without noise."""
    if noise is None:
        return None
    if not isinstance(noise, Noise):
        raise TypeError(f"noise must be a Noise or None, not {noise!r}")
    return noise.draws(steps, shape[0]).reshape(steps, shape[0], *(1 for _ in shape[1:]))


def rates_of(rule, steps, size=()):
    """The learning rate of each step of a rule with a schedule, checked; None of another rule."""
    lr = getattr(rule, "lr", None)
    if not is_schedule(lr):
        return None
    if not is_dataclass(rule):
        raise TypeError(f"a rule whose lr is a schedule must be a dataclass, so that each step can have its rate, not {rule!r}")
    rates = np.asarray(lr.rates(steps), dtype=float)
    if rates.shape not in ((steps,), (steps, *size)):
        raise ValueError(f"lr.rates({steps}) must have the shape ({steps},), not {rates.shape}: {lr!r}")
    wrong = ~np.all(np.isfinite(rates) & (rates > 0), axis=tuple(range(1, rates.ndim)))
    if wrong.any():
        step = int(wrong.argmax())
        _valid.above_zero(f"the rate of step {step + 1} of lr={lr!r}", rates[step], many=True)
    return rates


def _diverged_at(losses: Array) -> int | None:
    diverged = ~np.isfinite(losses)
    if losses[0] != 0:
        diverged |= losses > DIVERGED * abs(losses[0])
    return int(diverged.argmax()) if diverged.any() else None
