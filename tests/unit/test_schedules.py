"""Learning rates that change: their closed forms, and that a run takes them."""

import re
from dataclasses import dataclass

import numpy as np
import pytest
from library import RULES, at

from optimlib import AdaGrad, Adam, Exponential, GradientDescent, InverseTime, Momentum, Quadratic, RMSProp, WarmUp, descend, plots, sweep

VALLEY, START = Quadratic(), (-5, -2)
ALL = [Exponential(0.3, gamma=0.9), InverseTime(0.3, half=7), WarmUp(0.3, length=8)]
each_schedule = pytest.mark.parametrize("schedule", ALL, ids=lambda one: type(one).__name__)
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def test_closed_forms():
    t = np.arange(60)
    np.testing.assert_allclose(ALL[0].rates(60), 0.3 * 0.9**t, rtol=1e-13)
    np.testing.assert_allclose(ALL[1].rates(60), 0.3 / (1 + t / 7), rtol=1e-15)
    np.testing.assert_allclose(ALL[2].rates(60), np.minimum(0.3, 0.3 * (t + 1) / 8), rtol=1e-15)
    assert all(schedule.rates(0).shape == (0,) for schedule in ALL)


@each_schedule
@each_rule
def test_each_step_is_that_of_the_rule_at_its_rate(rule, schedule):
    path = descend(VALLEY, at(rule, lr=schedule), START, 20)
    x, state = np.array(START, dtype=float), rule.init(np.array(START, dtype=float))
    for step, rate in enumerate(schedule.rates(20)):
        x, state = at(rule, lr=rate).update(x, VALLEY.gradient(x), state)
        np.testing.assert_array_equal(path.points[step + 1], x)
        assert path.state["lr"][step + 1].tolist() == [rate, rate]
    assert np.isnan(path.state["lr"][0]).all()


@each_rule
def test_the_effective_rate_is_at_the_rate_of_the_step(rule):
    path = descend(VALLEY, at(rule, lr=ALL[0]), START, 12)
    steady = at(rule, lr=1.0).rate({name: values for name, values in path.state.items() if name != "lr"})
    np.testing.assert_allclose(
        (path.rule.rate(path.state) / ALL[0].rates(12)[0])[1:], (np.broadcast_to(steady, (13, 2)) * 0.9 ** np.arange(-1, 12)[:, None])[1:]
    )
    plots.rates({"one": path})


def test_a_constant_schedule_is_no_schedule():
    for rule in (GradientDescent, Momentum, AdaGrad, RMSProp, Adam):
        np.testing.assert_array_equal(descend(VALLEY, rule(Exponential(0.3, gamma=1)), START, 30).points, descend(VALLEY, rule(0.3), START, 30).points)


def test_rmsprop_stays_where_its_rate_goes_down():
    """Finding 4 of the course: with a constant rate it does not."""
    assert sweep(VALLEY, RMSProp(0.4, eps=1e-12), START, 2000).stays_below == -1
    lr, gamma = np.array([0.2, 0.4, 0.8])[:, None], np.array([0.9, 0.95])
    grid = sweep(VALLEY, RMSProp(Exponential(lr, gamma), eps=1e-12), START, 500)
    assert grid.stays_below.shape == (3, 2) and (grid.stays_below > 0).any()


@each_schedule
def test_a_sweep_is_descend_bit_for_bit(schedule):
    beta = np.array([0.0, 0.5, 0.9])
    grid = sweep(VALLEY, Momentum(schedule, beta), START, 40)
    np.testing.assert_array_equal(grid.final_losses, [descend(VALLEY, Momentum(schedule, one), START, 40).losses[-1] for one in beta])


class Falling:
    def rates(self, steps):
        return np.linspace(0.1, -0.1, steps)


class Short:
    def rates(self, steps):
        return [0.1]


@dataclass
class Fixed:
    value: float

    def rates(self, steps):
        return [self.value] * steps


class Plain:
    """No dataclass."""

    lr = ALL[0]

    def update(self, x, g, state):
        return x - self.lr * g, {}


@pytest.mark.parametrize(
    "run, words",
    [
        (lambda: Exponential(0, 0.9), "lr must be a finite number above 0, not 0"),
        (lambda: Exponential(0.1, 1.5), "gamma must be a number above 0 and at most 1, not 1.5"),
        (lambda: Exponential(0.1, 0), "gamma must be a number above 0 and at most 1, not 0"),
        (lambda: InverseTime(0.1, -1), "half must be a finite number above 0, not -1"),
        (lambda: WarmUp(0.1, 0), "length must be a whole number, 1 or more, not 0"),
        (lambda: WarmUp(0.1, 2.5), "length must be a whole number, 1 or more, not 2.5"),
        (lambda: Momentum(Exponential), "lr must be a finite number above 0, not <class"),
        (lambda: Momentum(ALL[0]).update(np.ones(2), np.ones(2), {"velocity": np.ones(2)}), "lr must be a number where a rule is updated by hand"),
        (
            lambda: descend(VALLEY, RMSProp(Exponential(0.4, 0.5)), START, 2000),
            "the rate of step 1075 of lr=Exponential(lr=0.4, gamma=0.5) must be a finite number above 0, not 0.0",
        ),
        (lambda: descend(VALLEY, RMSProp(Falling()), START, 5), "the rate of step 3 of lr=<"),
        (lambda: descend(VALLEY, RMSProp(Fixed(np.nan)), START, 5), "the rate of step 1 of lr=Fixed(value=nan) must be a finite number above 0, not nan"),
        (lambda: descend(VALLEY, RMSProp(Short()), START, 5), "lr.rates(5) must have the shape (5,), not (1,)"),
        (lambda: descend(VALLEY, Plain(), START, 5), "a rule whose lr is a schedule must be a dataclass"),
    ],
)
def test_what_cannot_be_used_is_said(run, words):
    with pytest.raises((ValueError, TypeError), match=re.escape(words)):
        run()
