"""Reads the numbers of an answer as people write them: 0,2 and `lr = 0.2` are understood.

It imports nothing that MicroPython lacks. js/answers.js does the same in the page, to the word.
"""

_NOT_A_NUMBER = "That is not a number. Write it in digits, as in 1.75, 7/4 or 175e-2."
_NOT_FINITE = "NaN and infinity are no answer here. Write a finite number."
_TWO_NUMBERS = "Answer with two numbers, x1 and x2, as in -3, 1.5."

# What is written in other ways, and what it is read as. The blanks are those of typeset text.
_ALIKE = {"-": "\u2212\u2010\u2011\u2012\u2013\u2014", ".": "\u066b", "%": "\u066a", "=": "\u2248\u2243\u2245~", " ": "\u00a0\u2007\u2009\u202f\u3000"}
# The zeros of other digits: Arabic, Persian, Devanagari, Bengali, Thai, and the lowered ones of x₁.
_ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x2080)
_DIGITS = "0123456789"


def number(answer):
    """(value, None) for a finite float or a text that says one, else (None, complaint).

    >>> from optimlib.portable.answers import number
    >>> number("η = 0,2"), number("20 %"), number("7/4")
    ((0.2, None), (0.2, None), (1.75, None))
    """
    if isinstance(answer, str):
        return _said(_unmarked(_plain(answer)))
    if not isinstance(answer, float):
        return None, _NOT_A_NUMBER
    return (answer, None) if _is_finite(answer) else (None, _NOT_FINITE)


def point(answer):
    """([x1, x2], None) for two numbers, in a list or in a text; else (None, complaint).

    >>> from optimlib.portable.answers import point
    >>> point("-3, 1.5"), point("-3,0; 1,5"), point("x1 = -3, x2 = 1.5")
    (([-3.0, 1.5], None), ([-3.0, 1.5], None), ([-3.0, 1.5], None))
    """
    parts, complaint = _parts(_unmarked(_plain(answer))) if isinstance(answer, str) else (answer, None)
    if complaint:
        return None, complaint
    if not isinstance(parts, (list, tuple)) or len(parts) != 2:
        return None, _TWO_NUMBERS
    if isinstance(parts[0], str) and isinstance(parts[1], str) and _label(parts[0]) in ("x2", "y") and _label(parts[1]) in ("x1", "x"):
        return None, "First x1, then x2, as in -3, 1.5."
    values = [number(part) for part in parts]
    complaint = values[0][1] or values[1][1]
    return (None, complaint) if complaint else ([value for value, _ in values], None)


def trimmed(text):
    """A text without blanks at its ends."""
    return text.replace("\u00a0", " ").strip(" \t\r\n")


def _plain(text):
    """The text with plain characters in place of those that mean the same."""
    return trimmed("".join([_plain_character(character) for character in text]))


def _plain_character(character):
    if "\uff01" <= character <= "\uff5e":  # a wide one, as East Asian keyboards type
        character = chr(ord(character) - 0xFEE0)
    for zero in _ZEROS:
        if zero <= ord(character) <= zero + 9:
            return _DIGITS[ord(character) - zero]
    for plain, others in _ALIKE.items():
        if character in others:
            return plain
    return character


def _unmarked(text):
    """A text without the brackets about it, and without the mark that ends its sentence."""
    if text[:1] + text[-1:] in ("()", "[]"):
        text = trimmed(text[1:-1])
    if text[-1:] in (",", ";") or (text[-1:] == "." and "." in text[:-1]):
        text = trimmed(text[:-1])
    return text


# --- two numbers in one text

def _parts(text):
    """The two parts of a text that says two numbers, and None; or anything, and a complaint."""
    for blank in (" ,", "\t,"):
        while blank in text:
            text = text.replace(blank, ",")
    if ";" in text:
        return text.split(";"), None
    commas = [i for i in range(len(text)) if text[i] == ","]
    apart = [i for i in commas if text[i + 1 : i + 2] in (" ", "\t")]
    if len(apart) == 1:
        return _cut(text, apart[0]), None
    words = [word for word in text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ") if word]
    if len(words) == 2:  # and no comma before the blank
        return words, None
    if len(commas) == 1 or len(commas) == 3:
        return _cut(text, commas[len(commas) // 2]), None
    if len(commas) == 2:
        return None, "These commas can be read in two ways. Write points as decimal marks, as in -3.0, 1.5."
    return text.split(","), None


def _cut(text, place):
    return [text[:place], text[place + 1 :]]


# --- one number

def _said(text):
    if text == "":
        return None, "There is no number yet. Write one in digits, as in 1.75, 7/4 or 175e-2."
    if _label(text) is not None:
        text = trimmed(text[max(text.rfind("="), text.rfind(":")) + 1 :])
    if text.lower().strip("+-") in ("nan", "inf", "infinity", "\u221e"):
        return None, _NOT_FINITE
    hundredths = text[-1:] == "%"
    parts = [_with_point(trimmed(part)) for part in (text[:-1] if hundredths else text).split("/")]
    if len(parts) < 3 and any(_is_unclear(part) for part in parts):
        return None, "1,000 can be one thousand or one. Write a point as the decimal mark, and nothing between thousands."
    if len(parts) > 2 or not all(_is_decimal(part) for part in parts):
        if "," in text and all(_is_decimal(part.replace(",", "").replace(".", "")) for part in parts):
            return None, "Write a point as the decimal mark, and nothing between thousands, as in 1234.5."
        return None, _NOT_A_NUMBER
    values = [float(part) for part in parts]
    if len(values) == 2 and values[1] == 0:
        return None, "A division by 0 gives no number."
    value = values[0] / values[1] if len(values) == 2 else values[0]
    value = value / 100 if hundredths else value
    return (value, None) if _is_finite(value) else (None, _NOT_FINITE)


def _label(text):
    """The name before a number, as in `lr = 0.2`, "" before = alone, and None where there is none."""
    end = max(text.rfind("="), text.rfind(":"))
    name = trimmed(text[: max(end, 0)])
    return name if end >= 0 and len(name) <= 20 and name[:1] not in list(_DIGITS) and all(_is_of_name(character) for character in name) else None


def _is_of_name(character):
    return "a" <= character <= "z" or "A" <= character <= "Z" or character in _DIGITS + "_" or "\u0370" <= character <= "\u03ff"


def _with_point(text):
    """A text with a point in place of its only comma, where that can be nothing but the decimal mark."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text and not _is_unclear(text) else text


def _is_unclear(text):
    """Whether a comma can be a decimal mark, or stand after the thousands: as in 1,000, and not in 0,250 or 1,5."""
    whole, comma, fraction = _unsigned(text).partition(",")
    return comma == "," and len(fraction) == 3 and len(whole) < 4 and whole[:1] != "0" and _all_digits(whole) and _all_digits(fraction)


def _is_decimal(text):
    """Whether a text writes a number in digits, with a point and an exponent if it likes."""
    mantissa, e, exponent = text.replace("E", "e").partition("e")
    whole, _, fraction = _unsigned(mantissa).partition(".")
    return _all_digits(whole + fraction) and (e == "" or _all_digits(_unsigned(exponent)))


def _unsigned(text):
    return text[1:] if text[:1] in ("+", "-") else text


def _all_digits(text):
    return text != "" and all(character in _DIGITS for character in text)


def _is_finite(value):
    return value - value == 0
