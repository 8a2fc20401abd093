"""What can be worked out on paper, for a quadratic: each direction of curvature lambda moves alone.

Gradient descent multiplies a direction by 1 - lr*curvature at each step. Momentum moves it by a
recurrence whose roots solve z**2 - (1 + beta - lr*curvature)*z + beta = 0; beta 0 is gradient
descent again. With nesterov=True it is Nesterov's momentum, whose roots solve
z**2 - (1 + beta)*q*z + beta*q = 0, where q = 1 - lr*curvature: take the velocity out of two steps of
the rule. All take plain numbers, and raise ValueError or TypeError when lr or a curvature is
not a finite number above 0, beta is not in [0, 1), eps is negative or nesterov neither True nor False.

Sources: Polyak 1964; Goh, "Why Momentum Really Works", Distill 2017 (there lr is alpha); Lessard,
Recht & Packard 2016, section 2 (for Nesterov's; there lr is alpha).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from . import _valid


class BestGradientDescent(NamedTuple):
    """The best learning rate, and the factor by which the worst direction then shrinks each step."""

    lr: float
    factor: float


class BestMomentum(NamedTuple):
    """The best learning rate and beta, and the factor by which each direction then shrinks in the long run."""

    lr: float
    beta: float
    factor: float


class MemoryGain(NamedTuple):
    """How many times the gradient the velocity becomes, for each kind of gradient."""

    steady: float
    flipping: float


def stability_edge(curvature: float, beta: float = 0.0, nesterov: bool = False) -> float:
    """The learning rate from which a direction no longer shrinks: 2*(1 + beta)/curvature; with
    Nesterov's momentum 2*(1 + beta)/((1 + 2*beta)*curvature).

    Goh 2017, "The Dynamics of Momentum". Nesterov's follows from the roots above: at the edge one is
    -1, so 1 + (1 + beta)*q + beta*q = 0.

    >>> from optimlib.theory import stability_edge
    >>> stability_edge(4.0), stability_edge(4.0, beta=0.5)
    (0.5, 0.75)
    >>> stability_edge(4.0, beta=0.5, nesterov=True)
    0.375
    """
    curvature, beta = _valid.above_zero("curvature", curvature), _valid.fraction("beta", beta)
    return 2 * (1 + beta) / ((1 + 2 * beta) * curvature if _valid.switch("nesterov", nesterov) else curvature)


def contraction(lr: float, curvature: float, beta: float = 0.0, nesterov: bool = False) -> float:
    """The contraction factor: what a direction is multiplied by at each step, in the long run and
    without its sign. It is the size of the larger root; above 1 the direction diverges.

    Goh 2017, "The Dynamics of Momentum". Where the roots are complex it is the root of
    their product: sqrt(beta), with Nesterov's momentum sqrt(beta*(1 - lr*curvature)).

    >>> from optimlib.theory import contraction
    >>> contraction(0.45, 4.0)
    0.8
    >>> contraction(0.45, 4.0, beta=0.25)
    0.5
    """
    trace, product, discriminant = _recurrence(lr, curvature, beta, nesterov)
    if discriminant < 0:
        return math.sqrt(product)
    return (abs(trace) + math.sqrt(discriminant)) / 2


def oscillates(lr: float, curvature: float, beta: float = 0.0, nesterov: bool = False) -> bool:
    """Whether a direction keeps changing sign: it crosses the floor again and again.

    With gradient descent it does when lr*curvature > 1, at every step. With momentum it does when
    the roots are complex, (1 - sqrt(lr*curvature))**2 < beta < (1 + sqrt(lr*curvature))**2, or when
    the larger root is negative. Goh 2017, "The Dynamics of Momentum". With Nesterov's momentum the
    roots are complex when 0 < 1 - lr*curvature < 4*beta/(1 + beta)**2, and the larger one is
    negative when lr*curvature > 1.

    >>> from optimlib.theory import oscillates
    >>> oscillates(0.1, 4.0), oscillates(0.1, 4.0, beta=0.9)
    (False, True)
    """
    trace, _, discriminant = _recurrence(lr, curvature, beta, nesterov)
    return discriminant < 0 or trace < 0


def best_gradient_descent(curvatures: Sequence[float]) -> BestGradientDescent:
    """The learning rate with which gradient descent shrinks the worst direction fastest.

    lr = 2/(smallest + largest curvature); factor = (kappa - 1)/(kappa + 1), kappa the condition
    number. Goh 2017, "Choosing a Step-size".

    >>> from optimlib.theory import best_gradient_descent
    >>> best = best_gradient_descent((0.2, 4.0))
    >>> round(best.lr, 3), round(best.factor, 3)
    (0.476, 0.905)
    """
    values = _valid.curvatures("curvatures", curvatures)
    smallest, largest = min(values), max(values)
    return BestGradientDescent(2 / (smallest + largest), (largest - smallest) / (largest + smallest))


def best_momentum(curvatures: Sequence[float]) -> BestMomentum:
    """The learning rate and beta with which momentum shrinks the worst direction fastest, in the long run.

    lr = (2/(sqrt(smallest) + sqrt(largest)))**2; beta = factor**2; factor =
    (sqrt(kappa) - 1)/(sqrt(kappa) + 1), kappa the condition number. A finite run can do a little
    better: at this setting two roots are equal, which costs the first steps. Polyak 1964.

    >>> from optimlib.theory import best_momentum
    >>> best = best_momentum((0.2, 4.0))
    >>> round(best.lr, 3), round(best.beta, 3), round(best.factor, 3)
    (0.668, 0.403, 0.635)
    """
    values = _valid.curvatures("curvatures", curvatures)
    smallest, largest = math.sqrt(min(values)), math.sqrt(max(values))
    factor = (largest - smallest) / (largest + smallest)
    root = 2 / (smallest + largest)
    return BestMomentum(root * root, factor * factor, factor)


def best_nesterov(curvatures: Sequence[float]) -> BestMomentum:
    """The learning rate and beta with which Nesterov's momentum shrinks the worst direction fastest, in the long run.

    lr = 4/(3*largest + smallest); beta = (r - 2)/(r + 2); factor = 1 - 2/r; r = sqrt(3*kappa + 1),
    kappa the condition number. On a quadratic the best momentum is faster. Lessard, Recht & Packard
    2016, table 1.

    >>> from optimlib.theory import best_nesterov
    >>> best = best_nesterov((0.2, 4.0))
    >>> round(best.lr, 3), round(best.beta, 3), round(best.factor, 3)
    (0.328, 0.592, 0.744)
    """
    values = _valid.curvatures("curvatures", curvatures)
    smallest, largest = min(values), max(values)
    root = math.sqrt(3 * (largest / smallest) + 1)
    return BestMomentum(4 / (3 * largest + smallest), (root - 2) / (root + 2), 1 - 2 / root)


def beta_border(lr: float, curvature: float, nesterov: bool = False) -> float:
    """The border (1 - lr*curvature)**2: momentum helps a direction while beta is below it. That of
    Nesterov's momentum is 1 - lr*curvature: from lr*curvature = 1 on it never helps.

    >>> from optimlib.theory import beta_border
    >>> round(beta_border(0.1, 4.0), 2)
    0.36
    """
    lr, curvature = _valid.above_zero("lr", lr), _valid.above_zero("curvature", curvature)
    factor = 1 - lr * curvature
    return factor if _valid.switch("nesterov", nesterov) else factor * factor


def momentum_helps(lr: float, curvature: float, beta: float, nesterov: bool = False) -> bool:
    """Whether momentum has a smaller contraction factor in a direction than gradient descent at the same lr.

    It has exactly when 0 < beta < (1 - lr*curvature)**2: this follows from the roots above, whose
    product is beta. Nesterov's has exactly when 0 < beta < 1 - lr*curvature = q: at z = q its
    equation gives beta*q*(1 - q), so q lies beyond both real roots where q is above 0, and between
    them where it is below; and complex ones have the size sqrt(beta*q). Where both factors are above 1, momentum diverges more slowly.

    >>> from optimlib.theory import momentum_helps
    >>> momentum_helps(0.1, 4.0, beta=0.9), momentum_helps(0.6, 4.0, beta=0.9)
    (False, True)
    """
    return 0 < _valid.fraction("beta", beta) < beta_border(lr, curvature, nesterov)


def memory_gain(beta: float) -> MemoryGain:
    """How many times the gradient the velocity becomes in the long run: 1/(1 - beta) when the
    gradient stays the same, 1/(1 + beta) when it flips its sign at each step.

    The first is Goodfellow, Bengio & Courville 2016, section 8.3.2 (there beta is alpha).

    >>> from optimlib.theory import memory_gain
    >>> gain = memory_gain(0.9)
    >>> round(gain.steady, 3), round(gain.flipping, 3)
    (10.0, 0.526)
    """
    beta = _valid.fraction("beta", beta)
    return MemoryGain(1 / (1 - beta), 1 / (1 + beta))


def bounce(lr: float, curvature: float, eps: float) -> float:
    """How far from the floor RMSProp with a constant rate ends, bouncing from side to side.

    sqrt(lr**2/4 - eps/curvature**2), and 0 where eps >= (lr*curvature/2)**2: there it settles.
    Solves x -> -x in the rule itself, with the brake at rest at (curvature*x)**2; rho drops out.

    >>> from optimlib.theory import bounce
    >>> round(bounce(0.4, 0.2, eps=1e-6), 6)
    0.199937
    """
    lr, curvature = _valid.above_zero("lr", lr), _valid.above_zero("curvature", curvature)
    eps = _valid.zero_or_more("eps", eps)
    return math.sqrt(max(0.0, lr * lr / 4 - eps / (curvature * curvature)))


def noise_spread(lr: float, curvature: float, sd: float, beta: float = 0.0) -> float:
    """How far from the floor noise leaves gradient descent (beta 0) and momentum: the root of the mean square, at the end.

    sd: the standard deviation of the noise in the gradient (sigma; of a minibatch of size m it is sigma/sqrt(m)), 0 or more.

    Its square is lr * sd**2 * (1 + beta) / (curvature * (1 - beta) * (2*(1 + beta) - lr*curvature)): exact, the variance of the
    recurrence above with noise in it. To first order in lr it is lr * sd**2 / (2 * curvature * (1 - beta)), that of gradient
    descent at the rate lr/(1 - beta). Infinity from the stability edge on. Mandt, Hoffman & Blei 2017 have the first order.

    >>> from optimlib.theory import noise_spread
    >>> round(noise_spread(0.1, 1.0, sd=1.0) ** 2, 4), round(noise_spread(0.1, 1.0, sd=1.0, beta=0.9) ** 2, 4)
    (0.0526, 0.5135)
    """
    lr, curvature = _valid.above_zero("lr", lr), _valid.above_zero("curvature", curvature)
    sd, beta = _valid.zero_or_more("sd", sd), _valid.fraction("beta", beta)
    room = 2 * (1 + beta) - lr * curvature
    return math.sqrt(lr * sd * sd * (1 + beta) / (curvature * (1 - beta) * room)) if room > 0 else math.inf


def rmsprop_spread(lr: float, curvature: float, sd: float) -> float:
    """How far from the floor noise leaves RMSProp at a small rate: sqrt(lr*sd/(2*curvature)), in a coordinate of this curvature.

    sd: the standard deviation of the noise in the gradient (sigma), 0 or more. The noise holds the brake at about
    sd**2, so RMSProp is gradient descent at the rate lr/sd. It holds while lr*curvature/sd is small.

    >>> from optimlib.theory import rmsprop_spread
    >>> round(rmsprop_spread(0.01, 1.0, sd=1.0) ** 2, 4)
    0.005
    """
    lr, curvature = _valid.above_zero("lr", lr), _valid.above_zero("curvature", curvature)
    return math.sqrt(lr * _valid.zero_or_more("sd", sd) / (2 * curvature))


def _recurrence(lr, curvature, beta, nesterov):
    """The sum of the two roots, their product, and the discriminant."""
    lr, curvature = _valid.above_zero("lr", lr), _valid.above_zero("curvature", curvature)
    beta = _valid.fraction("beta", beta)
    if _valid.switch("nesterov", nesterov):
        factor = 1 - lr * curvature
        trace, product = (1 + beta) * factor, beta * factor
    else:
        trace, product = 1 + beta - lr * curvature, beta
    return trace, product, trace * trace - 4 * product
