"""A reader's rule where no other Python can be started: it runs here, and a budget of steps ends it."""

import json
import subprocess
import sys

import pytest
from test_own_rule import COUNTERS, RULES, job

from optimlib.lab.budget import Budget
from optimlib.lab.own_rule_process import play_here
from optimlib.portable.own_rule import own_path

UPDATE = "def update(x, g, memory, t):\n    "
ENDLESS = {
    "while": "while True: pass",
    "while in a step": UPDATE + "while 1:\n        x = x + 1",
    "recursion": "def f():\n    return f()\nf()",
    "two functions": "def f(n):\n    return f(n - 1) + f(n - 1) if n > 0 else 1\nf(900)",
    "lambda": "f = lambda n: f(n - 1) or f(n - 1) if n > 0 else 0\nf(500)",
    "a generator": "def f():\n    while True:\n        yield 1\nsum(f())",
    "a comprehension": "[i for i in range(10 ** 7)]",
    "nested comprehensions": "sum(1 for i in range(9999) for j in range(9999))",
    "itertools": "import itertools\n[i for i in itertools.count()]",
    "a list that grows": "a = [1]\nfor i in a:\n    a.append(1)",
    "power": "10 ** 10 ** 8",
    "power in place": "n = 10\nfor i in range(99):\n    n **= 9",
    "squares": "n = 3\nwhile True:\n    n = n * n",
    "shift": "1 << 10 ** 12",
    "text": "'a' * 10 ** 10",
    "list doubling": "a = [1]\nwhile True:\n    a = a + a",
    "doubling in place": "a = [1]\nwhile True:\n    a += a",
    "nest": "a = [1]\nfor i in range(99):\n    a = [a, a]\nprint(a)",
    "nest by zip": "a = [1]\nfor i in range(99):\n    a = list(zip(a + a, a + a))",
    "a nest put in": "a = [0, 0]\nfor i in range(99):\n    b = [0, 0]\n    b[0] = a\n    b[1] = a\n    a = b\na == a",
    "sum of a range": "sum(range(10 ** 12))",
    "sums": "while True:\n    sum(range(10 ** 7))",
    "sorted": "sorted(range(10 ** 9))",
    "list of a range": "list(range(10 ** 7))",
    "try": "while True:\n    try:\n        x = 1\n    except BaseException:\n        pass",
    "finally": "while True:\n    try:\n        x = 1\n    finally:\n        continue",
    "__del__": "class A:\n    def __del__(self):\n        while True: pass\nA()",
    "re": "import re\nre.match('(a+)+b', 'a' * 99)",
    "format": "f'{1:999999999}'",
    "percent": "'%999999999d' % 1",
    "escape": "().__class__.__base__.__subclasses__()",
    "factorial": "from math import factorial\nfactorial(10 ** 9)",
    "eval": "eval('9**9**9')",
    "the checks themselves": "def _ol_tick():\n    return 1\nwhile True: pass",
    "sleep": "import time\ntime.sleep(10 ** 6)",
    "the checks by import": "from math import hypot as _ol_tick\nwhile True: pass",
    "a long list copied": "a = [1]\nfor i in range(200000):\n    a.append(1)\nwhile True:\n    a[:]",
    "int": "print(int('9' * 4000) ** 4000)",
    "iter": "for i in iter(int, 1): pass",
    "round": "round(5, -10 ** 9)",
    "a range put behind": "while True:\n    a = []\n    a += range(10 ** 7)",
    "a nest in an exception": "e = ValueError(1)\nfor i in range(60):\n    e = ValueError(e, e)\nraise e",
    "a nest by a method kept": "a = [0]\nfor i in range(60):\n    b = []\n    f = b.append\n    f(a)\n    f(a)\n    a = b\nassert 0, a",
    "a long key": "t = (1,) * 5000\nd = {t: 1}\nwhile True:\n    d[t]",
    "in": "a = [0] * 9000\nwhile True:\n    1 in a",
    "values that grew": "d = {}\nv = d.values()\nfor i in range(100000):\n    d[i] = i\nwhile True:\n    sorted(v)",
    "a wide format": "n = 10 ** 9\nf'{1:{n}}'",
    "many signs": "x = " + "-" * 3000 + "1",
}
HARMLESS = {
    "f-string": "x = 1.5\nassert f'{x} and {x:.2f}' == '1.5 and 1.50'",
    "in": "assert 3 in [1, 3] and 2 not in (1, 3) and 'a' in {'a': 1} and 'b' in 'abc'",
    "chain": "x = 1.0\nassert 0 < x <= 2\nassert not 0 < x < 0.5",
    "dict": "d = {'a': 1.0}\nassert sum(d.values()) == 1.0\nfor k, v in d.items():\n    assert k == 'a' and v == 1.0",
    "insert": "x = [2]\nx.insert(0, 1)\nassert x[0] == 1\nx.clear()\nassert not x",
    "behind": "x = [1]\nx += [2]\nx += (v for v in x.copy())\nassert len(x) == 4",
}
RUN = "import json, sys; from optimlib.lab.own_rule_process import play_here; print(json.dumps(play_here(json.load(sys.stdin))))"


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_nothing_goes_on_without_end(source):
    given = dict(zip(("source", "curvatures", "turn", "start", "steps"), job(source)))
    done = subprocess.run([sys.executable, "-c", RUN], input=json.dumps(given), capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stderr
    reply = json.loads(done.stdout)
    said = reply.get("stopped") or reply.get("problem")
    assert said and said[-1] in ".?", reply


@pytest.mark.parametrize("source", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_runs(source):
    Budget().run(source, {})


GOOD = [source.format(lr=0.4) for source, _ in RULES.values()] + [source for name, source in COUNTERS.items() if name != "an object"]


@pytest.mark.parametrize("source", GOOD)
def test_a_good_rule_takes_the_path_that_it_takes_elsewhere(source):
    given = job(source, angle=30, steps=60)
    keys = ("source", "curvatures", "turn", "start", "steps")
    assert play_here(dict(zip(keys, given))) == {**own_path(*given), "printed": ""}


def test_what_it_prints_is_kept_and_what_it_may_not_do_is_said():
    keys = ("source", "curvatures", "turn", "start", "steps")
    assert play_here(dict(zip(keys, job("print('hello', 2)\n" + GOOD[0]))))["printed"] == "hello 2\n" * 2  # it runs for each coordinate
    assert play_here(dict(zip(keys, job("\nclass A: pass"))))["problem"].startswith("Line 2: `class` cannot run here. No other Python can be started")
