"""An exception of the reader's code in words: the same ones in every Python that has words of its own for it.

CPython 3.11, CPython 3.14 and MicroPython say the same thing in three ways, and MicroPython raises
where CPython has no complaint: it is a small Python. So what is told comes from the kind of fault.
"""

import sys

from .faults import fault
from .tokens import logical_lines

IN_MICROPYTHON = sys.implementation.name == "micropython"


class Ask(Exception):
    """In MicroPython: CPython is to be asked, since it may have no complaint, or another one."""


def error_text(error, source=None):
    """A sentence on an exception of the reader's code, with the line where it arose.

    source: the code, where it came as text; that of a notebook's cell is known without.
    It raises Ask in MicroPython where `known_words` has none.

    >>> from optimlib.portable.errors import error_text
    >>> error_text(ZeroDivisionError("division by zero"))
    'This divides by zero.'
    """
    words = known_words(error, source)
    if words is not None:
        return words
    if IN_MICROPYTHON:
        raise Ask("an error that it words better")
    said = said_by(error).split("\n")[0][:200]
    line = _Place(error, source).line
    if isinstance(error, SyntaxError):
        return _at(error.lineno, "this is no Python" + (": " + said.split(" (<string>")[0] if said else "") + ".")
    return _at(line, type(error).__name__ + (": " + said if said else "") + ".")


def known_words(error, source=None):
    """The same sentence where every Python gives the same one; None where the words are the interpreter's own."""
    if isinstance(error, SyntaxError):
        return no_python(source) or None
    place = _Place(error, source)
    words = _of_kind(error, said_by(error), place)
    return _at(place.line, words) if words else None


def no_python(source):
    """What makes this text no Python for certain, as a sentence; "" where nothing is found."""
    found = fault(source) if source is not None else None
    return _at(found[0], "this is no Python: " + found[1] + ".") if found else ""


def is_of_the_call(error):
    """Whether a call did not fit the function: it is a TypeError, and no line of the reader's code was reached."""
    return isinstance(error, TypeError) and not _Place(error, None).lines


def _at(line, words):
    return "Line " + str(line) + ": " + words if line else words[:1].upper() + words[1:]


def said_by(error):
    """What an exception says itself, "" where it fails to."""
    try:
        return str(error).replace("isn't", "is not").replace("doesn't", "does not")  # MicroPython is short
    except Exception:  # of the reader's own, whose words fail
        return ""


class _Place:
    """Where an exception arose: `lines` of the reader's code, from the outermost call to the last; and the `tokens` of the last."""

    def __init__(self, error, source):
        self.lines, told = _in_micropython(error) if IN_MICROPYTHON else _in_cpython(error)
        self.line, self.tokens = (self.lines[-1] if self.lines else None), []
        if self.is_endless():
            self.line = min(self.lines[-50:])  # of functions that call each other: whichever the end came in
        self.code = logical_lines((told if source is None else source) or "") if self.line else []
        for tokens in self.code:
            if tokens[0][2] <= self.line <= tokens[-1][2]:  # one in brackets goes over several lines: the Pythons tell different ones
                self.line, self.tokens = tokens[0][2], tokens
                break

    def is_endless(self):
        return len(self.lines) > 900  # CPython ends at 1000, MicroPython where its memory ends

    def names(self):
        """All names in the line."""
        return [text for kind, text, _, _ in self.tokens if kind == "name"]

    def known_names(self):
        """The names that have a value in this line: what the functions about it take, the innermost first, then what is given one by `=`."""
        taken, given, depth = [], [], len(self.tokens[0][1]) + 1 if self.tokens else 0
        for tokens in reversed([tokens for tokens in self.code if tokens[0][2] <= self.line]):
            if len(tokens[0][1]) < depth or tokens is self.tokens:
                taken += _taken(tokens)
                depth = min(depth, len(tokens[0][1]))
            if len(tokens) > 2 and tokens[1][0] == "name" and tokens[2][1] == "=":
                given.append(tokens[1][1])
        return taken + given


def _taken(tokens):
    """The names that the function, the lambda or the loop in these tokens takes."""
    words = [text for _, text, _, _ in tokens]
    if "for" in words:
        return [text for kind, text, _, _ in tokens[words.index("for") + 1 :] if kind == "name" and text not in ("in", "range")][:2]
    if "def" not in words and "lambda" not in words:
        return []
    start = words.index("def") + 2 if "def" in words else words.index("lambda")
    return [tokens[i][1] for i in range(start + 1, len(tokens)) if tokens[i][0] == "name" and words[i - 1] in ("(", ",", "lambda")]


def _in_micropython(error):
    from io import StringIO

    told = StringIO()
    sys.print_exception(error, told)
    marked = [line for line in told.getvalue().split("\n") if 'File "<string>", line ' in line]
    return [int(line.split("line ")[1].split(",")[0]) for line in marked], ""


