"""What the library asks of a surface and of a rule, as types: anything with these methods will do."""

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
State = Mapping[str, Any]  # what a rule remembers, by name


class Surface(Protocol):
    """A surface to descend. x has the shape (d,), or (d, n) for n points at once."""

    def loss(self, x: Any) -> Any:
        """The height at x: a number, or n of them."""

    def gradient(self, x: Any) -> Any:
        """The gradient at x, of the shape of x."""


class Rule(Protocol):
    """A rule of descent. One that remembers something from the start has init(x), too."""

    def update(self, x: Any, g: Any, state: Any) -> tuple[Any, Any]:
        """The next point and what is remembered, given the point, the gradient there and what was remembered."""
