"""Judges an answer to an exercise: numbers, choices, orders and predictions here, code in portable/judge_code.py.

The words and sentences are data, in judge.json. js/exercises/judge.js judges the same by the same data on
the site, where no Python runs for it, function by function.
"""

import math

from .. import _needs
from ..portable.judge_code import judge_function, plain
from ..portable.verdicts import mistaken, verdict_of
from .answers import is_blank, number, point, trimmed

_DATA = _needs.data("exercises/judge.json")
_SAY = _DATA["sentences"]
# What stands before the feedback.
WORDS = _DATA["words"]
LETTERS = _DATA["letters"]


def judge(exercise, answer):
    """The verdict on an answer to an exercise of optimlib/exercises. The answer can be anything."""
    if answer is None or answer is ...:
        return verdict_of("not started", _SAY["no_answer"])
    return KINDS[exercise["kind"]](exercise, answer)


def sentence(verdict):
    """A verdict in words."""
    said = WORDS[verdict["verdict"]] + " " + verdict["feedback"]
    if verdict["see"]:
        page, _, heading = verdict["see"].partition("/")
        said += f' See "{heading}" in {page}.'
    return said.strip()


# --- numbers and choices


def _judge_number(exercise, answer):
    value, complaint = number(plain(answer))
    if complaint:
        return verdict_of("unclear", complaint)
    if abs(value - exercise["answer"]) <= exercise["tolerance"]:
        return verdict_of("right", exercise.get("right", ""))
    for mistake in exercise.get("mistakes", []):
        if abs(value - mistake["value"]) <= mistake["tolerance"]:
            return mistaken(exercise, mistake)
    return verdict_of("wrong", _direction(exercise, value))


def _direction(exercise, value):
    """What is wrong with a number that is no known mistake: its sign, or the side it lies on, or its size."""
    answer = exercise["answer"]
    if (value < 0 < answer) or (answer < 0 < value):
        return _SAY["sign"]
    side = "low" if value < answer else "high"
    known = exercise.get("too_" + side, "")
    if known:
        return known
    far = value > 0 and answer > 0 and (_DATA["far"] * value <= answer or value >= _DATA["far"] * answer)
    return _SAY["far_" + side if far else side]


def _judge_choice(exercise, answer):
    letters = LETTERS[: len(exercise["choices"])]
    letter = trimmed(answer).strip("(). ").lower() if isinstance(answer, str) else ""
    if len(letter) != 1 or letter not in letters:
        return verdict_of("unclear", _SAY["one_letter"].format(first=letters[0], last=letters[-1]))
    choice = exercise["choices"][letters.index(letter)]
    return verdict_of("right", choice["feedback"]) if choice.get("right") else mistaken(exercise, choice)


# --- the order of lines


def _judge_order(exercise, answer):
    letters = LETTERS[: len(exercise["lines"])]
    text = "".join(letter for letter in answer if isinstance(letter, str)) if isinstance(answer, (list, tuple)) else answer
    order = "".join(letter for letter in text.lower() if letter not in " ,;") if isinstance(text, str) else ""
    if "".join(sorted(order)) != letters:
        return verdict_of("unclear", _SAY["each_letter"].format(first=letters[0], last=letters[-1], letters=letters))
    if order == letters:
        return verdict_of("not started", _SAY["as_at_first"])
    if order in exercise["orders"]:
        return verdict_of("right", exercise.get("right", ""))
    for mistake in exercise.get("mistakes", []):
        if order.index(mistake["early"]) < order.index(mistake["late"]):
            return mistaken(exercise, mistake)
    count = max(next(i for i, letter in enumerate(known) if letter != order[i]) for known in exercise["orders"])
    if count == 0:
        return verdict_of("wrong", _SAY["another_first"])
    return verdict_of("wrong", _SAY["one_line"] if count == 1 else _SAY["some_lines"].format(count=count))


# --- predictions: a point in the valley, or a loss


def _judge_predict(exercise, answer):
    read, distance = VIEWS[exercise["view"]]
    answer = plain(answer)
    if is_blank(answer):
        return verdict_of("not started", _SAY["no_answer"])
    place, problem = read(answer)
    if problem:
        return verdict_of("unclear", problem)
    away = distance(place, exercise["answer"])
    far = _hundredths(away)
    said = _SAY["hardly_away" if far == "0.00" else "away"].format(far=far, unit=_DATA["units"][exercise["view"]])
    if away <= exercise["tolerance"]:
        return verdict_of("right", (exercise.get("right", "") + ("" if far == "0.00" else " " + said)).strip())
    for mistake in exercise.get("mistakes", []):
        if distance(place, mistake["value"]) <= mistake["tolerance"]:
            return mistaken(exercise, mistake)
    return verdict_of("wrong", (_half_right(exercise, place) + " " + said).strip())


def _half_right(exercise, place):
    """Which coordinate of a wrong place is right; "" for none, and where there is one number only."""
    answer = exercise["answer"]
    if not isinstance(answer, list):
        return ""
    right = [i for i in (0, 1) if abs(place[i] - answer[i]) <= exercise["tolerance"]]
    return _SAY["only_x1" if right[0] == 0 else "only_x2"] if len(right) == 1 else ""


def _loss(answer):
    value, problem = number(answer)
    return (None, _SAY["above_zero"]) if problem is None and value <= 0 else (value, problem)


def _apart(a, b):
    x1, x2 = a[0] - b[0], a[1] - b[1]
    return math.sqrt(x1 * x1 + x2 * x2)


def _powers_apart(a, b):
    return abs(_power_of_ten(a) - _power_of_ten(b))


def _power_of_ten(x):
    """log10 of a number above 0, by products alone: that of a C library or a browser may differ in the last bit, and turn a verdict."""
    power: float = 0
    part = 1.0
    while x >= 10:
        x, power = x / 10, power + 1
    while x < 1:
        x, power = x * 10, power - 1
    for _ in range(50):  # bit by bit: where the square reaches 10, half of the last part is in it
        x, part = x * x, part / 2
        if x >= 10:
            x, power = x / 10, power + part
    return power


# What a prediction is, by what is shown: how it is read, and how far one is from another.
VIEWS = {"valley": (point, _apart), "loss": (_loss, _powers_apart)}


def _hundredths(value):
    """A number of at least 0 with two decimals; what is large is not told apart."""
    count = int(min(value, 1e6) * 100 + 0.5)
    return f"{count // 100}.{count % 100:02}"


# The kinds of exercise: how each is judged.
KINDS = {
    "number": _judge_number,
    "choice": _judge_choice,
    "order": _judge_order,
    "predict": _judge_predict,
    "code": judge_function,
}
