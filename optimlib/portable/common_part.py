"""The part of Python that MicroPython and CPython run alike.

The built site judges a program in MicroPython, which is small, when all of it lies in this part and
it ends in no error that the two word differently; CPython judges every other program. What is listed
is known to be alike: what is in no list goes to CPython.
"""

from .errors import ARRAYS
from .tokens import logical_lines

_KEYWORDS = "False None True and break continue def elif else for if in is lambda not or pass return while".split(" ")
_OTHER_KEYWORDS = "as assert async await class del except finally from global import nonlocal raise try with yield".split(" ")
_OPENING_BLOCKS = ("def", "if", "elif", "else", "for", "while")

_BUILTINS = "abs all any bool enumerate filter float int len list map max min print range reversed sorted sum tuple zip".split(" ")
# Python's others, up to 3.14. A name that is none of these and bound nowhere is an error in both.
OTHER_BUILTINS = (
    "aiter anext ascii bin breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod "
    "eval exec exit format frozenset getattr globals hasattr hash help hex id input isinstance issubclass iter license locals memoryview "
    "next object oct open ord pow property quit repr round set setattr slice staticmethod str super type vars Ellipsis NotImplemented"
).split(" ")

_OF_MATH = ("ceil", "e", "exp", "fabs", "floor", "log", "pi", "sqrt")
_METHODS = ("append", "copy", "count", "extend", "index", "insert", "pop", "reverse")
_OPERATORS = "= == != < > <= >= + - * / ** += -= *= /= & | ^ ~ << >> ( ) [ ] , : . ; ...".split(" ")
_EXPONENTS = ("0.5", "1", "2", "2.0", "3", "4")  # larger ones overflow, which is an error in CPython alone


def uncommon(source):
    """What of the program is outside the common part, in words; "" where nothing is.

    >>> from optimlib.portable.common_part import uncommon
    >>> uncommon("def f(x):\\n    return x ** 2\\n")
    ''
    >>> uncommon("class State:\\n    pass\\n")
    '`class`'
    """
    lines = _lines(source)
    names = _Names(lines)
    for line in lines:
        for place in line:
            found = _uncommon_at(place, names)
            if found:
                return found
    return ""


class _Place:
    """A token of a logical line and what stands around it."""

    def __init__(self, kind, text, column):
        self.kind, self.text, self.column = kind, text, column
        self.line, self.at = [], 0  # the places of its line, and which of them it is
        self.open = ()  # the brackets that are open here, each with the word before it, as in "range("
        self.in_lambda = False  # between `lambda` and its colon

    def beside(self, count):
        """The text of the token so many places on, "" beyond the line."""
        at = self.at + count
        return self.line[at].text if 0 <= at < len(self.line) else ""

    def first(self):
        """The word that begins the line."""
        return self.line[1].text if len(self.line) > 1 else ""


def _lines(source):
    """The logical lines, each a list of places. Its indent is the first."""
    lines = [[_Place(kind, text, column) for kind, text, _, column in line] for line in logical_lines(source)]
    for line in lines:
        opened, lambdas = [], 0
        for at, place in enumerate(line):
            place.line, place.at = line, at
            if place.text in (")", "]") and opened:
                opened.pop()
            place.open, place.in_lambda = tuple(opened), lambdas > 0
            if place.text in ("(", "["):
                opened.append((place.beside(-1) if line[at - 1].kind == "name" else "") + place.text)
            if place.text == "lambda":
                lambdas += 1
            if place.text == ":" and lambdas:
                lambdas -= 1
    return lines


class _Names:
    """The names that a program gives a value to, and those by which it calls `math`."""

    def __init__(self, lines):
        self.assigned, self.given, self.modules = [], [], []
        self.early = []  # functions that are called in one before their own is complete: they may call themselves
        for row, line in enumerate(lines):
            words = [place.text for place in line]
            if words[1:2] == ["import"]:
                self.modules += words[-1:]
            elif words[1:2] == ["from"]:
                self.given += words
            elif words[1:2] == ["def"]:
                self.given += [place.text for place in line if place.open] + words[2:3]
                self.early += [name for name in words[2:3] if _is_called_early(name, row, lines)]
            for place in line:
                if place.in_lambda:
                    self.given.append(place.text)
                if place.text == "for":
                    self.assigned += words[place.at : words.index("in", place.at) if "in" in words[place.at :] else None]
                if place.text in ("=", "+=", "-=", "*=", "/=") and not place.open:
                    self.assigned += words[: place.at]
        self.bound = self.assigned + self.given


def _is_called_early(name, row, lines):
    """Whether a function that is defined in a row is named inside one before its own lines have ended."""
    end = row + 1
    while end < len(lines) and len(lines[end][0].text) > len(lines[row][0].text):
        end += 1
    inside = [line for line in lines[:end] if line[0].text != "" or line is lines[row]]
    return sum([place.text == name for line in inside for place in line]) > 1


