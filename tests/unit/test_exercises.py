"""The exercises: their data, what is said of answers, and that Python, MicroPython and JavaScript say the same."""

import contextlib
import io
import json
import math
import re
from collections import Counter
from itertools import permutations

import jsonschema
import numpy as np
import pytest
from exercise_answers import ANSWERS
from exercise_variants import VARIANTS
from library import CLASSES
from nodejs import run_joined

from optimlib import AdaGrad, Adam, Exercise, GradientDescent, Momentum, Noise, Plateau, Quadratic, RMSProp, Saddle, check, descend, theory
from optimlib.exercises import loader
from optimlib.exercises.judge import LETTERS, judge, sentence
from optimlib.exercises.loader import FOLDER
from optimlib.portable.judge_code import function_in, judge_source, mistaken_code
from tools import bundles
from tools.notebooks import CHAPTERS, chapters, read

SCHEMA = json.loads((FOLDER.parent / "schema.json").read_text(encoding="utf-8"))
FILES = sorted(FOLDER.glob("*.json"))
EXERCISES = list(loader.exercises().values())
NUMBERS, CHOICES, ORDERS, PREDICTIONS, CODES = (
    [exercise for exercise in EXERCISES if exercise["kind"] == kind] for kind in ("number", "choice", "order", "predict", "code")
)
LEVELS = SCHEMA["$defs"]["level"]["enum"]


def named(exercises):
    return pytest.mark.parametrize("exercise", exercises, ids=lambda exercise: exercise["id"])


def of_chapter(file):
    return json.loads(file.read_text(encoding="utf-8"))["exercises"]


# --- the data


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_follows_the_schema(file):
    chapter = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(chapter)
    assert chapter["chapter"] == file.stem


def test_the_schema_refuses_what_is_wrong():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    right, wrong = {"text": "a", "feedback": "b", "right": True}, {"text": "a", "feedback": "b"}
    common = {"id": "x", "title": "X", "level": "recall", "question": "?", "hints": ["a", "b"], "solution": "c"}
    choice = {**common, "kind": "choice", "choices": [right, wrong]}
    number = {**common, "kind": "number", "answer": 1, "tolerance": 0.1}
    code = next(exercise for exercise in of_chapter(FOLDER / "rmsprop.json") if exercise["kind"] == "code")
    assert all(validator.is_valid({"chapter": "x", "exercises": [exercise]}) for exercise in (choice, number, code))
    for bad in (
        {**choice, "choices": [wrong, wrong]},
        {**choice, "choices": [right, right]},
        {**number, "tolerance": 0},
        {**number, "hints": ["only one"]},
        {**number, "kind": "guess"},
        {**number, "note": "unknown"},
        {**number, "see": "nowhere"},
        {**code, "mistakes": [{**code["mistakes"][0], "code": ["pass"]}] * 3},
        {name: value for name, value in code.items() if name != "hints"},
    ):
        assert not validator.is_valid({"chapter": "x", "exercises": [bad]}), bad


def test_no_two_exercises_share_a_name():
    ids = [exercise["id"] for exercise in EXERCISES]
    assert len(ids) == len(set(ids))


def test_the_course_has_enough_of_each_kind():
    kinds = Counter(exercise["kind"] for exercise in EXERCISES)
    assert len(EXERCISES) >= 30 and kinds["code"] >= 10 and min(kinds.values()) >= 2 and len(kinds) == 5
    assert {file.stem for file in FILES} <= {path.stem for path in chapters()}
    for file in FILES:
        levels = [LEVELS.index(exercise["level"]) for exercise in of_chapter(file)]
        assert len(levels) >= 4 and levels == sorted(levels), f"{file.stem}: at least four, and they climb"
    for rule in ("gradient-descent", "momentum", "adagrad", "rmsprop"):
        assert [exercise["level"] for exercise in of_chapter(FOLDER / f"{rule}.json")].count("mend") == 1
    assert [exercise["level"] for exercise in of_chapter(FOLDER / "momentum-or-rmsprop.json")].count("combine") == 3


def mistakes(exercise):
    return exercise.get("mistakes", []) + [choice for choice in exercise.get("choices", []) if not choice.get("right")]


