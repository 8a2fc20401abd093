"""The exercises: a widget that shows one and judges the answer, and check() for code cells.

They are data, in optimlib/exercises, one file a chapter; judge.py judges them.
"""

import json
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from . import scripts
from .judge import LETTERS, judge, sentence

FOLDER = Path(__file__).with_name("exercises")


class Verdict:
    """What check says of an answer. Printed, it is that sentence.

    verdict: "right", "wrong", "unclear" (the answer could not be read) or "not started".
    """

    def __init__(self, verdict):
        self.verdict = verdict["verdict"]
        self._sentence = sentence(verdict)

    def __repr__(self):
        return self._sentence


class Exercise(anywidget.AnyWidget):
    """An exercise of the course, as a widget with its own check.

    exercise_id: its name, such as "gd-edge". Raises ValueError for a name that there is not, with
        the nearest that there is.

    Its traits: exercise_id; exercise, its data; answer, what the reader last had checked (the text
    of a number, the letter of a choice), or None.

    >>> from optimlib import Exercise
    >>> exercise = Exercise("gd-edge")
    >>> exercise.answer = "half"
    >>> exercise.verdict
    Not clear. That is not a number. Write it in digits, as in 1.75, 7/4 or 175e-2.
    """

    _esm = scripts.widget("renderExercise")
    _css = scripts.style()

    exercise_id = traitlets.Unicode(read_only=True).tag(sync=True)
    exercise = traitlets.Dict(read_only=True).tag(sync=True)
    answer = traitlets.Any(None).tag(sync=True)

    def __init__(self, exercise_id):
        data = _exercise(exercise_id)
        super().__init__()
        self.set_trait("exercise_id", exercise_id)
        self.set_trait("exercise", data)

    @property
    def verdict(self):
        """The Verdict on the answer as it is now."""
        return check(self.exercise_id, self.answer)

    def __repr__(self):
        return "Exercise: " + "\n".join([self.exercise["question"], *_choices(self.exercise)])

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        question = "\n\n".join([f"**Exercise.** {self.exercise['question']}", *_choices(self.exercise)])
        return {**data, "text/plain": repr(self), "text/markdown": question}, metadata


def check(exercise_id, answer=None):
    """Judge an answer to an exercise; the result prints as a sentence.

    exercise_id: its name. Raises ValueError for a name that there is not, with the nearest that there is.
    answer: anything. A number can also be text, such as "7/4"; a choice is its letter.

    >>> from optimlib import check
    >>> check("gd-edge", "0,7")
    Not clear. Write a point, not a comma, as the decimal mark.
    """
    exercise = _exercise(exercise_id)
    if isinstance(answer, (np.ndarray, np.generic)) and answer.ndim == 0:
        answer = answer.item()
    return Verdict(judge(exercise, answer))


def _choices(exercise):
    return [f"{letter}) {choice['text']}" for letter, choice in zip(LETTERS, exercise.get("choices", []))]


@cache
def _all():
    """{name: data} of every exercise."""
    chapters = (json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.json")) if file.stem != "schema")
    return {exercise["id"]: exercise for chapter in chapters for exercise in chapter["exercises"]}


def _exercise(exercise_id):
    known = _all()
    if not isinstance(exercise_id, str) or exercise_id not in known:
        near = get_close_matches(str(exercise_id), known, n=1, cutoff=0)
        raise ValueError(f"exercise_id must be the name of an exercise, not {exercise_id!r}; the nearest is {near[0]!r}")
    return known[exercise_id]
