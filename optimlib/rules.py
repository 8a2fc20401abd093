"""The rules of descent. A rule is immutable data plus a pure update: state in, state out.

init(x) gives what the rule remembers at the start; update(x, g, state) takes the point, the
gradient there and the memory, and returns the next point and the new memory. x and g have the
shape (d,), or (d, n) for n runs at once, and each setting is a number, or an array of n numbers. lr may
also be one of optimlib.schedules: then descend and sweep call the update of the rule at the rate of the step.

A rule of your own is any object with such an update. It needs init(x) only when it remembers
something from the start; without it the state starts as {}.
"""

from dataclasses import dataclass, fields, is_dataclass, replace

import numpy as np

from . import _valid
from .catalogue import DEFAULTS, RULES, SETTINGS


def ratio(a, b):
    """a / b, and 0 where b is 0: where no gradient was ever seen there is no step to take.

    >>> import numpy as np
    >>> ratio(np.array([3.0, 0.0]), np.array([2.0, 0.0]))
    array([1.5, 0. ])
    """
    with np.errstate(all="ignore"):
        return np.where(b == 0, 0.0, np.divide(a, b))


@dataclass(frozen=True)
class GradientDescent:
    """Gradient descent: step against the gradient.

    lr: the learning rate (eta), above 0. It multiplies the gradient.

    Source: Cauchy 1847; Goodfellow, Bengio & Courville 2016, section 4.3 (there epsilon).
    Raises ValueError or TypeError when lr is not a finite number above 0.

    >>> import numpy as np
    >>> from optimlib import GradientDescent
    >>> x, state = GradientDescent(lr=0.1).update(np.array([-5.0, -2.0]), np.array([-1.0, -8.0]), {})
    >>> x
    array([-4.9, -1.2])
    """

    lr: float

    def __post_init__(self):
        _check(self)

    def init(self, x):
        return {}

    def update(self, x, g, state):
        return x - self.lr * g, {}

    def rate(self, state):
        """What the last step multiplied the gradient by: lr in each coordinate."""
        return state.get("lr", self.lr)


@dataclass(frozen=True)
class Momentum:
    """Momentum (the heavy ball): step against a leaky sum of the gradients, the velocity.

    lr: the learning rate (eta), above 0. It multiplies the velocity.
    beta: the share of the velocity kept at each step, in [0, 1); 0 is gradient descent.

    Source: Polyak 1964; written as in Goh, "Why Momentum Really Works", Distill 2017
    (there lr is alpha) and d2l.ai. Goodfellow, Bengio & Courville 2016, section 8.3.2, write
    v = alpha*v - epsilon*g and add v: the same path, with v scaled by -lr.
    Raises ValueError or TypeError when lr is not a finite number above 0 or beta not in [0, 1).

    >>> import numpy as np
    >>> from optimlib import Momentum
    >>> rule = Momentum(lr=0.1, beta=0.5)
    >>> rule.update(np.array([-5.0]), np.array([-1.0]), {"velocity": np.array([-2.0])})
    (array([-4.8]), {'velocity': array([-2.])})
    """

    lr: float
    beta: float = DEFAULTS["beta"]

    def __post_init__(self):
        _check(self)

    def init(self, x):
        return {"velocity": np.zeros_like(x)}

    def update(self, x, g, state):
        v = self.beta * state["velocity"] + g
        return x - self.lr * v, {"velocity": v}

    def rate(self, state):
        """What the last step multiplied the velocity by: lr in each coordinate."""
        return state.get("lr", self.lr)


