"""Each closed form against the simulation that it foretells."""

import cmath
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from optimlib import GradientDescent, Momentum, Nesterov, Quadratic, RMSProp, descend, theory

RATES = st.floats(0.01, 1)
CURVATURES = st.floats(0.1, 4)
BETAS = st.floats(0, 0.95)


either = pytest.mark.parametrize("nesterov", [False, True], ids=["momentum", "nesterov"])


def coordinate(lr, curvature, beta, steps, nesterov=False):
    """One direction of curvature alone, from 1."""
    rule = (Nesterov if nesterov else Momentum)(lr, beta)
    return descend(Quadratic([curvature]), rule, [1.0], steps).points[:, 0]


def recurrence(lr, curvature, beta, nesterov):
    """The sum and the product of the two roots, from a step of (x, v) as a matrix: its trace and its determinant."""
    step = step_of(lr, curvature, beta, nesterov)
    return np.trace(step), np.linalg.det(step)


def step_of(lr, curvature, beta, nesterov):
    if nesterov:
        return np.array([[1 - lr * curvature * (1 + beta), -lr * beta * beta], [curvature, beta]])
    return np.array([[1 - lr * curvature, -lr * beta], [curvature, beta]])


@given(RATES, CURVATURES, st.floats(-5, 5), st.integers(0, 40))
def test_gradient_descent_multiplies_by_the_same_factor_at_each_step(lr, curvature, start, k):
    path = descend(Quadratic([curvature]), GradientDescent(lr), [start], k)
    # A factor near 0 is itself a difference, and so known to 1e-16 and no better.
    close = 1e-12 * abs(start) * max(1, abs(1 - lr * curvature)) ** k
    assert path.points[-1, 0] == pytest.approx((1 - lr * curvature) ** k * start, rel=1e-9, abs=close)


@either
@given(RATES, CURVATURES, BETAS)
def test_it_is_the_sum_of_two_powers(nesterov, lr, curvature, beta):
    trace, product = recurrence(lr, curvature, beta, nesterov)
    root = cmath.sqrt(trace * trace - 4 * product)
    assume(abs(root) > 1e-2)
    one, other = (trace + root) / 2, (trace - root) / 2
    values = coordinate(lr, curvature, beta, 30, nesterov)
    share = (values[1] - other) / (one - other)
    k = np.arange(31)
    expected = (share * one**k + (1 - share) * other**k).real
    np.testing.assert_allclose(values, expected, rtol=1e-9, atol=1e-9 * abs(expected).max())


@either
@given(CURVATURES, BETAS)
def test_stability_edge_parts_shrinking_from_growing(nesterov, curvature, beta):
    edge = theory.stability_edge(curvature, beta, nesterov)
    assert np.abs(coordinate(0.99 * edge, curvature, beta, 1000, nesterov)[-50:]).max() < 1e-3
    assert np.abs(coordinate(1.01 * edge, curvature, beta, 1000, nesterov)).max() > 1e3


@either
@given(RATES, CURVATURES, BETAS)
def test_contraction_is_what_a_long_run_shrinks_by(nesterov, lr, curvature, beta):
    factor = theory.contraction(lr, curvature, beta, nesterov)
    trace, product = recurrence(lr, curvature, beta, nesterov)
    assume(0.2 < factor < 4 and abs(trace * trace - 4 * product) > 1e-2)
    values = np.abs(coordinate(lr, curvature, beta, 400, nesterov))
    # The highest of a stretch, since a complex pair of roots turns through 0.
    early, late = values[100:164].max(), values[300:364].max()
    assert (late / early) ** (1 / 200) == pytest.approx(factor, rel=0.02)


@either
@given(RATES, CURVATURES, BETAS)
def test_contraction_is_the_larger_eigenvalue_of_a_step(nesterov, lr, curvature, beta):
    expected = np.abs(np.linalg.eigvals(step_of(lr, curvature, beta, nesterov))).max()
    assert theory.contraction(lr, curvature, beta, nesterov) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@either
