"""The valley: its heights, its slopes, and the sines it turns by."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimlib import Quadratic
from optimlib.surfaces import _sine

CURVATURES = st.floats(0.01, 100)
COORDINATES = st.floats(-10, 10)
ANGLES = st.integers(-720, 720)
TURNED = st.builds(Quadratic, st.tuples(CURVATURES, CURVATURES), ANGLES)
POINTS = st.tuples(COORDINATES, COORDINATES).map(np.array)


def slopes(surface, x, width=1e-3):
    """The gradient by central differences: exact on a quadratic, rounding aside."""
    steps = width * np.eye(x.size)
    return np.array([(surface.loss(x + step) - surface.loss(x - step)) / (2 * width) for step in steps])


def test_the_default_is_the_valley_of_the_course():
    valley = Quadratic()
    assert valley.loss((-5, -2)) == pytest.approx(0.1 * 25 + 2 * 4)
    np.testing.assert_allclose(valley.gradient((-5, -2)), (-1, -8))
    assert valley.condition_number == 20
    assert valley.dimension == 2


@given(TURNED, POINTS)
def test_gradient_is_the_slope_of_the_loss_at_any_angle(valley, x):
    size = max(valley.curvatures)
    np.testing.assert_allclose(valley.gradient(x), slopes(valley, x), rtol=1e-6, atol=1e-6 * size)


@pytest.mark.parametrize("dimension", [1, 3, 10])
def test_gradient_is_the_slope_of_the_loss_in_any_dimension(dimension):
    valley = Quadratic(curvatures=range(1, dimension + 1))
    x = np.linspace(-2, 3, dimension)
    np.testing.assert_allclose(valley.gradient(x), slopes(valley, x), rtol=1e-7, atol=1e-7)


@given(TURNED, POINTS)
def test_from_axes_undoes_axes(valley, x):
    np.testing.assert_allclose(valley.from_axes(valley.axes(x)), x, rtol=1e-14, atol=1e-14)


@given(st.tuples(CURVATURES, CURVATURES), ANGLES, POINTS)
def test_a_turned_start_sees_the_same_height(curvatures, angle, u):
    straight, turned = Quadratic(curvatures), Quadratic(curvatures, angle)
    assert turned.loss(turned.from_axes(u)) == pytest.approx(straight.loss(u), rel=1e-12, abs=1e-12)


def test_the_valley_turns_counter_clockwise():
    along = Quadratic(angle=30).from_axes((1, 0))
    np.testing.assert_allclose(along, (np.sqrt(3) / 2, 0.5), rtol=1e-15)


@pytest.mark.parametrize(
    "angle, expected",
    [(0, (-5, -2)), (90, (2, -5)), (180, (5, 2)), (270, (-2, 5)), (360, (-5, -2)), (-90, (-2, 5)), (450, (2, -5))],
)
def test_quarter_turns_are_exact(angle, expected):
    assert Quadratic(angle=angle).from_axes((-5, -2)).tolist() == list(expected)


@given(TURNED, st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=5))
def test_many_points_at_once_are_the_same_doubles(valley, points):
    together = np.array(points).T
    for method in (valley.loss, valley.gradient, valley.axes, valley.from_axes):
        apart = np.stack([method(np.array(point)) for point in points], axis=-1)
        np.testing.assert_array_equal(method(together), apart)


def test_a_surface_is_immutable_plain_data():
    assert Quadratic([1, 4]) == Quadratic((1.0, 4.0), angle=0.0)
    with pytest.raises(AttributeError):
        Quadratic().angle = 45


def exact_sine(degrees):
    """The sine to more than 50 digits, by Taylor's series, with pi by Machin's formula."""

    def arctangent_of_inverse(n):
        return sum((-1) ** k / (Decimal(n) ** (2 * k + 1) * (2 * k + 1)) for k in range(80))

    with localcontext() as context:
        context.prec = 60
        pi = 16 * arctangent_of_inverse(5) - 4 * arctangent_of_inverse(239)
        x = pi * degrees / 180
        total, term = x, x
        for k in range(1, 40):
            term = -term * x * x / (2 * k * (2 * k + 1))
            total += term
        return total


def test_sines_are_correctly_rounded():
    sines = [_sine(degrees) for degrees in range(91)]
    assert sines[0] == 0 and sines[30] == 0.5 and sines[90] == 1
    # float(Decimal) rounds correctly, and so many digits leave no doubt about which double is nearest.
    assert sines == [float(exact_sine(degrees)) for degrees in range(91)]
