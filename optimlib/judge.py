"""Judges an answer to an exercise.

It works on plain data and imports nothing that MicroPython lacks: the same file judges code in
Jupyter and in the page. js/judge.js judges the other kinds in the page, to the word.

A verdict is {"verdict": ..., "feedback": ..., "see": ...}. The feedback says what is wrong; see is
"" or the place to read again, as page/heading.
"""

import math
import sys

# What stands before the feedback.
WORDS = {
    "right": "Right.",
    "wrong": "Not yet.",
    "unclear": "Not clear.",
    "not started": "Not started.",
}

LETTERS = "abcdefghij"

# Values of code count as equal when they differ by less than this, relatively.
CLOSE = 1e-9

_NOT_A_NUMBER = "That is not a number. Write it in digits, as in 1.75, 7/4 or 175e-2."


def judge(exercise, answer):
    """The verdict on an answer to an exercise of optimlib/exercises. The answer can be anything."""
    if answer is None or answer is ...:
        return _verdict("not started", "There is no answer yet.")
    return KINDS[exercise["kind"]](exercise, answer)


def judge_source(exercise, source):
    """The verdict on a function that is given as text, the whole of what the reader typed."""
    function, problem = function_in(source, exercise["function"])
    return _verdict("unclear", problem) if problem else judge(exercise, function)


def sentence(verdict):
    """A verdict in words."""
    said = WORDS[verdict["verdict"]] + " " + verdict["feedback"]
    if verdict["see"]:
        page, _, heading = verdict["see"].partition("/")
        said += ' See "' + heading + '" in ' + page + "."
    return said.strip()


def _verdict(verdict, feedback, see=""):
    return {"verdict": verdict, "feedback": feedback, "see": see}


def _mistaken(exercise, mistake):
    return _verdict("wrong", mistake["feedback"], mistake.get("see", exercise.get("see", "")))


# --- numbers and choices

def _judge_number(exercise, answer):
    value, complaint = _number(_plain(answer))
    if complaint:
        return _verdict("unclear", complaint)
    if abs(value - exercise["answer"]) <= exercise["tolerance"]:
        return _verdict("right", exercise.get("right", ""))
    for mistake in exercise.get("mistakes", []):
        if abs(value - mistake["value"]) <= mistake["tolerance"]:
            return _mistaken(exercise, mistake)
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
    return _verdict("right", choice["feedback"]) if choice.get("right") else _mistaken(exercise, choice)


# --- the order of lines

def _judge_order(exercise, answer):
    letters = LETTERS[: len(exercise["lines"])]
    if isinstance(answer, (list, tuple)):
        answer = "".join(letter for letter in answer if isinstance(letter, str))
    order = "".join(letter for letter in answer.lower() if letter not in " ,;") if isinstance(answer, str) else ""
    if sorted(order) != sorted(letters):
        return _verdict("unclear", 'Answer with each letter from a to ' + letters[-1] + ' once, in your order, as in "' + letters + '".')
    if order == letters:
        return _verdict("not started", "The lines stand as they stood at first.")
    if order in exercise["orders"]:
        return _verdict("right", exercise.get("right", ""))
    for mistake in exercise.get("mistakes", []):
        if order.index(mistake["early"]) < order.index(mistake["late"]):
            return _mistaken(exercise, mistake)
    count = max(_agree(order, known) for known in exercise["orders"])
    if count == 0:
        return _verdict("wrong", "Another line comes first.")
    return _verdict("wrong", "The first line is right, the next is not." if count == 1 else "The first " + str(count) + " lines are right, the next is not.")


def _agree(order, known):
    """How many lines at the beginning are the same."""
    count = 0
    while count < len(order) and order[count] == known[count]:
        count += 1
    return count


# --- predictions: a point in the valley, or a loss

def _judge_predict(exercise, answer):
    place, problem = (_point if exercise["view"] == "valley" else _loss)(_plain(answer))
    if problem:
        return _verdict("unclear", problem)
    distance, unit = _DISTANCES[exercise["view"]]
    away = distance(place, exercise["answer"])
    said = "You are " + _hundredths(away) + " " + unit + " away."
    if away <= exercise["tolerance"]:
        return _verdict("right", (exercise.get("right", "") + " " + said).strip())
    for mistake in exercise.get("mistakes", []):
        if distance(place, mistake["value"]) <= mistake["tolerance"]:
            return _mistaken(exercise, mistake)
    return _verdict("wrong", said)