@given(RATES, CURVATURES, BETAS)
def test_oscillates_tells_whether_the_sign_keeps_changing(nesterov, lr, curvature, beta):
    trace, product = recurrence(lr, curvature, beta, nesterov)
    # Not so near a border that the next change of sign, or the larger root, is long in coming.
    assume(abs(trace * trace - 4 * product) > 1e-2 and abs(trace) > 1e-2)
    assume(0.2 < theory.contraction(lr, curvature, beta, nesterov) < 4)
    late = np.sign(coordinate(lr, curvature, beta, 400, nesterov)[200:])
    assert theory.oscillates(lr, curvature, beta, nesterov) == bool((late[1:] != late[:-1]).any())


def test_oscillation_begins_where_the_course_says():
    assert not theory.oscillates(0.249, 4.0) and theory.oscillates(0.251, 4.0)
    border = (1 - math.sqrt(0.4)) ** 2
    assert not theory.oscillates(0.1, 4.0, border - 1e-6) and theory.oscillates(0.1, 4.0, border + 1e-6)
    assert theory.contraction(0.1, 4.0, 0.9) == pytest.approx(math.sqrt(0.9))
    assert theory.contraction(0.1, 0.2, 0.9) == pytest.approx(math.sqrt(0.9))


def worst(curvatures, lr, beta=0.0, nesterov=False):
    return max(theory.contraction(lr, curvature, beta, nesterov) for curvature in curvatures)


VALLEYS = st.tuples(CURVATURES, CURVATURES, CURVATURES)


@given(VALLEYS, st.floats(0.001, 3))
def test_no_rate_is_better_than_the_best_of_gradient_descent(curvatures, lr):
    best = theory.best_gradient_descent(curvatures)
    assert worst(curvatures, best.lr) == pytest.approx(best.factor, abs=1e-12)
    assert worst(curvatures, lr) >= best.factor - 1e-12


@either
@given(VALLEYS, st.floats(0.001, 3), st.floats(0, 0.99), st.floats(0.9, 1.1), st.floats(0.9, 1.1))
def test_no_setting_is_better_than_the_best(nesterov, curvatures, lr, beta, near, nearby):
    best = (theory.best_nesterov if nesterov else theory.best_momentum)(curvatures)
    # Two roots meet there, where a rounding of 1e-16 moves them by its root.
    assert worst(curvatures, best.lr, best.beta, nesterov) == pytest.approx(best.factor, abs=1e-6)
    for other in [(lr, beta), (near * best.lr, min(nearby * best.beta, 0.99))]:
        assert worst(curvatures, *other, nesterov) >= best.factor - 1e-12


def test_the_best_settings_of_the_valley():
    assert theory.best_gradient_descent((0.2, 4.0)) == pytest.approx((2 / 4.2, 19 / 21))
    kappa = math.sqrt(20)
    assert theory.best_momentum((0.2, 4.0)).factor == pytest.approx((kappa - 1) / (kappa + 1))
    assert theory.best_momentum((0.2, 4.0)) == pytest.approx((0.668, 0.403, 0.6345), abs=5e-4)
    assert theory.best_nesterov((0.2, 4.0)) == pytest.approx((0.328, 0.592, 0.744), abs=5e-4)
    assert theory.best_momentum([3.0]).factor == theory.best_gradient_descent([3.0]).factor == theory.best_nesterov([3.0]).factor == 0
    assert theory.best_momentum((0.2, 4.0)).factor < theory.best_nesterov((0.2, 4.0)).factor < theory.best_gradient_descent((0.2, 4.0)).factor


