"""Which programs MicroPython judges by itself: those that it runs as CPython does (optimlib/portable/common_part.py)."""

import builtins
import json
import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimlib.exercises.loader import exercises
from optimlib.portable.common_part import _BUILTINS, OTHER_BUILTINS, uncommon
from optimlib.portable.judge_code import mistaken_code
from optimlib.portable.printing import exact_text, float_text

CODE = {name: data for name, data in exercises().items() if data["kind"] == "code"}


@pytest.mark.parametrize("name", CODE)
def test_what_learners_write_is_common(name):
    data = CODE[name]
    sources = [data["reference"], data["stub"], *(mistaken_code(data, mistake) for mistake in data["mistakes"])]
    assert [source for source in sources if uncommon(source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# only this",
        "x = 1; y = -2.5e-3",
        "from math import sqrt, pi as π\nimport math as m\nm.floor(sqrt(2))",
        "def f(x, g=0.0, *, lr=1):\n    return x - lr * g".replace("*, ", ""),
        "f = lambda x, y=2: x if x > y else y",
        "def f(xs):\n    return [x ** 2 for x in xs if x is not None][::-1], xs[-1], xs[1:]",
        "def f(steps):\n    for i in range(1, steps + 1):\n        print(i, end=' ')\n    else:\n        return (i)",
        "def f(a):\n    return max(abs(x) for x in a) if len(a) else 0",
        "λ = 0.5\nwhile not λ > 1:\n    λ += 0.25\n",
        "def g(x):\n    return x\ndef f(x):\n    return g(x)",
        "y = undefined + np.sqrt(2)",
        "import numpy as np",
    ],
)
def test_what_is_common(source):
    assert uncommon(source) == ""


@pytest.mark.parametrize(
    "source, why",
    [
        ("class A:\n    pass", "`class`"),
        ("try:\n    pass\nfinally:\n    pass", "`try`"),
        ("def f():\n    yield 1", "`yield`"),
        ("from dataclasses import dataclass", "`from dataclasses`"),
        ("import math, sys", "`import math`"),
        ("x = 1; import sys", "`import`"),
        ("def f(): from os import path", "`from`"),
        ("from math import *", "`from math`"),
        ("import math\nmath.hypot(1, 2)", "`hypot`"),
        ("x = round(2.5)", "`round`"),
        ("x = {1: 2}", "`{`"),
        ("x = 7 // 2", "`//`"),
        ("x = '%s' % 2", "`%`"),
        ("x = f'{1}'", "a string with a prefix or a backslash"),
        ("x = 2.0 ** 1024", "a power other than 2, 3, 4 and 0.5"),
        ("x = 0x10", "the number `0x10`"),
        ("x = 1_000", "the number `1_000`"),
        ("x = 007", "the number `007`"),
        ("x = 1if 2 else 3", "the number `1`"),
        ("x = [*y]", "`*` before a value"),
        ("f(**y)", "`**` before a value"),
        ("def f(x, /):\n    pass", "`/` before a value"),
        ("def f(x: float):\n    pass", "an annotation"),
        ("x: float = 1", "an annotation"),
        ("sorted(x, key=abs)", "`key=`"),
        ("(y := 1)", "`:=`"),
        ("x is 0", "`is`"),
        ("if x:\n\ty = 1", "a tab"),
        ("x₁ = 1", "`₁`"),
        ("ﬁ = 1", "`ﬁ`"),
        ("for i in range(2.0):\n    pass", "the number `2.0`"),
        ("for i in range(n / 2):\n    pass", "`range` of what may not be whole"),
        ("for i in range(lr):\n    pass", "`range` of what may not be whole"),
        ("def f(steps):\n    steps = steps / 2\n    for i in range(steps):\n        pass", "`range` of what may not be whole"),
        ("range = list", "`range`"),
        ("def f(x):\n    return f(x - 1)", "a function that calls itself"),
        ("def f(x):\n    return g(x)\ndef g(x):\n    return f(x)", "a function that calls itself"),
        ("__import__('os')", "`__import__`"),
        ("f.memory = 1", "`memory`"),
    ],
)
def test_what_is_not_common_is_named(source, why):
    assert uncommon(source) == why


@given(st.text(alphabet="def f(x):\n return lambda[]{}=*'\"1.e+,;if for in range import"))
def test_no_text_is_too_odd(source):
    assert isinstance(uncommon(source), str)


def test_every_builtin_is_known():
    known = {*_BUILTINS, *OTHER_BUILTINS}
    missing = {
        name for name in dir(builtins) if not name.startswith("_") and not isinstance(getattr(builtins, name), type) | hasattr(builtins, "__IPYTHON__")
    } - known
    missing |= {name for name in dir(builtins) if isinstance(getattr(builtins, name), type) and not issubclass(getattr(builtins, name), BaseException)} - known
    assert {name for name in missing if not name.startswith("_")} <= {"False", "None", "True"}


def floats():
    chance = random.Random(5)
    bits = [struct.unpack("<d", struct.pack("<Q", chance.getrandbits(64)))[0] for _ in range(400)]
    usual = [chance.random() * 10 ** chance.randint(-8, 20) for _ in range(400)] + [round(chance.random() * 100, chance.randint(0, 8)) for _ in range(400)]
    return bits + usual + [2.0**k for k in range(-1074, 1024, 9)] + [5e-324, 1e22, 1e16, 9999999999999998.0, 1e-4, 1e-5, 0.0, -0.0, float("inf"), float("nan")]


def test_a_float_is_printed_as_python_prints_it():
    assert [float_text(x) for x in floats()] == [repr(x) for x in floats()]
    values = [[1, 2.5], (), (0.1,), [(8.3, None), "a'b"], True, "x", -3]
    assert [exact_text(value) for value in values] == [repr(value) for value in values]


def test_in_micropython_too(micropython):
    digits = [struct.pack("<d", x).hex() for x in floats()]
    sources = [source for data in CODE.values() for source in (data["reference"], data["stub"])]
    code = """
import json, struct
from optimlib.portable.common_part import uncommon
from optimlib.portable.printing import float_text
given = json.loads(ARGUMENT)
texts = [float_text(struct.unpack("<d", bytes.fromhex(one))[0]) for one in given["digits"]]
RESULT = json.dumps([texts, [uncommon(source) for source in given["sources"]]])
"""
    argument = json.dumps({"digits": digits, "sources": sources})
    names = ("common_part.py", "errors.py", "tokens.py", "characters.py", "faults.py", "printing.py")
    texts, whys = json.loads(micropython(code, argument, names))
    assert texts == [repr(x) for x in floats()]
    assert whys == [uncommon(source) for source in sources]
