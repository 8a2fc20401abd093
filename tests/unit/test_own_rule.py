"""A reader's own rule: its path in CPython and in MicroPython, what is said of bad code, and the Lab's traits."""

import json
import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from library import bits
from nodejs import run_joined

from optimlib import AdaGrad, Adam, GradientDescent, Lab, Momentum, Nesterov, Noise, Quadratic, RMSProp, catalogue, descend, other_ground
from optimlib.lab import own_rule_process, widget
from optimlib.portable.own_rule import own_path
from tools import bundles

GRADIENT_DESCENT = """\
def update(x, g, memory, t):
    return x - {lr} * g, memory
"""
MOMENTUM = """\
def update(x, g, memory, t):
    v = 0.5 * memory + g
    return x - {lr} * v, v
"""
NESTEROV = """\
def update(x, g, memory, t):
    v = 0.5 * memory + g
    return x - {lr} * (0.5 * v + g), v
"""
ADAGRAD = """\
from math import sqrt

def update(x, g, memory, t):
    s = memory + g * g
    return x - {lr} * (g / sqrt(s + 1e-6)), s
"""
RMSPROP = """\
from math import sqrt

def update(x, g, memory, t):
    s = 0.9 * memory + (1 - 0.9) * g * g
    return x - {lr} * (g / sqrt(s + 1e-6)), s
"""
ADAM = """\
from math import sqrt

def update(x, g, memory, t):
    m, s, left1, left2 = memory or (0, 0, 1, 1)
    m = 0.9 * m + (1 - 0.9) * g
    s = 0.999 * s + (1 - 0.999) * g * g
    left1, left2 = 0.9 * left1, 0.999 * left2
    root = sqrt(s / (1 - left2)) + 1e-8
    return x - {lr} * (m / (1 - left1) / root), (m, s, left1, left2)
"""
# The rules of optimlib, as text and as they are; and the name that JavaScript has for each.
RULES = {
    "gradient_descent": (GRADIENT_DESCENT, lambda lr: GradientDescent(lr)),
    "momentum": (MOMENTUM, lambda lr: Momentum(lr, 0.5)),
    "nesterov": (NESTEROV, lambda lr: Nesterov(lr, 0.5)),
    "adagrad": (ADAGRAD, lambda lr: AdaGrad(lr)),
    "rmsprop": (RMSPROP, lambda lr: RMSProp(lr)),
    "adam": (ADAM, lambda lr: Adam(lr)),
}

# In MicroPython, numbers come and go as the bytes of doubles.
IN_MICROPYTHON = """\
import json, sys
from array import array
sys.path.append("/lib")
from optimlib.portable.errors import Ask
from optimlib.portable.own_rule import own_path

def doubles(text):
    return list(array("d", bytes.fromhex(text)))

def said(source, curvatures, turn, start, steps, ground=None):
    try:
        reply = own_path(source, doubles(curvatures), doubles(turn) or None, doubles(start), steps, None, ground)
    except Ask as why:
        return {"ask": str(why)}
    if "points" in reply:
        reply["points"] = bytes(array("d", [value for point in reply["points"] for value in point])).hex()
    return reply

RESULT = json.dumps([said(*job) for job in json.loads(ARGUMENT)])
"""


def turn_of(angle):
    return Quadratic(angle=angle).from_axes((1, 0)).tolist() if angle % 360 else None


def job(source, curvatures=(0.2, 4.0), angle=0, start=(-5.0, -2.0), steps=3):
    return source, list(curvatures), turn_of(angle), list(start), steps


@pytest.fixture
def in_micropython(micropython):
    """What own_path returns there for each job."""

    def packed(numbers):
        return np.array(numbers or [], dtype=float).tobytes().hex()

    def run(jobs):
        given = [(source, packed(curvatures), packed(turn), packed(start), steps) for source, curvatures, turn, start, steps in jobs]
        replies = json.loads(micropython(IN_MICROPYTHON, json.dumps(given, ensure_ascii=False), bundles.FILES))
        for reply in replies:
            if "points" in reply:
                reply["points"] = np.frombuffer(bytes.fromhex(reply["points"])).reshape(-1, 2)
        return replies

    return run


# --- the same doubles as the library

