"""The measures, and finding 1, which is told with them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimlib import GradientDescent, Momentum, Quadratic, RMSProp, descend, theory
from optimlib.measures import bouncing, crossings, progress, steps_to_reach, steps_to_stay, sum_of_squares

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
SERIES = st.lists(NUMBERS, min_size=1, max_size=30)


@pytest.mark.parametrize(
    "losses, reach, stay",
    [
        ([8, 4, 2, 1], 2, 2),
        ([8, 2, 4, 1], 1, 3),
        ([8, 2, 1, 4], 1, None),
        ([8, 4, 4, 4], None, None),
        ([8], None, None),
        ([0, 0, 0], 0, 0),
        ([0, 1, 0], 0, 2),
        ([8, 1, math.nan, math.nan], 1, None),
        ([8, 1, math.inf, 1], 1, 3),
    ],
)
def test_steps_to_reach_and_to_stay(losses, reach, stay):
    assert steps_to_reach(losses, tolerance=0.25) == reach
    assert steps_to_stay(losses, tolerance=0.25) == stay


@given(SERIES, st.floats(0, 1))
def test_reach_is_the_first_below_and_stay_the_last_to_enter(losses, tolerance):
    below = [loss <= tolerance * losses[0] for loss in losses]
    reach, stay = steps_to_reach(losses, tolerance), steps_to_stay(losses, tolerance)
    assert reach == (below.index(True) if any(below) else None)
    if stay is None:
        assert not below[-1]
    else:
        assert all(below[stay:]) and (stay == 0 or not below[stay - 1]) and reach <= stay


@pytest.mark.parametrize(
    "series, count",
    [
        ([-2], 0),
        ([-2, 1, -0.5, 0.25], 3),
        ([-2, -1, -0.5], 0),
        ([-2, 0, -1], 0),
        ([-2, 0, 0, 1], 1),
        ([-2, 0.001, -0.001, 0.001], 1),  # below 1e-3 of its start it has landed
        ([-2, 0.0021, -0.0001, 0.0001], 2),  # one larger end is enough
        ([0, 1, -1], 1),
        ([-1, 1e300, -math.inf, math.inf], 3),
        ([-1, math.nan, 1], 0),
    ],
)
def test_crossings(series, count):
    assert crossings(series) == count


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30))
def test_crossings_know_neither_scale_nor_side(series):
    assert crossings(series) == crossings([-4 * value for value in series])
    assert 0 <= crossings(series) < max(len(series), 2)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30))
def test_sum_of_squares_leaves_out_the_start(series):
    assert sum_of_squares(series) == pytest.approx(math.fsum(value * value for value in series[1:]))


def test_sum_of_squares_adds_from_left_to_right():
    total = 0.0
    series = descend(Quadratic(), Momentum(0.1), (-5, -2), 60).points[:, 1]
    for value in series[1:].tolist():
        total = total + value * value
    assert sum_of_squares(series) == total


@pytest.mark.parametrize("series, share", [([-4, -1], 0.75), ([-4, 1], 0.75), ([2, 2], 0), ([2, 6], -2), ([5, 0], 1), ([5], 0)])
def test_progress(series, share):
    assert progress(series) == share


def test_bouncing_is_what_theory_says_of_rmsprop_with_a_constant_rate():
    path = descend(Quadratic(), RMSProp(0.4), (-5, -2), steps=5000)
    for i, curvature in enumerate((0.2, 4.0)):
        assert bouncing(path.points[:, i]) == pytest.approx(theory.bounce(0.4, curvature, 1e-6), rel=1e-6)


@pytest.mark.parametrize(
    "series, size",
    [
        ([2, -2] * 6, 2),
        ([2, -2] * 5, None),  # ten values are nine jumps
        ([2, -1.99] * 6, 2),
        ([2, -1.97] * 6, None),
        ([2, -2] * 5 + [2, 2], None),
        ([9.0] * 30 + [1, -1] * 6, 1),
        ([0.0] * 20, None),
        ([math.nan, -1] * 9, None),
        ([math.inf, -math.inf] * 9, None),
    ],
)
def test_bouncing(series, size):
    assert bouncing(series) == size


@pytest.mark.parametrize(
    "rule, squares, crossed",
    [
        (GradientDescent(0.1), "2.25", 0),
        (Momentum(0.1, 0.9), "17.7", 13),
        (GradientDescent(0.45), "7.11", 31),
        (Momentum(0.45, 0.5), "4.06", 12),
        (Momentum(0.45, 0.9), "32.2", 29),
        (GradientDescent(0.6), "2.8e+18", 60),
        (Momentum(0.6, 0.5), "11.4", 15),
    ],
)
def test_momentum_makes_oscillation_and_mends_it(rule, squares, crossed):
    across = descend(Quadratic(), rule, (-5, -2), steps=60).points[:, 1]
    digits = 2 if "e" in squares else 3
    assert f"{sum_of_squares(across):.{digits}g}" == squares
    assert crossings(across) == crossed


def test_the_answers_are_plain_numbers():
    losses = np.array([8.0, 4.0, 1.0])
    assert [type(f(losses)) for f in (crossings, sum_of_squares, progress)] == [int, float, float]
    assert type(steps_to_reach(losses, 0.5)) is type(steps_to_stay(losses, 0.5)) is int
