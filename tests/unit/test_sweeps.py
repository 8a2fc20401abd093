"""Sweeps: the same doubles as one run at a time, and what they find about a turned valley."""

import warnings
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import CLASSES

from optimlib import AdaGrad, GradientDescent, Momentum, Quadratic, RMSProp, catalogue, descend, geometric, sweep, sweeps
from optimlib.measures import steps_to_reach, steps_to_stay

START = (-5, -2)
LEARNING_RATES = st.floats(1e-4, 20)
SHARES = st.floats(0, 0.999)
EPSILONS = st.sampled_from([0.0, 1e-12, 1e-6, 0.1])
RANGES = {"above_zero": LEARNING_RATES, "fraction": SHARES, "zero_or_more": EPSILONS, "switch": st.booleans()}
SETTINGS = {cls: st.tuples(*(RANGES[catalogue.SETTINGS[name]["range"]] for name in catalogue.RULES[kind]["settings"])) for kind, cls in CLASSES.items()}
VALLEYS = st.builds(Quadratic, st.tuples(st.floats(0.01, 10), st.floats(0.01, 10)), st.integers(0, 359))


def assert_as_descend(grid, surface, rules, steps, tolerance=1e-6):
    """That each cell of the grid holds what one run finds, to the bit."""
    for index, rule in np.ndenumerate(rules):
        losses = descend(surface, rule, START, steps).losses
        final, peak = grid.final_losses[index], grid.peak_losses[index]
        np.testing.assert_array_equal(final, losses[-1])
        assert peak == (losses.max() if np.isfinite(losses).all() else np.inf)
        first, stays = steps_to_reach(losses, tolerance), steps_to_stay(losses, tolerance)
        assert grid.first_below[index] == (-1 if first is None else first)
        assert grid.stays_below[index] == (-1 if stays is None else stays)


@pytest.mark.parametrize("kind", SETTINGS)
@given(data=st.data(), valley=VALLEYS, steps=st.integers(0, 60))
def test_sweep_is_descend_bit_for_bit(kind, data, valley, steps):
    settings = data.draw(st.lists(SETTINGS[kind], min_size=1, max_size=6))
    settings = [[first if isinstance(first, bool) else value for first, value in zip(settings[0], one)] for one in settings]  # a switch has no range
    grid = sweep(valley, kind(*(column[0] if isinstance(column[0], bool) else np.array(column) for column in zip(*settings))), START, steps, tolerance=1e-3)
    rules = np.empty(len(settings), dtype=object)
    rules[:] = [kind(*values) for values in settings]
    assert_as_descend(grid, valley, rules, steps, tolerance=1e-3)


def test_blocks_join_without_a_seam(monkeypatch):
    rates, betas = np.linspace(0.05, 1, 7)[:, None], np.linspace(0, 0.9, 5)
    whole = sweep(Quadratic(), Momentum(rates, betas), START, 80)
    monkeypatch.setattr(sweeps, "BLOCK", 4)
    blocks = sweep(Quadratic(), Momentum(rates, betas), START, 80)
    for name, array in vars(whole).items():
        np.testing.assert_array_equal(vars(blocks)[name], array)
    rules = np.array([[Momentum(rate, beta) for beta in betas] for rate in rates[:, 0]])
    assert_as_descend(blocks, Quadratic(), rules, 80)


def test_results_have_the_common_shape_of_the_ranges():
    rates, betas = np.array([0.1, 0.2, 0.3]), np.array([0.0, 0.5])
    for rule, shape in [
        (Momentum(rates[:, None], betas), (3, 2)),
        (Momentum(rates, 0.5), (3,)),
        (Momentum(0.1, betas), (2,)),
        (RMSProp(rates[:, None, None], betas[:, None], np.array([1e-6])), (3, 2, 1)),
        (GradientDescent([0.1, 0.2]), (2,)),
        (GradientDescent(0.1), ()),
        (GradientDescent(np.empty(0)), (0,)),
    ]:
        grid = sweep(Quadratic(), rule, START, 10)
        assert {array.shape for array in vars(grid).values()} == {shape}
    assert grid.first_below.dtype.kind == grid.stays_below.dtype.kind == "i"


def test_divergence_is_inf_and_never_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        grid = sweep(Quadratic(), GradientDescent(np.array([0.4, 0.6, 10.0])), START, 5000)
    assert grid.peak_losses.tolist() == [10.5, np.inf, np.inf]
    assert grid.stays_below.tolist()[1:] == [-1, -1]
    assert not np.isfinite(grid.final_losses[1:]).any()


