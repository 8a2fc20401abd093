"""The noise of minibatches: its shape, its size, and where it leaves the rules, held against the formulas."""

import itertools
import re

import numpy as np
import pytest
from library import RULES

from optimlib import GradientDescent, Momentum, Noise, Quadratic, RMSProp, descend, noise, sweep

VALLEY, START = Quadratic(), (-5, -2)
LINE = Quadratic((1.0,))


def test_it_is_a_bell_of_mean_0_and_variance_1():
    z = noise.bell(3, 200_000, 2)
    # Five standard errors of each.
    assert abs(z.mean()) < 5 / np.sqrt(z.size)
    assert abs(z.var() - 1) < 5 * np.sqrt(1.9 / z.size)
    assert abs((z**3).mean()) < 5 * np.sqrt(15 / z.size)
    assert abs((z**4).mean() - 2.9) < 5 * np.sqrt(80 / z.size)  # of 12 even numbers; of a normal one it is 3
    assert np.abs(z).max() < 6


def test_its_numbers_do_not_follow_each_other():
    z = noise.bell(5, 50_000, 3)
    rows = [*z.T, z[1:, 0], noise.bell(6, 50_000, 1)[:, 0], noise.bell(1 << 31, 50_000, 1)[:, 0]]
    for one, other in itertools.combinations(rows, 2):
        length = min(len(one), len(other))
        assert abs(np.corrcoef(one[:length], other[:length])[0, 1]) < 5 / np.sqrt(length)


def test_the_same_seed_gives_the_same_noise_however_much_of_it_is_drawn():
    np.testing.assert_array_equal(noise.bell(9, 40, 3)[:10, :2], noise.bell(9, 10, 2))
    assert noise.bell(7, 1, 2).tolist() == [[-0.4889859191607684, -1.4423741451464593]]


def test_it_goes_down_by_the_root_of_the_batch():
    np.testing.assert_array_equal(Noise(2.0, batch=16, seed=4).draws(9, 2), Noise(0.5, seed=4).draws(9, 2))
    assert (Noise(0).draws(5, 2) == 0).all()


@pytest.mark.parametrize("kind", RULES)
def test_the_rule_sees_the_noise_and_the_path_says_what_was_drawn(kind):
    some = Noise(0.5, batch=4, seed=11)
    path = descend(VALLEY, RULES[kind], START, 30, some)
    np.testing.assert_array_equal(path.state["noise"], some.draws(31, 2))
    assert [VALLEY.loss(x) for x in path.points] == path.losses.tolist()
    x, state = np.array(START, dtype=float), RULES[kind].init(np.array(START, dtype=float))
    for step in range(30):
        np.testing.assert_array_equal(path.gradients[step], VALLEY.gradient(x) + path.state["noise"][step])
        x, state = RULES[kind].update(x, path.gradients[step], state)
        np.testing.assert_array_equal(path.points[step + 1], x)


def test_no_noise_is_none():
    np.testing.assert_array_equal(descend(VALLEY, RMSProp(0.4), START, 30, Noise(0)).points, descend(VALLEY, RMSProp(0.4), START, 30).points)


def test_a_sweep_is_descend_with_the_same_noise():
    lr, some = np.array([0.05, 0.2, 0.4]), Noise(1.0, seed=2)
    grid = sweep(VALLEY, GradientDescent(lr), START, 50, tolerance=0.1, noise=some)
    np.testing.assert_array_equal(grid.final_losses, [descend(VALLEY, GradientDescent(one), START, 50, some).losses[-1] for one in lr])


@pytest.mark.parametrize("lr, curvature, beta, sd", [(0.1, 1.0, 0.0, 1.0), (0.1, 1.0, 0.9, 1.0), (0.01, 1.0, 0.9, 1.0), (0.4, 4.0, 0.5, 0.5)])
def test_momentum_ends_as_spread_as_the_formula_says(lr, curvature, beta, sd):
    """lr * sd**2 * (1 + beta) / (curvature * (1 - beta) * (2*(1 + beta) - lr*curvature)), exact for the linear recurrence."""
    path = descend(Quadratic((curvature,)), Momentum(lr, beta), (0,), 200_000, Noise(sd, seed=8))
    exact = lr * sd**2 * (1 + beta) / (curvature * (1 - beta) * (2 * (1 + beta) - lr * curvature))
    assert path.points[1000:].var() == pytest.approx(exact, rel=0.06)


@pytest.mark.parametrize("curvature, sd", [(1.0, 1.0), (0.2, 1.0), (1.0, 0.1)])
def test_noise_holds_rmsprops_brake_so_that_it_is_sgd_at_lr_over_sd(curvature, sd):
    path = descend(Quadratic((curvature,)), RMSProp(0.01), (0,), 200_000, Noise(sd, seed=8))
    assert path.points[1000:].var() == pytest.approx(0.01 * sd / (2 * curvature), rel=0.1)
    assert np.sqrt(path.state["brake"][1000:].mean()) == pytest.approx(sd, rel=0.05)


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: Noise(-1), "sd must be a finite number, 0 or more, not -1"),
        (lambda: Noise(np.nan), "sd must be a finite number, 0 or more, not nan"),
        (lambda: Noise([1, 2]), "sd must be a finite number, 0 or more, not [1, 2]"),
        (lambda: Noise(1, batch=0), "batch must be a whole number, 1 or more, not 0"),
        (lambda: Noise(1, seed=-1), "seed must be a whole number, 0 or more, not -1"),
        (lambda: Noise(1, seed=2**32), "seed must be a whole number from 0 to 4294967295, not 4294967296"),
        (lambda: descend(VALLEY, RMSProp(0.4), START, 5, 0.5), "noise must be a Noise or None, not 0.5"),
        (lambda: sweep(VALLEY, RMSProp(0.4), START, 5, noise=0.5), "noise must be a Noise or None, not 0.5"),
    ],
)
def test_what_cannot_be_used_is_said(make, words):
    with pytest.raises((ValueError, TypeError), match=re.escape(words)):
        make()