def _in_cpython(error):
    import linecache
    import os

    here, theirs, lines = os.path.dirname(__file__), None, []
    entry = error.__traceback__
    while entry:
        file = entry.tb_frame.f_code.co_filename
        if theirs is None and os.path.dirname(file) != here:
            theirs = file
        if file == theirs:
            lines.append(entry.tb_lineno)
        entry = entry.tb_next
    return lines, "".join(linecache.getlines(theirs)) if theirs else ""


# --- the kinds


def _of_kind(error, said, place):
    """The words on an exception that every Python raises in the same place; "" where that, or what it says, is not known."""
    first = place.tokens[1][1] if len(place.tokens) > 1 else ""
    if "recursion" in said or "pystack" in said:
        return "the function calls itself without end." if place.is_endless() or not IN_MICROPYTHON else ""
    if first in ("raise", "assert") and type(error).__name__ in ["AssertionError"] + place.names() and not isinstance(error, KeyError):
        if any("0" <= character <= "9" for character in said):
            return ""  # numbers come out differently
        return type(error).__name__ + (": " + said.split("\n")[0][:200] if said else "") + "."
    if isinstance(error, ZeroDivisionError):
        return "this divides by zero."
    if isinstance(error, NameError):
        return _of_name(said, place)
    if isinstance(error, ImportError):
        return _of_import(said)
    for kind, find in _KINDS:
        if isinstance(error, kind):
            return find(said, place)
    return ""


# Functions that math has in every Python, and what is looked for there most.
_OF_MATH = (
    "acos acosh asin asinh atan atan2 atanh ceil copysign cos cosh degrees exp expm1 fabs floor fmod gcd hypot inf isclose isfinite isinf isnan log"
    " log10 log2 nan pi prod radians sin sinh sqrt tan tanh tau trunc"
).split(" ")
_MODULES = "collections dataclasses decimal fractions functools itertools math operator random statistics sys time typing".split(" ")
ARRAYS = ("np", "numpy", "jnp", "torch", "tf", "scipy")
_WITHOUT_ARRAYS = "No exercise needs it: `from math import sqrt` gives `sqrt`, and a list is gone through number by number."
# Names that CPython has and MicroPython has not.
_OF_CPYTHON = (
    "BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError"
    " ConnectionRefusedError ConnectionResetError DeprecationWarning EncodingWarning EnvironmentError ExceptionGroup FileExistsError"
    " FileNotFoundError FloatingPointError FutureWarning IOError ImportWarning InterruptedError IsADirectoryError ModuleNotFoundError"
    " NotADirectoryError PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError"
    " ResourceWarning RuntimeWarning SyntaxWarning SystemError TabError TimeoutError UnboundLocalError UnicodeDecodeError UnicodeEncodeError"
    " UnicodeTranslateError UnicodeWarning UserWarning Warning aiter anext ascii breakpoint copyright credits exit format license quit vars"
).split(" ")
# How else the course's quantities are called.
_ALSO = {
    "lr": ("η", "α", "eta", "alpha", "learning_rate", "rate", "step_size"),
    "g": ("gradient", "grad", "dx", "df"),
    "v": ("velocity", "momentum"),
    "beta": ("β", "γ", "gamma"),
    "rho": ("ρ", "beta", "decay"),
    "eps": ("ε", "ϵ", "epsilon", "δ", "delta"),
    "curvature": ("λ", "lam", "lambda_", "c"),
    "s": ("memory", "brake"),
    "memory": ("v", "s", "state"),
}


def _of_name(said, place):
    parts = said.split("'")
    if not said.endswith("' is not defined"):  # MicroPython does not say which
        return "a name is used here before it has a value. What a function gives a value anywhere, it has for itself, from its first line on."
    name = parts[1]
    if name.startswith("__") or (IN_MICROPYTHON and name in _OF_CPYTHON):
        return ""
    if "·" in name:
        return "`" + name + "` is one name to Python. A product is written `*`."
    if name in ARRAYS:
        return "`" + name + "` has no value here: nothing imports it. " + _WITHOUT_ARRAYS
    nearest = _nearest(name, place.known_names())
    if nearest:
        return "there is no `" + name + "` here. Did you mean `" + nearest + "`?"
    if name in _MODULES:
        return "`" + name + "` is not imported: write `import " + name + "` above."
    if name in _OF_MATH:
        return "`" + name + "` is not imported: write `from math import " + name + "` above."
    return "`" + name + "` has no value here: nothing above gives it one."


def _nearest(name, names):
    """The one of the names that is meant by another, or None."""
    for known in names:
        if known != name and _bare(known) == _bare(name):
            return known
    for known in names:
        if name in _ALSO.get(known, ()):
            return known
    for known in names:
        if len(name) > 1 and len(known) > 1 and _differ_by_one(name, known):
            return known
    return None