CASES = [
    (kind, lr, curvatures, angle, start, steps)
    for kind in RULES
    for angle in (0, 30, 45, 90, 217, 360, -75)
    for lr, curvatures, start, steps in [
        (0.4, (0.2, 4.0), (-5.0, -2.0), 60),
        (0.017, (1 / 3, 7.1), (0.1, -2.7), 150),
        (3, (0.2, 4.0), (1.3, 0.0), 500),  # the first two diverge, and end at infinity and NaN
    ]
]


@pytest.fixture(scope="module")
def library():
    return [descend(Quadratic(curvatures, angle), RULES[kind][1](lr), start, steps).points for kind, lr, curvatures, angle, start, steps in CASES]


def own_jobs():
    return [job(RULES[kind][0].format(lr=lr), *rest) for kind, lr, *rest in CASES]


def differing(library, others):
    return [case for case, ours, theirs in zip(CASES, library, others, strict=True) if not np.array_equal(bits(ours), bits(theirs))]


def test_the_cases_are_of_every_rule():
    assert list(RULES) == list(catalogue.RULES)


def test_the_cases_include_paths_that_end_at_no_number(library):
    assert sum(not np.isfinite(points).all() for points in library) >= 8


def test_the_path_is_that_of_the_library_to_the_last_bit(library):
    assert differing(library, [own_path(*one)["points"] for one in own_jobs()]) == []


def test_the_path_is_the_same_in_micropython_to_the_last_bit(library, in_micropython):
    assert differing(library, [reply.get("points", [[0, 0]]) for reply in in_micropython(own_jobs())]) == []


def test_the_path_is_that_of_the_javascript_to_the_last_bit(library):
    paths = run_joined(
        """\
import { KINDS, RULES, descend, quadratic } from "./joined.mjs";
export default (cases) => cases.map(([kind, lr, curvatures, angle, start, steps]) => {
  const settings = { ...KINDS[kind].settings, lr, beta: 0.5 };
  const { points } = descend(quadratic(curvatures, angle), RULES[kind], settings, start, steps);
  return Buffer.from(Float64Array.from(points.flat()).buffer).toString("hex");
});
""",
        CASES,
    )
    theirs = [np.frombuffer(bytes.fromhex(path)).reshape(-1, 2) for path in paths]
    assert differing([own_path(*one)["points"] for one in own_jobs()], theirs) == []
    assert differing(library, theirs) == []


def test_on_other_grounds_the_path_is_that_of_the_library_in_micropython_too(micropython):
    jobs, ours = [], []
    for kind, known in catalogue.GROUNDS.items():
        surface = getattr(other_ground, known["class"])()
        ground = {"kind": kind, **known["settings"]}
        for lr in (0.0007, 0.03, 3):  # the last one diverges on most
            jobs.append((MOMENTUM.format(lr=lr), *(np.array(numbers, dtype=float).tobytes().hex() for numbers in ([1, 1], [], known["start"])), 60, ground))
            with np.errstate(all="ignore"):
                ours.append(descend(surface, Momentum(lr, 0.5), known["start"], 60).points)
            assert np.array_equal(bits(own_path(jobs[-1][0], [1, 1], None, known["start"], 60, ground=ground)["points"]), bits(ours[-1])), (kind, lr)
    replies = json.loads(micropython(IN_MICROPYTHON, json.dumps(jobs), bundles.FILES))
    for job, points, reply in zip(jobs, ours, replies, strict=True):
        assert np.array_equal(bits(np.frombuffer(bytes.fromhex(reply["points"])).reshape(-1, 2)), bits(points)), job


def test_a_single_bit_would_be_seen(library):
    changed = [points.copy() for points in library]
    changed[3][-1, 0] = np.nextafter(changed[3][-1, 0], 9)
    assert differing(library, changed) == [CASES[3]]


# --- what a rule can be

