"""The Python side of the lab: its traits, bad input, replayed paths, and what a notebook saves."""

import base64
import json
from dataclasses import dataclass

import numpy as np
import pytest

from optimlib import (
    AdaGrad,
    Adam,
    Bend,
    Exponential,
    GradientDescent,
    InverseTime,
    Lab,
    Momentum,
    Noise,
    Plateau,
    Quadratic,
    RMSProp,
    Rosenbrock,
    Saddle,
    TwoValleys,
    WarmUp,
    catalogue,
    descend,
    plots,
    sweep,
)

VALLEY = Quadratic((0.2, 4.0))


class SignSteps:
    """A reader's own rule, with nothing to set."""

    def update(self, x, g, state):
        return x - 0.3 * np.sign(g), {}


@dataclass(frozen=True)
class Clipped:
    """A reader's own rule, with settings."""

    lr: float
    most: float = 1.0

    def update(self, x, g, state):
        return x - self.lr * np.clip(g, -self.most, self.most), {}


class Bowl:
    """A reader's own surface."""

    def loss(self, x):
        return x[0] ** 4 + x[1] ** 2

    def gradient(self, x):
        return np.array([4 * x[0] ** 3, 2 * x[1]])


class Halves:
    """A schedule of a reader's own."""

    def rates(self, steps):
        return [0.5 / (step + 1) for step in range(steps)]


def four():
    return Lab(VALLEY, [GradientDescent(0.4), Momentum(0.6, 0.5), AdaGrad(2), RMSProp(0.4)])


# --- traits


def test_each_setting_is_a_trait_of_its_own():
    lab = four()
    assert [rule["key"] for rule in lab.rules] == ["gradient_descent", "momentum", "adagrad", "rmsprop"]
    assert [rule["label"] for rule in lab.rules] == ["gradient descent", "momentum", "AdaGrad", "RMSProp"]
    assert (lab.gradient_descent_lr, lab.momentum_beta, lab.adagrad_eps, lab.rmsprop_rho) == (0.4, 0.5, 1e-6, 0.9)
    assert lab.adagrad_on is True
    assert (lab.start, lab.curvatures, lab.angle, lab.steps, lab.step, lab.playing) == ([-5, -2], [0.2, 4], 0, 20, 20, False)


def test_traits_of_labs_do_not_mix():
    one = Lab(VALLEY, [Momentum(0.1)])
    other = Lab(VALLEY, [RMSProp(0.4)])
    assert one.has_trait("momentum_lr") and not other.has_trait("momentum_lr")
    assert one._anywidget_id == other._anywidget_id == "optimlib.lab.Lab"


def test_labels_and_keys():
    lab = Lab(VALLEY, [Momentum(0.1), Momentum(0.6, 0.5), SignSteps()])
    assert [rule["label"] for rule in lab.rules] == ["momentum", "momentum 2", "SignSteps"]
    assert lab.momentum_2_beta == 0.5
    named = Lab(VALLEY, {"slow start!": Momentum(0.1), "slow-start": Momentum(0.2), "β": Momentum(0.3)})
    assert (named.slow_start_lr, named.slow_start_2_lr, named.β_lr) == (0.1, 0.2, 0.3)


@dataclass(frozen=True)
class Odd:
    """A reader's own rule, whose settings have names that the lab has too."""

    rule: float = 1.0
    step: float = 0.3
    beta: float = 1.5
    on: int = 2
    b_step: float = 0.5

    def update(self, x, g, state):
        return x - self.step * g, {}


def test_what_a_reader_calls_a_rule_and_its_settings_hides_nothing_of_the_lab():
    lab = Lab(VALLEY, {"own": Odd(), "own rule": Odd(), "a": Odd(), "a b": Odd()}, steps=7)
    assert [rule["key"] for rule in lab.rules] == ["own_2", "own_rule_2", "a", "a_b_2"]
    assert (lab.step, lab.own_rule, lab.own_rule_on, lab.own_2_step, lab.own_2_rule, lab.own_2_beta) == (7, "", True, 0.3, 1.0, 1.5)
    assert lab.own_2_on is True and lab.rule("own") == Odd(), "the switch is no setting"
    lab.own_2_step = 0.1
    lab.a_b_step = 0.25
    assert lab.rule("a").b_step == 0.25 and lab.rule("a b").step == 0.3
    assert lab.rule("own").step == 0.1 and lab.rule("own rule").step == 0.3 and lab.step == 7


