"""A verdict on an answer: {"verdict": ..., "feedback": ..., "see": ...}.

The feedback says what is wrong; see is "" or the place to read again, as page/heading.
"""

# What stands before the feedback.
WORDS = {
    "right": "Right.",
    "wrong": "Not yet.",
    "unclear": "Not clear.",
    "not started": "Not started.",
}


def verdict_of(verdict, feedback, see=""):
    return {"verdict": verdict, "feedback": feedback, "see": see}


def mistaken(exercise, mistake):
    """The verdict on a mistake that the exercise knows."""
    return verdict_of("wrong", mistake["feedback"], mistake.get("see", exercise.get("see", "")))


def sentence(verdict):
    """A verdict in words."""
    said = WORDS[verdict["verdict"]] + " " + verdict["feedback"]
    if verdict["see"]:
        page, _, heading = verdict["see"].partition("/")
        said += ' See "' + heading + '" in ' + page + "."
    return said.strip()