ADAM = """\
from math import sqrt

memory = (0.0, 0.0)

def update(x, g, memory, t):
    m, s = memory
    m = 0.9 * m + 0.1 * g
    s = 0.99 * s + 0.01 * g * g
    return x - 0.3 * (m / (1 - 0.9 ** t)) / (sqrt(s / (1 - 0.99 ** t)) + 1e-8), (m, s)
"""
DECAYING = """\
def update(x, g, memory, t):
    return x - 0.4 / (1 + 0.1 * t) * g, None
"""
# Each remembers how many steps it has taken, in a way of its own, and moves by that.
COUNTERS = {
    "a list that it changes": "memory = [0]\ndef update(x, g, memory, t):\n    memory[0] += 1\n    return x + memory[0], memory\n",
    "a list that the code changes": "n = [0]\ndef update(x, g, memory, t):\n    n[0] += 1\n    return x + n[0], memory\n",
    "a global name": "n = 0\ndef update(x, g, memory, t):\n    global n\n    n += 1\n    return x + n, memory\n",
    "a default": "def update(x, g, memory, t, n=[0]):\n    n[0] += 1\n    return x + n[0], memory\n",
    "an object": "class Rule:\n    n = 0\n    def __call__(self, x, g, memory, t):\n        self.n += 1\n        return [x + self.n, 0]\nupdate = Rule()\n",
    "a dictionary": "memory = {'n': 0}\ndef update(x, g, memory, t):\n    return x + memory['n'] + 1, {'n': memory['n'] + 1}\n",
    "a whole number": "def update(x, g, memory, t):\n    return int(x) + int(memory) + 1, int(memory) + 1\n",
    "the step": "update = lambda x, g, memory, t: (x + t, memory)\n",
}


def adam(start, curvatures, steps):
    points = [start]
    for curvature, x in zip(curvatures, start):
        m = s = 0.0
        row = [x]
        for t in range(1, steps + 1):
            g = curvature * x
            m, s = 0.9 * m + 0.1 * g, 0.99 * s + 0.01 * g * g
            x = x - 0.3 * (m / (1 - 0.9**t)) / (math.sqrt(s / (1 - 0.99**t)) + 1e-8)
            row.append(x)
        points.append(row)
    return np.array(points[1:]).T


def test_a_rule_like_adam_and_a_decaying_rate():
    points = own_path(*job(ADAM, steps=40))["points"]
    assert np.allclose(points, adam([-5.0, -2.0], [0.2, 4.0], 40), rtol=1e-12)
    x = own_path(*job(DECAYING, steps=2))["points"][2][0]
    assert x == pytest.approx(-5 * (1 - 0.08 / 1.1) * (1 - 0.08 / 1.2))


@pytest.mark.parametrize("source", COUNTERS.values(), ids=COUNTERS)
def test_each_coordinate_has_what_it_keeps_to_itself(source):
    assert own_path(*job(source))["points"] == [[-5, -2], [-4, -1], [-2, 1], [1, 4]]


def test_micropython_does_the_same_with_every_sort_of_rule(in_micropython):
    jobs = [job(source, angle=30, steps=20) for source in (ADAM, DECAYING, *COUNTERS.values())]
    for one, theirs in zip(jobs, in_micropython(jobs), strict=True):
        assert np.allclose(own_path(*one)["points"], theirs["points"], rtol=1e-13), one[0]


def test_no_step_is_the_start():
    assert own_path(*job(GRADIENT_DESCENT.format(lr=0.4), steps=0)) == {"points": [[-5.0, -2.0]]}


def test_where_code_fails_because_it_diverged_the_path_goes_on_as_nan(in_micropython):
    raises = "from math import exp\ndef update(x, g, memory, t):\n    return x * exp(abs(x)), memory\n"
    for source in (raises, UPDATE + "    return x + g ** 3, memory\n", UPDATE + "    return x + g * g * g, int(memory)\n"):
        jobs = [job(source, angle=angle, start=start, steps=60) for angle, start in [(0, (9.0, 9.0)), (0, (9.0, 0.0)), (0, (0.0, 9.0)), (45, (9.0, 9.0))]]
        for one, there in zip(jobs, in_micropython(jobs), strict=True):
            for points in (own_path(*one)["points"], there["points"]):
                assert len(points) == 61 and not np.isfinite(points[-1]).all(), one


# --- what it cannot be: (source, what is said); a pattern where the interpreter words it

UPDATE = "def update(x, g, memory, t):\n"
TWO = r"The function update must return two values, as in: return x, memory\. It returned "
ONE = r"The next x must be one number\. The function update returned "
FIRST = r" That was step 1, with x = -5 and g = -1\."
NONE = r"There is no function update\(x, g, memory, t\)\."
FOUR = r"The function update must take four values: update\(x, g, memory, t\)\."
NO_PYTHON = r"Line \d+: this is no Python: .+\."
ENDLESS = r"Line \d+: the function calls itself without end\."

