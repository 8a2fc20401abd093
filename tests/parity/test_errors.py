"""What is said of an error, in a table: the same in the CPython of these tests, in that of the page, and in MicroPython where it tells."""

import json
import linecache
import textwrap
from pathlib import Path

import pytest

from optimlib import check
from optimlib.exercises import loader
from optimlib.portable.errors import error_text, known_words
from optimlib.portable.judge_code import judge_source
from tools import bundles

pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning")

STEP = loader.exercises()["gd-step"]
NOT_THROUGH = "With x = -5, g = -1, lr = 0.4 it does not run through. "
TAKE = " The numbers of a list are taken one by one, as in `[2 * g for g in gradients]`."
NONE = " `None` is what a function without `return` gives."
CALL = " A function gives its value when it is called, as in `sqrt(s)`."
SEQUENCE = "`*` multiplies numbers, and one of the two is none: a list, a tuple or a text." + TAKE
NO_ARRAYS = " No exercise needs it: `from math import sqrt` gives `sqrt`, and a list is gone through number by number."
LOCAL = "a name is used here before it has a value. What a function gives a value anywhere, it has for itself, from its first line on."
COUNT = "`half` is called with more or fewer values than it takes."

# The body of gd_step(x, g, lr), with the number of the line that fails, from 1, and what is said of it.
TOLD = [
    # names
    ("return x - rate * g", 1, "there is no `rate` here. Did you mean `lr`?"),
    ("return x - lrr * g", 1, "there is no `lrr` here. Did you mean `lr`?"),
    ("return X - lr * g", 1, "there is no `X` here. Did you mean `x`?"),
    ("return x - η * g", 1, "there is no `η` here. Did you mean `lr`?"),
    ("return x - lr * gradient", 1, "there is no `gradient` here. Did you mean `g`?"),
    ("velocity = g\nreturn x - lr * velocty", 2, "there is no `velocty` here. Did you mean `velocity`?"),
    ("return x - lr·g", 1, "`lr·g` is one name to Python. A product is written `*`."),
    ("return x - lr * np.sqrt(g)", 1, "`np` has no value here: nothing imports it." + NO_ARRAYS),
    ("return numpy.array(x)", 1, "`numpy` has no value here: nothing imports it." + NO_ARRAYS),
    ("return sqrt(x)", 1, "`sqrt` is not imported: write `from math import sqrt` above."),
    ("return math.sqrt(x)", 1, "`math` is not imported: write `import math` above."),
    ("return x - something * g", 1, "`something` has no value here: nothing above gives it one."),
    ("y = y + g\nreturn y", 1, LOCAL),
    # None, lists, texts and functions where numbers belong
    ("return x - lr * None", 1, "`*` cannot stand between a number on its left and `None` on its right." + NONE),
    ("def half(x):\n    x / 2\nreturn half(x) + g", 3, "`+` cannot stand between `None` on its left and a number on its right." + NONE),
    ("return x - [lr * g]", 1, "`-` cannot stand between a number on its left and a list on its right." + TAKE),
    ("return [x] - lr", 1, "`-` cannot stand between a list on its left and a number on its right." + TAKE),
    ("return [x] + lr", 1, "`+` cannot stand between a list on its left and a number on its right." + TAKE),
    ("return [x] ** 2", 1, "`**` cannot stand between a list on its left and a number on its right." + TAKE),
    ("return lr * [g]", 1, SEQUENCE),
    ("return [g] * lr", 1, SEQUENCE),
    ("return lr * 'g'", 1, SEQUENCE),
    ("x -= [g]\nreturn x", 1, "`-` cannot stand between a number on its left and a list on its right." + TAKE),
    ("return x - 'lr'", 1, "`-` cannot stand between a number on its left and a text on its right."),
    ("return 'x' + lr", 1, "`+` cannot stand between a text on its left and a number on its right."),
    ("return x - abs", 1, "`-` cannot stand between a number on its left and a function on its right." + CALL),
    ("return -[x]", 1, "`-` cannot stand before a list." + TAKE),
    ("return x < [g]", 1, "`<` cannot stand between a number on its left and a list on its right." + TAKE),
    ("return x > None", 1, "`>` cannot stand between a number on its left and `None` on its right." + NONE),
    (
        "return (-1.0) ** 0.5 < x",
        1,
        "`<` cannot stand between a complex number on its left and a number on its right. A complex number is the root of a negative one.",
    ),
    ("return sum([x, None])", 1, "`+` cannot stand between a number on its left and `None` on its right." + NONE),
    ("return (x +\n    [lr] +\n    g)", 1, "`+` cannot stand between a number on its left and a list on its right." + TAKE),
    ("return g ^ 2", 1, "`^` is no power. A power is written `**`."),
    ("return x @ g", 1, "`@` multiplies matrices. Numbers are multiplied by `*`."),
    ("from math import sqrt\nreturn sqrt([g])", 2, "a list stands where a number belongs." + TAKE),
    ("return abs([g])", 1, "a list stands where a number belongs." + TAKE),
    ("return float(None)", 1, "`None` stands where a number belongs." + NONE),
    # numbers where something else belongs
    ("return lr(x - g)", 1, "a number stands before `(` as if it were a function. A product is written `*`."),
    ("return x[0] - g", 1, "a number has no places, and `[...]` stands behind it."),
    ("x[0] = g\nreturn x", 1, "a number has no places, and `[...]` stands behind it."),
    ("for one in x:\n    pass", 1, "a number stands where a list belongs."),
    ("return sum(x)", 1, "a number stands where a list belongs."),
    ("return len(x)", 1, "a number stands where a list belongs."),
    ("a, b = x\nreturn a", 1, "a number stands where a list belongs."),
    ("return list(range(x))", 1, "a whole number belongs here, and this one is a float."),
    ("return [x][lr]", 1, "a whole number belongs here, and this one is a float."),
    ("return [x]['a']", 1, "a text stands in `[...]`, where the number of a place belongs."),
    ("a = (x, g)\na[0] = lr\nreturn a", 2, "a tuple cannot be changed. Make a new one, or take a list."),
    # values that do not fit
    ("return x / (g + 1)", 1, "this divides by zero."),
    ("return x // 0", 1, "this divides by zero."),
    ("return x % 0", 1, "this divides by zero."),
    ("return 0.0 ** -1", 1, "this divides by zero."),
    ("from math import sqrt\nreturn sqrt(x)", 2, "this is the root of a negative number."),
    ("from math import log\nreturn log(0)", 2, "this is the logarithm of a number that is not above 0."),
    ("return [x][1]", 1, "there is no such place: the first is `[0]`, the last `[-1]`."),
    ("a = [x]\na[3] = g\nreturn a", 2, "there is no such place: the first is `[0]`, the last `[-1]`."),
    ("return [].pop()", 1, "`pop` finds nothing left."),
    ("a, b = [x]\nreturn a", 1, "there are fewer values here than names that are to take them."),
    ("a, b = [x, g, lr]\nreturn a", 1, "there are more values here than names that are to take them."),
    ("return max([])", 1, "the smallest or largest of nothing is asked for."),
    ("return [x].index(g)", 1, "the value that is looked for is not there."),
    # calls, and what is raised
    ("def half(a):\n    return a / 2\nreturn half(x, g)", 3, COUNT),
    ("def half(a):\n    return a / 2\nreturn half()", 3, COUNT),
    ("raise ValueError('a negative argument')", 1, "ValueError: a negative argument."),
    ("assert g > 0, 'uphill'", 1, "AssertionError: uphill."),
    ("raise 'no'", 1, '`raise` takes an error, as in `raise ValueError("...")`.'),
    ("import torch", 1, "there is no module `torch` here." + NO_ARRAYS),
]

