"""The rules: where they end, and what they do to a gradient that stays, flips or vanishes."""

import inspect
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import RULES, at, remembering

from optimlib import AdaGrad, Adam, GradientDescent, Momentum, Nesterov, Quadratic, RMSProp, descend

VALLEY, START = Quadratic(), (-5, -2)
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
each_braked = pytest.mark.parametrize("rule", [at(rule, lr=0.4, eps=0) for rule in remembering("brake").values()], ids=remembering("brake"))
each_unbraked = pytest.mark.parametrize("rule", remembering("velocity", None).values(), ids=remembering("velocity", None))


@pytest.mark.parametrize(
    "rule, x1, x2",
    [
        (GradientDescent(0.4), "-0.943467", "-0.000073"),
        (GradientDescent(0.6), "-0.387814", "-1673.365109"),
        (Momentum(0.6, beta=0.5), "0.007188", "0.002553"),
        (Momentum(0.6, beta=0.25), "-0.126340", "-0.186632"),
        (AdaGrad(0.4), "-2.382563", "-0.158591"),
        (AdaGrad(2), "-0.002295", "-0.000000"),
        (RMSProp(0.4), "-0.010599", "0.000000"),
    ],
)
def test_where_twenty_steps_end(rule, x1, x2):
    """The numbers that d2l.ai prints, to six decimals."""
    end = descend(VALLEY, rule, START, steps=20).points[-1]
    assert [f"{value:.6f}" for value in end] == [x1, x2]


def feed(rule, gradients):
    """The steps that a rule takes on these gradients, one after the other, in one coordinate."""
    origin = np.zeros(1)
    state, steps = rule.init(origin), []
    for gradient in gradients:
        moved, state = rule.update(origin, np.array([gradient]), state)
        steps.append(-float(moved[0]))
    return np.array(steps)


def test_momentum_adds_up_a_steady_gradient_and_cancels_a_flipping_one():
    rule = Momentum(lr=1, beta=0.9)
    assert feed(rule, [3.0] * 400)[-1] == pytest.approx(10 * 3)
    assert abs(feed(rule, [3.0, -3.0] * 200)[-1]) == pytest.approx(3 / 1.9)


@pytest.mark.parametrize("size", [0.5, 10.0])
def test_rmsprop_steps_by_lr_whatever_the_size_or_the_sign(size):
    rule = RMSProp(lr=0.4, rho=0.9, eps=0)
    steady, flipping = feed(rule, [size] * 400), feed(rule, [size, -size] * 200)
    assert steady[0] == pytest.approx(0.4 / math.sqrt(1 - 0.9))
    assert steady[-1] == pytest.approx(0.4)
    np.testing.assert_array_equal(np.abs(flipping), steady)


@pytest.mark.parametrize("size", [0.5, 10.0])
def test_adagrad_steps_shrink_as_one_over_the_root_of_their_number(size):
    steps = feed(AdaGrad(lr=0.4, eps=0), [size] * 100)
    np.testing.assert_allclose(steps, 0.4 / np.sqrt(np.arange(1, 101)))


@each_braked
def test_without_a_gradient_and_without_eps_there_is_no_step(rule):
    assert feed(rule, [0.0, 0.0]).tolist() == [0.0, 0.0]
    path = descend(VALLEY, rule, start=(-5, 0), steps=5)
    assert (path.points[:, 1] == 0).all()
    assert path.points[-1, 0] != -5
    grown = {"brake": np.array([0.0, 4.0]), "beta2_power": np.zeros(2)}
    assert rule.rate(grown).tolist() == [0.0, 0.2]


def test_eps_sits_inside_the_root():
    step = feed(AdaGrad(lr=1, eps=16), [3.0])[0]
    assert step == 3 / math.sqrt(9 + 16)
    assert feed(RMSProp(lr=1, rho=0, eps=16), [3.0])[0] == step


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
@given(st.floats(1e-3, 1), st.floats(-5, 5))
def test_without_beta_it_is_gradient_descent(kind, lr, x):
    plain, zero = GradientDescent(lr), kind(lr, beta=0)
    np.testing.assert_array_equal(descend(VALLEY, plain, (x, 1), 10).points, descend(VALLEY, zero, (x, 1), 10).points)


@given(st.floats(1e-3, 1), st.floats(0, 0.99))
def test_the_two_ways_of_writing_momentum_are_one_path(lr, beta):
    """Goodfellow et al. keep v = alpha*v - epsilon*g, and add it."""
    path = descend(VALLEY, Momentum(lr, beta), START, steps=10)
    theta, v = np.array(START, dtype=float), np.zeros(2)
    for step in range(1, 11):
        v = beta * v - lr * VALLEY.gradient(theta)
        theta = theta + v
        np.testing.assert_allclose(path.points[step], theta, rtol=1e-6, atol=1e-6 * np.abs(path.points).max())
        np.testing.assert_allclose(path.state["velocity"][step] * -lr, v, rtol=1e-6, atol=1e-6 * np.abs(path.points).max())


@given(st.floats(1e-3, 0.3), st.floats(0, 0.99))
def test_nesterov_is_where_sutskever_et_al_take_the_gradient(lr, beta):
    """They keep v = beta*v - lr*gradient(theta + beta*v), and add it to theta."""
    path = descend(VALLEY, Nesterov(lr, beta), START, steps=10)
    theta, v = np.array(START, dtype=float), np.zeros(2)
    close = {"rtol": 1e-6, "atol": 1e-6 * np.abs(path.points).max()}
    for step in range(1, 11):
        v = beta * v - lr * VALLEY.gradient(theta + beta * v)
        theta = theta + v
        np.testing.assert_allclose(path.points[step], theta + beta * v, **close)
        np.testing.assert_allclose(path.state["velocity"][step] * -lr, v, **close)


