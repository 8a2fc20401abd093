"""Reads the numbers of an answer as people write them: 0,2 and `lr = 0.2` are understood.

The characters, patterns and sentences are data, in answers.json. js/exercises/answers.js reads the same
answers by the same data on the site, function by function.
"""

import math
import re

from .. import _needs

_DATA = _needs.data("exercises/answers.json")
_SAY = _DATA["sentences"]
# What is written in other ways, and what it is read as.
_PLAIN = {ord(other): plain for others, plains in _DATA["characters"].values() for other, plain in zip(others, plains, strict=True)}


def _is(pattern):
    """Whether the whole of a text is as a pattern of the data."""
    return re.compile(_DATA["patterns"][pattern]).fullmatch


_is_name, _is_not_finite = _is("name"), _is("not_finite")
# Whether a comma can be a decimal mark, or stand after the thousands: as in 1,000, and not in 0,250 or 1,5.
_is_unclear = _is("unclear")
# Whether a text writes a number in digits, with a point and an exponent if it likes.
_is_decimal = _is("decimal")


def number(answer):
    """(value, None) for a finite float or a text that says one, else (None, complaint).

    >>> from optimlib.exercises.answers import number
    >>> number("η = 0,2"), number("20 %"), number("7/4")
    ((0.2, None), (0.2, None), (1.75, None))
    """
    if isinstance(answer, str):
        return _said(_unmarked(_plain(answer)))
    if not isinstance(answer, float):
        return None, _SAY["not_a_number"]
    return (answer, None) if math.isfinite(answer) else (None, _SAY["not_finite"])


def point(answer):
    """([x1, x2], None) for two numbers, in a list or in a text; else (None, complaint).

    >>> from optimlib.exercises.answers import point
    >>> point("-3, 1.5"), point("-3,0; 1,5"), point("x1 = -3, x2 = 1.5")
    (([-3.0, 1.5], None), ([-3.0, 1.5], None), ([-3.0, 1.5], None))
    """
    parts, complaint = _parts(_unmarked(_plain(answer))) if isinstance(answer, str) else (answer, None)
    if complaint:
        return None, complaint
    if not isinstance(parts, (list, tuple)) or len(parts) != 2:
        return None, _SAY["two_numbers"]
    first, second = (_label(part) if isinstance(part, str) else None for part in parts)
    if first in ("x2", "y") and second in ("x1", "x"):
        return None, _SAY["first_x1"]
    no_x1, no_x2 = map(is_blank, parts)
    if no_x1 != no_x2:
        return None, _SAY["no_x1" if no_x1 else "no_x2"]
    values = [number(part) for part in parts]
    complaint = values[0][1] or values[1][1]
    return (None, complaint) if complaint else ([value for value, _ in values], None)


def is_blank(answer):
    """Whether an answer is an empty text, or a list of nothing but such.

    >>> from optimlib.exercises.answers import is_blank
    >>> is_blank(" "), is_blank(["", ""]), is_blank(["5", ""])
    (True, True, False)
    """
    texts = answer if isinstance(answer, (list, tuple)) else [answer]
    return len(texts) > 0 and all(isinstance(text, str) and _plain(text) == "" for text in texts)


def trimmed(text):
    """A text without blanks at its ends."""
    return text.replace("\u00a0", " ").strip(" \t\r\n")


def _plain(text):
    """The text with plain characters in place of those that mean the same."""
    return trimmed(text.translate(_PLAIN))


def _unmarked(text):
    """A text without the brackets about it, and without the mark that ends its sentence."""
    inner = trimmed(text[1:-1]) if text[:1] + text[-1:] in ("()", "[]") else text
    return trimmed(inner[:-1]) if inner.endswith((",", ";")) or (inner.endswith(".") and "." in inner[:-1]) else inner


# --- two numbers in one text


def _parts(text):
    """The two parts of a text that says two numbers, and None; or anything, and a complaint."""
    tight = ",".join([part.rstrip(" \t") for part in text.split(",")])
    if ";" in tight:
        return tight.split(";"), None
    commas = [i for i, character in enumerate(tight) if character == ","]
    apart = [i for i in commas if tight[i + 1 : i + 2] in (" ", "\t")]
    if len(apart) == 1:
        return _cut(tight, apart[0]), None
    words = [word for word in re.split("[ \t\n\r]+", tight) if word]
    if len(words) == 2:  # and no comma before the blank
        return words, None
    if len(commas) in (1, 3):
        return _cut(tight, commas[len(commas) // 2]), None
    if len(commas) == 2:
        return None, _SAY["two_ways"]
    return tight.split(","), None


def _cut(text, place):
    return [text[:place], text[place + 1 :]]


# --- one number


def _said(whole):
    if whole == "":
        return None, _SAY["nothing"]
    text = whole if _label(whole) is None else trimmed(whole[_end_of_label(whole) + 1 :])
    if _is_not_finite(text.lower()):
        return None, _SAY["not_finite"]
    hundredths = text.endswith("%")
    parts = [_with_point(trimmed(part)) for part in (text[:-1] if hundredths else text).split("/")]
    if len(parts) < 3 and any(map(_is_unclear, parts)):
        return None, _SAY["thousand_or_one"]
    if len(parts) > 2 or not all(map(_is_decimal, parts)):
        marked = "," in text and all(_is_decimal(part.replace(",", "").replace(".", "")) for part in parts)
        return None, _SAY["thousands" if marked else "not_a_number"]
    values = [float(part) for part in parts]
    if len(values) == 2 and values[1] == 0:
        return None, _SAY["by_zero"]
    quotient = values[0] / values[1] if len(values) == 2 else values[0]
    value = quotient / 100 if hundredths else quotient
    return (value, None) if math.isfinite(value) else (None, _SAY["not_finite"])


def _label(text):
    """The name before a number, as in `lr = 0.2`, "" before = alone, and None where there is none."""
    end = _end_of_label(text)
    name = trimmed(text[: max(end, 0)])
    return name if end >= 0 and _is_name(name) else None


def _end_of_label(text):
    return max(text.rfind("="), text.rfind(":"))


def _with_point(text):
    """A text with a point in place of its only comma, where that can be nothing but the decimal mark."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text and not _is_unclear(text) else text
