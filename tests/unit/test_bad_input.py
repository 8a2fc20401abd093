"""Bad input: the message names the parameter, the value, and what is allowed."""

import math
import re
from decimal import Decimal

import numpy as np
import pytest
from library import CLASSES

from optimlib import GradientDescent, Momentum, Quadratic, catalogue, descend, measures, sweep, theory

VALLEY, RULE, START = Quadratic(), GradientDescent(0.1), (-5, -2)
NO_NUMBERS = [True, "0.1", None, 0.1j, Decimal("0.1"), {}, [None], ["a"], [0.1j]]
ABOVE_ZERO, NOT_NEGATIVE = "a finite number above 0", "a finite number, 0 or more"
SHARE = "a number from 0 up to but not including 1"
WHOLE = "a whole number, 0 or more"


def refused(error, call, name, value, allowed):
    """That the call is refused with all that the reader needs to mend it."""
    with pytest.raises(error) as caught:
        call(value)
    message = str(caught.value)
    assert message.startswith(f"{name} must be {allowed}, not "), message
    if repr(value) not in message:  # then the one number that is wrong
        assert any(f"not {float(number)!r}" in message for number in np.ravel(value)), message


RANGES = {"above_zero": ABOVE_ZERO, "fraction": SHARE, "zero_or_more": NOT_NEGATIVE}
SETTINGS = [
    (lambda v, cls=cls, name=name: cls(**{"lr": 0.1, name: v}), name, RANGES[catalogue.SETTINGS[name]["range"]])
    for kind, cls in CLASSES.items()
    for name in catalogue.RULES[kind]["settings"]
    if catalogue.SETTINGS[name]["range"] in RANGES
]
ONE_NUMBER = [
    (lambda v: sweep(VALLEY, RULE, START, 3, tolerance=v), "tolerance", NOT_NEGATIVE),
    (lambda v: measures.steps_to_reach([1.0], v), "tolerance", NOT_NEGATIVE),
    (lambda v: measures.steps_to_stay([1.0], v), "tolerance", NOT_NEGATIVE),
    (lambda v: theory.stability_edge(v), "curvature", ABOVE_ZERO),
    (lambda v: theory.stability_edge(4.0, beta=v), "beta", SHARE),
    (lambda v: theory.contraction(v, 4.0), "lr", ABOVE_ZERO),
    (lambda v: theory.contraction(0.1, v), "curvature", ABOVE_ZERO),
    (lambda v: theory.contraction(0.1, 4.0, v), "beta", SHARE),
    (lambda v: theory.oscillates(v, 4.0), "lr", ABOVE_ZERO),
    (lambda v: theory.oscillates(0.1, v), "curvature", ABOVE_ZERO),
    (lambda v: theory.oscillates(0.1, 4.0, v), "beta", SHARE),
    (lambda v: theory.beta_border(v, 4.0), "lr", ABOVE_ZERO),
    (lambda v: theory.beta_border(0.1, v), "curvature", ABOVE_ZERO),
    (lambda v: theory.momentum_helps(v, 4.0, 0.5), "lr", ABOVE_ZERO),
    (lambda v: theory.momentum_helps(0.1, v, 0.5), "curvature", ABOVE_ZERO),
    (lambda v: theory.momentum_helps(0.1, 4.0, v), "beta", SHARE),
    (lambda v: theory.contraction(v, 4.0, nesterov=True), "lr", ABOVE_ZERO),
    (lambda v: theory.stability_edge(4.0, v, nesterov=True), "beta", SHARE),
    (lambda v: theory.memory_gain(v), "beta", SHARE),
    (lambda v: theory.bounce(v, 4.0, 0.0), "lr", ABOVE_ZERO),
    (lambda v: theory.bounce(0.1, v, 0.0), "curvature", ABOVE_ZERO),
    (lambda v: theory.bounce(0.1, 4.0, v), "eps", NOT_NEGATIVE),
]
OUTSIDE = {
    ABOVE_ZERO: [0, 0.0, -0.1, math.nan, math.inf, -math.inf],
    NOT_NEGATIVE: [-1e-9, -1, math.nan, math.inf],
    SHARE: [-0.1, 1, 1.5, math.nan, math.inf],
}