# The same, of what MicroPython leaves to CPython: it raises another error there, or none, or knows no more of it.
LEFT_TO_CPYTHON = [
    ("import optimizers.fast", 1, "there is no module `optimizers` here. No exercise needs one besides `math`."),
    ("from math import square_root", 1, "`math` has no `square_root`."),
    ("from math import exp\nreturn exp(1000)", 2, "a number becomes too large here: a float ends at 1.8e308."),
    ("from math import acos\nreturn acos(2)", 2, "`math` has no value for such a number."),
    ("return x.size", 1, "AttributeError: 'float' object has no attribute 'size'."),
    ("return {}['a']", 1, "KeyError: 'a'."),
    ("return int('a')", 1, "ValueError: invalid literal for int() with base 10: 'a'."),
    ("raise ValueError(1.5)", 1, "ValueError: 1.5."),
    ("return vars(x)", 1, "TypeError: vars() argument must have __dict__ attribute."),
    ("return gd_step(x, g, lr)", 1, "the function calls itself without end."),
    ("def deep(n):\n    return deep(n + 1)\nreturn deep(0)", 2, "the function calls itself without end."),
    ("def one(n):\n    return two(n)\ndef two(n):\n    return one(n)\nreturn one(0)", 2, "the function calls itself without end."),
    ("return 1 in x", 1, "a number stands where a list belongs."),
]