@dataclass(frozen=True)
class Nesterov:
    """Nesterov's momentum: step as momentum would, had it seen this gradient once more.

    lr: the learning rate (eta), above 0. It multiplies beta*velocity + gradient.
    beta: the share of the velocity kept at each step, in [0, 1); 0 is gradient descent.

    Source: Nesterov 1983; Sutskever, Martens, Dahl & Hinton 2013, section 2. They take the gradient
    a part of the way ahead of theta, at theta + mu*v; x here is that point, and theta is
    x + lr*beta*velocity. This form is that of PyTorch's and optax's nesterov=True, whose velocity
    is a sum of gradients that lr multiplies, as here; Keras and Sutskever et al. keep it times -lr.
    Raises ValueError or TypeError when lr is not a finite number above 0 or beta not in [0, 1).

    >>> import numpy as np
    >>> from optimlib import Nesterov
    >>> rule = Nesterov(lr=0.1, beta=0.5)
    >>> rule.update(np.array([-5.0]), np.array([-1.0]), {"velocity": np.array([-2.0])})
    (array([-4.8]), {'velocity': array([-2.])})
    """

    lr: float
    beta: float = DEFAULTS["beta"]

    def __post_init__(self):
        _check(self)

    def init(self, x):
        return {"velocity": np.zeros_like(x)}

    def update(self, x, g, state):
        v = self.beta * state["velocity"] + g
        return x - self.lr * (self.beta * v + g), {"velocity": v}

    def rate(self, state):
        """What the last step multiplied beta*velocity + gradient by: lr in each coordinate."""
        return state.get("lr", self.lr)


@dataclass(frozen=True)
class AdaGrad:
    """AdaGrad: divide each coordinate's step by the root of the sum of its squared gradients.

    lr: the learning rate (eta), above 0: about the length of the first step in each coordinate.
    eps: the small constant inside the root, 0 or more. With eps 0, 0/0 is a step of 0.

    Source: Duchi, Hazan & Singer 2011 (the diagonal form; there eps is delta, outside the root);
    eps inside the root as in d2l.ai.
    Raises ValueError or TypeError when lr is not a finite number above 0 or eps not 0 or more.

    >>> import numpy as np
    >>> from optimlib import AdaGrad
    >>> rule = AdaGrad(lr=0.4, eps=0)
    >>> x, state = rule.update(np.zeros(2), np.array([3.0, 4.0]), {"brake": np.zeros(2)})
    >>> x, state["brake"]
    (array([-0.4, -0.4]), array([ 9., 16.]))
    """

    lr: float
    eps: float = DEFAULTS["eps"]

    def __post_init__(self):
        _check(self)

    def init(self, x):
        return {"brake": np.zeros_like(x)}

    def update(self, x, g, state):
        s = state["brake"] + g * g
        return x - self.lr * ratio(g, np.sqrt(s + self.eps)), {"brake": s}

    def rate(self, state):
        """What the last step multiplied the gradient by, in each coordinate."""
        return state.get("lr", self.lr) * ratio(1.0, np.sqrt(state["brake"] + self.eps))


@dataclass(frozen=True)
class RMSProp:
    """RMSProp: divide each coordinate's step by the root of a leaky average of its squared gradients.

    lr: the learning rate (eta), above 0: about the length of a step in each coordinate.
    rho: the share of the average kept at each step, in [0, 1).
    eps: the small constant inside the root, 0 or more. With eps 0, 0/0 is a step of 0.

    Source: Tieleman & Hinton 2012 (lecture 6.5); eps inside the root as in Goodfellow, Bengio &
    Courville 2016, algorithm 8.5 (there delta), and d2l.ai (there rho is gamma).
    Raises ValueError or TypeError when lr is not a finite number above 0, rho is not in [0, 1) or
    eps is not 0 or more.

    >>> import numpy as np
    >>> from optimlib import RMSProp
    >>> rule = RMSProp(lr=0.4, rho=0.75, eps=0)
    >>> x, state = rule.update(np.zeros(2), np.array([3.0, 4.0]), {"brake": np.zeros(2)})
    >>> x, state["brake"]
    (array([-0.8, -0.8]), array([2.25, 4.  ]))
    """

    lr: float
    rho: float = DEFAULTS["rho"]
    eps: float = DEFAULTS["eps"]

    def __post_init__(self):
        _check(self)

    def init(self, x):
        return {"brake": np.zeros_like(x)}

    def update(self, x, g, state):
        s = self.rho * state["brake"] + (1 - self.rho) * g * g
        return x - self.lr * ratio(g, np.sqrt(s + self.eps)), {"brake": s}

    def rate(self, state):
        """What the last step multiplied the gradient by, in each coordinate."""
        return state.get("lr", self.lr) * ratio(1.0, np.sqrt(state["brake"] + self.eps))