@pytest.mark.parametrize("call, name, allowed", SETTINGS + ONE_NUMBER)
def test_numbers_outside_what_is_allowed(call, name, allowed):
    for value in OUTSIDE[allowed]:
        refused(ValueError, call, name, value, allowed)


@pytest.mark.parametrize("call, name, allowed", SETTINGS + ONE_NUMBER)
def test_what_is_no_number(call, name, allowed):
    for value in NO_NUMBERS:
        refused(TypeError, call, name, value, allowed)


@pytest.mark.parametrize("call, name, allowed", SETTINGS)
def test_one_bad_number_in_a_range(call, name, allowed):
    for value in OUTSIDE[allowed]:
        refused(ValueError, call, name, np.array([0.5, value, 0.25]), allowed)
    refused(TypeError, call, name, np.array([True, False]), allowed)


@pytest.mark.parametrize("call, name, allowed", ONE_NUMBER)
def test_a_range_where_one_number_is_due(call, name, allowed):
    refused(TypeError, call, name, [0.1, 0.2], allowed)


@pytest.mark.parametrize("run", [descend, sweep])
def test_steps(run):
    def call(value):
        return run(VALLEY, RULE, START, value)

    for value in [-1, -1.0, 2.5, math.nan, math.inf]:
        refused(ValueError, call, "steps", value, WHOLE)
    for value in [*NO_NUMBERS, [3]]:
        refused(TypeError, call, "steps", value, WHOLE)
    assert len(descend(VALLEY, RULE, START, np.int64(3)).losses) == len(descend(VALLEY, RULE, START, 3.0).losses) == 4


def test_angle():
    def call(value):
        return Quadratic(angle=value)

    for value in [0.5, math.nan, math.inf]:
        refused(ValueError, call, "angle", value, "a whole number")
    for value in [*NO_NUMBERS, [45]]:
        refused(TypeError, call, "angle", value, "a whole number")
    for curvatures in [(1,), (1, 2, 3)]:
        with pytest.raises(ValueError, match="angle must be 0 unless there are two curvatures, not 45"):
            Quadratic(curvatures, angle=45)
        Quadratic(curvatures, angle=0)


@pytest.mark.parametrize("call", [Quadratic, theory.best_gradient_descent, theory.best_momentum, theory.best_nesterov])
def test_curvatures(call):
    allowed = "one or more finite numbers above 0"
    for value in [(0.2, 0), (0.2, -4.0), (math.nan, 1), (1, math.inf)]:
        refused(ValueError, call, "curvatures", value, allowed)
    for value in [(), 4.0, [[1, 2]], [[1], [1, 2]]]:
        refused(ValueError, call, "curvatures", value, allowed)
    for value in [None, "12", True, 2j, (1, None), ("a", "b")]:
        refused(TypeError, call, "curvatures", value, allowed)


@pytest.mark.parametrize("run", [descend, sweep])
def test_start(run):
    allowed = "2 finite numbers, one for each coordinate"

    def call(value):
        return run(VALLEY, RULE, value, 3)

    for value in [(-5,), (-5, -2, 1), (), -5.0, [[-5, -2]], [[-5], [-5, -2]], (-5, math.nan), (math.inf, -2)]:
        refused(ValueError, call, "start", value, allowed)
    for value in [None, "ab", (True, False), (1j, 2), (None, 1)]:
        refused(TypeError, call, "start", value, allowed)


@pytest.mark.parametrize("call", [measures.crossings, measures.sum_of_squares, measures.progress])
def test_series(call):
    for value in [[], 3.0, [[1.0, 2.0]]]:
        refused(ValueError, call, "series", value, "a row of one or more numbers")
    for value in [None, "12", [True], [1j], [None]]:
        refused(TypeError, call, "series", value, "a row of one or more numbers")


def test_progress_from_the_floor():
    with pytest.raises(ValueError, match=r"series must start away from 0, not at 0.0"):
        measures.progress([0.0, 1.0])


@pytest.mark.parametrize("call", [measures.steps_to_reach, measures.steps_to_stay])
def test_losses(call):
    refused(ValueError, call, "losses", [], "a row of one or more numbers")
    refused(TypeError, call, "losses", [None], "a row of one or more numbers")