@named(EXERCISES)
def test_each_mistake_points_to_a_heading_that_there_is(exercise):
    for mistake in mistakes(exercise):
        page, _, heading = mistake.get("see", exercise.get("see", "")).partition("/")
        text = "\n".join(cell.source for cell in read(CHAPTERS / f"{page}.ipynb").cells if cell.cell_type == "markdown")
        assert re.search(f"^#+ {re.escape(heading)}$", text, flags=re.MULTILINE), (page, heading)


def test_the_mistakes_have_feedback_of_their_own():
    for exercise in EXERCISES:
        said = [mistake["feedback"] for mistake in mistakes(exercise)]
        assert len(said) == len(set(said)), exercise["id"]


@named(NUMBERS)
def test_a_mistake_is_neither_right_nor_another_mistake(exercise):
    near = [(exercise["answer"], exercise["tolerance"])]
    near += [(mistake["value"], mistake["tolerance"]) for mistake in exercise.get("mistakes", [])]
    for i, (value, tolerance) in enumerate(near):
        for other, room in near[i + 1 :]:
            assert abs(value - other) > tolerance + room, (value, other)


@named(NUMBERS)
def test_feedback_on_a_wrong_number_does_not_say_the_answer(exercise):
    said = [mistake["feedback"] for mistake in exercise.get("mistakes", [])]
    said += [exercise.get("too_low", ""), exercise.get("too_high", "")]
    assert not any(str(exercise["answer"]) in text.split() for text in said)
    assert exercise["answer"] != 1.75  # the number in the judge's own examples


def steady(rule, g, steps):
    """The velocity or the length of the last step under a steady gradient."""
    x, state = np.zeros(1), rule.init(np.zeros(1))
    for _ in range(steps):
        last, (x, state) = x, rule.update(x, np.array([g]), state)
    return state.get("velocity", abs(x - last))[0]


VALLEY = Quadratic((0.2, 4.0))


def held(rule, noise):
    """The effective rate at which the noise holds a brake near the lowest point."""
    path = descend(Quadratic((0.01,) * 20), rule, np.zeros(20), 8000, noise=noise)
    return float(np.mean(rule.rate({"brake": path.state["brake"][-1]})))


def end(rule, steps, surface=VALLEY, start=(-5, -2)):
    return descend(surface, rule, start, steps).points[-1]


def to_halfway(far):
    """The steps of gradient descent from there to half of the way, far out on a plateau."""
    x = descend(Plateau((0.2,)), GradientDescent(300.0), (far,), 50_000).points[:, 0]
    return int((x < far / 2).argmax())


# Where the numbers come from.
COMPUTED = {
    "gd-edge": lambda: theory.stability_edge(curvature=10.0),
    "gd-steps": lambda: next(k for k in range(1000) if abs(end(GradientDescent(0.45), k)[0]) < 0.01),
    "momentum-steady": lambda: steady(Momentum(1.0, beta=0.8), 3.0, 1000),
    "momentum-border": lambda: max(0.01 * k for k in range(100) if 0.01 * k < theory.beta_border(0.45, 4.0) - 1e-9),
    "adagrad-root": lambda: 4.0 / steady(AdaGrad(1.0, eps=0), 4.0, 9),
    "adagrad-one-brake": lambda: abs(AdaGrad(0.5, eps=0).update(np.zeros(2), np.array([3.0, 4.0]), {"brake": np.zeros(2)})[0][1]),
    "adagrad-step-25": lambda: steady(AdaGrad(0.5, eps=0), 3.0, 25),
    "adam-first-step": lambda: steady(Adam(0.1, beta2=0.9999, eps=1e-12, correct_bias=False), 5.0, 1),
    "rmsprop-first-step": lambda: steady(RMSProp(0.1, rho=0.99, eps=1e-12), 7.0, 1),
    "rmsprop-bounce": lambda: abs(end(RMSProp(0.1, rho=0.99, eps=1e-12), 20_000)[0]),
    "noise-batch": lambda: float(np.sqrt(np.mean(Noise(sd=2.0, batch=64).draws(steps=20_000, dimension=1) ** 2))),
    "noise-same-spread": lambda: next(
        0.001 * k for k in range(1, 1000) if theory.noise_spread(0.001 * k, 0.01, 1.0) > 0.9999 * theory.noise_spread(0.004, 0.01, 1.0, beta=0.95)
    ),
    "noise-rmsprop-rate": lambda: held(RMSProp(0.06, rho=0.999), Noise(sd=0.3)),
    "noise-rmsprop-batch": lambda: theory.rmsprop_spread(0.01, 1.0, sd=1.0) / theory.rmsprop_spread(0.01, 1.0, sd=1.0 / np.sqrt(16)),
    "ground-growth": lambda: descend(Saddle(1.0, drop=0.5), GradientDescent(0.2), (0, 1e-6), 1).points[1, 1] / 1e-6,
    "ground-eps": lambda: steady(RMSProp(0.3, eps=1e-6), 1e-5, 400),
    "ground-edge": lambda: theory.stability_edge(curvature=5.0, beta=0.5),
    "ground-far": lambda: to_halfway(180) / to_halfway(60),
    "final-scaled": lambda: next(
        lr for lr in np.arange(1, 1000) / 1000 if np.allclose(end(Momentum(lr, 0.5), 20, Quadratic((10.0, 200.0))), end(Momentum(0.6, 0.5), 20))
    ),
}