def _point(answer):
    """([x1, x2], None) for two numbers, also as text; else (None, complaint)."""
    parts = answer.split(",") if isinstance(answer, str) else answer
    if not isinstance(parts, (list, tuple)) or len(parts) != 2:
        return None, "Answer with two numbers, x1 and x2, as in -3, 1.5."
    values = [_number(part) for part in parts]
    problem = values[0][1] or values[1][1]
    return (None, problem) if problem else ([value for value, _ in values], None)


def _loss(answer):
    value, problem = _number(answer)
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


# --- code: a function is judged by what it gives, beside the reference and its known mistakes

def _judge_code(exercise, answer):
    name = exercise["function"]
    if not callable(answer):
        return _verdict("unclear", "Give the function itself, by its name alone: " + name + ".")
    results = _results(answer, exercise)
    expected = _results(_known(exercise["reference"], name), exercise)
    if _alike(results, expected):
        return _verdict("right", exercise.get("right", ""))
    if _alike(results, _results(_known(exercise["stub"], name), exercise)):
        return _verdict("not started", "The function still does what it did at first.")
    for mistake in exercise["mistakes"]:
        if _alike(results, _results(_known(mistaken_code(exercise, mistake), name), exercise)):
            return _mistaken(exercise, mistake)
    for case, result, right in zip(exercise["cases"], results, expected):
        if not _same(result, right):
            return _verdict("wrong", "With " + _call(exercise, case) + " " + _difference(result, right, exercise))


def mistaken_code(exercise, mistake):
    """The code that makes a mistake: the reference with one part replaced, or code of its own."""
    return mistake.get("code") or exercise["reference"].replace(mistake["replace"], mistake["with"])


def function_in(source, name):
    """(function, None): the function of this name in code that is given as text; else (None, what is wrong)."""
    space = {"__name__": "__main__"}
    try:
        exec(source, space)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return None, "Your code does not run. " + error_text(error)
    if name not in space:
        return None, "There is no function `" + name + "`. Keep its name."
    if not callable(space[name]):
        return None, "`" + name + "` is no function any more. Keep it one."
    return space[name], None


def _known(source, name):
    return function_in(source, name)[0]


class _Failed:
    """In place of a value: a call that gave none, and why."""

    def __init__(self, why):
        self.why = why

    def __eq__(self, other):
        return isinstance(other, _Failed) and self.why == other.why


def _results(function, exercise):
    """What the function gives in each case."""
    return [_result(function, case) for case in exercise["cases"]]


def _result(function, case):
    given = [list(value) if isinstance(value, list) else value for value in case]
    try:
        value = _plain(function(*given))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return _Failed("it does not run through. " + error_text(error))
    if not _same(_plain(given), _plain(case)):  # made plain: code may have put an array there, and != of arrays is neither true nor false
        return _Failed("it changes the list that it is given. Only read it, or work on a copy.")
    return value


def _alike(results, others):
    return all(_same(a, b) for a, b in zip(results, others))


def _same(a, b):
    if _is_number(a) and _is_number(b):
        return a == b or abs(a - b) <= CLOSE * min(abs(a), abs(b)) or (a != a and b != b)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and _alike(a, b)
    return type(a) is type(b) and a == b


