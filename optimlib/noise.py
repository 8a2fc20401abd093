"""The noise of minibatches: what is added to the gradient, the same in Python and in the browser, and again the same with the same seed.

A number is drawn from whole numbers alone: a seed, the step and the coordinate are mixed to 12 whole numbers of 32 bits, which
are added up. The sum of 12 even ones has the shape of a bell, and divided by 2**32 and with its mean taken away, the variance 1.
No logarithm and no cosine is needed, which processors compute in ways of their own. It never leaves -6 to 6.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import _valid
from .protocols import Array

PARTS = 12  # even numbers of 0 to 1 in a sum: each has the variance 1/12
WORD = 1 << 32
_GOLDEN = 0x9E3779B9  # 2**32 over the golden ratio, made odd: its multiples are spread evenly


@dataclass(frozen=True)
class Noise:
    """What the gradient of a minibatch has beside the gradient: in each coordinate noise of mean 0 and variance sd**2/batch.

    sd: the standard deviation of the gradient of one example (sigma), 0 or more.
    batch: how many examples are in a minibatch (m), a whole number, 1 or more.
    seed: which noise, a whole number from 0 to 2**32 - 1.

    Source: the second answer of Data Science Stack Exchange 76408 writes this m; Goodfellow, Bengio & Courville 2016, section 8.1.3,
    why the deviation goes down by the root of m. The mixing is the last part of MurmurHash3 (Appleby 2011).
    Raises ValueError or TypeError, with the parameter's name, when one is not as above.

    >>> from optimlib import Noise
    >>> Noise(sd=0.5, seed=1).draws(steps=2, dimension=2).shape
    (2, 2)
    """

    sd: float
    batch: int = 1
    seed: int = 0

    def __post_init__(self):
        object.__setattr__(self, "sd", _valid.zero_or_more("sd", self.sd))
        object.__setattr__(self, "batch", _valid.whole("batch", self.batch, least=1))
        object.__setattr__(self, "seed", _valid.whole("seed", self.seed, least=0))
        if self.seed >= WORD:
            raise ValueError(f"seed must be a whole number from 0 to {WORD - 1}, not {self.seed!r}")

    def draws(self, steps: int, dimension: int) -> Array:
        """The noise of each of the steps, from the first on, in each coordinate: shape (steps, dimension)."""
        return bell(self.seed, steps, dimension) * (self.sd / np.sqrt(float(self.batch)))


def bell(seed: int, steps: int, dimension: int) -> Array:
    """Numbers of mean 0 and variance 1 for each of the steps and coordinates: shape (steps, dimension)."""
    words = np.arange(PARTS, dtype=np.uint32) * np.uint32(_GOLDEN)
    coordinates = _mixed(np.arange(dimension, dtype=np.uint32) + np.uint32(1))[:, None]
    places = _mixed(np.arange(steps, dtype=np.uint32)[:, None, None] ^ coordinates)
    numbers = _mixed(_mixed(places ^ np.asarray([seed], dtype=np.uint32)) + words)
    return (numbers.sum(axis=-1, dtype=np.int64) - PARTS // 2 * (WORD - 1)) / WORD


def _mixed(word: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Words of 32 bits of which each bit depends on each of those given."""
    word = (word ^ (word >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    word = (word ^ (word >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return word ^ (word >> np.uint32(16))