def _uncommon_at(place, names):
    """What is uncommon at a token, in words, or ""."""
    kind, text = place.kind, place.text
    if kind == "indent":
        return "a tab" if text.strip(" ") else ""
    if kind == "number":
        return "" if _is_plain_number(place) else "the number `" + text + "`"
    if kind == "string":
        return "a string with a prefix or a backslash" if text[0] not in "'\"" or "\\" in text.replace("\\n", "") else ""
    if kind == "name":
        return _uncommon_name(place, names)
    if kind != "operator" or text not in _OPERATORS:
        return "`" + text + "`"
    return _uncommon_operator(place, names)


def _uncommon_name(place, names):
    text, before = place.text, place.beside(-1)
    said = "`" + text + "`"
    if place.first() in ("import", "from"):
        return "" if _is_plain_import(place) else "`" + place.first() + " " + place.line[2].text + "`" if len(place.line) > 2 else said
    if before == ".":
        if place.beside(-2) in ARRAYS and place.beside(-2) not in names.assigned:
            return ""  # an error in both
        known = _OF_MATH if place.beside(-2) in names.modules else _METHODS
        return "" if text in known else said
    if text in _KEYWORDS:
        return said if text == "is" and "None" not in (place.beside(1), place.beside(2)) else ""
    if text in _OTHER_KEYWORDS or text[:2] == "__" or not all(_is_plain_letter(letter) for letter in text):
        return said
    if text in names.early:
        return "a function that calls itself"
    if text == "range" and text in names.bound:
        return said
    if text in OTHER_BUILTINS and text not in names.bound:
        return said
    return "" if _is_whole(place, names) else "`range` of what may not be whole"


def _uncommon_operator(place, names):
    text, before, after = place.text, place.beside(-1), place.beside(1)
    if text in ("*", "**", "/") and not _ends_value(place):
        return "`" + text + "` before a value"
    if text == "**" and (after if after != "-" else place.beside(2)) not in _EXPONENTS:
        return "a power other than 2, 3, 4 and 0.5"
    if text == "=" and place.open and place.first() != "def" and before not in ("end", "sep"):
        return "`" + before + "=`"
    if text == ":" and not place.in_lambda and not (place.open and place.open[-1][-1] == "["):
        return "" if place.first() in _OPENING_BLOCKS and not place.open else "an annotation"
    return "" if _is_whole(place, names) else "`range` of what may not be whole"


def _ends_value(place):
    """Whether a value ends before an operator, which then joins two."""
    before = place.line[place.at - 1]
    return before.kind in ("number", "string") or before.text in (")", "]") or (before.kind == "name" and before.text not in _KEYWORDS)


def _is_whole(place, names):
    """Whether a token leaves what is in range() whole, which a loop in MicroPython does not ask for."""
    inner = [i for i, bracket in enumerate(place.open) if bracket == "range("]
    if not inner or place.open[inner[-1] + 1 :]:  # elsewhere, or what `len` counts
        return True
    if place.kind == "operator":
        return place.text in ("+", "-", ",", "(", ")", "*")
    return place.text == "len" or (place.text == "steps" and "steps" not in names.assigned)


def _is_plain_number(place):
    """A decimal number that both read alike, with nothing glued to it; in range() a whole one."""
    text = place.text
    mantissa, _, exponent = text.lower().partition("e")
    digits = mantissa.replace(".", "")
    if place.at + 1 < len(place.line):
        after = place.line[place.at + 1]
        if after.column == place.column + len(text) and after.kind in ("name", "number", "unknown"):
            return False
    if "range(" in place.open and text != digits:
        return False
    leading_zero = text == digits and len(text) > 1 and text[0] == "0"
    return _all_digits(digits) and len(digits) <= 17 and not leading_zero and _all_digits(exponent.lstrip("+-") or "0") and len(exponent) <= 3


def _all_digits(text):
    return text != "" and all([digit in "0123456789" for digit in text])


def _is_plain_letter(letter):
    """ASCII, and the Greek letters that Python takes for no others."""
    return letter < "\x80" or "\u0391" <= letter <= "\u03a9" or "\u03b1" <= letter <= "\u03c9"


def _is_plain_import(place):
    """Of a line that begins with `import` or `from`: whether it takes what is alike out of `math`, or what the page has in no Python."""
    words = [other.text for other in place.line[1:] if other.text not in ("(", ")")]
    if words[1:2] and words[1] in ARRAYS:
        return True
    if words[0] == "import":
        return words[1:] == ["math"] or (words[1:3] == ["math", "as"] and len(words) == 4)
    if words[:3] != ["from", "math", "import"]:
        return False
    return all([_is_plain_taken(name.split(" ")) for name in " ".join(words[3:]).split(" , ")])


def _is_plain_taken(words):
    return words[0] in _OF_MATH and (len(words) == 1 or (len(words) == 3 and words[1] == "as"))
