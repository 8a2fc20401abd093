"""The exercises: their data, what is said of answers, and that Python and JavaScript say the same."""

import json
import math
import re

import jsonschema
import numpy as np
import pytest
from nodejs import run_node

from optimlib import Exercise, check, scripts
from optimlib.exercise import FOLDER
from optimlib.judge import LETTERS, WORDS, judge

SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
FILES = sorted(file for file in FOLDER.glob("*.json") if file.name != "schema.json")
EXERCISES = [exercise for file in FILES for exercise in json.loads(file.read_text(encoding="utf-8"))["exercises"]]
NUMBERS = [exercise for exercise in EXERCISES if exercise["kind"] == "number"]
CHOICES = [exercise for exercise in EXERCISES if exercise["kind"] == "choice"]


def named(exercises):
    return pytest.mark.parametrize("exercise", exercises, ids=lambda exercise: exercise["id"])


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
    choice = {"id": "x", "kind": "choice", "question": "?", "choices": [right, wrong]}
    number = {"id": "x", "kind": "number", "question": "?", "answer": 1, "tolerance": 0.1}
    assert all(validator.is_valid({"chapter": "x", "exercises": [exercise]}) for exercise in (choice, number))
    for bad in (
        {**choice, "choices": [wrong, wrong]},
        {**choice, "choices": [right, right]},
        {**number, "tolerance": 0},
        {**number, "hints": ["only one"]},
        {**number, "kind": "guess"},
        {**number, "note": "unknown"},
    ):
        assert not validator.is_valid({"chapter": "x", "exercises": [bad]}), bad


def test_no_two_exercises_share_a_name():
    ids = [exercise["id"] for exercise in EXERCISES]
    assert len(ids) == len(set(ids))


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


# --- judging

@named(NUMBERS)
def test_a_right_number_is_right_however_it_is_written(exercise):
    answer = exercise["answer"]
    for written in (answer, f"{answer!r}", f" {answer:e} ", f"{answer!r}/1", np.float32(answer), np.array(answer)):
        assert check(exercise["id"], written).verdict == "right", written


@named(NUMBERS)
def test_each_mistake_has_its_own_feedback(exercise):
    for mistake in exercise.get("mistakes", []):
        assert repr(check(exercise["id"], mistake["value"])) == f"Not yet. {mistake['feedback']}"


@named(CHOICES)
def test_each_choice_has_its_own_feedback(exercise):
    for letter, choice in zip(LETTERS, exercise["choices"]):
        said = check(exercise["id"], letter)
        assert said.verdict == ("right" if choice.get("right") else "wrong")
        assert choice["feedback"] in repr(said)


# Answers of every sort that JSON can carry.
ANSWERS = [
    *("0.5", "0,5", "1/2", "5e-1", ".5", "5.", "+.5", "-.5", "−0.5", " 0.5\n", "\u00a0.25 ", "5E-1", "0.5e0", "1/ 4", "1 /4", "25e-2", "0.25"),
    *("", " ", "half", "x", "1/2/3", "1/0", "0/0", "0x10", "1_000", "1,000", "1,000,000", "0,5,5", ",", "٣", "½", "5%", "--1", "+-1", "."),
    *("e5", "1e", "1e+", "1e400", "-1e400", "1e-400", "nan", "NaN", "-nan", "inf", "-Infinity", "INFINITY", "∞", "-∞", "+inf-", "infinite"),
    *("a", "B", " c ", "(d)", "e)", "b.", "((a))", "ab", "A)", "K", "j", "\u212a", "none", "None", "null", "<b>", "`x`", "😀", "\ufeff1", "\x851", "\x1f1"),
    *(0, 1, -1, 0.5, 4, 1e308, 10**18, True, False, None, [], [0.5], {}, {"a": 1}),
]  # fmt: skip


def every_answer():
    """Those, and for each exercise numbers about its answer and its mistakes."""
    about = [value for exercise in NUMBERS for value in (exercise["answer"], *(m["value"] for m in exercise.get("mistakes", [])))]
    near = [value * factor + shift for value in about for factor in (1, -1, 0.1, 10, 0.0999, 1000) for shift in (0, 1e-3, -0.01)]
    return [*ANSWERS, *near, *(repr(value) for value in near), *(f"{value:.3e}" for value in near)]


def test_python_and_javascript_say_the_same_word_for_word(tmp_path):
    answers = every_answer()
    assert len(answers) > 300
    (tmp_path / "module.mjs").write_text(scripts.module(), encoding="utf-8")
    (tmp_path / "run.mjs").write_text(
        'import { readFileSync } from "node:fs";\n'
        'import { WORDS, judge } from "./module.mjs";\n'
        'const { exercises, answers } = JSON.parse(readFileSync(0, "utf8"));\n'
        "const verdicts = exercises.map((exercise) => answers.map((answer) => judge(exercise, answer)));\n"
        "process.stdout.write(JSON.stringify({ verdicts, words: WORDS }));\n",
        encoding="utf-8",
    )
    done = run_node(tmp_path / "run.mjs", input=json.dumps({"exercises": EXERCISES, "answers": answers}))
    assert done.returncode == 0, done.stderr
    theirs = json.loads(done.stdout)
    assert theirs["words"] == WORDS
    for exercise, verdicts in zip(EXERCISES, theirs["verdicts"], strict=True):
        for answer, verdict in zip(answers, verdicts, strict=True):
            assert judge(exercise, answer) == verdict, (exercise["id"], answer)


@named(EXERCISES)
def test_any_answer_gets_a_sentence(exercise):
    hostile = [math.nan, math.inf, 10**400, 1j, b"0.5", ..., object(), lambda: 1, np.arange(3), np.array(["x"]), np.nan, range(3), "x" * 10**5]
    for answer in [*every_answer(), *hostile]:
        said = repr(check(exercise["id"], answer))
        assert said.endswith((".", "?")) and "\n" not in said, answer


def test_judge_imports_nothing():
    source = (FOLDER.parent / "judge.py").read_text(encoding="utf-8")
    assert not any(line.startswith(("import ", "from ")) for line in map(str.strip, source.splitlines()))


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
    assert "0.25" not in said and "2/8" not in said and "-0.6" not in said


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
        for text in texts(exercise):
            plain = re.sub(r"`[^`]*`", "", text)
            assert "*" not in re.sub(r"\*[A-Za-z][A-Za-z ]*\*", "", plain), text