def program(body):
    return "def gd_step(x, g, lr):\n" + textwrap.indent(body, "    ") + "\n"


def sentence(line, words):
    return f"{NOT_THROUGH}Line {line + 1}: {words}"


@pytest.mark.parametrize(("body", "line", "words"), TOLD + LEFT_TO_CPYTHON, ids=[body for body, _, _ in TOLD + LEFT_TO_CPYTHON])
def test_an_error_is_told_with_its_line_and_what_to_do(body, line, words):
    assert judge_source(STEP, program(body))["feedback"] == sentence(line, words)


JUDGED = """
import json
from optimlib.portable.job import answer
exercise, sources = json.loads(ARGUMENT)
jobs = [{"task": "judge", "exercise": "gd-step", "source": source} for source in sources]
RESULT = json.dumps([answer(job, {"gd-step": exercise}) for job in jobs])
"""


def judged(interpreter, cases):
    sources = [program(body) for body, _, _ in cases]
    return json.loads(interpreter(JUDGED, json.dumps([STEP, sources], ensure_ascii=False), bundles.FILES))


def test_the_cpython_of_the_page_says_the_same(cpython):
    for (body, line, words), verdict in zip(TOLD + LEFT_TO_CPYTHON, judged(cpython, TOLD + LEFT_TO_CPYTHON), strict=True):
        assert verdict["feedback"] == sentence(line, words), body


def test_micropython_says_the_same_or_asks(micropython):
    for (body, line, words), verdict in zip(TOLD, judged(micropython, TOLD), strict=True):
        assert "ask" in verdict or verdict["feedback"] == sentence(line, words), body
    assert [body for (body, _, _), verdict in zip(LEFT_TO_CPYTHON, judged(micropython, LEFT_TO_CPYTHON), strict=True) if "ask" not in verdict] == []


# Without the page's rule for what MicroPython may run at all.
TRIED = """
import json
from optimlib.portable.errors import Ask
from optimlib.portable.judge_code import judge_source
exercise, sources = json.loads(ARGUMENT)
def tried(source):
    try:
        return judge_source(exercise, source)["feedback"]
    except Ask:
        return "ask"
RESULT = json.dumps([tried(source) for source in sources])
"""


def test_micropython_words_each_of_them_itself(micropython):
    sources = [program(body) for body, _, _ in TOLD]
    told = json.loads(micropython(TRIED, json.dumps([STEP, sources], ensure_ascii=False), bundles.FILES))
    assert dict(zip(sources, told)) == {program(body): sentence(line, words) for body, line, words in TOLD}