HOSTILE = [
    # no code, or none that is Python
    ("", NONE),
    ("   \n\n", NONE),
    ("# nothing yet", NONE),
    ("x = 1", NONE),
    ("def step(x, g, memory, t):\n    return x, memory", NONE),
    ("def Update(x, g, memory, t):\n    return x, memory", NONE),
    ("update = 3", NONE),
    ("update = 'update'", NONE),
    ("update = None", NONE),
    (UPDATE + "    return x, memory\ndel update", NONE),
    ("memory = 0.0", NONE),
    ("def update(x, g, memory, t)\n    return x, memory", NO_PYTHON),
    ("def update(x, g, memory, t):\nreturn x, memory", NO_PYTHON),
    (UPDATE + "    return (x, memory", NO_PYTHON),
    (UPDATE + "    return x - , memory", NO_PYTHON),
    (UPDATE + "    return x memory", NO_PYTHON),
    (UPDATE + "    x = 'text\n    return x, memory", NO_PYTHON),
    (UPDATE + "  a = 1\n    b = 2\n   return x, memory", NO_PYTHON),
    ("x <- x - 0.4 g", NO_PYTHON),
    ("return x - 0.4 * g", NO_PYTHON),
    ("x -= 0.4 ×g", NO_PYTHON),
    ("function update(x, g) { return x; }", NO_PYTHON),
    ("1 = x", NO_PYTHON),
    (UPDATE + "    nonlocal y\n    return x, memory", NO_PYTHON),
    ("a\0b", r"(Line \d+: t|T)his is no Python: .+\."),
    # raises before a step is taken
    ("y", "Line 1: `y` has no value here: nothing above gives it one\\."),
    ("x = 1\ny = x / 0", r"Line 2: this divides by zero\."),
    ("raise ValueError('no')", r"Line 1: ValueError: no\."),
    ("raise SystemExit", r"Line 1: SystemExit\."),
    ("import sys\nsys.exit()", r"Line 2: SystemExit\."),
    ("raise KeyboardInterrupt", r"Line 1: KeyboardInterrupt\."),
    ("class Stop(BaseException):\n    pass\nraise Stop('now')", r"Line 3: Stop: now\."),
    ("raise 'text'", r"Line 1: `raise` takes an error, as in `raise ValueError\(\"\.\.\.\"\)`\."),
    ("import optimizers", r"Line 1: there is no module `optimizers` here\. No exercise needs one besides `math`\."),
    ("from math import square_root", r"Line 1: `math` has no `square_root`\."),
    ("def f():\n    return f()\nf()", ENDLESS),
    ("assert False, 'never'", r"Line 1: AssertionError: never\."),
    ("open('no such file')", r"Line 1: (FileNotFound|OS)Error: .+"),
    # takes something else
    ("def update():\n    return 1, 2", FOUR),
    ("def update(x, g):\n    return x - g", FOUR),
    ("def update(x, g, memory):\n    return x, memory", FOUR),
    ("def update(x, g, memory, t, rate):\n    return x, memory", FOUR),
    ("def update(x, g, *, memory, t):\n    return x, memory", FOUR),
    ("from math import sqrt as update", FOUR),
    ("class update:\n    pass", FOUR + "|" + TWO + r"something of type update\."),
    # raises in a step
    (UPDATE + "    return x - rate * g, memory", r"Line 2: `rate` has no value here: nothing above gives it one\." + FIRST),
    (UPDATE + "    y = 1\n    return x / (y - 1), memory", r"Line 3: this divides by zero\." + FIRST),
    (UPDATE + "    return x / (t - 2), memory", r"Line 2: this divides by zero\. That was step 2, with x = 5 and g = 1\."),
    (UPDATE + "    return x + 'a', memory", r"Line 2: `\+` cannot stand between a number on its left and a text on its right\." + FIRST),
    (UPDATE + "    return x.size, memory", r"Line 2: AttributeError: .*size.*\." + FIRST),
    (UPDATE + "    return memory[0], memory", r"Line 2: a number has no places, and `\[\.\.\.\]` stands behind it\." + FIRST),
    (UPDATE + "    return x(2), memory", r"Line 2: a number stands before `\(` as if it were a function\. A product is written `\*`\." + FIRST),
    (UPDATE + "    raise Exception", r"Line 2: Exception\." + FIRST),
    (UPDATE + "    return update(x, g, memory, t)", ENDLESS + FIRST),
    ("def f(a):\n    return g(a)\ndef g(a):\n    return f(a)\n" + UPDATE + "    return f(x), memory", ENDLESS + FIRST),
    ("class E(Exception):\n    def __str__(self):\n        raise ValueError\n" + UPDATE + "    raise E", r"Line 5: E.*\." + FIRST),
    (UPDATE + "    from math import sqrt\n    return sqrt(x), memory", r"Line 3: this is the root of a negative number\." + FIRST),
    (UPDATE + "    import optimizers\n    return x, memory", r"Line 2: there is no module `optimizers` here\. No exercise needs one besides `math`\." + FIRST),
    # memory that is none
    (
        "memory = None\n" + UPDATE + "    return x - memory * g, memory",
        r"Line 3: `\*` cannot stand between `None` on its left and a number on its right\. `None` is what a function without `return` gives\."
        + FIRST
        + r" There memory was `None`\.",
    ),
    (
        UPDATE + "    return x - memory * g, None",
        r"Line 2: `\*` cannot stand .+\. That was step 2, with x = -5 and g = -1\. There memory was `None`, as the step before returned it\.",
    ),
    (
        "def memory():\n    return 0.0\n" + UPDATE + "    return x - memory * g, memory",
        r"Line 4: `\*` cannot stand between a function .+" + FIRST + r" There memory was a function\.",
    ),
    # what is not the signature's fault
    (
        "def half(x):\n    return x / 2\n" + UPDATE + "    return half(x, g), memory",
        r"Line 4: `half` is called with more or fewer values than it takes\." + FIRST,
    ),
    (UPDATE + "    raise TypeError('argument')", r"Line 2: TypeError: argument\." + FIRST),
    (UPDATE + "    return int('x'), memory", r"Line 2: ValueError: .+\." + FIRST),
    (UPDATE + "    raise SystemExit(3)", r"Line 2: SystemExit: 3\." + FIRST),
    (UPDATE + "    assert t < 2, 'two'\n    return x, memory", r"Line 2: AssertionError: two\. That was step 2, with x = -5 and g = -1\."),
    # returns something else
    (UPDATE + "    x - 0.4 * g", TWO + r"nothing\."),
    (UPDATE + "    pass", TWO + r"nothing\."),
    (UPDATE + "    return", TWO + r"nothing\."),
    (UPDATE + "    return x - 0.4 * g", TWO + r"one number\."),
    (UPDATE + "    return True", TWO + r"True\."),
    (UPDATE + "    return 'xy'", TWO + r"a text\."),
    (UPDATE + "    return ()", TWO + r"0 values\."),
    (UPDATE + "    return x,", TWO + r"1 value\."),
    (UPDATE + "    return x, g, memory", TWO + r"3 values\."),
    (UPDATE + "    return {'x': x, 'memory': 0}", TWO + r"something of type dict\."),
    (UPDATE + "    yield x, memory", TWO + r"something of type generator\."),
    (UPDATE + "    return 2j", TWO + r"a complex number, as the root of a negative one is\."),
    ("update = print", TWO + r"nothing\."),
    ("update = max", TWO + r"one number\."),
    (UPDATE + "    return None, memory", ONE + r"nothing\." + FIRST),
    (UPDATE + "    return 'x', memory", ONE + r"a text\." + FIRST),
    (UPDATE + "    return True, memory", ONE + r"True\." + FIRST),
    (UPDATE + "    return [x], memory", ONE + r"1 value\." + FIRST),
    (UPDATE + "    return (x, g), memory", ONE + r"2 values\." + FIRST),
    (UPDATE + "    return g ** 0.5, memory", ONE + r"a complex number, as the root of a negative one is\." + FIRST),
    (UPDATE + "    return update, memory", ONE + r"something of type function\." + FIRST),
    (UPDATE + "    return x if t < 3 else None, memory", ONE + r"nothing\. That was step 3, with x = -5 and g = -1\."),
    (UPDATE + "    return float('nan'), memory", r"The next x is NaN, which is no number\." + FIRST),
    (UPDATE + "    return 1e400 - 1e400, memory", r"The next x is NaN, which is no number\." + FIRST),
    (UPDATE + "    return x + memory, memory if t < 2 else float('nan')", r"The next x is NaN, which is no number\. That was step 3, with x = -5 and g = -1\."),
]