@named(NUMBERS)
def test_the_answer_is_what_the_library_computes(exercise):
    assert abs(COMPUTED[exercise["id"]]() - exercise["answer"]) <= exercise["tolerance"] / 2


# --- judging


@named(NUMBERS)
def test_a_right_number_is_right_however_it_is_written(exercise):
    answer = exercise["answer"]
    for written in (answer, f"{answer!r}", f" {answer:e} ", f"{answer!r}/1", np.float32(answer), np.array(answer)):
        assert check(exercise["id"], written).verdict == "right", written


@named(NUMBERS)
def test_each_mistake_has_its_own_feedback(exercise):
    for mistake in exercise.get("mistakes", []):
        assert repr(check(exercise["id"], mistake["value"])).startswith(f"Not yet. {mistake['feedback']} See ")


@named(CHOICES)
def test_each_choice_has_its_own_feedback(exercise):
    for letter, choice in zip(LETTERS, exercise["choices"]):
        said = check(exercise["id"], letter)
        assert said.verdict == ("right" if choice.get("right") else "wrong")
        assert choice["feedback"] in repr(said)


@named(ORDERS)
def test_each_order_is_judged(exercise):
    letters = LETTERS[: len(exercise["lines"])]
    assert letters not in exercise["orders"], "as it is shown it must not be right"
    for order in exercise["orders"]:
        for written in (order, order.upper(), ", ".join(order), list(order), f" {order} "):
            assert check(exercise["id"], written).verdict == "right", written
    said = {judge(exercise, "".join(order))["feedback"] for order in permutations(letters)}
    assert {mistake["feedback"] for mistake in exercise["mistakes"]} < said, "each mistake is heard of"
    assert judge(exercise, letters)["verdict"] == "not started"
    for order in permutations(letters):
        verdict = judge(exercise, "".join(order))
        assert (verdict["verdict"] == "right") == ("".join(order) in exercise["orders"]) and verdict["feedback"]


@named(PREDICTIONS)
def test_a_prediction_is_judged_by_its_distance(exercise):
    run, answer, tolerance = exercise["run"], exercise["answer"], exercise["tolerance"]
    path = descend(Quadratic(run["curvatures"], run["angle"]), CLASSES[run["rule"]](**run["settings"]), run["start"], run["steps"])
    valley = exercise["view"] == "valley"
    assert np.allclose(answer, path.points[-1] if valley else path.losses[-1], rtol=1e-4)
    away = (lambda share: [answer[0] + share * tolerance, answer[1]]) if valley else (lambda share: answer * 10 ** (share * tolerance))
    assert check(exercise["id"], away(0.99)).verdict == "right"
    assert check(exercise["id"], np.array(away(0))).verdict == "right"
    assert check(exercise["id"], away(-1.01)).verdict == "wrong"
    assert "away" not in repr(check(exercise["id"], away(0)))
    for mistake in exercise["mistakes"]:
        assert judge(exercise, mistake["value"])["feedback"] == mistake["feedback"]
    where = np.ravel([answer, *(mistake["value"] for mistake in exercise["mistakes"])]).reshape(-1, 2 if valley else 1)
    room = [tolerance, *(mistake["tolerance"] for mistake in exercise["mistakes"])]
    places = where if valley else np.log10(where)
    for i in range(len(places)):
        for j in range(i):
            assert np.linalg.norm(places[i] - places[j]) > room[i] + room[j], "no place is two things"