def test_a_function_of_a_notebook_gets_the_same_words():
    for number, (body, line, words) in enumerate(TOLD):
        file = f"/notebook/cell-{number}.py"
        linecache.cache[file] = (len(program(body)), None, program(body).splitlines(keepends=True), file)
        space = {}
        exec(compile(program(body), file, "exec"), space)
        assert repr(check("gd-step", space["gd_step"])) == "Not yet. " + sentence(line, words), body


def test_the_words_are_known_where_all_say_the_same():
    assert known_words(ZeroDivisionError("x")) == "This divides by zero."
    assert known_words(KeyError("x")) is None and error_text(KeyError("x")) == "KeyError: 'x'."
    assert known_words(SyntaxError("x"), "x =") == "Line 1: this is no Python: behind `=` something is missing."
    assert known_words(SyntaxError("x"), "x = 1") is None


# --- whether a call did not fit


@pytest.mark.parametrize(
    "source",
    [
        "def gd_step(x, g):\n    return x",
        "def gd_step():\n    return 1",
        "def gd_step(x, g, lr, t):\n    return x",
        "def gd_step(x, *, g, lr):\n    return x",
        "gd_step = lambda x: x",
        "from math import sqrt as gd_step",
    ],
)
def test_a_function_that_takes_other_values_hears_which_it_is_given(source, micropython):
    expected = "With x = -5, g = -1, lr = 0.4 it cannot be called. It is called with x, g, lr. Write `def gd_step(x, g, lr):`."
    assert judge_source(STEP, source)["feedback"] == expected
    assert json.loads(micropython(TRIED, json.dumps([STEP, [source]]), bundles.FILES)) == [expected]


@pytest.mark.parametrize(
    "body", ["raise TypeError('argument')", "def half(argument):\n    return argument\nreturn half()", "return max(x)", "return round(x, 1, 2)"]
)
def test_an_error_inside_is_not_blamed_on_the_signature(body):
    assert "called with x, g, lr" not in judge_source(STEP, program(body))["feedback"]


# --- programs of the file

CASES = Path(__file__).parent.parent / "cases"


@pytest.mark.parametrize("file", ["python_right.json", "python_unlike.json"])
def test_cpython_judges_each_program_as_its_file_says(file):
    programs = json.loads((CASES / file).read_text(encoding="utf-8"))
    assert len(programs) >= (60 if file == "python_right.json" else 15)
    assert len({case["source"] for case in programs}) == len(programs)
    for case in programs:
        verdict = judge_source(loader.exercises()[case["exercise"]], case["source"])
        assert verdict["verdict"] == case.get("verdict", "right"), (case["what"], verdict)


def test_the_cpython_of_the_page_judges_them_so_too(cpython):
    programs = [case for file in ("python_right.json", "python_unlike.json") for case in json.loads((CASES / file).read_text(encoding="utf-8"))]
    code = """
import json
from optimlib.portable.judge_code import judge_source
exercises, programs = json.loads(ARGUMENT)
RESULT = json.dumps([judge_source(exercises[name], source)["verdict"] for name, source in programs])
"""
    exercises = {name: data for name, data in loader.exercises().items() if data["kind"] == "code"}
    given = json.dumps([exercises, [(case["exercise"], case["source"]) for case in programs]])
    verdicts = json.loads(cpython(code, given, bundles.FILES))
    assert dict(zip([case["what"] for case in programs], verdicts)) == {case["what"]: case.get("verdict", "right") for case in programs}


def test_micropythons_missing_names_are_known(micropython):
    """A name that only CPython has is no fault of the reader."""
    import subprocess
    import sys

    from optimlib.portable.errors import _OF_CPYTHON

    # Those of a Python of its own: in this one IPython adds some.
    ours = subprocess.run([sys.executable, "-c", "import builtins; print(*dir(builtins))"], capture_output=True, encoding="utf-8", check=True).stdout.split()

    theirs = json.loads(micropython("import builtins, json\nRESULT = json.dumps(dir(builtins))", "", []))
    assert {name for name in ours if name[:1] != "_" and name not in ("False", "None", "True")} - set(theirs) - set(_OF_CPYTHON) == set()
