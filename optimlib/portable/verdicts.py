"""A verdict on an answer: {"verdict": ..., "feedback": ..., "see": ...}.

The feedback says what is wrong; see is "" or the place to read again, as page/heading.
verdict: "right", "wrong", "unclear" (the answer could not be read) or "not started".
"""


def verdict_of(verdict, feedback, see=""):
    return {"verdict": verdict, "feedback": feedback, "see": see}


def mistaken(exercise, mistake):
    """The verdict on a mistake that the exercise knows."""
    return verdict_of("wrong", mistake["feedback"], mistake.get("see", exercise.get("see", "")))
