"""Judges an answer to an exercise. js/judge.js does the same, to the word.

It works on plain data and imports nothing, so that it runs unchanged in CPython and in MicroPython.
A verdict is {"verdict": ..., "feedback": ...}; the feedback says what is wrong, never what is right.
"""

# What stands before the feedback.
WORDS = {
    "right": "Right.",
    "wrong": "Not yet.",
    "unclear": "Not clear.",
    "not started": "Not started.",
}

LETTERS = "abcdefghij"

_NOT_A_NUMBER = "That is not a number. Write it in digits, as in 1.75, 7/4 or 175e-2."


def judge(exercise, answer):
    """The verdict on an answer to an exercise of optimlib/exercises. The answer can be anything."""
    if answer is None or answer is ...:
        return _verdict("not started", "There is no answer yet.")
    return KINDS[exercise["kind"]](exercise, answer)


def sentence(verdict):
    """A verdict in words."""
    return (WORDS[verdict["verdict"]] + " " + verdict["feedback"]).strip()


def _verdict(verdict, feedback):
    return {"verdict": verdict, "feedback": feedback}


def _judge_number(exercise, answer):
    value, complaint = _number(answer)
    if complaint:
        return _verdict("unclear", complaint)
    if abs(value - exercise["answer"]) <= exercise["tolerance"]:
        return _verdict("right", exercise.get("right", ""))
    for mistake in exercise.get("mistakes", []):
        if abs(value - mistake["value"]) <= mistake["tolerance"]:
            return _verdict("wrong", mistake["feedback"])
    return _verdict("wrong", _direction(exercise, value))


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
    letter = _trimmed(answer).strip("(). ").lower() if isinstance(answer, str) else ""
    if len(letter) != 1 or letter not in letters:
        return _verdict("unclear", "Answer with one letter, from " + letters[0] + " to " + letters[-1] + ".")
    choice = choices[letters.index(letter)]
    return _verdict("right" if choice.get("right") else "wrong", choice["feedback"])


# The kinds of exercise: how each is judged.
KINDS = {
    "number": _judge_number,
    "choice": _judge_choice,
}


def _number(answer):
    """(value, None) for an answer that is a finite number or text that says one, else (None, complaint)."""
    value = None
    if isinstance(answer, str):
        text = _trimmed(answer).replace("\u2212", "-")
        if text == "":
            return None, "There is no number yet. Write one in digits, as in 1.75, 7/4 or 175e-2."
        if text.lower().strip("+-") in ("nan", "inf", "infinity", "\u221e"):
            return None, "NaN and infinity are no answer here. Write a finite number."
        parts = [_decimal(_trimmed(part)) for part in text.split("/")]
        if len(parts) > 2 or None in parts:
            if text.count(",") == 1 and _decimal(text.replace(",", ".")) is not None:
                return None, "Write a point, not a comma, as the decimal mark."
            return None, _NOT_A_NUMBER
        if len(parts) == 2 and parts[1] == 0:
            return None, "A division by 0 gives no number."
        value = parts[0] / parts[1] if len(parts) == 2 else parts[0]
    elif isinstance(answer, (int, float)) and not isinstance(answer, bool):
        try:
            value = float(answer)
        except OverflowError:
            value = float("inf")
    if value is None:
        return None, _NOT_A_NUMBER
    if value != value or value in (float("inf"), -float("inf")):
        return None, "NaN and infinity are no answer here. Write a finite number."
    return value, None


def _decimal(text):
    """The number that text writes in digits, with a point and an exponent if it likes; None for any other text."""
    mantissa, e, exponent = text.replace("E", "e").partition("e")
    whole, _, fraction = _unsigned(mantissa).partition(".")
    if not _all_digits(whole + fraction) or (e and not _all_digits(_unsigned(exponent))):
        return None
    return float(text)


def _unsigned(text):
    return text[1:] if text[:1] in ("+", "-") else text


def _all_digits(text):
    return text != "" and all(character in "0123456789" for character in text)


def _trimmed(text):
    return text.replace("\u00a0", " ").strip(" \t\r\n")