@dataclass(frozen=True)
class Adam:
    """Adam: step against a leaky average of the gradients, divided by the root of one of their squares.

    lr: the learning rate (eta), above 0: about the length of a step in each coordinate.
    beta1: the share of the average of the gradients kept at each step, in [0, 1); 0 without correct_bias is RMSProp, but for eps.
    beta2: the share of the average of their squares, the brake, kept at each step, in [0, 1).
    eps: the small constant, outside the root, 0 or more. With eps 0, 0/0 is a step of 0.
    correct_bias: whether the averages, which begin at 0, are divided by 1 - beta**t: without it the first step is
        (1 - beta1)/sqrt(1 - beta2) times as long. beta1_power and beta2_power are beta**t, as running products.

    Source: Kingma & Ba 2015, algorithm 1 (there lr is alpha, the averages are m and v).
    Raises ValueError or TypeError when lr is not a finite number above 0, beta1 or beta2 not in [0, 1),
    eps not 0 or more or correct_bias neither True nor False.

    >>> import numpy as np
    >>> from optimlib import Adam
    >>> rule = Adam(lr=0.4, eps=0)
    >>> x = np.zeros(2)
    >>> rule.update(x, np.array([3.0, -4.0]), rule.init(x))[0]
    array([-0.4,  0.4])
    """

    lr: float
    beta1: float = DEFAULTS["beta1"]
    beta2: float = DEFAULTS["beta2"]
    eps: float = RULES["adam"]["settings"]["eps"]
    correct_bias: bool = DEFAULTS["correct_bias"]

    def __post_init__(self):
        _check(self)

    def init(self, x):
        return {"average": np.zeros_like(x), "brake": np.zeros_like(x), "beta1_power": np.ones_like(x), "beta2_power": np.ones_like(x)}

    def update(self, x, g, state):
        m = self.beta1 * state["average"] + (1 - self.beta1) * g
        s = self.beta2 * state["brake"] + (1 - self.beta2) * g * g
        state = {"average": m, "brake": s, "beta1_power": self.beta1 * state["beta1_power"], "beta2_power": self.beta2 * state["beta2_power"]}
        corrected = m / (1 - state["beta1_power"]) if self.correct_bias else m
        return x - self.lr * ratio(corrected, self._divisor(state)), state

    def rate(self, state):
        """What the last step multiplied the average by, corrected where it is, in each coordinate."""
        return state.get("lr", self.lr) * ratio(1.0, self._divisor(state))

    def _divisor(self, state):
        s = ratio(state["brake"], 1 - state["beta2_power"]) if self.correct_bias else state["brake"]
        return np.sqrt(s) + self.eps


def _check(rule):
    for name in (field.name for field in fields(rule)):
        value = getattr(rule, name)
        if name == "lr" and is_schedule(value):
            continue
        in_range = getattr(_valid, SETTINGS[name]["range"])
        object.__setattr__(rule, name, in_range(name, value, many=True))


def is_schedule(lr):
    """Whether a learning rate is one that changes from step to step, as those of optimlib.schedules."""
    return callable(getattr(lr, "rates", None)) and not isinstance(lr, type)


def ranges(rule):
    """The settings of a dataclass rule that are ranges of values: {name: array}; those of its schedule are called lr.gamma and so on."""
    found = {}
    for field in fields(rule) if is_dataclass(rule) else ():
        value = getattr(rule, field.name)
        if is_schedule(value):
            found |= {f"{field.name}.{name}": array for name, array in ranges(value).items()}
        elif np.ndim(value) > 0:
            found[field.name] = np.asarray(value)
    return found


def at(rule, values):
    """The rule with these values of settings, by the names that ranges gives."""
    own = {name: value for name, value in values.items() if "." not in name}
    lr = {name.removeprefix("lr."): value for name, value in values.items() if name.startswith("lr.")}
    return replace(rule, **own, **({"lr": replace(rule.lr, **lr)} if lr else {}))
