"""Exercises whose numbers can vary: a seed chooses the row of an exercise's `numbers` that it is asked with.

Without a seed it is the first row, which the book prints. js/exercises/varied.js chooses alike; only here are rows put into texts:
there a formula in braces gives a number, and so does an answer or a mistake's value that is a text.
"""

import ast
import operator
import re

from .. import _needs

# The largest seed.
MOST = _needs.data("exercises/varied.json")["largest_seed"]

_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Pow: operator.pow}
_PLACE = re.compile(r"\{([^{}]+)\}")


def read_seed(value):
    """A seed, or None where there is none: None, or an empty text. It may be written in digits.

    Raises ValueError for what is no whole number from 0 to MOST.
    """
    if value is None or value == "":
        return None
    number = int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value) else value
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST:
        raise ValueError(f"seed (of _config.yml, in Jupyter the environment's OPTIMLIB_SEED) must be a whole number from 0 to {MOST}, not {value!r}")
    return number


def chosen(data, seed):
    """The place of the row that a seed chooses: the first without one, else one of the others, another for the next seed."""
    rows = len(data.get("numbers", [])) or 1
    return 0 if seed is None or rows == 1 else 1 + (seed + len(data["id"])) % (rows - 1)


def filled(data, place):
    """The exercise as the row at `place` of its numbers makes it."""
    if "numbers" not in data:
        return data
    numbers = data["numbers"][place]
    return {name: _filled(name, one, numbers) for name, one in data.items() if name != "numbers"}


def _filled(name, value, numbers):
    if isinstance(value, list):
        return [_filled(name, one, numbers) for one in value]
    if isinstance(value, dict):
        return {inner: _filled(inner, one, numbers) for inner, one in value.items()}
    if not isinstance(value, str):
        return value
    if name in ("answer", "value", "tolerance"):
        return _rounded(computed(value, numbers))
    return _PLACE.sub(lambda found: _written(computed(found[1], numbers)), value)


def _written(value):
    return value if isinstance(value, str) else format(value, ".10g")


def _rounded(number):
    """With six digits, which is far more than any tolerance asks for; 15 rather than 15.0."""
    number = float(f"{number:.6g}")
    return int(number) if number.is_integer() else number


def computed(formula, numbers):
    """The value of a formula of numbers, names, brackets and + - * / **. Raises ValueError for anything else.

    >>> from optimlib.exercises.varied import computed
    >>> computed("2/(flat + steep)", {"flat": 1, "steep": 7})
    0.25
    """

    def value(node):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return node.value
        if isinstance(node, ast.Name) and node.id in numbers:
            return numbers[node.id]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            return _OPERATORS[type(node.op)](value(node.left), value(node.right))
        raise ValueError(f"a formula has numbers, + - * / **, brackets and the names {', '.join(numbers)}, unlike {formula!r}")

    return value(ast.parse(formula, mode="eval").body)