@named(PREDICTIONS)
def test_what_is_said_of_a_right_guess_is_said_of_the_run(exercise):
    """It begins with where the run ends: the guess may lie a little beside it, on another side of the floor."""
    place = exercise["right"].partition(". ")[0]
    numbers = [float(text) for text in re.findall(r"-?\d+\.\d+", place)]
    assert place.startswith(("It ends at (", "It lands at (", "Its loss is ")), place
    assert numbers == [round(value, 2) for value in np.ravel(exercise["answer"])]


@pytest.mark.parametrize(
    ("name", "near", "off"),
    [
        ("adam-predict", [(0.6, -0.1), (1.3, -0.5), (1.0, 0.1)], [(0.5, 0), (1.3, 0.2)]),
        ("ground-predict", [(1.35, 0.1), (1.6, -0.1), (1.5, 0.2)], [(1.18, 0.04), (1.26, 0.03)]),  # nearer in size to the step before
    ],
)
def test_a_guess_by_eye_is_right_where_it_has_seen_what_the_run_does(name, near, off):
    assert [check(name, guess).verdict for guess in [*near, *off]] == ["right"] * len(near) + ["wrong"] * len(off)


def test_a_guess_of_which_a_box_is_empty_hears_what_is_missing():
    for name, guess, words in [
        ("gd-predict", ["", ""], "Not started. There is no answer yet."),
        ("gd-predict", ["5", " "], "Not clear. There is no x2 yet."),
        ("gd-predict", ["", "5"], "Not clear. There is no x1 yet."),
        ("rmsprop-predict", "", "Not started. There is no answer yet."),
    ]:
        assert repr(check(name, guess)).startswith(words), guess
    cycle = []
    cycle.append(cycle)
    assert check("gd-predict", cycle).verdict == "unclear"


# --- code


def said(exercise, source):
    """The verdict on code, without what it prints."""
    with contextlib.redirect_stdout(io.StringIO()):
        return judge_source(exercise, source)


@named(CODES)
def test_the_reference_is_right_and_the_stub_is_not_started(exercise):
    assert said(exercise, exercise["reference"])["verdict"] == "right"
    assert said(exercise, exercise["stub"])["verdict"] == "not started"
    assert exercise["reference"] not in exercise["stub"]


@named(CODES)
def test_a_right_answer_written_otherwise_is_right(exercise):
    assert len(set(VARIANTS[exercise["id"]])) >= 5
    for source in VARIANTS[exercise["id"]]:
        verdict = said(exercise, source)
        assert verdict["verdict"] == "right", (source, verdict)


@named(CODES)
def test_code_that_makes_a_mistake_hears_of_it_and_of_no_other(exercise):
    for mistake in exercise["mistakes"]:
        if "replace" in mistake:
            assert exercise["reference"].count(mistake["replace"]) == 1, mistake
        verdict = said(exercise, mistaken_code(exercise, mistake))
        assert (verdict["verdict"], verdict["feedback"]) == ("wrong", mistake["feedback"]), mistaken_code(exercise, mistake)


@named(CODES)
def test_another_wrong_value_shows_the_first_input_on_which_it_differs(exercise):
    name = exercise["function"]
    wrong = f"{exercise['reference']}\nright = {name}\ndef {name}(*given):\n    value = right(*given)\n    return value * 1.001 if isinstance(value, float) else [one * 1.001 for one in value]"
    verdict = said(exercise, wrong)
    assert verdict["verdict"] == "wrong"
    assert re.match("With .+ it returns .+; expected: .+\\.$", verdict["feedback"]), verdict
    nearly = said(exercise, wrong.replace("1.001", "1.000002"))
    assert nearly["verdict"] == "wrong" and nearly["feedback"].startswith("Nearly: your values are right to 5 digits."), nearly
    assert said(exercise, wrong.replace("1.001", "1.0000000001"))["verdict"] == "right", "1e-10 off is rounding"


