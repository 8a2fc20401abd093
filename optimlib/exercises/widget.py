"""The exercises: a widget that shows one and judges the answer, and check() for code cells.

They are data, in optimlib/exercises/data, one file a chapter; judge.py judges them.
"""

import os

import traitlets

from ..front_end import CourseWidget
from . import loader, progress, varied
from .judge import LETTERS, judge, sentence


class Verdict:
    """What check says of an answer. Printed, it is that sentence.

    verdict: "right", "wrong", "unclear" (the answer could not be read) or "not started".
    """

    def __init__(self, verdict):
        self.verdict = verdict["verdict"]
        self._sentence = sentence(verdict)

    def __repr__(self):
        return self._sentence


class Exercise(CourseWidget):
    """An exercise of the course, as a widget with its own check.

    exercise_id: its name, such as "gd-edge". Raises ValueError for a name that there is not, with
        the nearest that there is.

    The environment says when it shows the solution (OPTIMLIB_SOLUTIONS: shown, at any time; after_a_try; or never), and with
    which numbers it asks where these can vary (OPTIMLIB_SEED, a whole number; without it those of the book). check reads that, too.

    Its traits: exercise_id; exercise, its data; answer, what the reader last had checked, or None:
    the text of a number, the letter of a choice, the letters of an order, the two texts of a point.
    Code is written in a cell, and judged by check. kept, what is kept of it (see optimlib.progress);
    problem, why it is not being kept, or "".

    >>> from optimlib import Exercise
    >>> exercise = Exercise("gd-edge")
    >>> exercise.answer = "half"
    >>> exercise.verdict
    Not clear. That is not a number. Write it in digits, as in 1.75, 7/4 or 175e-2.
    """

    drawn_as = "optimlib.exercise.Exercise"

    exercise_id = traitlets.Unicode(read_only=True).tag(sync=True)
    exercise = traitlets.Dict(read_only=True).tag(sync=True)
    answer = traitlets.Any(None).tag(sync=True)
    kept = traitlets.Dict().tag(sync=True)
    problem = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, exercise_id):
        data = loader.shown(_data(exercise_id), os.environ.get("OPTIMLIB_SOLUTIONS") or "shown")
        super().__init__()
        self.set_trait("exercise_id", exercise_id)
        self.set_trait("exercise", data)
        progress.watch(self._show_progress)
        self.observe(self._keep_progress, "kept")

    @property
    def verdict(self):
        """The Verdict on the answer as it is now."""
        return check(self.exercise_id, self.answer)

    def _show_progress(self, kept, problem):
        self.kept = kept.get(self.exercise_id, {})
        self.set_trait("problem", problem)

    def _keep_progress(self, change):
        progress.keep({self.exercise_id: self.kept})
        self._show_progress(*progress.load())

    @traitlets.validate("kept")
    def _refuse_what_is_no_entry(self, proposal):
        if not progress.sound(proposal["value"]):
            raise traitlets.TraitError(f"kept must be like {{'state': 'tried', 'hints': 1}}, not {proposal['value']!r}")
        return proposal["value"]

    def __repr__(self):
        return "Exercise: " + "\n".join([self.exercise["question"], *_parts(self.exercise)])

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        parts = ["```", *_parts(self.exercise), "```"] if self.exercise["kind"] in ("order", "code") else _parts(self.exercise)
        line_end = "\n" if parts[:1] == ["```"] else "  \n"
        markdown = f"**{self.exercise['title']}.** {self.exercise['question']}\n\n" + line_end.join(parts)
        return {**data, "text/plain": repr(self), "text/markdown": markdown}, metadata


def check(exercise_id, answer=None):
    """Judge an answer to an exercise, and keep whether it was solved; the result prints as a sentence.

    exercise_id: its name. Raises ValueError for a name that there is not, with the nearest that there is.
    answer: anything. A number can also be text, such as "7/4"; a choice is its letter, an order its
        letters, a point two numbers, and code the function itself. That runs in this very kernel: a loop in it
        without end stops as one in a cell does, by Kernel / Interrupt, or by a restart where that has no effect.

    >>> from optimlib import check
    >>> check("gd-edge", "0,7")
    Not yet. That is too high.
    >>> def gd_step(x, g, lr):
    ...     return x + lr * g
    >>> check("gd-step", gd_step)
    Not yet. That walks uphill: the step goes against the gradient. See "The rule" in gradient-descent.
    """
    data = _data(exercise_id)
    verdict = judge(data, answer)
    state = {"right": "solved", "wrong": "tried"}.get(verdict["verdict"])
    if state:
        entry = progress.load()[0].get(exercise_id, {})
        progress.record(exercise_id, **progress.judged(entry, state), **{name: data[name] for name in ("seed",) if name in data})
    return Verdict(verdict)


def _data(exercise_id):
    """The data of an exercise, with the numbers that the environment asks for."""
    return loader.exercise(exercise_id, varied.read_seed(os.environ.get("OPTIMLIB_SEED")))


def _parts(exercise):
    """What an exercise shows beside its question, line by line: its choices, its lines, the code to begin with."""
    if exercise["kind"] == "code":
        return exercise["stub"].splitlines()
    texts = [choice["text"] for choice in exercise.get("choices", [])] or exercise.get("lines", [])
    return [f"{letter}) {text}" for letter, text in zip(LETTERS, texts)]