def test_passing_through_is_not_staying():
    grid = sweep(Quadratic(), RMSProp(np.array([0.4])), START, 400)
    assert grid.first_below[0] > 0
    assert grid.stays_below[0] == -1


def test_a_start_on_the_floor_is_below_at_once():
    grid = sweep(Quadratic(), GradientDescent(np.array([0.1, 0.6])), (0, 0), 10)
    assert grid.first_below.tolist() == grid.stays_below.tolist() == [0, 0]


def test_any_dimension():
    valley = Quadratic((1, 2, 3, 4))
    grid = sweep(valley, Momentum(np.array([0.1, 0.3]), 0.5), (1, 1, 1, 1), 50)
    for i, rate in enumerate((0.1, 0.3)):
        assert grid.final_losses[i] == descend(valley, Momentum(rate, 0.5), (1, 1, 1, 1), 50).losses[-1]


@dataclass(frozen=True)
class Heavy:
    """A rule of the reader's own, with a setting that is not a number."""

    lr: float
    name: str = "heavy"

    def update(self, x, g, state):
        v = 0.5 * state.get("velocity", 0.0) + g
        return x - self.lr * v, {"velocity": v}


class Bowl:
    """A surface of the reader's own."""

    def loss(self, x):
        return 0.1 * x[0] * x[0] + 2 * x[1] * x[1] * x[1] * x[1]

    def gradient(self, x):
        return np.array([0.2 * x[0], 8 * x[1] * x[1] * x[1]])


def test_a_rule_and_a_surface_of_your_own():
    rates = np.array([0.01, 0.02, 0.05])
    grid = sweep(Bowl(), Heavy(rates), START, 40)
    assert_as_descend(grid, Bowl(), np.array([Heavy(rate) for rate in rates]), 40)


def test_geometric_is_repeated_multiplication():
    rates = geometric(1e-3, 1.09, 120)
    assert rates[0] == 1e-3 and np.array_equal(rates[1:], rates[:-1] * 1.09)
    assert geometric(2, 0.5, 1).tolist() == [2]


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((0, 2, 3), "first must be a finite number above 0, not 0"),
        ((1, -2, 3), "factor must be a finite number above 0, not -2"),
        ((1, 2, 0), "count must be a whole number, 1 or more, not 0"),
    ],
)
def test_geometric_says_what_is_allowed(arguments, message):
    with pytest.raises(ValueError, match=message):
        geometric(*arguments)


# Finding 2 on a smaller grid.
RATES = geometric(1e-3, 1.09, 115)
RULES = {
    "gradient descent": GradientDescent(RATES),
    "momentum": Momentum(RATES[:, None], np.array([0.0, 0.3, 0.5, 0.7, 0.9])),
    "AdaGrad": AdaGrad(RATES, eps=1e-12),
    "RMSProp": RMSProp(RATES[:, None], np.array([0.5, 0.7, 0.9]), eps=1e-12),
}


STRAIGHT = {"gradient descent": 300, "momentum": 67, "AdaGrad": 7, "RMSProp": 1264}
TURNED = {**STRAIGHT, "AdaGrad": 406, "RMSProp": 1930}


@pytest.mark.parametrize("shift", [0.997, 1.0, 1.003])
def test_turning_the_valley_costs_adagrad_and_rmsprop_and_not_the_others(shift):
    def fewest(rule, angle):
        valley = Quadratic((0.04, 4.0), angle)
        start = valley.from_axes(START)
        grid = sweep(valley, replace(rule, lr=shift * rule.lr), start, steps=4000)
        return int(grid.stays_below[(grid.stays_below >= 0) & (grid.peak_losses <= valley.loss(start))].min())

    straight, turned = ({name: fewest(rule, angle) for name, rule in RULES.items()} for angle in (0, 45))
    if shift == 1:  # the same doubles on every machine, and so the same steps
        assert (straight, turned) == (STRAIGHT, TURNED)
    for name in ("gradient descent", "momentum"):
        assert straight[name] == pytest.approx(turned[name], abs=1), "the way is the same, turned"
    assert straight["AdaGrad"] < 10 < turned["momentum"] < turned["gradient descent"] < turned["AdaGrad"]
    assert 1000 < straight["RMSProp"] < turned["RMSProp"], "with a constant rate it stays only where its bounce is tiny"
    assert turned["gradient descent"] < turned["RMSProp"]