def test_a_numerical_derivative_is_nearly_right():
    slope = loader.exercises()["question-slope"]
    source = "def f(a, x):\n    return a * x * x\n\ndef slope(a, x, h=1e-5):\n    return (f(a, x + h) - f(a, x)) / h\n"
    verdict = said(slope, source)
    assert verdict["verdict"] == "wrong" and verdict["feedback"].startswith("Nearly:") and "formula" in verdict["feedback"]
    for wrong in ("float('nan')", "float('inf')", "[1.0]", "2 * a * x + 0.01"):  # the first is right
        verdict = said(slope, f"n = []\ndef slope(a, x):\n    n.append(x)\n    return 2 * a * x if len(n) < 2 else {wrong}\n")
        assert "expected" in verdict["feedback"], verdict


def test_what_is_said_of_code():
    step = loader.exercises()["gd-step"]
    for source, words in {
        "def gd_step(x, g, lr):\n    pass": "With x = -5, g = -1, lr = 0.4 it returns nothing. Is there a `return`?",
        "def gd_step(x, g, lr):\n    return x, g": "With x = -5, g = -1, lr = 0.4 it returns 2 numbers; one number is expected.",
        "def gd_step(x, g):\n    return x": "It is called with x, g, lr.",
        "def gd_step(x, g, lr):\n    y = x\n    return y / 0": "it does not run through. Line 3: this divides by zero.",
        "def gd_step(x, g, lr):\n    return gd_step(x, g, lr)": "Line 2: the function calls itself without end.",
        "def gd_step(x, g, lr)\n    return x": "Your code does not run. Line 1: this is no Python",
        "def step(x, g, lr):\n    return x": "There is no function `gd_step`. Keep its name.",
        "gd_step = 3": "`gd_step` is no function any more.",
        "import nothing": "Line 1: there is no module `nothing` here.",
        "def gd_step(x, g, lr):\n    return 'x'": "it returns a text; one number is expected.",
        "def gd_step(x, g, lr):\n    return float('nan')": "it returns nan; expected: ",
    }.items():
        assert words in said(step, source)["feedback"], (source, said(step, source))
    rate = loader.exercises()["gd-largest-rate"]
    changes = "def largest_rate(curvatures):\n    curvatures.sort()\n    return 2 / curvatures[-1]"
    assert "it changes the list that it is given" in said(rate, changes)["feedback"]


def test_a_function_that_puts_arrays_into_its_list_hears_of_it():
    def largest_rate(curvatures):
        curvatures[0] = np.array([curvatures[0], 1.0])
        return 2 / 4

    assert "it changes the list that it is given" in repr(check("gd-largest-rate", largest_rate))


@pytest.mark.parametrize("what", ["tolist", "__eq__"])
def test_a_function_that_puts_what_only_fails_into_its_list_hears_of_it(what):
    def fail(*_):
        raise ValueError("no")

    def largest_rate(curvatures):
        curvatures[0] = type("Failing", (), {what: fail})()
        return 2 / 4

    assert "it changes the list that it is given" in repr(check("gd-largest-rate", largest_rate))


def test_an_answer_that_only_fails_to_become_plain_is_judged_as_it_stands():
    class Failing:
        def tolist(self):
            raise ValueError("no")

    for exercise in EXERCISES:
        assert check(exercise["id"], Failing()).verdict == "unclear", exercise["id"]


def test_a_function_of_a_notebook_is_judged():
    for right in (lambda x, g, lr: np.float64(x - lr * g), lambda x, g, lr: np.array(x - lr * g), lambda x, g, lr: np.array([x - lr * g])[0]):
        assert check("gd-step", right).verdict == "right"
    assert repr(check("gd-step", "gd_step")) == "Not clear. Give the function itself, by its name alone: gd_step."
    assert check("gd-step", 3.0).verdict == "unclear"
    assert check("gd-step", lambda x, g, lr: x).verdict == "not started"

    def stopped(x, g, lr):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("gd-step", stopped)


