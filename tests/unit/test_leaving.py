"""What leaves the lab, and what its findings say: the Python that it copies, and the numbers behind findings.json."""

import contextlib
import io
import json

import numpy as np
import pytest
from library import CLASSES, RULES
from nodejs import run_joined

from optimlib import Adam, Exponential, GradientDescent, InverseTime, Lab, Momentum, Noise, Plateau, Quadratic, RMSProp, Saddle, WarmUp, descend, measures
from optimlib.lab import schedule_data
from tools.notebooks import ROOT

PRESETS = {preset["id"]: preset for preset in json.loads((ROOT / "optimlib" / "lab" / "findings.json").read_text(encoding="utf-8"))}

# Gives the Python of a state, and the points and losses that the lab shows.
RUNNER = """\
import { asPython, createResults, readLab } from "./joined.mjs";

export default (states) => states.map((state) => {
  const lab = readLab({ get: (name) => state[name] });
  const shown = lab.rules.filter(({ on }) => on).map((rule) => {
    const run = createResults().run(rule, lab);
    return [rule.label, run.points[lab.step], run.losses[lab.step]];
  });
  const own = lab.own.on && lab.own.replay;
  if (own?.points.length > 0) shown.push(["your rule", own.points[lab.step], own.losses[lab.step]]);
  return { python: asPython(lab), shown };
});
"""


def left(states):
    """What the runner gives for states of labs."""
    return run_joined(RUNNER, [{name: value for name, value in state.items() if not name.startswith("_")} for state in states])


def states():
    lab = Lab(Quadratic((1 / 3, 4), 30), [GradientDescent(0.1 + 0.2), Momentum(1e-7, 0.5), RMSProp(0.4)], start=(-5, 2 / 3), steps=40)
    lab.step = 17
    yield lab.get_state()
    lab.momentum_on = False
    lab.added = [{"kind": "momentum", "lr": 0.6, "beta": 0.25}, {"kind": "adagrad", "lr": 2, "eps": 0}, {"kind": "rmsprop", "lr": 0.1, "on": False}]
    yield lab.get_state()
    named = Lab(Quadratic(), {'a "quoted" \\ name': GradientDescent(0.6), "β": Momentum(0.6, 0.5)}, start=(-5, -2), steps=300)
    yield named.get_state()
    yield Lab(Quadratic(), list(RULES.values())).get_state()
    changing = Lab(Quadratic(), [RMSProp(Exponential(0.4, 0.98)), Momentum(InverseTime(1 / 3, 7.5), 0.5), Adam(WarmUp(0.4, 12))], noise=Noise(0.5, seed=3))
    changing.added = [{"kind": "adagrad", "lr": 2, "schedule": ["exponential", 0.9]}]
    yield changing.get_state()
    lab.gradient_descent_on = lab.rmsprop_on = False
    lab.added = []
    yield lab.get_state()
    lab.own_rule = 'def update(x, g, memory, t):\n    """It has "quotes" and \\n."""\n    return x - 0.1 * g, memory\n'
    yield lab.get_state()
    lab.momentum_on = True
    yield lab.get_state()
    lab.own_rule = "def update(x, g, memory, t):\n    return nothing"
    yield lab.get_state()
    for surface in (Saddle(1 / 3), Plateau()):
        yield Lab(surface, [Momentum(0.1, 0.9), RMSProp(0.05)], steps=40).get_state()


