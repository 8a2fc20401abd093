"""Surfaces to descend. A surface is any object with loss(x) and gradient(x); one that has a
dimension, a number, has the length of a start checked against it.

The first axis of x is the coordinate: shape (d,) for one point, (d, n) for n points at once.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _valid
from .portable import valley
from .protocols import Array

# Fixed point: 1, and a degree in radians.
_ONE = 1 << 120
_DEGREE = 23199405036132090882371535875908654


@cache
def _sine(degrees):
    """The sine of a whole number of degrees, correctly rounded.

    By the series in whole numbers, because the sine of the C library and that of a browser may
    differ in the last bit, and the two should draw the same path.

    >>> _sine(30), _sine(-90)
    (0.5, -1.0)
    """
    degrees %= 360
    if degrees > 180:
        return -_sine(degrees - 180)
    term = total = angle = min(degrees, 180 - degrees) * _DEGREE
    n = 2
    while term > 0:
        term = term * angle // _ONE * angle // _ONE // (n * (n + 1))
        total += -term if n % 4 == 2 else term
        n += 2
    return total / _ONE


@dataclass(frozen=True)
class Quadratic:
    """A quadratic valley with its floor at 0: the sum of curvature/2 * u**2 over its directions.

    curvatures: one finite number above 0 for each direction; the dimension d is their count.
    angle: by how many whole degrees the valley is turned, counter-clockwise; two dimensions only.

    The coordinates u are measured along the valley's own directions; at angle 0 they are x.
    The default is 0.1*x1**2 + 2*x2**2, the valley of Zhang et al., Dive into Deep Learning
    (d2l.ai), chapter "Optimization Algorithms".

    Raises ValueError or TypeError when a curvature is not a finite number above 0, when the
    angle is not whole, or when a valley of other than two dimensions is turned.

    >>> from optimlib import Quadratic
    >>> valley = Quadratic(curvatures=(0.2, 4.0))
    >>> valley.condition_number
    20.0
    >>> valley.gradient((-5, -2))
    array([-1., -8.])
    """

    curvatures: tuple[float, ...] = (0.2, 4.0)
    angle: int = 0

    def __post_init__(self):
        object.__setattr__(self, "curvatures", _valid.curvatures("curvatures", self.curvatures))
        object.__setattr__(self, "angle", _valid.whole("angle", self.angle))
        if self.angle != 0 and self.dimension != 2:
            raise ValueError(f"angle must be 0 unless there are two curvatures, not {self.angle!r}")

    @property
    def dimension(self) -> int:
        """The number of coordinates, d."""
        return len(self.curvatures)

    @property
    def condition_number(self) -> float:
        """The largest curvature over the smallest (kappa)."""
        return max(self.curvatures) / min(self.curvatures)

    def loss(self, x: npt.ArrayLike) -> Any:
        """The height at x: a number for x of shape (d,), shape (n,) for x of shape (d, n).

        >>> float(Quadratic().loss((-5, -2)))
        10.5
        """
        return valley.loss(self._checked("x", x), self.curvatures, self._turn)

    def gradient(self, x: npt.ArrayLike) -> Array:
        """The gradient at x, of the shape of x."""
        return np.asarray(valley.gradient(self._checked("x", x), self.curvatures, self._turn))

    def axes(self, x: npt.ArrayLike) -> Array:
        """The coordinates of x along the valley's own directions, of the shape of x.

        >>> Quadratic(angle=90).axes((-5, -2))
        array([-2.,  5.])
        """
        return np.asarray(valley.axes(self._checked("x", x), self._turn))

    def from_axes(self, u: npt.ArrayLike) -> Array:
        """The point x whose coordinates along the valley's own directions are u: undoes axes(x).

        >>> Quadratic(angle=90).from_axes((-2, 5))
        array([-5., -2.])
        """
        return np.asarray(valley.from_axes(self._checked("u", u), self._turn))

    @property
    def _turn(self):
        return None if self.angle % 360 == 0 else (_sine(self.angle + 90), _sine(self.angle))

    def _checked(self, name, x):
        x = np.asarray(x, dtype=float)
        if x.shape[:1] != (self.dimension,):
            raise ValueError(f"{name} must have {self.dimension} coordinates on its first axis, not the shape {x.shape}")
        return x