# Programs that are no answer; NAME stands for the function's.
HOSTILE_CODE = [
    *("", " ", "x", "1/0", "import numpy", "import nothing", "def NAME(:", "NAME = 3", "NAME = None", "def other(): return 1", "raise SystemExit(3)"),
    *("\x00", "  x", "return 1", "é = 1", "def NAME(*a):\n    return 1\n  return 2", "class X(BaseException): pass\nraise X", "del NAME", "print('x' * 10)"),
    *(f"def NAME(*a): return {value}" for value in ("None", "True", "...", "'x'", "b'1'", "{}", "[]", "()", "[1, 'x']", "1j", "NAME", "object()", "int", "a")),
    *(f"def NAME(*a): return {value}" for value in ("float('nan')", "float('inf')", "-1e400", "10**400", "-10**400", "[0.0] * 50", "((1, 2), (3, 4))", "(i for i in a)")),
    *(f"def NAME(*a): raise {error}" for error in ("ValueError", "ValueError('no\\nno')", "SystemExit", "StopIteration", "KeyError('x' * 1000)", "5")),
    *("def NAME(): return 1", "def NAME(a, b, c, d, e, f, g, h, i, j, k): return 1.0", "def NAME(*a): return NAME(*a)", "def NAME(*a): return sqrt(2.0)"),
    "def NAME(*a):\n    x = []\n    x.append(x)\n    return x",
    "def NAME(*a):\n    a[0].append(3)\n    return 1.0",
    "class E(Exception):\n    def __str__(self): raise ValueError\ndef NAME(*a): raise E",
    "class X(BaseException): pass\ndef NAME(*a): raise X('x')",
    "class T:\n    def tolist(self): raise ValueError\ndef NAME(*a): return T()",
    "class T:\n    def tolist(self): return self\ndef NAME(*a): return T()",
    "def NAME(*a): return [0] * 10**15",
    "class NAME: pass",
    "class NAME:\n    def __init__(self, *a): pass",
]  # fmt: skip


def hostile_programs():
    return [(exercise, source.replace("NAME", exercise["function"])) for exercise in CODES for source in HOSTILE_CODE]


def test_hostile_programs_get_a_sentence():
    assert len(hostile_programs()) > 500
    for exercise, source in hostile_programs():
        verdict = said(exercise, source)
        text = sentence(verdict)
        assert verdict["verdict"] in ("wrong", "unclear", "not started"), (source, verdict)
        assert text.endswith((".", "?")) and "\n" not in text and "Traceback" not in text and len(text) < 500, (source, text)


def test_hostile_functions_get_a_sentence():
    for exercise, source in hostile_programs():
        function, problem = function_in(source, exercise["function"]) if "print" not in source else (print, None)
        if not problem:
            with contextlib.redirect_stdout(io.StringIO()):
                assert check(exercise["id"], function).verdict != "right", source


# Of the programs, as many as this are told in MicroPython: the others are for CPython.
LEAST_TOLD = 800


def test_micropython_says_the_same(micropython):
    sources = [(exercise, exercise["reference"]) for exercise in CODES] + [(exercise, exercise["stub"]) for exercise in CODES]
    sources += [(exercise, source) for exercise in CODES for source in VARIANTS[exercise["id"]]]
    sources += [(exercise, mistaken_code(exercise, mistake)) for exercise in CODES for mistake in exercise["mistakes"]]
    sources += hostile_programs()
    argument = {"codes": {exercise["id"]: exercise for exercise in CODES}, "sources": [(exercise["id"], source) for exercise, source in sources]}
    code = """
import json
from optimlib.portable.errors import Ask
from optimlib.portable.judge_code import judge_source
given = json.loads(ARGUMENT)
codes = given["codes"]
def judged(name, source):
    try:
        return judge_source(codes[name], source)
    except Ask:
        return None
RESULT = json.dumps([judged(name, source) for name, source in given["sources"]])
"""
    theirs = json.loads(micropython(code, json.dumps(argument, ensure_ascii=False), bundles.FILES))

    for (exercise, source), verdict in zip(sources, theirs, strict=True):
        # Such a class takes any values there; and NumPy is here, and in no Python of the page.
        if ("class" not in source or ": pass" not in source) and source != "import numpy":
            assert verdict is None or verdict == said(exercise, source), source
    assert sum(verdict is not None for verdict in theirs) >= LEAST_TOLD


