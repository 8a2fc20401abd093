"""What CPython's print writes, for MicroPython, whose floats are at times off in the last digit."""

import struct

from .errors import Ask

_print = print
_MOST_OF_ALL = 17  # digits: as many tell any two floats apart
_SURE = 15  # digits: of so many, no two numbers are the same float


def print_exactly(*values, sep=" ", end="\n"):
    """print, for what is made of numbers, texts, lists and tuples; anything else is CPython's to print."""
    _print((" " if sep is None else sep).join([value if isinstance(value, str) else exact_text(value) for value in values]), end="\n" if end is None else end)


def exact_text(value):
    """repr of a value, as CPython writes it.

    >>> from optimlib.portable.printing import exact_text
    >>> exact_text([0.1, (8.3, None), 5e-324])
    '[0.1, (8.3, None), 5e-324]'
    """
    kind = type(value)
    if kind is float:
        return float_text(value)
    if kind is list:
        return "[" + ", ".join([exact_text(one) for one in value]) + "]"
    if kind is tuple:
        return "(" + ", ".join([exact_text(one) for one in value]) + (",)" if len(value) == 1 else ")")
    if value is None or kind in (bool, int) or (kind is str and all([" " <= letter <= "~" for letter in value])):
        return repr(value)
    raise Ask("printing something else than numbers and texts")


def float_text(x):
    """repr of a float: the fewest digits that are this float and no other."""
    if x != x or x in (float("inf"), -float("inf")):
        return str(x)
    (bits,) = struct.unpack("<Q", struct.pack("<d", x))
    sign = "-" if bits >> 63 else ""
    exponent, fraction = bits >> 52 & 2047, bits & (1 << 52) - 1
    if exponent == 0 and fraction == 0:
        return sign + "0.0"
    mantissa = fraction | 1 << 52 if exponent else fraction
    power = max(exponent, 1) - 1075
    above, below = (mantissa << power, 1) if power >= 0 else (mantissa, 1 << -power)  # the size of x is above / below
    digits, ten = _digits(above, below, abs(x), first=_SURE if exponent else 1)
    return sign + _written(digits, ten)


def _digits(above, below, size, first):
    """(digits, ten) such that 0.digits times ten's power is the number, and reads back as size."""
    ten = len(str(above)) - len(str(below))
    while above * _ten_to(-ten) >= below * _ten_to(ten):
        ten += 1
    while above * _ten_to(1 - ten) < below * _ten_to(ten - 1):
        ten -= 1
    for count in range(first, _MOST_OF_ALL + 1):
        shift = count - ten
        scaled, unit = above * _ten_to(shift), below * _ten_to(-shift)
        low, rest = divmod(scaled, unit)
        nearest = sorted([(abs(2 * rest - 2 * step * unit), (low + step) % 2, low + step) for step in (0, 1)])
        for _, _, whole in nearest:
            digits = str(whole)
            if float("0." + digits[:count] + "e" + str(ten + len(digits) - count)) == size:
                return digits.rstrip("0"), ten + len(digits) - count
    raise AssertionError("seventeen digits are enough for any float")


def _ten_to(power):
    """This power of ten, as a whole number; 1 where the power is below 0."""
    return int("1" + "0" * power)


def _written(digits, ten):
    """As Python writes them: with an exponent where the number is below 1e-4 or from 1e16 on."""
    if ten < -3 or ten > 16:
        power = ten - 1
        sign = "-" if power < 0 else "+"
        return digits[0] + ("." + digits[1:] if digits[1:] else "") + "e" + sign + ("0" + str(abs(power)))[-max(2, len(str(abs(power)))) :]
    if ten <= 0:
        return "0." + "0" * -ten + digits
    if len(digits) <= ten:
        return digits + "0" * (ten - len(digits)) + ".0"
    return digits[:ten] + "." + digits[ten:]