def test_bad_code_is_answered_with_a_sentence(in_micropython):
    assert len(HOSTILE) >= 60
    ours = [own_path(*job(source)) for source, _ in HOSTILE]
    theirs = in_micropython([job(source) for source, _ in HOSTILE])
    for (source, pattern), here, there in zip(HOSTILE, ours, theirs, strict=True):
        assert set(here) == {"problem"} and re.fullmatch(pattern, here["problem"]), (source, here)
        assert "Traceback" not in here["problem"] and "\n" not in here["problem"]
        if "ask" not in there and "class update" not in source:
            assert here == there, source
    asked = [source for (source, _), there in zip(HOSTILE, theirs, strict=True) if "ask" in there]
    assert len(asked) <= 20, asked


def test_what_diverges_is_no_problem(in_micropython):
    sources = [
        UPDATE + "    return float('inf'), memory",
        UPDATE + "    return -1e400 * x, memory",
        UPDATE + "    return 10 ** 400, memory",
        UPDATE + "    return -(10 ** 400), memory",
        UPDATE + "    return x + 1000 * g, memory",
        UPDATE + "    return x * 1e300, float('nan')",
    ]
    for source, theirs in zip(sources, in_micropython([job(source, steps=200) for source in sources]), strict=True):
        points = own_path(*job(source, steps=200))["points"]
        assert np.array_equal(points, theirs["points"], equal_nan=True), source
        assert not np.isfinite(points[-1]).any()


