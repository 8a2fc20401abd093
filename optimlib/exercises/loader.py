"""The exercises of the course, as data: optimlib/exercises/data, one file a chapter."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from .. import _needs
from . import varied

FOLDER = Path(__file__).with_name("data")

# The chapters that have exercises, in the order of the book.
TITLES = {
    "question": "The question",
    "gradient-descent": "Gradient descent",
    "momentum": "Momentum",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "momentum-or-rmsprop": "Momentum or RMSProp?",
    "noise": "Noise",
    "adam": "Adam",
    "other-ground": "Other ground",
}

# What only judging needs of a code exercise.
_JUDGED_BY = ("reference", "cases", "mistakes", "right")

# When the way to the answer is shown: at any time, once an answer of the reader's own was judged, or not at all.
SOLUTIONS = ("shown", "after_a_try", "never")


@cache
def _written():
    """{chapter: [its exercises as the files have them]}, in the order of the book."""
    return {chapter: _needs.data(f"exercises/data/{chapter}.json")["exercises"] for chapter in TITLES}


@cache
def chapters():
    """{chapter: [the data of its exercises]}, in the order of the book, with its numbers; code is one text there."""
    return {chapter: [_joined(varied.filled(exercise, 0)) for exercise in exercises] for chapter, exercises in _written().items()}


def exercises():
    """{id: data} of every exercise."""
    return {exercise["id"]: exercise for in_chapter in chapters().values() for exercise in in_chapter}


def contents():
    """[{chapter, title, exercises: [{id, title, kind, level}]}], in the order of the book: what lists need."""
    listed = {chapter: [{name: exercise[name] for name in ("id", "title", "kind", "level")} for exercise in data] for chapter, data in chapters().items()}
    return [{"chapter": chapter, "title": TITLES[chapter], "exercises": exercises} for chapter, exercises in listed.items()]


def exercise(exercise_id, seed=None):
    """The data of one exercise. With a seed one that can vary has other numbers than the book, and names the seed.

    Raises ValueError for a name that there is not, with the nearest that there is.
    """
    known = exercises()
    if not isinstance(exercise_id, str) or exercise_id not in known:
        near = get_close_matches(str(exercise_id), known, n=1, cutoff=0)
        raise ValueError(f"exercise_id must be the name of an exercise, not {exercise_id!r}; the nearest is {near[0]!r}")
    data = _that_vary().get(exercise_id)
    return {**varied.filled(data, varied.chosen(data, seed)), "seed": seed} if data and seed is not None else known[exercise_id]


@cache
def _that_vary():
    """{id: data} of the exercises whose numbers can vary, as the files have them."""
    return {data["id"]: data for in_chapter in _written().values() for data in in_chapter if "numbers" in data}


def variants(exercise_id):
    """The data of an exercise with each of the numbers that a seed can choose, in their order; [] where none varies."""
    data = _that_vary().get(exercise_id)
    return [varied.filled(data, place) for place in range(1, len(data["numbers"]))] if data else []


def shown(data, solutions="shown"):
    """What a widget needs of an exercise: all of it, but for what judges code.

    solutions: one of SOLUTIONS. With "never" the solution is not in it, with "after_a_try" it says so itself.
        Raises ValueError for anything else.
    """
    if solutions not in SOLUTIONS:
        allowed = ", ".join(SOLUTIONS)
        raise ValueError(f"solutions (of _config.yml, in Jupyter the environment's OPTIMLIB_SOLUTIONS) must be one of {allowed}, not {solutions!r}")
    left_out = (*(_JUDGED_BY if data["kind"] == "code" else ()), *(("solution",) if solutions == "never" else ()))
    added = {"solutions": solutions} if solutions == "after_a_try" else {}
    return {name: value for name, value in data.items() if name not in left_out} | added


def _joined(data):
    """The exercise with its code, which the files keep line by line, as text."""
    if data["kind"] != "code":
        return data
    mistakes = [{**mistake, "code": _text(mistake["code"])} if "code" in mistake else mistake for mistake in data["mistakes"]]
    return {**data, "stub": _text(data["stub"]), "reference": _text(data["reference"]), "mistakes": mistakes}


def _text(lines):
    return "\n".join(lines) + "\n"
