"""The strip of gradients and the pair of valleys, in Python."""

import io

import pytest
import traitlets
from PIL import Image

from optimlib import Adam, GradientDescent, Momentum, Pair, Quadratic, RMSProp, Strip
from optimlib.lab.strip import gradients, moves

RULES = [Momentum(lr=0.1, beta=0.9), RMSProp(lr=0.1, rho=0.9)]


def test_momentum_adds_the_drift_up_and_cancels_the_swing_and_rmsprop_shrinks_both_alike():
    ends = {pattern: Strip([*RULES, GradientDescent(0.1)]).ends(pattern) for pattern in ("steady", "flipping", "both")}
    assert ends["steady"]["momentum"] == pytest.approx((10, 0)) and ends["steady"]["RMSProp"] == pytest.approx((1, 0), abs=1e-6)
    assert ends["flipping"]["momentum"] == pytest.approx((0, 7 / 1.9)) and ends["flipping"]["RMSProp"] == pytest.approx((0, 1), abs=1e-6)
    quotient = {label: drift / swing for label, (drift, swing) in ends["both"].items()}
    assert quotient["momentum"] == pytest.approx(19 * quotient["gradient descent"])
    assert quotient["RMSProp"] < quotient["gradient descent"]


def test_only_momentum_notices_the_size():
    small = Strip(RULES)
    small.size = 0.1
    big = Strip(RULES).ends()
    assert small.ends()["momentum"] == pytest.approx([value / 10 for value in big["momentum"]])
    assert small.ends()["RMSProp"] == pytest.approx(big["RMSProp"], rel=1e-3)


def test_the_learning_rate_drops_out():
    assert moves(Momentum(lr=0.5, beta=0.9), gradients("both")) == pytest.approx(moves(Momentum(lr=0.1, beta=0.9), gradients("both")))


def test_the_pair_says_how_far_each_has_to_go():
    pair = Pair(Quadratic((0.2, 4.0)), [Momentum(lr=0.6, beta=0.5), RMSProp(lr=0.4)])
    straight, turned = pair.to_go(), pair.to_go(turned=True)
    assert turned["momentum"] == pytest.approx(straight["momentum"]) and straight["RMSProp"] < 0.01 < 0.2 < turned["RMSProp"]
    pair.condition = 860
    narrow = pair.to_go()
    assert narrow["momentum"] > 0.8 and narrow["RMSProp"] < 0.01
    pair.step = 0
    assert set(pair.to_go().values()) == {1.0}


def test_a_rule_with_a_switch_takes_part():
    pair = Pair(Quadratic((0.2, 4.0)), [RMSProp(lr=0.4), Adam(lr=2, beta1=0.5)])
    assert pair.rules[1]["settings"]["correct_bias"] is True
    assert max(pair.to_go()["Adam"], pair.to_go(turned=True)["Adam"]) < 0.01 < pair.to_go(turned=True)["RMSProp"]
    strips = [Strip([Adam(lr=0.1, correct_bias=correct)]).ends("steady")["Adam"][0] for correct in (True, False)]
    assert strips[0] == pytest.approx(1) and strips[1] > 1.5


@pytest.mark.parametrize("make", [lambda: Strip(RULES), lambda: Pair(Quadratic(), [Momentum(lr=0.6, beta=0.5), RMSProp(lr=0.4)])], ids=["Strip", "Pair"])
def test_both_have_a_still_picture(make):
    widget = make()
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"] == repr(widget)
    assert Image.open(io.BytesIO(widget.still())).width == 640 and len(widget.still()) < 20_000


@pytest.mark.parametrize("rules", [None, [], [Momentum], ["momentum"], Momentum(0.1)])
def test_the_rules_must_be_those_of_the_library(rules):
    for make in (Strip, lambda given: Pair(Quadratic(), given)):
        with pytest.raises(TypeError, match="rules must be a list of rules of optimlib"):
            make(rules)


def test_bad_input_is_named():
    for make in (Strip, lambda given: Pair(Quadratic(), given)):
        with pytest.raises(ValueError, match="each kind of rule once"):
            make([Momentum(0.1), Momentum(0.2)])
    for surface in (Quadratic((4, 0.2)), Quadratic(angle=45), Quadratic((1, 2, 3)), None):
        with pytest.raises(ValueError, match="surface must be a straight Quadratic"):
            Pair(surface, RULES)
    with pytest.raises(ValueError, match="steps must be a whole number, 1 or more, not 0"):
        Pair(Quadratic(), RULES, steps=0)
    for name, value in {"pattern": "odd", "size": 2, "step": 41}.items():
        with pytest.raises(traitlets.TraitError):
            setattr(Strip(RULES), name, value)
    for name, value in {"condition": 5, "angle": 91}.items():
        with pytest.raises(traitlets.TraitError):
            setattr(Pair(Quadratic(), RULES), name, value)
