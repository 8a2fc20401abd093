"""Judges an answer to an exercise: numbers, choices, orders and predictions here, code in judge_code.py.

It works on plain data and imports nothing that MicroPython lacks: the same files judge code in
Jupyter and in the page. js/judge.js judges the other kinds in the page, to the word.
"""

import math

from .answers import number, point, trimmed
from .judge_code import function_in, judge_function, judge_source, mistaken_code, plain
from .verdicts import WORDS, mistaken, sentence, verdict_of

__all__ = ["LETTERS", "WORDS", "function_in", "judge", "judge_source", "mistaken_code", "sentence"]

LETTERS = "abcdefghij"


def judge(exercise, answer):
    """The verdict on an answer to an exercise of optimlib/exercises. The answer can be anything."""
    if answer is None or answer is ...:
        return verdict_of("not started", "There is no answer yet.")
    return KINDS[exercise["kind"]](exercise, answer)


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
        return "The sign is wrong."
    low = value < answer
    known = exercise.get("too_low" if low else "too_high", "")
    if known:
        return known
    far = value > 0 and answer > 0 and (10 * value <= answer or value >= 10 * answer)
    return "That is too " + ("low" if low else "high") + (", by a factor of 10 or more." if far else ".")


def _judge_choice(exercise, answer):
    choices = exercise["choices"]
    letters = LETTERS[: len(choices)]
    letter = trimmed(answer).strip("(). ").lower() if isinstance(answer, str) else ""
    if len(letter) != 1 or letter not in letters:
        return verdict_of("unclear", "Answer with one letter, from " + letters[0] + " to " + letters[-1] + ".")
    choice = choices[letters.index(letter)]
    return verdict_of("right", choice["feedback"]) if choice.get("right") else mistaken(exercise, choice)


# --- the order of lines

def _judge_order(exercise, answer):
    letters = LETTERS[: len(exercise["lines"])]
    if isinstance(answer, (list, tuple)):
        answer = "".join(letter for letter in answer if isinstance(letter, str))
    order = "".join(letter for letter in answer.lower() if letter not in " ,;") if isinstance(answer, str) else ""
    if sorted(order) != sorted(letters):
        return verdict_of("unclear", 'Answer with each letter from a to ' + letters[-1] + ' once, in your order, as in "' + letters + '".')
    if order == letters:
        return verdict_of("not started", "The lines stand as they stood at first.")
    if order in exercise["orders"]:
        return verdict_of("right", exercise.get("right", ""))
    for mistake in exercise.get("mistakes", []):
        if order.index(mistake["early"]) < order.index(mistake["late"]):
            return mistaken(exercise, mistake)
    count = max(_agree(order, known) for known in exercise["orders"])
    if count == 0:
        return verdict_of("wrong", "Another line comes first.")
    return verdict_of("wrong", "The first line is right, the next is not." if count == 1 else "The first " + str(count) + " lines are right, the next is not.")


def _agree(order, known):
    """How many lines at the beginning are the same."""
    count = 0
    while count < len(order) and order[count] == known[count]:
        count += 1
    return count


# --- predictions: a point in the valley, or a loss

def _judge_predict(exercise, answer):
    place, problem = (point if exercise["view"] == "valley" else _loss)(plain(answer))
    if problem:
        return verdict_of("unclear", problem)
    distance, unit = _DISTANCES[exercise["view"]]
    away = distance(place, exercise["answer"])
    far = _hundredths(away)
    if away <= exercise["tolerance"]:
        said = "" if far == "0.00" else " You are " + far + " " + unit + " away."
        return verdict_of("right", (exercise.get("right", "") + said).strip())
    for mistake in exercise.get("mistakes", []):
        if distance(place, mistake["value"]) <= mistake["tolerance"]:
            return mistaken(exercise, mistake)
    said = "You are " + ("less than 0.01" if far == "0.00" else far) + " " + unit + " away."
    return verdict_of("wrong", _half_right(exercise, place) + said)


def _half_right(exercise, place):
    """Which coordinate of a wrong place is right, as a sentence before another; "" for none, and where there is one number only."""
    answer = exercise["answer"]
    if not isinstance(answer, list):
        return ""
    right = [i for i in (0, 1) if abs(place[i] - answer[i]) <= exercise["tolerance"]]
    return "x" + str(right[0] + 1) + " is right, x" + str(2 - right[0]) + " is not. " if len(right) == 1 else ""


def _loss(answer):
    value, problem = number(answer)
    if problem is None and value <= 0:
        return None, "A loss in this picture is above 0."
    return value, problem


def _apart(a, b):
    x1, x2 = a[0] - b[0], a[1] - b[1]
    return math.sqrt(x1 * x1 + x2 * x2)


def _powers_apart(a, b):
    return abs(_power_of_ten(a) - _power_of_ten(b))


def _power_of_ten(x):
    """log10 of a number above 0, by products alone: that of a C library or a browser may differ in the last bit, and turn a verdict."""
    power, part = 0, 1.0
    while x >= 10:
        x, power = x / 10, power + 1
    while x < 1:
        x, power = x * 10, power - 1
    for _ in range(50):  # bit by bit: where the square reaches 10, half of the last part is in it
        x, part = x * x, part / 2
        if x >= 10:
            x, power = x / 10, power + part
    return power


# How far an answer is off, by what is shown.
_DISTANCES = {"valley": (_apart, "units"), "loss": (_powers_apart, "powers of ten")}


def _hundredths(value):
    """A number of at least 0 with two decimals; what is large is not told apart."""
    count = int(min(value, 1e6) * 100 + 0.5)
    return str(count // 100) + "." + ("0" + str(count % 100))[-2:]


# The kinds of exercise: how each is judged.
KINDS = {
    "number": _judge_number,
    "choice": _judge_choice,
    "order": _judge_order,
    "predict": _judge_predict,
    "code": judge_function,
}