def test_a_trait_can_be_set_and_observed():
    lab = four()
    heard = []
    lab.observe(lambda change: heard.append(change["new"]), "momentum_beta")
    lab.momentum_beta = 0.25
    assert heard == [0.25]
    assert lab.rule("momentum") == Momentum(0.6, 0.25)
    lab.angle, lab.curvatures, lab.start = 45, (1, 10), (1, 2)
    assert lab.surface == Quadratic((1, 10), 45)
    assert lab.start == [1, 2]


def test_path_is_the_path_of_the_present_settings():
    lab = four()
    lab.rmsprop_lr, lab.steps, lab.start = 0.1, 33, (3, 1)
    ours = descend(VALLEY, RMSProp(0.1), start=(3, 1), steps=33)
    assert np.array_equal(lab.path("RMSProp").points, ours.points)


def test_the_step_is_held_at_the_steps():
    lab = four()
    lab.step = 50
    assert lab.step == 20
    lab.steps = 7
    assert lab.step == 7


def test_the_state_is_plain_json():
    lab = Lab(Bowl(), {"wild": GradientDescent(5), "mine": SignSteps()}, start=(2, 2))
    state = json.loads(json.dumps(lab.get_state(), allow_nan=False))
    assert state["replays"]["wild"]["losses"][-1] is None  # it diverged, and JSON has no infinity


def test_rules_can_be_added_and_have_paths():
    lab = Lab(VALLEY, [Momentum(0.6, 0.5), GradientDescent(0.4)])
    lab.added = [{"kind": "momentum", "lr": 0.6, "beta": 0.25}, {"kind": "rmsprop", "lr": 0.4, "on": False}]
    assert lab.added[1] == {"kind": "rmsprop", "label": "RMSProp", "on": False, "lr": 0.4, "rho": 0.9, "eps": 1e-6}
    assert lab.rule("momentum 2") == Momentum(0.6, 0.25)
    assert np.array_equal(lab.path("RMSProp").points, descend(VALLEY, RMSProp(0.4), (-5, -2), 20).points)
    assert "momentum 2 (lr=0.6, beta=0.25)" in repr(lab)
    with pytest.raises(ValueError, match=r"label must be one of .*'momentum 2'.*not 'adam'"):
        lab.rule("adam")


def test_a_rule_that_was_added_keeps_its_label_when_another_goes():
    lab = Lab(Quadratic(), [Momentum(0.6, 0.5)])
    lab.added = [{"kind": "momentum", "lr": lr, "beta": 0.5} for lr in (0.1, 0.2, 0.3)]
    assert [rule["label"] for rule in lab.added] == ["momentum 2", "momentum 3", "momentum 4"]
    lab.added = lab.added[1:]
    assert lab.rule("momentum 3").lr == 0.2
    lab.added = [*lab.added, {"kind": "momentum", "lr": 0.4, "beta": 0.5}]
    assert lab.rule("momentum 2").lr == 0.4 and lab.rule("momentum 4").lr == 0.3


def test_too_many_rules_from_a_browser_are_taken_back():
    lab = Lab(Quadratic(), [GradientDescent(0.1)])
    with pytest.raises(ValueError, match="at most 6 rules"):
        lab.set_state({"added": [{"kind": "gradient_descent", "lr": 1.0}] * 6})
    assert lab.added == []


def test_what_is_open_and_what_is_asked():
    lab = Lab(VALLEY, [Momentum(0.1)], show="plots", predict="first")
    assert (lab.show, lab.predict, four().show, four().predict) == (["plots"], "first", ["arrows"], "")
    lab.show = ("map", "measures", "map")
    assert lab.show == ["map", "measures"]


def test_labs_are_numbered():
    one, other = four(), four()
    assert other.number == one.number + 1