def test_that_numpy_is_missing_in_the_page_is_told_with_what_to_do(in_micropython):
    (reply,) = in_micropython([job("import numpy as np\n" + GRADIENT_DESCENT)])
    assert reply["problem"].startswith("Line 1: there is no module `numpy` here. No exercise needs it: `from math import sqrt` gives `sqrt`")


# --- apart, in a process of its own


def played(source, steps=3):
    return own_rule_process.play(source, [0.2, 4.0], None, [-5.0, -2.0], steps)


STOPPED = {"stopped": "Stopped after 2 seconds: is there a loop that never ends?", "printed": ""}


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "while True:\n    print('on and on')",
        UPDATE + "    while g != 0:\n        pass\n    return x, memory",
        "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
        "import time\ntime.sleep(1000)",
        "x = 10 ** 10 ** 10",
    ],
)
def test_what_never_ends_is_stopped(source, monkeypatch):
    assert own_rule_process.SECONDS == 2
    monkeypatch.setattr(own_rule_process, "SECONDS", 0.2)
    assert played(source) == STOPPED


def a_python(folder, does):
    """The path of a program that stands where Python should, and does this in place of it."""
    script = folder / "python"
    script.write_text(f"#!/bin/sh\n{does}\n")
    script.chmod(0o755)
    return str(script)


# The second has a process of its own, which goes on when the first is killed. Both end by themselves, long after they were to be given up.
@pytest.mark.parametrize("does", ["exec sleep 20", "sleep 20; true"])
def test_a_python_that_never_starts_is_given_up(does, monkeypatch, tmp_path):
    assert own_rule_process.PATIENCE == 30
    monkeypatch.setattr(own_rule_process, "PATIENCE", 0.1)
    monkeypatch.setattr(own_rule_process.sys, "executable", a_python(tmp_path, does))
    assert played("") == {"stopped": "Python broke down over this code. It said: nothing for 0.1 seconds.", "printed": ""}


def test_a_python_that_ends_before_it_starts_is_not_the_codes_fault(monkeypatch, tmp_path):
    monkeypatch.setattr(own_rule_process.sys, "executable", a_python(tmp_path, "exit 1"))
    assert played("") == {"stopped": "Python broke down over this code. It said: nothing.", "printed": ""}
    monkeypatch.setattr(own_rule_process.sys, "executable", str(tmp_path / "none"))
    assert played("while True: pass") == {"stopped": "Stopped after 1000000 steps of Python. Does a loop run without end?", "printed": ""}


