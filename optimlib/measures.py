"""What is measured on a path: one definition each, for the library, the lab and the text.

losses is a path's losses; series is one coordinate over the steps, such as path.points[:, 1].
Both are 1-D, start included, and may hold NaN or inf where a run diverged.
"""

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from . import _valid

# A crossing counts while the coordinate is above this share of its start: below it the
# coordinate has landed, and what is left is noise of the arithmetic.
LANDED = 1e-3

# As many jumps from side to side of the same size are bouncing, and no accident.
BOUNCES = 10


def steps_to_reach(losses: npt.ArrayLike, tolerance: float = 1e-6) -> int | None:
    """The first step whose loss is at most tolerance times the loss at the start, or None.

    >>> from optimlib.measures import steps_to_reach
    >>> steps_to_reach([8.0, 2.0, 4.0, 1.0], tolerance=0.25)
    1
    """
    below = _below(losses, tolerance)
    return int(below.argmax()) if below.any() else None


def steps_to_stay(losses: npt.ArrayLike, tolerance: float = 1e-6) -> int | None:
    """The first step from which the loss stays at most tolerance times the loss at the start, or None.

    "Stays" means to the end of losses: what comes after is not known.

    >>> from optimlib.measures import steps_to_stay
    >>> steps_to_stay([8.0, 2.0, 4.0, 1.0], tolerance=0.25)
    3
    """
    below = _below(losses, tolerance)
    if not below[-1]:
        return None
    above = np.flatnonzero(~below)
    return int(above[-1]) + 1 if above.size else 0


def crossings(series: npt.ArrayLike) -> int:
    """How often a coordinate crosses the floor of the valley, at 0.

    A change of sign from one value to the next counts when the larger of the two is above 1e-3 of
    the start. Values of exactly 0 are passed over.

    >>> from optimlib.measures import crossings
    >>> crossings([-2.0, 1.0, 0.0, -0.5, 0.001, -0.001])
    3
    """
    values = _valid.series("series", series).tolist()
    count, before = 0, values[0]
    for value in values[1:]:
        if value == 0:
            continue
        changes_sign = before < 0 < value or value < 0 < before
        if changes_sign and max(abs(before), abs(value)) > LANDED * abs(values[0]):
            count += 1
        before = value
    return count


def sum_of_squares(series: npt.ArrayLike) -> float:
    """The sum of the squares of a coordinate after each step, the start left out.

    The start is the same for each rule, so it would hide what the rules do.

    >>> from optimlib.measures import sum_of_squares
    >>> sum_of_squares([-2.0, 1.0, -0.5])
    1.25
    """
    total = 0.0
    for value in _valid.series("series", series).tolist()[1:]:
        total = total + value * value
    return total


def bouncing(series: npt.ArrayLike) -> float | None:
    """How far from the floor a coordinate ends, jumping from side to side without coming nearer; else None.

    It does when each of the last 10 steps changes the sign, and the sizes differ by 1 % of the
    largest at most. That largest is returned. theory.bounce says where RMSProp ends so.

    >>> from optimlib.measures import bouncing
    >>> bouncing([3.0] + 6 * [-0.2, 0.2])
    0.2
    >>> bouncing([0.5**k for k in range(20)]) is None
    True
    """
    last = _valid.series("series", series).tolist()[-BOUNCES - 1 :]
    if len(last) <= BOUNCES or not all(a < 0 < b or b < 0 < a for a, b in pairwise(last)):
        return None
    sizes = [abs(value) for value in last]
    most = max(sizes)
    return most if most < math.inf and most - min(sizes) <= 0.01 * most else None


def progress(series: npt.ArrayLike) -> float:
    """The share of the way from the start to the floor, at 0, that is covered at the end.

    1 is on the floor, 0 no nearer than at the start, below 0 farther away.
    Raises ValueError when the start is on the floor.

    >>> from optimlib.measures import progress
    >>> progress([-5.0, -2.0, 1.0])
    0.8
    """
    values = _valid.series("series", series).tolist()
    if values[0] == 0:
        raise ValueError(f"series must start away from 0, not at {values[0]!r}")
    return 1 - abs(values[-1]) / abs(values[0])


def _below(losses, tolerance):
    losses, tolerance = _valid.series("losses", losses), _valid.zero_or_more("tolerance", tolerance)
    with np.errstate(invalid="ignore"):  # 0 * inf
        return losses <= tolerance * losses[0]