def _plain(value, depth=0):
    """A value as floats and lists, whatever it came as: int, tuple, array. What is neither stays as it is."""
    if hasattr(value, "tolist") and not isinstance(value, type):
        try:
            value = value.tolist()
        except Exception:  # no array, but something of the reader's: it is judged as it stands
            return value
    if isinstance(value, (list, tuple)) and depth < 3:
        return [_plain(one, depth + 1) for one in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else -float("inf")
    return value


def _is_number(value):
    return isinstance(value, float)


def _difference(result, expected, exercise):
    """What is wrong with a result, beside the expected one."""
    if isinstance(result, _Failed):
        takes = " It is called with " + ", ".join(parameters(exercise)) + "."
        return result.why + (takes if "argument" in result.why else "")
    if result is None:
        return "it returns nothing. Is there a `return`?"
    if _shape(result) != _shape(expected):
        return "it returns " + _said(result) + "; " + _said(expected) + (" is" if _shape(expected) in (0, 1) else " are") + " expected."
    for digits in (6, 10, 17):
        a, b = _text(result, digits), _text(expected, digits)
        if a != b:
            break
    return "it returns " + a + "; expected: " + b + "."


def _shape(value):
    """How many numbers there are; None for what is no number and no list of numbers."""
    if _is_number(value):
        return 0
    return len(value) if isinstance(value, list) and all(_is_number(one) for one in value) else None


def _said(value):
    """What sort of thing a value is, in words."""
    shape = _shape(value)
    if shape == 0 and _is_number(value):
        return "one number"
    if shape is not None:
        return "a list of one number" if shape == 1 else str(shape) + " numbers"
    if isinstance(value, (list, tuple)):
        return "a list of something else than numbers"
    if isinstance(value, str):
        return "a text"
    return "`...`" if value is ... else "something of type " + type(value).__name__


def _call(exercise, case):
    """The case in words: x = 1, g = 2."""
    return ", ".join(name + " = " + _text(_plain(value), 6) for name, value in zip(parameters(exercise), case))


def parameters(exercise):
    """The names of what the function takes, from the reference."""
    inside = exercise["reference"].split("def " + exercise["function"] + "(")[1].split(")")[0]
    return [name.strip() for name in inside.split(",")]


def _text(value, digits):
    if isinstance(value, list):
        return "[" + ", ".join(_text(one, digits) for one in value) + "]"
    if not _is_number(value) or value != value or value in (float("inf"), -float("inf")):
        return str(value)
    return ("%." + str(digits) + "g") % value


def error_text(error):
    """An exception of the reader's code in words, with the line where it arose."""
    try:
        words = str(error)
    except Exception:
        words = ""
    line = _line_of(error)
    name = type(error).__name__
    if "recursion" in words or "pystack" in words:
        return _at(line, "the function calls itself without end.")
    if isinstance(error, SyntaxError):
        return _at(line, "this is no Python" + (": " + words.split(" (<string>")[0] if words else "") + ".")
    said = _at(line, "") + name + (": " + words.split("\n")[0][:200] if words else "") + "."
    if "xor" in words or "for ^" in words:
        said += " A power is written `**`."
    if isinstance(error, ImportError) and sys.implementation.name == "micropython":
        said += " In the page there is `math`, and no NumPy."
    if "module '" in words and isinstance(error, AttributeError) and sys.implementation.name == "micropython":
        said += " The Python of the page is a small one: its modules lack the rarer functions."
    return said


def _at(line, words):
    return "Line " + str(line) + ": " + words if line else words[:1].upper() + words[1:]


def _line_of(error):
    """The line of the reader's code where an exception arose, or None."""
    if hasattr(sys, "print_exception"):
        from io import StringIO

        told = StringIO()
        sys.print_exception(error, told)
        places = [line for line in told.getvalue().split("\n") if 'File "<string>"' in line]
        return int(places[-1].split("line ")[1].split(",")[0]) if places else None
    if isinstance(error, SyntaxError):
        return error.lineno
    ours, theirs, line = error_text.__code__.co_filename, None, None
    entry = error.__traceback__
    while entry:
        file = entry.tb_frame.f_code.co_filename
        theirs = theirs or (file if file != ours else None)
        line = entry.tb_lineno if file == theirs else line
        entry = entry.tb_next
    return line


# The kinds of exercise: how each is judged.
KINDS = {
    "number": _judge_number,
    "choice": _judge_choice,
    "order": _judge_order,
    "predict": _judge_predict,
    "code": _judge_code,
}


# --- reading numbers

def _number(answer):
    """(value, None) for a finite float or text that says one, else (None, complaint)."""
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
    elif _is_number(answer):
        value = answer
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