def test_an_interrupt_leaves_nothing_running(monkeypatch):
    started, popen = [], own_rule_process.subprocess.Popen

    class Interrupted(popen):
        def communicate(self, *arguments, **options):
            started.append(self)
            raise KeyboardInterrupt

    monkeypatch.setattr(own_rule_process.subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        played("while True: pass")
    assert started[0].returncode is not None


def test_what_ends_python_itself_ends_only_the_process_apart():
    reply = played("import os\nos._exit(0)")
    assert reply == {"problem": "The code ended Python itself, or took all its memory.", "printed": ""}


def test_the_same_numbers_and_sentences_come_from_apart():
    for source, _ in HOSTILE[::7]:
        assert played(source) == {**own_path(*job(source)), "printed": ""}
    points = played(GRADIENT_DESCENT.format(lr=3), steps=600)["points"]
    assert np.array_equal(bits(points), bits(descend(Quadratic(), GradientDescent(3), (-5, -2), 600).points))
    assert not np.isfinite(points[-1]).all()


def test_what_is_printed_comes_along():
    assert played("print('once for each coordinate')\n" + GRADIENT_DESCENT.format(lr=1))["printed"] == "once for each coordinate\n" * 2
    assert played("print('x' * 10**6)\nstop")["printed"] == "x" * 2000 + "\n… The rest is cut off."
    reply = played("import os, sys\nsys.__stdout__.write('{}')\nos.write(1, b'{}')\n" + GRADIENT_DESCENT.format(lr=1))
    assert len(reply["points"]) == 4, "the reply is not mixed up with what is written"


def test_nothing_waits_for_input_or_for_a_thread():
    assert played("input()")["problem"].startswith("Line 1: EOFError")
    thread = "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()\n"
    assert len(played(thread + GRADIENT_DESCENT.format(lr=1))["points"]) == 4


def test_numpy_can_be_used_in_jupyter():
    source = "import numpy as np\n" + UPDATE + "    return x - np.float64(0.5) * np.sign(g), memory\n"
    assert played(source, steps=1)["points"] == [[-5.0, -2.0], [-4.5, -1.5]]


# --- the traits of the Lab


def lab_of(**changes):
    return Lab(Quadratic((0.2, 4.0)), [GradientDescent(0.4), Momentum(0.6, 0.5)], **changes)


def test_a_lab_opens_without_a_rule_of_the_readers():
    lab = lab_of()
    assert (lab.own_rule, lab.own_rule_on, lab.own_rule_draft, lab.own_rule_run, lab.own_rule_reply) == ("", True, None, 0, {})
    with pytest.raises(ValueError, match="'your rule' has no path: own_rule is empty"):
        lab.path("your rule")


def test_setting_the_text_plays_it():
    lab = lab_of()
    still = lab.still()
    lab.own_rule_draft = "half of"
    lab.own_rule = MOMENTUM.format(lr=0.6)
    assert lab.own_rule_draft is None
    ours, known = lab.path("your rule"), lab.path("momentum")
    assert np.array_equal(ours.points, known.points) and np.array_equal(ours.losses, known.losses)
    assert lab.own_rule_reply["points"] == known.points.tolist()
    assert lab.own_rule_reply["losses"] == known.losses.tolist()
    assert lab.still() != still
    lab.own_rule_on = False
    assert lab.still() == still


@pytest.mark.parametrize(
    ("trait", "value"), [("start", (1, 2)), ("steps", 9), ("angle", 30), ("angle", 720), ("curvatures", (1, 3)), ("noise", Noise(0.5, seed=4))]
)
def test_the_path_follows_what_changes(trait, value):
    lab = lab_of()
    lab.own_rule = GRADIENT_DESCENT.format(lr=0.4)
    setattr(lab, trait, value)
    assert lab.own_rule_reply["job"][trait] == getattr(lab, trait)
    assert np.array_equal(lab.path("your rule").points, lab.path("gradient descent").points)


def test_a_whole_turn_is_none_also_at_infinity():
    lab = Lab(Quadratic((0.2, 4.0), angle=720), [GradientDescent(1)], steps=800)
    lab.own_rule = GRADIENT_DESCENT.format(lr=1)
    assert np.isfinite(lab.path("your rule").points[-1, 0]) and np.isnan(lab.path("your rule").points[-1, 1])
    assert np.array_equal(bits(lab.path("your rule").points), bits(lab.path("gradient descent").points))


def test_bad_code_leaves_a_sentence_and_no_path():
    lab = lab_of()
    lab.own_rule = "def update(x, g, memory, t):\n    return y"
    sentence = "Line 2: `y` has no value here: nothing above gives it one. That was step 1, with x = -5 and g = -1."
    assert lab.own_rule_reply["problem"] == sentence and "points" not in lab.own_rule_reply
    with pytest.raises(ValueError, match=re.escape(f"'your rule' has no path: {sentence}")):
        lab.path("your rule")
    assert lab.still().startswith(b"\x89PNG")
    lab.own_rule = ""
    assert lab.own_rule_reply == {}


def test_what_was_stopped_is_not_tried_again_by_itself(monkeypatch):
    lab, tried = lab_of(), []
    monkeypatch.setattr(own_rule_process, "play", lambda source, *rest: tried.append(source) or dict(STOPPED))
    lab.own_rule = "while True: pass"
    lab.start = (1, 2)
    lab.steps = 30
    assert lab.own_rule_reply["stopped"] == STOPPED["stopped"] and len(tried) == 1
    lab.own_rule_run += 1
    assert len(tried) == 2
    lab.own_rule = "while 1: pass"
    assert len(tried) == 3


def test_one_press_of_run_is_one_run(monkeypatch):
    lab, tried = lab_of(), []
    monkeypatch.setattr(widget, "_loop", lambda: None)  # there is one where a browser's test ran before in this Python
    play = own_rule_process.play
    monkeypatch.setattr(own_rule_process, "play", lambda *job: tried.append(job) or play(*job))
    lab.set_state({"own_rule": GRADIENT_DESCENT.format(lr=1), "own_rule_run": 1, "own_rule_on": True, "own_rule_draft": None})
    assert len(tried) == 1
    lab.set_state({"own_rule_run": 2})
    assert len(tried) == 2
    lab.step, lab.momentum_lr = 3, 0.1
    assert len(tried) == 2


def test_the_state_is_plain_json():
    lab = lab_of(steps=500)
    lab.own_rule = GRADIENT_DESCENT.format(lr=5)
    state = json.loads(json.dumps(lab.get_state(), allow_nan=False))
    assert state["own_rule_reply"]["losses"][-1] is None
    assert lab.path("your rule").diverged_at == 2


@pytest.mark.parametrize("value", [None, 3, b"text", ["text"], print])
def test_the_text_must_be_text(value):
    lab = lab_of()
    with pytest.raises(TypeError, match="own_rule must be text, not "):
        lab.own_rule = value
    assert lab.own_rule == ""


def test_a_surface_of_the_readers_takes_no_text():
    class Bowl:
        def loss(self, x):
            return x[0] ** 2 + x[1] ** 2

        def gradient(self, x):
            return 2 * np.asarray(x)

    lab = Lab(Bowl(), [GradientDescent(0.1)])
    with pytest.raises(ValueError, match="own_rule needs a Quadratic"):
        lab.own_rule = GRADIENT_DESCENT.format(lr=1)


def test_a_rule_without_end_ends_also_when_nobody_waits_for_it():
    """As after a kernel was killed that had begun it: pipes that are left, and code that catches all it can."""
    source = "def update(x, g, memory, t):\n    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass\n"
    command = [sys.executable, "-c", own_rule_process._PROGRAM, str(Path(own_rule_process.__file__).parent.parent)]
    left = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    names = ("source", "curvatures", "turn", "start", "steps")
    left.stdin.write(json.dumps(dict(zip(names, job(source, steps=5)))).encode())
    left.stdin.close()
    try:
        assert left.wait(own_rule_process.PATIENCE) == 1
    finally:
        left.kill()
        left.stdout.close()


def test_a_rule_that_is_called_own_rule_gets_another_key():
    lab = Lab(Quadratic(), {"own rule": GradientDescent(0.4), "your rule": Momentum(0.1)})
    assert [rule["key"] for rule in lab.rules] == ["own_rule_2", "your_rule"]
    lab.own_rule = GRADIENT_DESCENT.format(lr=0.5)
    assert lab.path("your rule").rule == Momentum(0.1)


def test_what_the_editor_opens_with_is_one_line_from_momentum():
    opening = run_joined('import { OPENING } from "./joined.mjs";\nexport default () => OPENING;')
    instead = re.search("^# momentum: (v = .*)$", opening, re.MULTILINE)[1]
    one_line_away = opening.replace("    v = g\n", f"    {instead}\n")
    for source, rule in ((opening, GradientDescent(0.4)), (one_line_away, Momentum(0.4, 0.5))):
        assert np.array_equal(own_path(*job(source, steps=50))["points"], descend(Quadratic(), rule, (-5, -2), 50).points)