# --- bad input


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"surface": 3}, "surface must have loss"),
        ({"surface": Quadratic}, "surface must have loss"),
        ({"surface": Quadratic((1, 2, 3))}, "curvatures must be two numbers"),
        ({"rules": Momentum(0.1)}, "rules must be a list"),
        ({"rules": []}, "rules must be 1 to 6 rules, not 0"),
        ({"rules": [AdaGrad(1)] * 7}, "rules must be 1 to 6 rules, not 7"),
        ({"rules": [Momentum]}, "rules must each have update"),
        ({"rules": ["momentum"]}, "rules must each have update"),
        ({"rules": [Momentum([0.1, 0.2])]}, "lr of 'momentum' must be one number in a Lab"),
        ({"rules": [Momentum(Exponential([0.1, 0.2], 0.9))]}, "lr of 'momentum' must be one number in a Lab"),
        ({"rules": [Momentum(Exponential(0.1, [0.9, 0.8]))]}, "gamma must be one number in a Lab"),
        ({"rules": [Momentum(Halves())]}, "lr of 'momentum' must be a number or one of Exponential, InverseTime, WarmUp in a Lab, not <"),
        (
            {"rules": [Momentum(Exponential(0.4, 0.5))], "steps": 2000},
            "steps: the rate of step 1075 of lr=Exponential.* must be a finite number above 0, not 0.0",
        ),
        ({"start": (1,)}, r"start must be 2 finite numbers.*not \(1,\)"),
        ({"start": (1, np.nan)}, "start must be 2 finite numbers.*not nan"),
        ({"steps": 0}, "steps must be a whole number from 1 to 10000, not 0"),
        ({"steps": 2.5}, "steps must be a whole number, not 2.5"),
        ({"steps": 10**6}, "steps must be a whole number from 1 to 10000, not 1000000"),
    ],
)
def test_a_lab_refuses_bad_input(arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        Lab(**{"surface": VALLEY, "rules": [Momentum(0.1)], **arguments})


@pytest.mark.parametrize(
    ("trait", "value", "message"),
    [
        ("momentum_lr", -1, "momentum_lr: lr must be a finite number above 0, not -1"),
        ("momentum_lr", "fast", "momentum_lr: lr must be .*not 'fast'"),
        ("momentum_beta", 1, "momentum_beta: beta must be a number from 0 up to but not including 1, not 1"),
        ("rmsprop_eps", np.nan, "rmsprop_eps: eps must be .*not nan"),
        ("momentum_on", 1, "momentum_on must be True or False, not 1"),
        ("playing", "yes", "playing must be True or False, not 'yes'"),
        ("start", (1, 2, 3), "start must be 2 finite numbers"),
        ("angle", 0.5, "angle must be a whole number, not 0.5"),
        ("curvatures", (1, 0), "curvatures must be"),
        ("step", -1, "step must be a whole number, 0 or more, not -1"),
        ("start", (1, 1e7), "start must be two numbers from -1e.06 to 1e.06 in a Lab"),
        ("curvatures", (1e-7, 1), "curvatures must be from 1e-06 to 1e.06 in a Lab"),
        ("show", ["sidebar"], r"show must be a list of some of arrows, plots, .*not \['sidebar'\]"),
        ("show", 3, "show must be a list"),
        ("show", [np.array(["map", "plots"])], r"show must be a list of some of arrows, plots, .*not \[array"),
        ("predict", np.array(["place", "first"]), 'predict must be "place", "first" or "", not array'),
        ("noise", 0.5, r"noise must be a Noise, None or \[sd, batch, seed\], not 0.5"),
        ("noise", [0.5, 0, 1], "batch must be a whole number, 1 or more, not 0"),
        ("noise", [1e7, 1, 1], r"noise must have an sd and a batch of at most 1e\+06 in a Lab"),
        ("momentum_schedule", "exponential", r"momentum_schedule must be \[kind, value\].*not 'exponential'"),
        ("momentum_schedule", ["cosine", 3], "momentum_schedule must be of kind constant, exponential, .*not 'cosine'"),
        ("momentum_schedule", ["exponential", 0], "momentum_schedule: gamma must be a number above 0 and at most 1, not 0"),
        ("momentum_schedule", ["exponential", -0.5], "momentum_schedule: gamma must be a number above 0 and at most 1, not -0.5"),
        ("momentum_schedule", ["inverse_time", np.nan], "momentum_schedule: half must be a finite number above 0, not nan"),
        ("momentum_schedule", ["warm_up", 2.5], "momentum_schedule: length must be a whole number, 1 or more, not 2.5"),
        ("momentum_schedule", ["warm_up", 10**7], r"momentum_schedule: length must be at most 1e\+06 in a Lab, not 10000000"),
        ("momentum_schedule", ["exponential", [0.5, 0.9]], "momentum_schedule: gamma must be one number in a Lab"),
        ("momentum_lr", Exponential(0.4, 0.9), r"momentum_lr: lr must be a number here, not Exponential.*_schedule"),
        ("added", [{"kind": "momentum", "lr": 1, "schedule": ["exponential", 2]}], "added: schedule: gamma must be .*not 2.0"),
        ("predict", "loss", 'predict must be "place", "first" or "", not \'loss\''),
        ("added", "momentum", "added must be a list of dicts"),
        ("angle", 10**7, "angle must be from -1e\\+06 to 1e\\+06 degrees in a Lab, not 10000000"),
        ("added", [{"kind": []}], "added must have rules of kind gradient_descent, .*not \\[\\]"),
        ("added", [{"kind": "momentum", "lr": 1, "beta": 0.5, "label": 3}], "added: label must be text, not 3"),
        ("added", [{"kind": "lion"}], "added must have rules of kind gradient_descent, .*not 'lion'"),
        ("added", [{"kind": "momentum", "lr": -1}], "added: lr must be a finite number above 0, not -1"),
        ("added", [{"kind": "momentum"}], "added: .*lr"),
        ("added", [{"kind": "momentum", "lr": 1, "on": 1}], "added: on must be True or False"),
        ("added", [{"kind": "momentum", "lr": 1}] * 3, "added must leave at most 6 rules in a Lab, not 7"),
    ],
)
def test_a_trait_refuses_a_bad_value_and_keeps_the_old(trait, value, message):
    lab = four()
    before = getattr(lab, trait)
    with pytest.raises((TypeError, ValueError), match=message):
        setattr(lab, trait, value)
    assert getattr(lab, trait) == before


def test_an_unknown_label_is_answered_with_the_known():
    with pytest.raises(ValueError, match=r"label must be one of .*'momentum'.*not 'adam'"):
        four().path("adam")
    for label in (["momentum"], np.array(["momentum", "RMSProp"])):
        for call in (four().path, four().rule):
            with pytest.raises(ValueError, match=r"label must be one of .*'momentum'.*not "):
                call(label)


# --- replays: what only Python can compute


def test_the_rules_of_the_library_are_not_replayed():
    assert four().replays == {} and four().contours == {}


def test_a_rule_of_the_reader_is_replayed():
    lab = Lab(VALLEY, {"signs": SignSteps(), "momentum": Momentum(0.1)})
    assert [rule["kind"] for rule in lab.rules] == ["replay", "momentum"]
    assert set(lab.replays) == {"signs"}
    assert lab.replays["signs"]["points"] == descend(VALLEY, SignSteps(), (-5, -2), 20).points.tolist()


@pytest.mark.parametrize(("trait", "value"), [("clipped_lr", 0.2), ("clipped_most", 0.5), ("start", (1, 2)), ("steps", 9), ("angle", 30)])
def test_a_replay_follows_what_changes(trait, value):
    lab = Lab(VALLEY, [Clipped(lr=0.5)])
    before = lab.replays
    setattr(lab, trait, value)
    assert lab.replays != before
    assert lab.replays["clipped"]["points"] == lab.path("Clipped").points.tolist()


def test_on_a_surface_of_the_reader_every_rule_is_replayed():
    lab = Lab(Bowl(), [GradientDescent(0.01), Momentum(0.01)], start=(2, -1))
    assert [rule["kind"] for rule in lab.rules] == ["gradient_descent", "momentum"]  # it decides their colours
    assert set(lab.replays) == {"gradient_descent", "momentum"}
    for line in lab.contours["lines"]:
        heights = Bowl().loss(np.array(line).T)
        assert np.ptp(heights) < 0.1 * heights.max()
    (left, right), (bottom, top) = lab.contours["x"], lab.contours["y"]
    assert left < 2 < right and bottom < -1 < top


class Empty:
    """Something of a reader's own that counts as false."""

    def __len__(self):
        return 0


class EmptyBowl(Empty, Bowl):
    pass


class EmptySteps(Empty, SignSteps):
    pass


def test_what_a_reader_gives_is_used_also_where_it_counts_as_false():
    bowl, signs = EmptyBowl(), EmptySteps()
    lab = Lab(bowl, [signs], start=(2, -1), steps=5)
    assert lab.surface is bowl and lab.rule("EmptySteps") is signs
    path = descend(bowl, signs, (2, -1), 5)
    assert path.surface is bowl and path.rule is signs
    assert lab.replays["emptysteps"]["points"] == lab.path("EmptySteps").points.tolist() == path.points.tolist()
    with pytest.raises(ValueError, match="added needs a Quadratic"):
        lab.added = [{"kind": "momentum", "lr": 0.1}]
    assert np.array_equal(sweep(bowl, signs, (2, -1), 5).final_losses, path.losses[-1])
    assert plots.contours(bowl, {"signs": path}).get_lines()


def test_the_frame_of_a_surface_of_the_reader_follows_the_start():
    lab = Lab(Bowl(), [GradientDescent(0.01)], start=(2, -1))
    before = lab.contours
    lab.start = (1.9, -0.9)
    assert lab.contours == before
    lab.start = (5, 5)
    assert lab.contours["x"][1] > 5 and lab.contours["y"][1] > 5


# --- what a notebook saves


def test_a_notebook_gets_the_widget_a_picture_and_a_line():
    lab = four()
    data, _ = lab._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    line = "Lab: gradient descent (lr=0.4), momentum (lr=0.6, beta=0.5), AdaGrad (lr=2), RMSProp (lr=0.4, rho=0.9) from (-5, -2) in 20 steps"
    assert data["text/plain"] == repr(lab) == line
    picture = base64.b64decode(data["image/png"])
    assert picture.startswith(b"\x89PNG") and int.from_bytes(picture[16:20], "big") == 640
    assert len(picture) < 20_000
    assert lab.model_id not in data["text/plain"]


def test_the_picture_is_the_same_each_time_and_shows_what_is_switched_on():
    lab = four()
    first = lab.still()
    assert lab.still() == first
    lab.momentum_on = False
    assert lab.still() != first


def test_the_picture_shows_a_lab_with_nothing_on():
    lab = Lab(VALLEY, [Momentum(0.1)])
    lab.momentum_on = False
    assert lab.still().startswith(b"\x89PNG")


def test_noise_is_a_trait_that_each_path_meets():
    lab = Lab(Quadratic(), {"one": Momentum(0.1, 0.5), "mine": Follows()}, steps=15, noise=Noise(0.5, batch=4, seed=7))
    assert lab.noise == [0.5, 4, 7]
    for label in ("one", "mine"):
        assert np.array_equal(lab.path(label).points, descend(lab.surface, lab.rule(label), (-5, -2), 15, Noise(0.5, 4, 7)).points)
    before = lab.replays
    lab.noise = Noise(0.5, seed=8)
    assert lab.noise == [0.5, 1, 8] and lab.replays != before
    lab.noise = None
    assert np.array_equal(lab.path("one").points, descend(lab.surface, lab.rule("one"), (-5, -2), 15).points)


class Follows:
    """A rule of one's own, which only Python can run."""

    def update(self, x, g, state):
        return x - 0.1 * g, {}


def test_a_setting_that_is_true_or_false_is_a_trait():
    lab = Lab(Quadratic(), {"Adam": Adam(0.4), "raw": Adam(0.4, correct_bias=False)})
    assert (lab.adam_correct_bias, lab.raw_correct_bias) == (True, False)
    lab.adam_correct_bias = False
    assert np.array_equal(lab.path("Adam").points, lab.path("raw").points)
    with pytest.raises(TypeError, match="correct_bias must be True or False, not 1"):
        lab.raw_correct_bias = 1
    lab.added = [{"kind": "adam", "lr": 0.4, "correct_bias": False}]
    assert lab.added[0]["correct_bias"] is False and np.array_equal(lab.path(lab.added[0]["label"]).points, lab.path("raw").points)


# --- learning rates that change


def test_a_schedule_is_a_trait_beside_the_rate():
    lab = Lab(VALLEY, {"RMSProp": RMSProp(Exponential(0.4, gamma=0.98)), "momentum": Momentum(0.6, 0.5)})
    assert (lab.rmsprop_lr, lab.rmsprop_schedule, lab.momentum_schedule) == (0.4, ["exponential", 0.98], ["constant", 1])
    assert lab.rules[0]["settings"] == ["lr", "rho", "eps"]
    assert repr(lab).startswith("Lab: RMSProp (lr=Exponential(lr=0.4, gamma=0.98), rho=0.9), momentum (lr=0.6, beta=0.5) from")
    rule = RMSProp(Exponential(0.4, gamma=0.98))
    assert lab.rule("RMSProp") == rule
    assert np.array_equal(lab.path("RMSProp").points, descend(VALLEY, rule, (-5, -2), 20).points)
    before = lab.still()
    lab.rmsprop_schedule, lab.rmsprop_lr = ["warm_up", 5], 0.5
    assert lab.rule("RMSProp") == RMSProp(WarmUp(0.5, length=5)) and lab.still() != before
    lab.rmsprop_schedule = None
    assert lab.rule("RMSProp") == RMSProp(0.5) and lab.rmsprop_schedule == ["constant", 1]


def test_a_rule_that_is_added_has_its_schedule():
    lab = Lab(VALLEY, [Momentum(0.6, 0.5)])
    lab.added = [{"kind": "momentum", "lr": 0.6, "beta": 0.5, "schedule": ("inverse_time", 20)}, {"kind": "rmsprop", "lr": 0.4, "schedule": ["constant", 1]}]
    assert lab.added[0]["schedule"] == ["inverse_time", 20.0] and "schedule" not in lab.added[1]
    rule = Momentum(InverseTime(0.6, half=20), 0.5)
    assert lab.rule("momentum 2") == rule and "momentum 2 (lr=InverseTime(lr=0.6, half=20.0), beta=0.5)" in repr(lab)
    assert np.array_equal(lab.path("momentum 2").points, descend(VALLEY, rule, (-5, -2), 20).points)


def test_a_rate_that_would_come_down_to_0_is_refused_whichever_trait_is_set():
    lab = Lab(VALLEY, [Momentum(Exponential(0.4, gamma=0.5), 0.5)])
    with pytest.raises(ValueError, match="steps: the rate of step 1075 of lr=Exponential"):
        lab.steps = 2000
    lab.momentum_schedule, lab.steps = None, 2000
    with pytest.raises(ValueError, match="momentum_schedule: the rate of step 1075 of lr=Exponential"):
        lab.momentum_schedule = ["exponential", 0.5]
    with pytest.raises(ValueError, match="added: the rate of step 1075 of lr=Exponential"):
        lab.added = [{"kind": "rmsprop", "lr": 0.4, "schedule": ["exponential", 0.5]}]
    assert (lab.steps, lab.momentum_schedule, lab.added) == (2000, ["constant", 1], [])
    lab.set_state({"momentum_schedule": ["exponential", 0.5], "steps": 30})  # together they go
    assert (lab.steps, lab.rule("momentum").lr) == (30, Exponential(0.4, gamma=0.5))


def test_a_rule_of_the_reader_keeps_a_schedule_of_any_kind():
    lab = Lab(VALLEY, {"mine": Clipped(Halves()), "known": Clipped(Exponential(0.4, 0.9))}, steps=9)
    for key, lr in (("mine", lab.rule("mine").lr), ("known", Exponential(0.4, 0.9))):
        assert lab.replays[key]["points"] == descend(VALLEY, Clipped(lr), (-5, -2), 9).points.tolist()
        assert not lab.has_trait(f"{key}_schedule") and not lab.has_trait(f"{key}_lr")


def test_a_schedule_takes_no_name_that_another_rule_has():
    lab = Lab(VALLEY, {"a": Momentum(0.1), "a schedule": Momentum(0.2)})
    assert [rule["key"] for rule in lab.rules] == ["a", "a_schedule"] and lab.a_schedule == ["constant", 1] and lab.a_schedule_lr == 0.2


# --- other grounds than the valley

GROUNDS = {"saddle": Saddle(0.5, 2.0), "rosenbrock": Rosenbrock(), "bend": Bend(end=-2.0), "two_valleys": TwoValleys(0.5, 3.0), "plateau": Plateau((1.0, 3.0))}


@pytest.mark.parametrize("kind", catalogue.GROUNDS)
def test_a_lab_on_another_ground_is_not_replayed(kind):
    surface, known = GROUNDS[kind], catalogue.GROUNDS[kind]
    lab = Lab(surface, {"momentum": Momentum(0.001, 0.9)}, steps=30)
    assert lab.replays == {} and lab.contours == {}
    assert lab.surface == surface and lab.start == known["start"] and lab.ground["kind"] == kind
    json.dumps(lab.ground)
    assert (lab.path("momentum").points == descend(surface, Momentum(0.001, 0.9), known["start"], 30).points).all()
    lab.own_rule = "def update(x, g, memory, t):\n    v = 0.9 * memory + g\n    return x - 0.001 * v, v\n"
    assert (lab.path("your rule").points == lab.path("momentum").points).all()
    lab.added = [{"kind": "rmsprop", "lr": 0.01}]
    assert lab.path("RMSProp").points.shape == (31, 2)
    assert lab.still()[:4] == b"\x89PNG"


@pytest.mark.parametrize("kind", catalogue.GROUNDS)
def test_the_catalogue_knows_each_ground_with_the_defaults_of_its_class(kind):
    known = catalogue.GROUNDS[kind]
    default = type(GROUNDS[kind])()
    assert known["class"] == type(default).__name__
    assert [name for name in default.__dataclass_fields__ if name != "dimension"] == list(known["settings"])
    for name, value in known["settings"].items():
        assert np.array_equal(getattr(default, name), value)
    for point in (known["start"], *default.minima):
        assert all(low < one < high for one, (low, high) in zip(point, (known["frame"]["x"], known["frame"]["y"])))


def test_the_ground_is_a_trait_that_each_path_meets():
    lab = Lab(VALLEY, {"momentum": Momentum(0.1, 0.9), "signs": SignSteps()}, start=(-2, 1))
    assert lab.ground == {}
    before = lab.replays
    lab.ground = Saddle()
    assert lab.ground == {"kind": "saddle", "curvature": 1.0, "drop": 1.0} and lab.replays != before
    assert (lab.path("momentum").points == descend(Saddle(), Momentum(0.1, 0.9), (-2, 1), 20).points).all()
    lab.noise = Noise(1.0, seed=5)
    assert (lab.path("momentum").points == descend(Saddle(), Momentum(0.1, 0.9), (-2, 1), 20, Noise(1.0, seed=5)).points).all()
    lab.ground = {}
    assert lab.surface == VALLEY


@pytest.mark.parametrize(
    ("ground", "message"),
    [
        (7, "ground must be a surface such as Saddle\\(\\), a dict of its kind and settings, or {} for a Quadratic, not 7"),
        ({"kind": "hill"}, "ground must have a kind of saddle, rosenbrock, bend, two_valleys, plateau, not 'hill'"),
        ({"drop": 1.0}, "ground must have a kind of .*, not None"),
        ({"kind": "saddle", "drop": -1}, "ground: drop must be a finite number above 0, not -1"),
        ({"kind": "saddle", "steep": 1}, "ground: .*unexpected keyword argument 'steep'"),
        ({"kind": "plateau", "curvatures": [1, 2, 3]}, "ground must have two dimensions in a Lab, not Plateau"),
        (TwoValleys(dimension=3), "ground must have two dimensions in a Lab, not TwoValleys"),
        (Rosenbrock(1e7), "ground: steep must be from 1e-06 to 1e\\+06 in a Lab, not 10000000.0"),
        (Bend(end=-1e7), "ground: end must be from -1e\\+06 to 1e\\+06 in a Lab, not -10000000.0"),
        ({"kind": "two_valleys", "wide": 3, "narrow": 2}, "ground: narrow must be larger than wide, 3.0, not 2"),
    ],
)
def test_a_ground_that_is_none_is_refused_and_the_old_kept(ground, message):
    lab = Lab(Saddle(), [Momentum(0.1)])
    before = lab.ground
    with pytest.raises((ValueError, TypeError), match=message):
        lab.ground = ground
    assert lab.ground == before


def test_a_surface_of_three_dimensions_and_a_ground_beside_a_surface_of_the_reader_are_refused():
    with pytest.raises(ValueError, match="surface must have two dimensions in a Lab, not Saddle"):
        Lab(Saddle(dimension=3), [Momentum(0.1)])
    lab = Lab(Bowl(), [Momentum(0.1)], start=(2, -1))
    with pytest.raises(ValueError, match="ground needs a Lab on a surface of the library, not"):
        lab.ground = Saddle()
    lab.ground = {}