@pytest.mark.parametrize("method", ["loss", "gradient", "axes", "from_axes"])
@pytest.mark.parametrize("angle", [0, 30])
def test_a_point_of_the_wrong_dimension(method, angle):
    for x in [(1, 2, 3), (1,), 1.0, np.zeros((3, 2))]:
        with pytest.raises(ValueError, match=r"[xu] must have 2 coordinates on its first axis, not the shape \("):
            getattr(Quadratic(angle=angle), method)(x)


class Surface:
    """A surface that gives what it was told to."""

    def __init__(self, loss, gradient):
        self.given = loss, gradient

    def loss(self, x):
        return self.given[0]

    def gradient(self, x):
        return self.given[1]


@pytest.mark.parametrize("gradient", [(1.0,), (1.0, 2.0, 3.0), 1.0, [[1.0, 2.0]]])
def test_a_gradient_of_the_wrong_shape(gradient):
    with pytest.raises(ValueError, match=r"gradient\(x\) must have the shape \(2,\), not \("):
        descend(Surface(1.0, gradient), RULE, START, 3)
    with pytest.raises(ValueError, match=r"gradient\(x\) must have the shape \(2, 3\), not \("):
        sweep(Surface(np.ones(3), gradient), GradientDescent([0.1, 0.2, 0.3]), START, 3)


@pytest.mark.parametrize("gradient", [None, "ab", (1j, 2j), (True, False)])
def test_a_gradient_that_is_no_numbers(gradient):
    with pytest.raises(TypeError, match=r"gradient\(x\) must be numbers of shape \(2,\), not "):
        descend(Surface(1.0, gradient), RULE, START, 3)


def test_a_loss_that_is_not_one_number():
    with pytest.raises(ValueError, match=r"loss\(x\) must have the shape \(\), not \(2,\)"):
        descend(Surface([1.0, 2.0], (1.0, 2.0)), RULE, START, 3)
    with pytest.raises(TypeError, match=r"loss\(x\) must be numbers of shape \(\), not None"):
        descend(Surface(None, (1.0, 2.0)), RULE, START, 3)


class Rule:
    """A rule that returns what it was told to."""

    def __init__(self, returned):
        self.returned = returned

    def update(self, x, g, state):
        return self.returned


@pytest.mark.parametrize("run", [descend, sweep])
def test_an_update_that_returns_something_else(run):
    for returned in [None, np.zeros(2), (np.zeros(2), None), (np.zeros(2), {}, {})]:
        with pytest.raises(TypeError, match=r"update\(x, g, state\) must return \(x, state\)"):
            run(VALLEY, Rule(returned), START, 3)
    with pytest.raises(ValueError, match=r"x from update\(x, g, state\) must have the shape \(2,"):
        run(VALLEY, Rule((np.zeros(3), {})), START, 3)


@pytest.mark.parametrize("run", [descend, sweep])
def test_what_is_no_surface_and_what_is_no_rule(run):
    for surface in [None, 3, Quadratic, RULE]:
        with pytest.raises(TypeError, match="surface must be an object with loss and gradient, not "):
            run(surface, RULE, START, 3)
    for rule in [None, 0.1, GradientDescent, VALLEY]:
        with pytest.raises(TypeError, match="rule must be an object with update, not "):
            run(VALLEY, rule, START, 3)


def test_a_range_of_settings_is_for_sweep():
    with pytest.raises(TypeError, match=r"lr must be one number in descend, not array\(\[0.1, 0.2\]\); sweep takes"):
        descend(VALLEY, Momentum([0.1, 0.2]), START, 3)


def test_ranges_that_do_not_broadcast():
    with pytest.raises(ValueError, match=r"broadcast against each other, not lr \(3,\), beta \(2,\)"):
        sweep(VALLEY, Momentum([0.1, 0.2, 0.3], [0.0, 0.5]), START, 3)


@pytest.mark.parametrize("call", [theory.stability_edge, theory.contraction, theory.oscillates, theory.beta_border, theory.momentum_helps])
@pytest.mark.parametrize("value", [1, None, "yes", np.array([True])])
def test_whether_it_is_nesterovs_is_true_or_false(call, value):
    given = {"lr": 0.1, "curvature": 4.0, "beta": 0.5}
    names = call.__code__.co_varnames[: call.__code__.co_argcount]
    with pytest.raises(TypeError, match=re.escape(f"nesterov must be True or False, not {value!r}")):
        call(**{name: given[name] for name in names if name in given}, nesterov=value)
