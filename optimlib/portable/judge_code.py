"""Judges code: a function, by what it gives beside the reference and its known mistakes.

It imports nothing that MicroPython lacks: the same file judges in Jupyter and in the page.
"""

from .errors import IN_MICROPYTHON, Ask, error_text, is_of_the_call, no_python, said_by
from .verdicts import mistaken, verdict_of

# Values count as equal when they differ by less than this, relatively; and as nearly so.
CLOSE = 1e-9
NEARLY = 1e-4
# From here on a power of what a program has may overflow.
HUGE = 1e100


def judge_source(exercise, source):
    """The verdict on a function that is given as text, the whole of what the reader typed. It raises Ask in MicroPython."""
    function, problem = function_in(source, exercise["function"])
    return verdict_of("unclear", problem) if problem else judge_function(exercise, function, source)


def judge_function(exercise, function, source=None):
    """The verdict on a function; source: its code, where that came as text."""
    name = exercise["function"]
    if not callable(function):
        return verdict_of("unclear", "Give the function itself, by its name alone: " + name + ".")
    results = _results(function, exercise)
    if IN_MICROPYTHON and any([_is_huge(result) for result in results]):
        raise Ask("a number that is too large")  # a power that overflows is an error in CPython alone
    expected = _results(_known(exercise["reference"], name), exercise)
    if _alike(results, expected):
        return verdict_of("right", exercise.get("right", ""))
    if _alike(results, _results(_known(exercise["stub"], name), exercise)):
        return verdict_of("not started", "The function still does what it did at first.")
    for mistake in exercise["mistakes"]:
        if _alike(results, _results(_known(mistaken_code(exercise, mistake), name), exercise)):
            return mistaken(exercise, mistake)
    digits = _digits_alike(results, expected)
    if digits:
        return verdict_of(
            "wrong",
            "Nearly: your values are right to " + str(digits) + " digits. If you took a derivative by a small difference, "
            "the idea is right: now write its formula. If you rounded, do not.",
        )
    first = [i for i in range(len(expected)) if not _same(results[i], expected[i])][0]
    called = _call(exercise, exercise["cases"][first])
    return verdict_of("wrong", "With " + called + " " + _difference(results[first], expected[first], exercise, source))


def mistaken_code(exercise, mistake):
    """The code that makes a mistake: the reference with one part replaced, or code of its own."""
    return mistake.get("code") or exercise["reference"].replace(mistake["replace"], mistake["with"])


def function_in(source, name):
    """(function, None): the function of this name in code that is given as text; else (None, what is wrong)."""
    problem = no_python(source) if IN_MICROPYTHON else ""  # it would run some of that
    if problem:
        return None, _NOT_RUN + problem
    space = {"__name__": "__main__"}
    try:
        exec(source, space)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return None, _NOT_RUN + error_text(error, source)
    if name not in space:
        return None, "There is no function `" + name + "`. Keep its name."
    if not callable(space[name]):
        return None, "`" + name + "` is no function any more. Keep it one."
    return space[name], None


_NOT_RUN = "Your code does not run. "


def _known(source, name):
    """The function of code that is the course's own."""
    space = {"__name__": "__main__"}
    exec(source, space)
    return space[name]


# --- what a function gives


class _Failed:
    """In place of a value: a call that gave none, for it raised an error, or (error: None) changed its list."""

    def __init__(self, error):
        self.error = error

    def __eq__(self, other):
        return isinstance(other, _Failed) and type(self.error) is type(other.error) and said_by(self.error) == said_by(other.error)


def _results(function, exercise):
    """What the function gives in each case."""
    return [_result(function, case) for case in exercise["cases"]]


def _result(function, case):
    given = [list(value) if isinstance(value, list) else value for value in case]
    try:
        value = plain(function(*given))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return _Failed(error)
    # Made plain: code may have put an array there, and != of arrays is neither true nor false.
    return value if _same(plain(given), plain(case)) else _Failed(None)


def plain(value, depth=0):
    """A value as floats and lists, whatever it came as: int, tuple, array. What is neither stays as it is."""
    if hasattr(value, "tolist") and not isinstance(value, type):
        try:
            value = value.tolist()
        except Exception:  # no array, but something of the reader's: it is judged as it stands
            return value
    if isinstance(value, (list, tuple)) and depth < 3:
        return [plain(one, depth + 1) for one in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else -float("inf")
    return value


def _is_huge(value, depth=0):
    if isinstance(value, list) and depth < 4:  # further in, plain leaves what it finds, and a list may hold itself
        return any([_is_huge(one, depth + 1) for one in value])
    return _is_number(value) and not abs(value) < HUGE


def _is_number(value):
    return isinstance(value, float)


def _alike(results, others):
    return all(_same(a, b) for a, b in zip(results, others))


def _same(a, b):
    if _is_number(a) and _is_number(b):
        return a == b or abs(a - b) <= CLOSE * min(abs(a), abs(b)) or (a != a and b != b)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and _alike(a, b)
    return type(a) is type(b) and a == b


def _digits_alike(results, expected):
    """To how many digits all results are the expected ones: 4 or more, or 0."""
    worst = max(_apart(result, right) for result, right in zip(results, expected))
    if not worst <= NEARLY:
        return 0
    digits, unit = 4, NEARLY
    while worst <= unit / 10 and digits < 9:
        digits, unit = digits + 1, unit / 10
    return digits


def _apart(a, b):
    """How far one value is from another, relatively where that is not 0; infinity where the two are no finite numbers."""
    if _is_number(a) and _is_number(b):
        apart = 0.0 if _same(a, b) else abs(a - b) / (abs(b) or 1.0)
        return apart if apart == apart else float("inf")
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b) > 0:
        return max(_apart(one, other) for one, other in zip(a, b))
    return float("inf")


# --- what is wrong with it, in words


def _difference(result, expected, exercise, source):
    """What is wrong with a result, beside the expected one."""
    if isinstance(result, _Failed):
        return _failure(result.error, exercise, source)
    if result is None:
        return "it returns nothing. Is there a `return`?"
    if _shape(result) != _shape(expected):
        return "it returns " + _said(result) + "; " + _said(expected) + (" is" if _shape(expected) in (0, 1) else " are") + " expected."
    for digits in (6, 10, 17):
        a, b = _text(result, digits), _text(expected, digits)
        if a != b:
            break
    return "it returns " + a + "; expected: " + b + "."


def _failure(error, exercise, source):
    if error is None:
        return "it changes the list that it is given. Only read it, or work on a copy."
    if is_of_the_call(error):
        takes = ", ".join(parameters(exercise))
        return "it cannot be called. It is called with " + takes + ". Write `def " + exercise["function"] + "(" + takes + "):`."
    return "it does not run through. " + error_text(error, source)


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
        return "a list of something else than numbers" + (": one is `None`" if any(one is None for one in value) else "")
    if isinstance(value, complex):
        return "a complex number, as the root of a negative one is"
    if isinstance(value, str):
        return "a text"
    return "`...`" if value is ... else "something of type " + type(value).__name__


def _call(exercise, case):
    """The case in words: x = 1, g = 2."""
    return ", ".join(name + " = " + _text(plain(value), 6) for name, value in zip(parameters(exercise), case))


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