def _bare(name):
    return name.lower().replace("_", "")


def _differ_by_one(a, b):
    """Whether one letter too many, missing, wrong or swapped with its neighbour makes one text the other."""
    if len(a) < len(b):
        a, b = b, a
    i = 0
    while i < len(b) and a[i] == b[i]:
        i += 1
    if len(a) > len(b):
        return a[i + 1 :] == b[i:]
    return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i + 1 : i + 2] + b[i : i + 1] and a[i + 2 :] == b[i + 2 :])


def _of_import(said):
    if said.lower().startswith("no module named"):
        module = said.split("'")[1].split(".")[0]
        if IN_MICROPYTHON and module not in ARRAYS:
            return ""  # CPython may have it
        return "there is no module `" + module + "` here. " + (_WITHOUT_ARRAYS if module in ARRAYS else "No exercise needs one besides `math`.")
    if said.startswith("cannot import name") and not IN_MICROPYTHON:
        return "`" + said.split("'")[3] + "` has no `" + said.split("'")[1] + "`."
    return ""


_ROOT = "this is the root of a negative number."
_LOGARITHM = "this is the logarithm of a number that is not above 0."
# Of math: what is raised for other reasons too, in one Python or the other.
_UNSURE = "acos acosh asin asinh atanh cos cosh exp exp2 expm1 fmod gamma ldexp lgamma pow remainder sin sinh tan".split(" ")


def _of_value(said, place):
    if said == "math domain error" or said.startswith("expected a "):
        names = place.names()
        if any(name in _UNSURE for name in names):
            return "" if IN_MICROPYTHON else "`math` has no value for such a number."
        roots, logarithms = "sqrt" in names, any(name in ("log", "log2", "log10") for name in names)
        return (_ROOT if not logarithms else "") if roots else (_LOGARITHM if logarithms else "")
    if said.endswith(" not in list") or said.endswith(" not in tuple") or said == "object not in sequence":
        return "the value that is looked for is not there."
    if "to unpack" in said:
        return "there are " + ("more" if "too many" in said else "fewer") + " values here than names that are to take them."
    if "arg is an empty sequence" in said or "iterable argument is empty" in said:
        return "the smallest or largest of nothing is asked for."
    return ""


def _of_index(said, _):
    if said.endswith("index out of range"):
        return "there is no such place: the first is `[0]`, the last `[-1]`."
    return "`pop` finds nothing left." if said == "pop from empty list" else ""


def _of_size(said, _):
    if not IN_MICROPYTHON and ("range" in said or "not representable" in said or "too large to convert to float" in said):
        return "a number becomes too large here: a float ends at 1.8e308."
    return ""


def _of_memory(_, __):
    return "" if IN_MICROPYTHON else "MemoryError: the memory is too small for this."


# --- values of a sort that does not fit

# How types are called: in CPython, in MicroPython, in words.
_SORTS = {
    "float": "a number", "int": "a number", "bool": "a number", "complex": "a complex number", "list": "a list", "tuple": "a tuple", "str": "a text",
    "NoneType": "`None`", "function": "a function", "builtin_function_or_method": "a function", "closure": "a function", "method": "a function",
    "bound_method": "a function", "generator": "a generator", "range": "a range", "dict": "a dictionary", "set": "a set",
}  # fmt: skip
_NUMBERS = ("float", "int", "bool")
_SEQUENCES = ("list", "tuple", "str")
_SIGNS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@", "xor": "^", "and": "&", "or": "|",
    "lshift": "<<", "rshift": ">>", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "neg": "-", "pos": "+", "invert": "~", "abs": "abs()",
}  # fmt: skip


def _of_type(said, place):
    parts = said.split("'")
    return _of_two(said, parts) or _of_one(said, parts) or _of_arguments(said, parts) or _of_raise(said, place)


def _of_two(said, parts):
    """A sign between two values. MicroPython tells both, CPython mostly."""
    if said.startswith("can't multiply sequence by non-int of type"):
        return _OF_SEQUENCE
    if said.startswith("can only concatenate"):
        return _pair("+", said.split(" ")[3], said.split('"')[1])
    if len(parts) != 5 and not (len(parts) == 7 and "instances of" in said):
        return ""
    left, right = parts[-4], parts[-2]
    if said.startswith("unsupported types for __"):
        sign = _SIGNS.get(said.split("__")[1], "")
        if sign == "*" and (left in _SEQUENCES or right in _SEQUENCES):
            return _OF_SEQUENCE
    elif said.startswith("unsupported operand type(s) for "):
        sign = said.split(" for ")[1].split(":")[0].split(" ")[0]
        sign = sign[:-1] if sign.endswith("=") else sign
    elif "not supported between instances of" in said:
        sign = parts[1]
    else:
        return ""
    return _pair(sign, left, right)