@given(st.floats(1e-3, 0.3), st.floats(0, 0.99))
def test_nesterov_is_that_of_pytorch_and_keras(lr, beta):
    """PyTorch: buffer = mu*buffer + g, the first one g; x -= lr*(g + mu*buffer). Keras keeps the buffer times -lr."""
    path = descend(VALLEY, Nesterov(lr, beta), START, steps=10)
    x, y, buffer, scaled = np.array(START, dtype=float), np.array(START, dtype=float), None, np.zeros(2)
    for step in range(1, 11):
        g, h = VALLEY.gradient(x), VALLEY.gradient(y)
        buffer = g if buffer is None else beta * buffer + g
        x = x - lr * (g + beta * buffer)
        scaled = beta * scaled - lr * h
        y = y + (beta * scaled - lr * h)
        for other in (x, y):
            np.testing.assert_allclose(path.points[step], other, rtol=1e-6, atol=1e-6 * np.abs(path.points).max())


def test_adam_is_algorithm_1_of_kingma_and_ba():
    path = descend(VALLEY, Adam(0.1, beta1=0.8, beta2=0.95, eps=1e-3), START, steps=40)
    x, m, v = np.array(START, dtype=float), np.zeros(2), np.zeros(2)
    for t in range(1, 41):
        g = VALLEY.gradient(x)
        m, v = 0.8 * m + 0.2 * g, 0.95 * v + 0.05 * g**2
        x = x - 0.1 * (m / (1 - 0.8**t)) / (np.sqrt(v / (1 - 0.95**t)) + 1e-3)
        np.testing.assert_allclose(path.points[t], x, rtol=1e-12)


def test_adams_first_step_is_lr_and_without_correction_of_bias_3_16_times_that():
    gradients = [5.0, -0.3]
    for gradient in gradients:
        assert feed(Adam(0.4, eps=0), [gradient])[0] == pytest.approx(math.copysign(0.4, gradient))
        plain = feed(Adam(0.4, eps=0, correct_bias=False), [gradient])[0]
        assert plain == pytest.approx(math.copysign(0.4 * (1 - 0.9) / math.sqrt(1 - 0.999), gradient))


def test_adam_without_its_average_is_rmsprop_but_for_eps_and_bias():
    adam = descend(VALLEY, Adam(0.4, beta1=0, beta2=0.9, eps=0, correct_bias=False), START, 30)
    np.testing.assert_array_equal(adam.points, descend(VALLEY, RMSProp(0.4, rho=0.9, eps=0), START, 30).points)


class Scaled:
    """A valley with its loss multiplied."""

    def __init__(self, factor):
        self.factor = factor

    def loss(self, x):
        return self.factor * VALLEY.loss(x)

    def gradient(self, x):
        return self.factor * VALLEY.gradient(x)


@each_braked
def test_braked_rules_do_not_notice_a_scaled_loss(rule):
    # A power of two scales without rounding.
    np.testing.assert_array_equal(descend(VALLEY, rule, START, 30).points, descend(Scaled(1024.0), rule, START, 30).points)


@each_unbraked
def test_the_others_need_the_rate_divided_by_the_scale(rule):
    np.testing.assert_array_equal(descend(VALLEY, rule, START, 30).points, descend(Scaled(1024.0), at(rule, lr=rule.lr / 1024), START, 30).points)


@pytest.mark.parametrize("angle", [17, 45, 120])
def test_braked_rules_notice_a_turned_valley_and_the_others_do_not(angle):
    turned = Quadratic(angle=angle)
    for kind, rule in RULES.items():
        straight = descend(VALLEY, rule, START, 30)
        path = descend(turned, rule, turned.from_axes(START), 30)
        same = np.allclose(turned.axes(path.points.T).T, straight.points, rtol=0, atol=1e-9)
        assert same == (kind not in remembering("brake"))


@each_rule
def test_rate_is_what_the_last_step_multiplied_by(rule):
    path = descend(VALLEY, rule, START, steps=10)
    multiplied = path.gradients[:-1]
    if isinstance(rule, Momentum):
        multiplied = path.state["velocity"][1:]
    if isinstance(rule, Nesterov):
        multiplied = rule.beta * path.state["velocity"][1:] + multiplied
    if isinstance(rule, Adam):
        multiplied = path.state["average"][1:] / (1 - path.state["beta1_power"][1:])
    rates = np.broadcast_to(rule.rate(path.state), path.points.shape)[1:]
    np.testing.assert_allclose(path.points[:-1] - path.points[1:], rates * multiplied, rtol=1e-12, atol=1e-15)


@each_rule
def test_update_is_pure(rule):
    x, g = np.array([-5.0, -2.0]), np.array([-1.0, -8.0])
    state = rule.init(x)
    kept = [x.copy(), g.copy(), {name: value.copy() for name, value in state.items()}]
    first = rule.update(x, g, state)
    second = rule.update(x, g, state)
    np.testing.assert_equal([x, g, state], kept)
    np.testing.assert_equal(first, second)


@each_rule
def test_update_is_short_enough_to_print_under_its_formula(rule):
    assert len(inspect.getsource(rule.update).splitlines()) <= 12


def test_rules_are_immutable_plain_data():
    rule = Momentum(lr=1, beta=0)
    assert rule == Momentum(1.0, 0.0)
    assert repr(rule) == "Momentum(lr=1.0, beta=0.0)"
    with pytest.raises(AttributeError):
        rule.lr = 2
    mine = np.array([0.1, 0.2])
    ranged = GradientDescent(mine)
    mine[0] = 5
    assert ranged.lr.tolist() == [0.1, 0.2]
