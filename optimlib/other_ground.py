"""Surfaces that are no quadratic valley: a saddle, two ravines that bend, two valleys of different width, a plateau, and a reader's own.

Each has loss(x) and gradient(x), as optimlib.surfaces says, for x of shape (d,) or (d, n), and minima, a tuple of its lowest
points and of others that a ball can come to rest in; the loss of the lowest is 0. They are made of + - * / and roots alone, so
that they are the same doubles on every machine: their sums stand in portable/other_ground.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _valid
from .portable import other_ground as sums
from .protocols import Array


class _Ground:
    """What these surfaces share: the check of x."""

    dimension: Any  # the number of coordinates

    def _checked(self, x: npt.ArrayLike) -> Array:
        x = np.asarray(x, dtype=float)
        if x.shape[:1] != (self.dimension,):
            raise ValueError(f"x must have {self.dimension} coordinates on its first axis, not the shape {x.shape}")
        return x


@dataclass(frozen=True)
class Saddle(_Ground):
    """A saddle between two valleys: curvature/2 * x1**2 + ... + x_d**4/4 - drop/2 * x_d**2 + drop**2/4.

    curvature: that of each coordinate but the last, above 0.
    drop: the last coordinate has the curvature -drop at the saddle, which lies at 0; above 0.
    dimension: the number of coordinates, 2 or more.

    Its minima are at sqrt(drop) and -sqrt(drop) in the last coordinate, with the curvature 2*drop there.
    Raises ValueError or TypeError, with the parameter's name, when one is not as above.

    >>> from optimlib import Saddle
    >>> Saddle().minima, Saddle().gradient((2, 1)).tolist()
    (((0.0, 1.0), (0.0, -1.0)), [2.0, 0.0])
    """

    curvature: float = 1.0
    drop: float = 1.0
    dimension: int = 2

    def __post_init__(self):
        _check(self, ("curvature", "drop"))

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        """The lowest points."""
        flat, root = (0.0,) * (self.dimension - 1), float(np.sqrt(self.drop))
        return (*flat, root), (*flat, -root)

    def loss(self, x: npt.ArrayLike) -> Any:
        """The height at x."""
        return sums.saddle_loss(self._checked(x), self.curvature, self.drop)

    def gradient(self, x: npt.ArrayLike) -> Array:
        """The gradient at x, of the shape of x."""
        return np.array(sums.saddle_gradient(self._checked(x), self.curvature, self.drop))


@dataclass(frozen=True)
class Rosenbrock(_Ground):
    """Rosenbrock's banana, a narrow ravine along a parabola: the sum of (1 - x_i)**2 + steep*(x_(i+1) - x_i**2)**2.

    steep: the height of its walls, above 0; Rosenbrock 1960 has 100.
    dimension: the number of coordinates, 2 or more.

    Its minimum is at (1, ..., 1); the usual start is (-1.2, 1).
    Raises ValueError or TypeError, with the parameter's name, when one is not as above.

    >>> from optimlib import Rosenbrock
    >>> round(float(Rosenbrock().loss((-1.2, 1))), 6)
    24.2
    """

    steep: float = 100.0
    dimension: int = 2

    def __post_init__(self):
        _check(self, ("steep",))

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        """The lowest point. Of four to seven dimensions there is another that a ball can rest in, near (-1, 1, ..., 1)."""
        return ((1.0,) * self.dimension,)

    def loss(self, x: npt.ArrayLike) -> Any:
        """The height at x."""
        return sums.rosenbrock_loss(self._checked(x), self.steep)

    def gradient(self, x: npt.ArrayLike) -> Array:
        """The gradient at x, of the shape of x."""
        return np.array(sums.rosenbrock_gradient(self._checked(x), self.steep))


@dataclass(frozen=True)
class Bend(_Ground):
    """A ravine that goes down at 45 degrees, bends, and goes up at 45 degrees: steep/2 * (x2 - sqrt(1 + x1**2))**2 + slope/2 * (x1 - end)**2.

    steep, slope: the curvature across the ravine, and along x1; above 0.
    end: the x1 of its lowest point, a finite number.

    Along it the steep direction turns from one diagonal to the other.
    Raises ValueError or TypeError, with the parameter's name, when one is not as above.

    >>> from optimlib import Bend
    >>> Bend(end=0).minima
    ((0.0, 1.0),)
    """

    steep: float = 4.0
    slope: float = 0.2
    end: float = 3.0
    dimension = 2

    def __post_init__(self):
        _check(self, ("steep", "slope"))
        object.__setattr__(self, "end", float(_valid.point("end", [self.end], 1)[0]))

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        """The lowest point."""
        return ((self.end, float(np.sqrt(1 + self.end * self.end))),)

    def loss(self, x: npt.ArrayLike) -> Any:
        """The height at x."""
        return sums.bend_loss(self._checked(x), self.steep, self.slope, self.end, np.sqrt)

    def gradient(self, x: npt.ArrayLike) -> Array:
        """The gradient at x, of the shape of x."""
        return np.array(sums.bend_gradient(self._checked(x), self.steep, self.slope, self.end, np.sqrt))


@dataclass(frozen=True)
class TwoValleys(_Ground):
    """Two valleys of different width along x1, one shallow and wide at -wide, one deep and narrow at +narrow.

    Along x1 the slope is x1 * (x1 + wide) * (x1 - narrow): it is 0 in both valleys and on the ridge between them, at 0.
    wide, narrow: where they lie, above 0; narrow the larger. Their curvatures are as wide to narrow.
    curvature: that of each other coordinate, above 0.
    dimension: the number of coordinates, 1 or more.

    Raises ValueError or TypeError, with the parameter's name, when one is not as above.

    >>> from optimlib import TwoValleys
    >>> TwoValleys().minima, TwoValleys().gradient((1, 3)).tolist()
    (((2.0, 0.0), (-1.0, 0.0)), [-2.0, 3.0])
    """

    wide: float = 1.0
    narrow: float = 2.0
    curvature: float = 1.0
    dimension: int = 2

    def __post_init__(self):
        _check(self, ("wide", "narrow", "curvature"), least=1)
        if self.narrow <= self.wide:
            raise ValueError(f"narrow must be larger than wide, {self.wide!r}, not {self.narrow!r}")

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        """The lowest point, in the narrow valley, and that of the wide one."""
        rest = (0.0,) * (self.dimension - 1)
        return (self.narrow, *rest), (-self.wide, *rest)

    def loss(self, x: npt.ArrayLike) -> Any:
        """The height at x."""
        return sums.two_valleys_loss(self._checked(x), self.wide, self.narrow, self.curvature)

    def gradient(self, x: npt.ArrayLike) -> Array:
        """The gradient at x, of the shape of x."""
        return np.array(sums.two_valleys_gradient(self._checked(x), self.wide, self.narrow, self.curvature))


@dataclass(frozen=True)
class Plateau(_Ground):
    """A valley in a plateau: q/(1 + q), where q is the valley's curvature/2 * x**2, summed over its coordinates.

    curvatures: one finite number above 0 for each coordinate.

    Far out it is flat at the height 1, and the gradient fades away; at the bottom it is the valley q.
    Raises ValueError or TypeError when a curvature is not a finite number above 0.

    >>> from optimlib import Plateau
    >>> float(Plateau((2.0,)).loss((1,))), float(Plateau((2.0,)).loss((10,)).round(2))
    (0.5, 0.99)
    """

    curvatures: tuple[float, ...] = (0.2, 4.0)

    def __post_init__(self):
        object.__setattr__(self, "curvatures", _valid.curvatures("curvatures", self.curvatures))

    @property
    def dimension(self) -> int:
        """The number of coordinates, d."""
        return len(self.curvatures)

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        """The lowest point."""
        return ((0.0,) * self.dimension,)

    def loss(self, x: npt.ArrayLike) -> Any:
        """The height at x."""
        return sums.plateau_loss(self._checked(x), self.curvatures)

    def gradient(self, x: npt.ArrayLike) -> Array:
        """The gradient at x, of the shape of x."""
        return np.array(sums.plateau_gradient(self._checked(x), self.curvatures))


@dataclass(frozen=True)
class OwnSurface:
    """A surface from a loss of your own.

    loss: a function of x, of shape (d,), that returns a number; for sweeps and contours also of x of shape (d, n), returning n.
    gradient: a function of x that returns its gradient, of the shape of x. Without one it is found by central differences: from
        the loss at h to each side of each coordinate, with h = 6e-6 times the coordinate's size, at least 6e-6. That costs 2*d
        losses and is good to about ten digits.

    Raises TypeError when one of them is no function.

    >>> from optimlib import OwnSurface, GradientDescent, descend
    >>> bowl = OwnSurface(lambda x: x[0] ** 2 + x[1] ** 2)
    >>> bowl
    OwnSurface(<lambda>, gradient by central differences)
    >>> descend(bowl, GradientDescent(0.5), start=(1, 2), steps=1).points[1].round(6) + 0
    array([0., 0.])
    """

    loss: Callable[[Any], Any]
    gradient: Callable[[Any], Any] = None  # type: ignore[assignment]

    def __post_init__(self):
        if not callable(self.loss):
            raise TypeError(f"loss must be a function of x, not {self.loss!r}")
        if self.gradient is None:
            object.__setattr__(self, "gradient", self._central_differences)
        elif not callable(self.gradient):
            raise TypeError(f"gradient must be a function of x, or None, not {self.gradient!r}")

    def __repr__(self):
        how = "gradient by central differences" if self.gradient == self._central_differences else f"gradient={_name(self.gradient)}"
        return f"OwnSurface({_name(self.loss)}, {how})"

    def _central_differences(self, x):
        x = np.asarray(x, dtype=float)
        slopes = []
        for i in range(len(x)):
            h = 6e-6 * np.maximum(1.0, np.abs(x[i]))
            left, right = x.copy(), x.copy()
            left[i], right[i] = x[i] - h, x[i] + h
            slopes.append((self.loss(right) - self.loss(left)) / (right[i] - left[i]))
        return np.array(slopes)


def _name(function):
    return getattr(function, "__name__", repr(function))


def _check(surface, above_zero, least=2):
    for name in above_zero:
        object.__setattr__(surface, name, _valid.above_zero(name, getattr(surface, name)))
    if "dimension" in surface.__dataclass_fields__:
        object.__setattr__(surface, "dimension", _valid.whole("dimension", surface.dimension, least=least))
