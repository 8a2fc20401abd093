"""Exercises whose numbers vary with a seed: each row is a whole exercise, and Python and JavaScript draw and judge alike."""

import json

import numpy as np
import pytest
from nodejs import run_joined

from optimlib import AdaGrad, Exercise, Momentum, Quadratic, RMSProp, check, descend, theory
from optimlib.exercises import loader, progress, varied
from optimlib.exercises.judge import judge
from tools.notebooks import chapters, read, widget_models
from tools.site import course_site

RAW = {one["id"]: one for path in loader.FOLDER.glob("*.json") for one in json.loads(path.read_text(encoding="utf-8"))["exercises"] if "numbers" in one}
ROWS = [(name, place) for name, data in RAW.items() for place in range(len(data["numbers"]))]
every_row = pytest.mark.parametrize(("name", "place"), ROWS)
SEEDS = [*range(14), 42, 1234, varied.MOST]


def steady(rule, g, steps):
    """The velocity or the length of the last step under a steady gradient."""
    x, state = np.zeros(1), rule.init(np.zeros(1))
    for _ in range(steps):
        last, (x, state) = x, rule.update(x, np.array([float(g)]), state)
    return state.get("velocity", abs(x - last))[0]


# What the library says of a row's numbers.
COMPUTED = {
    "gd-edge": lambda flat, steep: min(theory.stability_edge(curvature=flat), theory.stability_edge(curvature=steep)),
    "momentum-steady": lambda g, beta: steady(Momentum(1.0, beta=beta), g, 1000),
    "momentum-border": lambda rate: max(0.01 * k for k in range(100) if 0.01 * k < theory.beta_border(rate, 4.0) - 1e-9),
    "adagrad-step-25": lambda g, lr: steady(AdaGrad(lr, eps=0), g, 25),
    "rmsprop-first-step": lambda lr, g, also: steady(RMSProp(lr, rho=0.99, eps=1e-12), g, 1),
    "rmsprop-bounce": lambda lr: abs(descend(Quadratic((0.2, 4.0)), RMSProp(lr, rho=0.9, eps=1e-12), (-5, -2), 20_000).points[-1][0]),
}


def test_some_exercises_of_each_rule_vary():
    assert COMPUTED.keys() == RAW.keys()


@every_row
def test_each_row_is_a_whole_exercise(name, place):
    data = varied.filled(RAW[name], place)
    assert abs(COMPUTED[name](**RAW[name]["numbers"][place]) - data["answer"]) <= data["tolerance"] / 2
    assert "{" not in json.dumps(data).replace('{"', "") and "numbers" not in data
    known = [(data["answer"], data["tolerance"]), *((one["value"], one["tolerance"]) for one in data["mistakes"])]
    for i, (value, tolerance) in enumerate(known):
        for other, room in known[i + 1 :]:
            assert abs(value - other) > tolerance + room, (value, other)
    assert judge(data, data["answer"])["verdict"] == "right"
    for mistake in data["mistakes"]:
        assert judge(data, mistake["value"])["feedback"] == mistake["feedback"]
        assert str(data["answer"]) not in mistake["feedback"].split()


def test_without_a_seed_it_is_the_books_and_the_next_seed_gives_others():
    for name in RAW:
        assert loader.exercise(name) == loader.exercises()[name] == varied.filled(RAW[name], 0)
        asked = [loader.exercise(name, seed)["question"] for seed in range(6)]
        assert len({*asked, loader.exercise(name)["question"]}) == 7, "six groups have six exercises, none of them the book's"
    assert loader.exercise("gd-zigzag", 3) == loader.exercise("gd-zigzag"), "what cannot vary stays"


DRAWN = """\
import { drawn, judge, readSeed } from "./joined.mjs";
export default ({ exercises, seeds, answers, texts }) => [
  exercises.map((exercise) => seeds.map((seed) => {
    const { variants, ...one } = drawn(exercise, seed);
    return [one, answers.map((answer) => judge(one, answer))];
  })),
  texts.map(readSeed),
];
"""


def on_the_site(seed=None):
    """{id: the data of an exercise as a page of the site has it}."""
    notebooks = (course_site.with_exercises(read(path), "shown", seed, to_choose=True) for path in chapters())
    states = (model["state"] for notebook in notebooks for model in widget_models(notebook).values())
    return {state["exercise"]["id"]: state["exercise"] for state in states if "exercise" in state}


def test_javascript_draws_and_judges_the_same():
    site = [data for name, data in on_the_site().items() if name in RAW]
    assert len(site) == len(RAW)
    filled = [varied.filled(RAW[name], place) for name, place in ROWS]
    answers = sorted({value for one in filled for value in (one["answer"], one["mistakes"][0]["value"])})
    texts = ["0", "7", "007", "999999", "1000000", "", "-1", "1.5", "seven", None]
    theirs, read_by_them = run_joined(DRAWN, {"exercises": site, "seeds": SEEDS, "answers": answers, "texts": texts})
    for data, of_seeds in zip(site, theirs, strict=True):
        for seed, (drawn, verdicts) in zip(SEEDS, of_seeds, strict=True):
            ours = loader.exercise(data["id"], seed)
            assert drawn == ours, (data["id"], seed)
            assert verdicts == [judge(ours, answer) for answer in answers]
    assert read_by_them == [0, 7, 7, 999999, None, None, None, None, None, None]


def test_a_seed_in_the_configuration_is_in_the_page_and_a_link_still_chooses():
    data = on_the_site(seed=7)["momentum-steady"]
    assert {name: value for name, value in data.items() if name != "variants"} == loader.exercise("momentum-steady", 7)
    assert {**data, **data["variants"][(2 + len(data["id"])) % 6], "seed": 2} == {**loader.exercise("momentum-steady", 2), "variants": data["variants"]}
    text = json.dumps(course_site.with_exercises(read(next(path for path in chapters() if path.stem == "momentum")), "shown", 7))
    assert loader.exercise("momentum-steady")["question"] not in text and loader.exercise("momentum-steady", 7)["question"] in text


@pytest.mark.parametrize("wrong", [-1, 1_000_000, 1.5, True, "seven", "-1", [7]])
def test_a_wrong_seed_is_refused_with_what_is_allowed(wrong):
    with pytest.raises(ValueError, match=r"seed .* must be a whole number from 0 to 999999, not"):
        varied.read_seed(wrong)


@pytest.mark.parametrize("formula", ["steep.real", "open('x')", "[1]", "other", "True", "1 if 1 else 2"])
def test_a_formula_is_arithmetic(formula):
    with pytest.raises(ValueError, match="a formula has numbers"):
        varied.computed(formula, {"steep": 2})


def test_jupyter_reads_the_environment_and_progress_holds_the_seed(monkeypatch):
    monkeypatch.setenv("OPTIMLIB_SEED", "7")
    assert Exercise("momentum-steady").exercise == loader.exercise("momentum-steady", 7)
    assert check("momentum-steady", loader.exercise("momentum-steady", 7)["answer"]).verdict == "right"
    assert check("momentum-steady", loader.exercise("momentum-steady")["answer"]).verdict == "wrong"
    assert progress.load()[0]["momentum-steady"]["seed"] == 7
    monkeypatch.setenv("OPTIMLIB_SEED", "x")
    with pytest.raises(ValueError, match=r"OPTIMLIB_SEED.* must be a whole number from 0 to 999999, not 'x'"):
        check("momentum-steady", 1)
