"""Surfaces that are no quadratic valley: their slopes, their minima, and what a run does on them."""

import re

import numpy as np
import pytest
from library import RULES, at

from optimlib import Bend, GradientDescent, Momentum, OwnSurface, Plateau, Quadratic, RMSProp, Rosenbrock, Saddle, TwoValleys, descend, sweep

GROUNDS = [
    Saddle(),
    Saddle(0.5, 2.0, dimension=4),
    Rosenbrock(),
    Rosenbrock(5.0, dimension=3),
    Bend(),
    Bend(end=-2.0),
    TwoValleys(),
    TwoValleys(0.5, 3.0, 2.0, dimension=3),
    TwoValleys(dimension=1),
    Plateau(),
    Plateau((1.0, 2.0, 3.0)),
]
each_ground = pytest.mark.parametrize("ground", GROUNDS, ids=repr)


@each_ground
def test_the_gradient_is_the_slope_of_the_loss(ground):
    points = np.random.default_rng(3).uniform(-3, 3, (ground.dimension, 40))
    slopes = OwnSurface(ground.loss).gradient(points)
    np.testing.assert_allclose(ground.gradient(points), slopes, rtol=1e-6, atol=1e-6)


@each_ground
def test_many_points_are_each_alone(ground):
    points = np.random.default_rng(4).uniform(-3, 3, (ground.dimension, 25))
    losses, gradients = ground.loss(points), ground.gradient(points)
    for i, x in enumerate(points.T):
        assert losses[i] == ground.loss(x)
        np.testing.assert_array_equal(gradients[:, i], ground.gradient(x))


@each_ground
def test_its_minima_are_level_and_the_first_is_the_lowest_with_a_loss_of_0(ground):
    assert ground.loss(ground.minima[0]) == pytest.approx(0, abs=1e-12)
    around = np.random.default_rng(5).uniform(-4, 4, (ground.dimension, 2000))
    assert (ground.loss(around) >= -1e-12).all()
    for point in ground.minima:
        np.testing.assert_allclose(ground.gradient(point), 0, atol=1e-12)
        near = np.array(point)[:, None] + np.random.default_rng(6).uniform(-1e-3, 1e-3, (ground.dimension, 500))
        assert (ground.loss(near) >= ground.loss(point) - 1e-15).all()


def test_known_values():
    assert Rosenbrock().loss((-1.2, 1)) == pytest.approx(24.2)
    np.testing.assert_allclose(Rosenbrock().gradient((-1.2, 1)), (-215.6, -88.0))
    assert Saddle().loss((0, 0)) == 0.25
    assert TwoValleys().loss((0, 0)) - TwoValleys().loss((-1, 0)) == pytest.approx(1 * (1 + 2 * 2) / 12)


@pytest.mark.parametrize("kind", RULES)
def test_a_start_on_the_saddle_stays(kind):
    path = descend(Saddle(), RULES[kind], (0, 0), 50)
    assert (path.points == 0).all() and path.diverged_at is None


@pytest.mark.parametrize("kind", RULES)
def test_beside_the_saddle_each_rule_leaves_it_for_a_minimum(kind):
    path = descend(Saddle(), at(RULES[kind], lr=0.05), (1.0, 1e-3), 800)
    assert abs(path.points[-1, 1]) == pytest.approx(1, abs=0.06)


def test_turned_by_their_surface_rules_still_run_in_a_sweep():
    grid = sweep(Bend(), Momentum(np.array([0.01, 0.05, 0.1]), 0.5), (-3, 3), 400)
    assert (grid.final_losses < 1e-6).any()


def test_on_the_plateau_the_size_of_the_gradient_decides_who_gets_off():
    start = (-5, -5)
    plain, braked = (descend(Plateau(), rule, start, 60).losses[-1] for rule in (GradientDescent(0.4), RMSProp(0.4)))
    assert plain > 0.9 and braked < 0.2


def test_a_loss_of_ones_own():
    valley = Quadratic()
    known = OwnSurface(valley.loss, valley.gradient)
    np.testing.assert_array_equal(descend(known, RMSProp(0.4), (-5, -2), 20).points, descend(valley, RMSProp(0.4), (-5, -2), 20).points)
    found = OwnSurface(valley.loss)
    np.testing.assert_allclose(descend(found, Momentum(0.1, 0.5), (-5, -2), 20).points, descend(valley, Momentum(0.1, 0.5), (-5, -2), 20).points, atol=1e-7)
    assert repr(known) == "OwnSurface(loss, gradient=gradient)"
    assert repr(found) == "OwnSurface(loss, gradient by central differences)"
    many = sweep(found, GradientDescent(np.array([0.1, 0.4])), (-5, -2), 30)
    np.testing.assert_allclose(many.final_losses, sweep(valley, GradientDescent(np.array([0.1, 0.4])), (-5, -2), 30).final_losses, rtol=1e-5)


def test_a_surface_that_gives_nan_has_diverged_there():
    path = descend(OwnSurface(lambda x: x[0] if x[0] > 0 else np.nan, lambda x: np.ones_like(x)), GradientDescent(0.4), (1.0,), 6)
    assert path.diverged_at == 3


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: Saddle(curvature=0), "curvature must be a finite number above 0, not 0"),
        (lambda: Saddle(drop=-1), "drop must be a finite number above 0, not -1"),
        (lambda: Saddle(dimension=1), "dimension must be a whole number, 2 or more, not 1"),
        (lambda: Rosenbrock(steep=np.nan), "steep must be a finite number above 0, not nan"),
        (lambda: Bend(end=np.inf), "end must be"),
        (lambda: TwoValleys(wide=2, narrow=2), "narrow must be larger than wide, 2.0, not 2.0"),
        (lambda: Plateau(()), "curvatures must be one or more finite numbers above 0"),
        (lambda: OwnSurface(3), "loss must be a function of x, not 3"),
        (lambda: OwnSurface(len, gradient=3), "gradient must be a function of x, or None, not 3"),
        (lambda: Bend().loss((1, 2, 3)), "x must have 2 coordinates on its first axis, not the shape (3,)"),
        (lambda: descend(Saddle(), RMSProp(0.1), (1,), 3), "start must be 2 finite numbers"),
    ],
)
def test_what_cannot_be_used_is_said(make, words):
    with pytest.raises((ValueError, TypeError), match=re.escape(words)):
        make()