_OF_SEQUENCE = "`*` multiplies numbers, and one of the two is none: a list, a tuple or a text. The numbers of a list are taken one by one, as in `[2 * g for g in gradients]`."


def _pair(sign, left, right):
    if not sign or left not in _SORTS or right not in _SORTS or (left in ("dict", "set") and right in ("dict", "set")):
        return ""
    if sign == "^" and (left in _NUMBERS or right in _NUMBERS):
        return "`^` is no power. A power is written `**`."
    if sign == "@" and left in _NUMBERS and right in _NUMBERS:
        return "`@` multiplies matrices. Numbers are multiplied by `*`."
    said = "`" + sign + "` cannot stand between " + _SORTS[left] + " on its left and " + _SORTS[right] + " on its right."
    return said + _advice(left, right)


def _advice(*sorts):
    if "NoneType" in sorts:
        return " `None` is what a function without `return` gives."
    if "list" in sorts or "tuple" in sorts:
        return " The numbers of a list are taken one by one, as in `[2 * g for g in gradients]`."
    if "complex" in sorts:
        return " A complex number is the root of a negative one."
    return " A function gives its value when it is called, as in `sqrt(s)`." if any(_SORTS[sort] == "a function" for sort in sorts) else ""


def _of_one(said, parts):
    """One value that cannot be what it is taken for."""
    sort = parts[-2] if len(parts) > 2 else said.split(" ")[-1]
    if said.startswith("can't convert ") and " to " in said:  # MicroPython, of a float or a whole number
        sort = said.split(" ")[2]
        if sort == "float" and said.endswith("to int"):
            return _WHOLE
        return "" if sort == "NoneType" and said.endswith("to int") else _no_number(sort)
    if "object cannot be interpreted as an integer" in said:
        return _WHOLE if sort == "float" else _no_number(sort)
    if said.startswith("must be real number, not ") or "() argument must be a string" in said or "a real number is required, not " in said:
        return _no_number(sort)
    if said.startswith("type ") and "define __round__" in said:
        return _no_number(said.split(" ")[1])
    if "indices must be integers" in said:
        if sort == "float":
            return _WHOLE
        return _SORTS[sort] + " stands in `[...]`, where the number of a place belongs." if sort in _SORTS else ""
    if said.startswith("unsupported type for __") or said.startswith("bad operand type for "):
        sign = _SIGNS.get(said.split("__")[1], "") if "__" in said else said.split(" for ")[1].split(":")[0].replace("unary ", "")
        if sign == "abs()":
            return _no_number(sort)
        return "`" + sign + "` cannot stand before " + _SORTS[sort] + "." + _advice(sort) if sign and sort in _SORTS else ""
    if sort not in _SORTS and said.startswith("cannot unpack non-iterable "):
        sort = said.split(" ")[3]
    single = sort in _NUMBERS or sort == "NoneType" or _SORTS.get(sort) == "a function"
    if single and ("iterable" in said or "has no len()" in said):
        return _SORTS[sort] + " stands where a list belongs." + _advice(sort)
    if single and ("subscriptable" in said or "support item assignment" in said):
        return _SORTS[sort] + " has no places, and `[...]` stands behind it." + _advice(sort)
    if sort in ("tuple", "str") and "support item assignment" in said:
        return _SORTS[sort] + " cannot be changed. Make a new one, or take a list."
    if "callable" in said and sort in _SORTS and sort != "function":
        advice = " A product is written `*`." if sort in _NUMBERS else " A place in it is written `[0]`." if sort in ("list", "tuple") else _advice(sort)
        return _SORTS[sort] + " stands before `(` as if it were a function." + advice
    return ""


_WHOLE = "a whole number belongs here, and this one is a float."


def _no_number(sort):
    if sort not in _SORTS or sort in _NUMBERS:
        return ""
    return _SORTS[sort] + " stands where a number belongs." + _advice(sort)


def _of_arguments(said, _):
    """A function of the reader's own that is called with more or fewer values than it takes: only those are told by their name and `()`."""
    before, bracket, after = said.partition("() ")
    counted = (after.startswith("missing ") and "required positional argument" in after) or (
        after.startswith("takes ") and "positional argument" in after and ("given" in after)
    )
    if not bracket or not counted or " " in before:
        return ""
    name = before.split(".")[-1]
    return (
        "`" + name + "` is called with more or fewer values than it takes."
        if name != "<lambda>"
        else "a `lambda` is called with more or fewer values than it takes."
    )


def _of_raise(said, _):
    return '`raise` takes an error, as in `raise ValueError("...")`.' if said == "exceptions must derive from BaseException" else ""


_KINDS = (
    (TypeError, _of_type),
    (ValueError, _of_value),
    (IndexError, _of_index),
    (OverflowError, _of_size),
    (MemoryError, _of_memory),
)