# --- Python and JavaScript


def every_answer():
    """ANSWERS, and for each exercise numbers about its answer and its mistakes."""
    about = [value for exercise in NUMBERS for value in (exercise["answer"], *(m["value"] for m in exercise.get("mistakes", [])))]
    near = [value * factor + shift for value in about for factor in (1, -1, 0.1, 10, 0.0999, 1000) for shift in (0, 1e-3, -0.01)]
    return [*ANSWERS, *near, *(repr(value) for value in near), *(f"{value:.3e}" for value in near)]


JUDGED = """\
import { judge } from "./joined.mjs";
export default ({ exercises, answers }) => exercises.map((exercise) => answers.map((answer) => judge(exercise, answer)));
"""


def test_python_and_javascript_say_the_same_word_for_word():
    answers = every_answer()
    assert len(answers) > 300
    shown = [exercise for exercise in EXERCISES if exercise["kind"] != "code"]
    theirs = run_joined(JUDGED, {"exercises": shown, "answers": answers})
    for exercise, verdicts in zip(shown, theirs, strict=True):
        for answer, verdict in zip(answers, verdicts, strict=True):
            assert judge(exercise, answer) == verdict, (exercise["id"], answer)


@named(EXERCISES)
def test_any_answer_gets_a_sentence(exercise):
    hostile = [math.nan, math.inf, 10**400, 1j, b"0.5", ..., object(), lambda: 1, np.arange(3), np.array(["x"]), np.nan, range(3), "x" * 10**5]
    for answer in [*every_answer(), *hostile]:
        said = repr(check(exercise["id"], answer))
        assert said.endswith((".", "?")) and "\n" not in said, answer


# --- check and the widget


def test_an_unknown_name_gets_the_nearest():
    for make in (check, Exercise):
        with pytest.raises(ValueError, match="not 'gd-egde'; the nearest is 'gd-edge'"):
            make("gd-egde")
        for name in (None, 3, ["gd-edge"], ""):
            with pytest.raises(ValueError, match="exercise_id must be the name of an exercise"):
                make(name)


def test_no_answer_is_shown_before_it_is_given():
    said = repr(check("gd-edge", None)) + repr(check("gd-edge", "x")) + repr(Exercise("gd-edge")) + repr(Exercise("gd-zigzag"))
    assert "0.2." not in said and "2/10" not in said and "-0.6" not in said


def test_a_page_shows_no_code_that_is_right():
    for exercise in CODES:
        state = json.dumps(Exercise(exercise["id"]).get_state(), default=str) + repr(Exercise(exercise["id"]))
        assert exercise["function"] in state
        for name in ("reference", "cases", "mistakes"):
            assert name not in Exercise(exercise["id"]).exercise
        assert json.dumps(exercise["reference"])[1:-1] not in state


def test_the_widget_carries_the_data_and_the_answer():
    widget = Exercise("gd-zigzag")
    assert widget.verdict.verdict == "not started"
    widget.answer = "a"
    assert widget.verdict.verdict == "wrong"
    state = widget.get_state()
    assert {"exercise_id", "exercise", "answer"} <= state.keys()
    assert state["exercise"]["id"] == "gd-zigzag" and state["answer"] == "a"


def test_where_no_widget_shows_the_question_can_be_read():
    data, _ = Exercise("gd-zigzag")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    for kind in ("text/plain", "text/markdown"):
        assert "In a valley of curvatures" in data[kind] and "d) The flat one" in data[kind]
        assert data["application/vnd.jupyter.widget-view+json"]["model_id"] not in data[kind]


def texts(value):
    """Every text of an exercise, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in texts(one))


def test_arithmetic_is_marked_as_code():
    """A star outside code is emphasis: it would eat the product signs of a formula."""
    for exercise in EXERCISES:
        texts_only = {name: value for name, value in exercise.items() if name not in ("stub", "reference", "lines", "mistakes")}
        texts_only["said"] = [mistake["feedback"] for mistake in exercise.get("mistakes", [])]
        for text in texts(texts_only):
            plain = re.sub(r"`[^`]*`", "", text)
            assert "*" not in re.sub(r"\*[A-Za-z][A-Za-z ]*\*", "", plain), text
