"""Runs: what a Path holds, rules and surfaces of the reader's own, and divergence."""

import subprocess
import sys
import warnings

import numpy as np
import pytest
from library import RULES, at

from optimlib import GradientDescent, Momentum, Quadratic, RMSProp, catalogue, descend

VALLEY, START = Quadratic(), (-5, -2)


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_a_path_holds_the_start_and_each_step():
    rule = RMSProp(lr=0.4, rho=0.9, eps=1e-6)
    path = descend(VALLEY, rule, start=START, steps=20)
    assert path.points.shape == path.gradients.shape == path.state["brake"].shape == (21, 2)
    assert path.losses.shape == (21,)
    assert path.surface is VALLEY and path.rule is rule
    assert path.points[0].tolist() == [-5, -2]
    assert path.state["brake"][0].tolist() == [0, 0]
    assert path.diverged_at is None
    for x, loss, gradient in zip(path.points, path.losses, path.gradients):
        assert loss == VALLEY.loss(x)
        assert gradient.tolist() == VALLEY.gradient(x).tolist()


@pytest.mark.parametrize("kind", RULES)
def test_state_is_named_by_what_the_rule_remembers(kind):
    assert list(descend(VALLEY, RULES[kind], START, 3).state) == list(catalogue.RULES[kind]["remembers"])


def test_state_at_a_step_is_what_that_step_left_behind():
    path = descend(VALLEY, Momentum(lr=0.1, beta=0.5), START, steps=2)
    first = path.gradients[0]
    np.testing.assert_array_equal(path.state["velocity"], [[0, 0], first, 0.5 * first + path.gradients[1]])


def test_no_steps_is_the_start_alone():
    path = descend(VALLEY, Momentum(0.4), START, steps=0)
    assert path.points.tolist() == [[-5, -2]]
    assert path.state["velocity"].shape == (1, 2)


@pytest.mark.parametrize("dimension", [1, 3, 10])
@pytest.mark.parametrize("kind", RULES)
def test_any_dimension(kind, dimension):
    rule = at(RULES[kind], lr={"adagrad": 0.5, "rmsprop": 0.01}.get(kind, 0.1))
    valley = Quadratic(np.linspace(1, 5, dimension))
    path = descend(valley, rule, np.ones(dimension), steps=200)
    assert path.points.shape == (201, dimension)
    assert path.losses[-1] < 1e-3 * path.losses[0]
    alone = descend(Quadratic([5.0]), rule, [1.0], steps=200)
    if dimension > 1:  # each direction of a straight valley moves as if alone
        np.testing.assert_array_equal(path.points[:, -1], alone.points[:, 0])


def test_divergence_is_told_and_all_steps_are_taken():
    path = descend(VALLEY, GradientDescent(0.6), START, steps=5000)
    assert path.points.shape == (5001, 2)
    over = np.flatnonzero(path.losses > 1000 * path.losses[0])
    assert path.diverged_at == over[0] == 11
    assert not np.isfinite(path.losses[-1])
    assert descend(VALLEY, GradientDescent(0.6), START, steps=10).diverged_at is None


@pytest.mark.parametrize("rule", [at(rule, lr=1e300, eps=0) for rule in RULES.values()], ids=RULES)
def test_overflow_gives_no_warning(rule):
    assert descend(VALLEY, rule, START, steps=50).diverged_at == 1


class Line:
    """A slope without a floor."""

    def __init__(self, slope):
        self.slope = slope

    def loss(self, x):
        return self.slope * x[0]

    def gradient(self, x):
        return np.array([self.slope])


def test_a_loss_of_0_at_the_start_has_no_multiple():
    class Climb:
        def update(self, x, g, state):
            return x + g, state

    climbed = descend(Line(1.0), Climb(), [0.0], steps=100)
    assert climbed.losses[-1] == 100 and climbed.diverged_at is None
    assert descend(Line(1.0), Climb(), [0.01], steps=100).diverged_at == 10

    class Hole(Line):
        def loss(self, x):
            return np.sqrt(x[0])

    assert descend(Hole(1.0), GradientDescent(1), [0.0], steps=3).diverged_at == 1


def test_a_loss_that_falls_below_0_has_not_diverged():
    assert descend(Line(1.0), GradientDescent(10), [1.0], steps=1000).diverged_at is None


class Nesterov:
    """A rule of the reader's own, without init: a look ahead along the velocity."""

    def __init__(self, lr, beta):
        self.lr, self.beta = lr, beta

    def update(self, x, g, state):
        v = self.beta * state.get("velocity", 0.0) + g
        count = state.get("count", 0) + 1
        return x - self.lr * (g + self.beta * v), {"velocity": v, "count": count}


def test_a_rule_of_your_own():
    path = descend(VALLEY, Nesterov(0.2, 0.5), START, steps=60)
    assert path.losses[-1] < 1e-3 * path.losses[0]
    assert np.isnan(path.state["velocity"][0]).all()
    np.testing.assert_array_equal(path.state["velocity"][1], path.gradients[0])
    assert path.state["count"].shape == (61,)
    assert path.state["count"][1:].tolist() == list(range(1, 61))


def test_a_rule_that_works_in_place_does_not_rewrite_the_record():
    class InPlace:
        def init(self, x):
            return {"velocity": np.zeros_like(x)}

        def update(self, x, g, state):
            state["velocity"] *= 0.5
            state["velocity"] += g
            x -= 0.2 * state["velocity"]
            return x, state

    mine, ours = descend(VALLEY, InPlace(), START, 10), descend(VALLEY, Momentum(0.2, 0.5), START, 10)
    np.testing.assert_array_equal(mine.points, ours.points)
    np.testing.assert_array_equal(mine.state["velocity"], ours.state["velocity"])


class Rosenbrock:
    """A surface of the reader's own."""

    def loss(self, x):
        return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2

    def gradient(self, x):
        bend = x[1] - x[0] ** 2
        return [-2 * (1 - x[0]) - 400 * x[0] * bend, 200 * bend]


def test_a_surface_of_your_own():
    path = descend(Rosenbrock(), Momentum(1e-3, 0.9), (-1, 1), steps=5000)
    np.testing.assert_allclose(path.points[-1], (1, 1), atol=1e-3)


def test_rmsprop_lets_go_and_ends_bouncing():
    path = descend(VALLEY, RMSProp(0.4), START, steps=5000)
    assert path.losses[:60].argmin() == 37
    assert f"{path.losses[37]:.1e}" == "1.7e-22"
    assert f"{path.losses[100]:.2f}" == "0.12"
    assert f"{abs(path.points[-1, 0]):.6f}" == "0.199937"
    assert f"{abs(path.points[-1, 1]):.4f}" == "0.2000"


def test_importing_optimlib_imports_numpy_only():
    code = """
import sys
import optimlib
from optimlib import descend, Quadratic, Momentum, sweep
descend(Quadratic(), Momentum(0.1), (-5, -2), 3)
brought = {name.partition(".")[0] for name in sys.modules}
heavy = brought & {"matplotlib", "anywidget", "ipywidgets", "traitlets", "IPython", "contourpy", "PIL", "psygnal"}
print("numpy" in brought, sorted(heavy))
print({"Lab", "Exercise", "check", "plots"} <= set(dir(optimlib)))
optimlib.plots.contours
print("matplotlib" in sys.modules, "ipywidgets" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["True []", "True", "True False"], done.stderr


def test_an_unknown_name_is_an_attribute_error():
    import optimlib

    with pytest.raises(AttributeError, match="'Lion'"):
        getattr(optimlib, "Lion")  # noqa: B009 (it is asked for by its name)
