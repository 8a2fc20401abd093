"""Running one rule at many settings at once."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import _valid
from .descent import run
from .noise import Noise
from .protocols import Array, Rule, Surface
from .rules import at, ranges

# Settings run together: few enough for the arrays of one step to stay in the processor's cache.
BLOCK = 8192


@dataclass(frozen=True, eq=False)
class Grid:
    """What a sweep measured, each array of the common shape of the rule's ranges of settings.

    final_losses: the loss after the last step; NaN where the arithmetic broke down.
    peak_losses: the highest loss met, the start included; inf where a loss was not finite.
    first_below: the first step whose loss is at most tolerance times the loss at the start; -1 where none is.
    stays_below: the first step from which that holds up to the last step; -1 where there is none.
    """

    final_losses: Array
    peak_losses: Array
    first_below: npt.NDArray[np.int64]
    stays_below: npt.NDArray[np.int64]


def geometric(first: float, factor: float, count: int) -> Array:
    """A range of settings for a sweep: count numbers from first on, each factor times the one before.

    first, factor: finite numbers above 0.
    count: a whole number, 1 or more.

    Made by repeated multiplication, so that they are the same doubles on every machine; those of
    numpy.geomspace come out of a power, which differs in the last bit from processor to processor.
    Raises ValueError or TypeError, with the parameter's name, when one is not as above.

    >>> from optimlib import geometric
    >>> geometric(0.25, 2, count=4)
    array([0.25, 0.5 , 1.  , 2.  ])
    """
    factors = np.full(_valid.whole("count", count, least=1), _valid.above_zero("factor", factor))
    factors[0] = _valid.above_zero("first", first)
    return np.multiply.accumulate(factors)


def sweep(surface: Surface, rule: Rule, start: npt.ArrayLike, steps: int, tolerance: float = 1e-6, noise: Noise | None = None) -> Grid:
    """Run a rule at many settings from one start, and return a Grid: the same doubles as descend.

    surface: a Quadratic, or any object with loss(x) and gradient(x) that take x of shape (d, n),
        n points at once, and return the shapes (n,) and (d, n).
    rule: a rule with arrays for some of its settings; they are broadcast against each other, so
        lr of shape (200, 1) and beta of shape (200,) are 40,000 settings. A rule of your own
        takes part when it is a dataclass: its fields that are arrays are the ranges. Those of a schedule count, too.
    start: d finite numbers, the same for each setting.
    steps: how many steps to take, a whole number, 0 or more.
    tolerance: the share of the loss at the start to get below, a finite number, 0 or more.
        It supposes a surface whose lowest loss is 0.
    noise: a Noise, the same for each setting, as descend takes it.

    Raises ValueError or TypeError, with the parameter's name, as descend does, and when the
    ranges do not broadcast. Settings that diverge are no error and give no warning.

    >>> import numpy as np
    >>> from optimlib import Momentum, Quadratic, sweep
    >>> rule = Momentum(lr=np.array([0.1, 0.5, 1.0]), beta=0.5)
    >>> grid = sweep(Quadratic((0.2, 4.0)), rule, start=(-5, -2), steps=200)
    >>> grid.stays_below
    array([147,  20,  -1])
    """
    steps = _valid.whole("steps", steps, least=0)
    _valid.runnable(surface, rule)
    start = _valid.start(start, surface)
    tolerance = _valid.zero_or_more("tolerance", tolerance)
    values = ranges(rule)
    try:
        shape = np.broadcast_shapes(*(array.shape for array in values.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in values.items())
        raise ValueError(f"the ranges of settings must broadcast against each other, not {shapes}") from None
    values = {name: np.broadcast_to(array, shape).ravel() for name, array in values.items()}
    count = math.prod(shape)
    grid = Grid(np.empty(count), np.empty(count), np.empty(count, dtype=int), np.empty(count, dtype=int))
    with np.errstate(all="ignore"):
        for first in range(0, count, BLOCK):
            block = slice(first, first + BLOCK)
            part = at(rule, {name: array[block] for name, array in values.items()}) if values else rule
            _measure(surface, part, start, steps, tolerance, noise, *(array[block] for array in vars(grid).values()))
    return Grid(*(array.reshape(shape) for array in vars(grid).values()))


def _measure(surface, rule, start, steps, tolerance, noise, final, peak, first_below, stays_below):
    """Run one block of settings and write what is measured into the last four arrays."""
    x = np.repeat(start[:, None], final.size, axis=1)
    peak[:] = -np.inf
    first_below[:] = -1
    stays_below[:] = 0
    for step, (_, loss, _, _) in enumerate(run(surface, rule, x, steps, noise)):
        if step == 0:
            threshold = tolerance * loss
        below = loss <= threshold
        first_below[below & (first_below < 0)] = step
        stays_below[~below] = step + 1
        np.maximum(peak, loss, out=peak)
    final[:] = loss
    peak[np.isnan(peak)] = np.inf
    stays_below[stays_below > steps] = -1