def printed(code):
    """What a program prints that has nothing but itself."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {"__name__": "__main__"})
    return out.getvalue()


def test_the_copied_python_prints_what_is_on_screen_to_the_last_digit():
    results = left(states())
    assert [len(result["shown"]) for result in results] == [3, 4, 2, len(RULES), 4, 0, 1, 2, 1, 2, 2]
    for result in results:
        lines = printed(result["python"]).splitlines()
        assert len(lines) == len(result["shown"])
        for line, (label, point, loss) in zip(lines, result["shown"]):
            assert line.startswith(f"{label} [")
            numbers = [float(text.strip("[],")) for text in line[len(label) :].split()]
            assert numbers == [*point, loss]


def runs(name):
    """{kind: Path} of a finding, and its valley."""
    preset = PRESETS[name]
    valley = Quadratic(preset.get("curvatures", (0.2, 4.0)), preset.get("angle", 0))
    settings = [{key: value for key, value in rule.items() if key != "kind"} for rule in preset["rules"]]
    kinds = [rule["kind"] for rule in preset["rules"]]
    start = valley.from_axes((-5, -2))
    return valley, {kind: descend(valley, CLASSES[kind](**given), start, preset["steps"]) for kind, given in zip(kinds, settings)}


def across(path):
    return path.points[:, 1]


def test_every_finding_is_there_once():
    assert list(PRESETS) == [
        "both-arrive",
        "narrow",
        "past-the-edge",
        "momentum-worse",
        "momentum-better",
        "turned",
        "adagrad-stalls",
        "rmsprop-leaves",
        "noise-one-cloud",
        "noise-ends-bounce",
        "noise-decays",
        "rmsprop-stays",
        "adam-first-step",
        "adam-turned",
    ]
    assert [preset["title"] for preset in PRESETS.values()] == [
        "momentum and RMSProp",
        "a very narrow valley",
        "past the edge",
        "momentum makes it worse",
        "momentum makes it better",
        "turned 45 degrees",
        "AdaGrad stalls",
        "RMSProp finds it, then leaves",
        "noise: three rules, one cloud",
        "noise ends the bounce",
        "noise and a rate that falls",
        "RMSProp with a rate that falls",
        "Adam without its correction",
        "Adam, turned 45 degrees",
    ]


def test_both_arrive_and_in_a_narrow_valley_rmsprop_does_as_before_and_momentum_is_stuck():
    wide, narrow = runs("both-arrive")[1], runs("narrow")[1]
    assert all(path.losses[-1] < 1e-5 * path.losses[0] for path in wide.values())
    assert np.abs(wide["rmsprop"].points - narrow["rmsprop"].points).max() < 0.02
    assert measures.progress(narrow["momentum"].points[:, 0]) < 0.11
    assert np.array_equal(across(wide["momentum"]), across(narrow["momentum"])), "across, the valley is the same"


def test_past_the_edge():
    path = runs("past-the-edge")[1]["gradient_descent"]
    assert np.all(np.diff(abs(np.diff(across(path)))) > 0), "every jump is longer than the last"
    assert path.diverged_at == 11


def test_momentum_makes_it_worse():
    paths = runs("momentum-worse")[1]
    assert measures.crossings(across(paths["gradient_descent"])) == 0
    assert measures.crossings(across(paths["momentum"])) == 13


def test_momentum_makes_it_better():
    paths = runs("momentum-better")[1]
    assert measures.sum_of_squares(across(paths["momentum"])) < measures.sum_of_squares(across(paths["gradient_descent"]))


def test_turned():
    valley, paths = runs("turned")
    for kind, rule in [("momentum", Momentum(0.6, 0.5)), ("rmsprop", RMSProp(0.4))]:
        straight = descend(Quadratic((0.2, 4.0)), rule, (-5, -2), 20).points
        same = np.allclose(valley.axes(paths[kind].points.T).T, straight)
        assert same == (kind == "momentum")


def test_adagrad_stalls():
    paths = runs("adagrad-stalls")[1]
    steps = {kind: np.diff(path.points[:, 0]) for kind, path in paths.items()}
    assert steps["adagrad"][0] == pytest.approx(steps["gradient_descent"][0])
    assert paths["adagrad"].points[-1, 0] < paths["gradient_descent"].points[-1, 0] - 1, "it falls behind"


def test_rmsprop_finds_it_then_leaves():
    losses = runs("rmsprop-leaves")[1]["rmsprop"].losses
    assert losses.argmin() == 37 and losses[37] < 1e-21 and losses[-1] > 0.1


def after_the_way(name, sd=None):
    """{kind: the points of twelve seeds over the last half of the steps}, with the finding's noise or other."""
    preset = PRESETS[name]
    given, batch, seed = preset["noise"]
    made = [(rule["kind"], CLASSES[rule["kind"]](**{key: value for key, value in rule.items() if key != "kind"})) for rule in preset["rules"]]
    noises = [Noise(given if sd is None else sd, batch, seed + i) for i in range(12)]
    steps = preset["steps"]
    return {kind: np.array([descend(Quadratic((0.2, 4.0)), rule, (-5, -2), steps, noise).points[steps // 2 :] for noise in noises]) for kind, rule in made}


def test_three_rules_one_cloud():
    spreads = np.array([np.sqrt(np.mean(points**2, axis=(0, 1))) for points in after_the_way("noise-one-cloud").values()])
    assert np.ptp(spreads, axis=0).max() < 0.2 * spreads.min(axis=0).max()
    assert np.all(spreads[:, 0] > 3 * spreads[:, 1]), "wide along, narrow across"


def test_noise_ends_the_bounce():
    def changes(points):
        return np.mean(points[:, 1:] * points[:, :-1] < 0, axis=(0, 1))

    assert np.all(changes(after_the_way("noise-ends-bounce", sd=0)["rmsprop"][:, 50:]) > 0.9)
    along, across = changes(after_the_way("noise-ends-bounce")["rmsprop"])
    assert along < 0.25 and across > 0.4


def rule_of(rule):
    """A rule of a finding, with its schedule."""
    settings = {key: value for key, value in rule.items() if key not in ("kind", "schedule")}
    return schedule_data.put_together(CLASSES[rule["kind"]](**settings), rule.get("schedule", schedule_data.CONSTANT))


def test_noise_and_a_rate_that_falls():
    preset = PRESETS["noise-decays"]
    sd, batch, first = preset["noise"]
    constant, falling = map(rule_of, preset["rules"])
    assert falling == GradientDescent(InverseTime(constant.lr, half=20))
    for seed in range(first, first + 12):
        far = [descend(Quadratic(), rule, (-5, -2), preset["steps"], Noise(sd, batch, seed)).points for rule in (constant, falling)]
        whole = [np.sqrt((points**2).sum(axis=1)) for points in far]
        assert whole[1][-50:].max() < whole[0][-50:].max() / 2, seed
        spread = [np.sqrt(np.mean(distance[part] ** 2)) for distance, part in ((whole[0], slice(100, 200)), (whole[0], slice(200, None)))]
        assert spread[1] > spread[0] / 2, "the constant one goes on as before"


def test_rmsprop_with_a_rate_that_falls():
    preset = PRESETS["rmsprop-stays"]
    constant, falling = (descend(Quadratic(), rule_of(rule), (-5, -2), preset["steps"]) for rule in preset["rules"])
    assert constant.rule == RMSProp(0.4) and falling.rule == RMSProp(Exponential(0.4, gamma=0.95))
    assert measures.steps_to_reach(constant.losses) == 21 and constant.losses[-1] > 0.1
    assert measures.steps_to_stay(falling.losses) == 40 and falling.losses[-1] < 1e-12


def test_adam_without_its_correction():
    corrected, bare = PRESETS["adam-first-step"]["rules"]
    assert {**corrected, "correct_bias": False} == bare
    paths = [descend(Quadratic((0.2, 4.0)), Adam(rule["lr"], correct_bias=rule["correct_bias"]), (-5, -2), 60).points[:, 0] for rule in (corrected, bare)]
    first, bare_first = (np.diff(path)[0] for path in paths)
    assert bare_first > 3 * first
    assert paths[1].max() > 2 * paths[0].max() > 0, "it is carried far past the lowest point"


def test_adam_turned():
    _, paths = runs("adam-turned")
    left = {kind: path.losses[-1] / path.losses[0] for kind, path in paths.items()}
    assert left["adam"] < 1e-5 and left["momentum"] < 1e-5 and left["rmsprop"] > 0.01


def test_a_rule_of_the_notebooks_own_has_its_place_in_the_python():
    class Mine:
        def update(self, x, g, state):
            return x - 0.1 * g, state

    labs = [Lab(Quadratic(), rules) for rules in ([Mine()], [Mine(), Momentum(0.6, 0.5)])]
    alone, beside = [result["python"] for result in left(lab.get_state() for lab in labs)]
    assert '    "Mine": ...,  # one of the notebook\'s own: put it here' in alone
    assert '    # "Mine": ...,' in beside
    assert printed(beside).startswith("momentum [")
