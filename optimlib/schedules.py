"""Learning rates that change from step to step. A schedule stands where a rule has its lr: RMSProp(lr=Exponential(0.4, gamma=0.9)).

A schedule is any object with rates(steps), which gives the rate of each of that many steps, all finite and above 0: the
shape is (steps,), or (steps, n) for n runs at once. Its settings are numbers, or arrays of n numbers.

Running products and quotients make the rates, no powers: so they are the same doubles on every machine, and in the browser.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import _valid
from .protocols import Array


class _Schedule:
    """What the schedules of the library share: a rule that meets one outside a run says what to do."""

    __array_ufunc__ = None

    def __mul__(self, other: Any) -> Any:
        raise TypeError(f"lr must be a number where a rule is updated by hand, not {self!r}: descend and sweep give it the rate of each step")

    __rmul__ = __mul__


@dataclass(frozen=True)
class Exponential(_Schedule):
    """lr times gamma at each step: lr * gamma**t, with t = 0 at the first.

    lr: the rate of the first step (eta), above 0.
    gamma: what each step leaves of it, above 0 and at most 1.

    Raises ValueError or TypeError when lr is not a finite number above 0 or gamma not in (0, 1].

    >>> from optimlib import Exponential
    >>> Exponential(0.4, gamma=0.5).rates(3)
    array([0.4, 0.2, 0.1])
    """

    lr: float
    gamma: float

    def __post_init__(self):
        _check(self, lr=_valid.above_zero, gamma=_valid.share)

    def rates(self, steps: int) -> Array:
        """The rate of each of the steps."""
        lr, gamma = np.broadcast_arrays(self.lr, self.gamma)
        factors = np.empty((steps, *lr.shape))
        factors[1:] = gamma
        factors[:1] = lr
        return np.multiply.accumulate(factors)


@dataclass(frozen=True)
class InverseTime(_Schedule):
    """lr over 1 + t/half: half of lr at t = half, a third at t = 2*half; t = 0 at the first step.

    lr: the rate of the first step (eta), above 0.
    half: after how many steps half of it is left (T), above 0.

    Source: Robbins & Monro 1951 asked of a schedule what this one has: rates whose sum grows without end and whose squares' does not.
    Raises ValueError or TypeError when lr or half is not a finite number above 0.

    >>> from optimlib import InverseTime
    >>> InverseTime(0.4, half=1).rates(4).tolist()
    [0.4, 0.2, 0.13333333333333333, 0.1]
    """

    lr: float
    half: float

    def __post_init__(self):
        _check(self, lr=_valid.above_zero, half=_valid.above_zero)

    def rates(self, steps: int) -> Array:
        """The rate of each of the steps."""
        lr, half = np.broadcast_arrays(self.lr, self.half)
        t = np.arange(steps, dtype=float).reshape(steps, *(1 for _ in lr.shape))
        return lr / (1 + t / half)


@dataclass(frozen=True)
class WarmUp(_Schedule):
    """From a small rate up to lr in equal parts, then lr: lr * (t + 1)/length while t < length; t = 0 at the first step.

    lr: the rate from then on (eta), above 0.
    length: over how many steps, a whole number, 1 or more.

    Source: Goyal et al. 2017, section 2.2 ("gradual warmup").
    Raises ValueError or TypeError when lr is not a finite number above 0 or length not a whole number, 1 or more.

    >>> from optimlib import WarmUp
    >>> WarmUp(0.4, length=4).rates(6).tolist()
    [0.1, 0.2, 0.30000000000000004, 0.4, 0.4, 0.4]
    """

    lr: float
    length: int

    def __post_init__(self):
        _check(self, lr=_valid.above_zero)
        object.__setattr__(self, "length", _valid.whole("length", self.length, least=1))

    def rates(self, steps: int) -> Array:
        """The rate of each of the steps."""
        lr = np.asarray(self.lr)
        t = np.arange(steps, dtype=float).reshape(steps, *(1 for _ in lr.shape))
        return lr * (np.minimum(t + 1, self.length) / self.length)


def _check(schedule, **ranges):
    for name, in_range in ranges.items():
        object.__setattr__(schedule, name, in_range(name, getattr(schedule, name), many=True))