@either
@given(st.floats(0.01, 3), CURVATURES, st.floats(0.001, 0.99))
def test_momentum_helps_exactly_below_the_border(nesterov, lr, curvature, beta):
    assume(abs(beta - theory.beta_border(lr, curvature, nesterov)) > 1e-6 and abs(1 - lr * curvature) > 1e-6)
    faster = theory.contraction(lr, curvature, beta, nesterov) < theory.contraction(lr, curvature)
    assert theory.momentum_helps(lr, curvature, beta, nesterov) == faster


def test_the_borders_across_the_valley():
    assert theory.beta_border(0.1, 4.0) == pytest.approx(0.36)
    assert theory.beta_border(0.45, 4.0) == pytest.approx(0.64)
    assert theory.stability_edge(4.0, 0.2) == pytest.approx(0.6)
    assert not theory.momentum_helps(0.1, 4.0, 0.0)
    without, helped, harmed = (np.abs(coordinate(0.1, 4.0, beta, 60)[30:]).max() for beta in (0, 0.3, 0.4))
    assert helped < without < harmed


@given(BETAS)
def test_memory_gain_is_what_the_velocity_becomes(beta):
    gain = theory.memory_gain(beta)
    rule, steady, flipping = Momentum(1, beta), {"velocity": 0.0}, {"velocity": 0.0}
    for step in range(1000):
        _, steady = rule.update(0.0, 1.0, steady)
        _, flipping = rule.update(0.0, (-1.0) ** step, flipping)
    assert steady["velocity"] == pytest.approx(gain.steady)
    assert abs(flipping["velocity"]) == pytest.approx(gain.flipping)


@pytest.mark.parametrize("curvature", [0.2, 4.0])
@pytest.mark.parametrize("eps", [1e-12, 1e-6, 1e-3])
def test_bounce_is_where_rmsprop_ends(curvature, eps):
    end = descend(Quadratic([curvature]), RMSProp(0.4, 0.9, eps), [-2.0], 20000).points[-2:, 0]
    expected = theory.bounce(0.4, curvature, eps)
    assert abs(end[-1]) == pytest.approx(expected, abs=1e-6)
    assert end[0] * end[1] < 0


def test_rmsprop_settles_once_eps_is_large_enough():
    border = (0.4 * 0.2 / 2) ** 2
    assert theory.bounce(0.4, 0.2, 0.99 * border) > 0
    assert theory.bounce(0.4, 0.2, 1.01 * border) == 0
    settled = descend(Quadratic([0.2]), RMSProp(0.4, 0.9, 1.1 * border), [-2.0], 20000)
    assert abs(settled.points[-1, 0]) < 1e-6


@pytest.mark.parametrize("lr, curvature, beta, sd", [(0.1, 1.0, 0.0, 1.0), (0.1, 1.0, 0.9, 1.0), (0.4, 4.0, 0.5, 0.5), (0.3, 0.2, 0.7, 2.0)])
def test_noise_spread_solves_the_recurrence_of_the_second_moments(lr, curvature, beta, sd):
    """E[x x], E[x v], E[v v] of v' = beta v + curvature x + noise, x' = x - lr v' stay as they are, solved as three linear equations."""
    a, c = 1 - lr * curvature, -lr * beta
    b, d = curvature, beta  # x' = a x + c v - lr n, v' = b x + d v + n
    moments = np.array([[a * a, 2 * a * c, c * c], [a * b, a * d + b * c, c * d], [b * b, 2 * b * d, d * d]])
    steady = np.linalg.solve(np.eye(3) - moments, sd**2 * np.array([lr * lr, -lr, 1]))
    assert theory.noise_spread(lr, curvature, sd, beta) ** 2 == pytest.approx(steady[0], rel=1e-9)


def test_noise_spread_from_the_edge_on_is_infinite():
    assert theory.noise_spread(0.5, 4.0, 1.0) == theory.noise_spread(1.0, 4.0, 1.0, beta=0.5) == np.inf
    assert theory.noise_spread(0.1, 4.0, 0.0) == theory.rmsprop_spread(0.1, 4.0, 0.0) == 0
