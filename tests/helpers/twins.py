"""What the tests share that hold Python and JavaScript to the same: the rules by the names they have in both, and bits."""

import numpy as np

from optimlib import AdaGrad, GradientDescent, Momentum, RMSProp

RULES = {"gradient_descent": GradientDescent, "momentum": Momentum, "adagrad": AdaGrad, "rmsprop": RMSProp}


def bits(numbers):
    """The bits of doubles, with one pattern for NaN."""
    numbers = np.asarray(numbers, dtype=float)
    return np.where(np.isnan(numbers), np.nan, numbers).view(np.uint64)
