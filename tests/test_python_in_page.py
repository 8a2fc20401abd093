"""Python in a page without a kernel: run in a real browser, from a server and from files."""

import json
import random
import struct

import pytest
from scratch import make_site
from test_site import awaited, opened

from optimlib.course import exercises
from optimlib.own_rule import own_path
from optimlib.page import answer, packed, reply, unpacked
from tools import bundles
from tools.server import serving

CODE = """
import { loadScript } from "/tools/site/load.js";
import { createPython } from "/tools/site/python.js";

const parts = () => loadScript("python.js", "optimlibPython");
const loadPiece = (i) => loadScript(`python-${i}.js`, `optimlibPython${i}`);
globalThis.told = []; // what the reader was asked and shown
globalThis.agreed = true;
const agree = (megabytes) => (told.push(megabytes), agreed);
const show = (loaded, all) => told.push([loaded, all]);
const pythonWith = (change, options) => createPython({ load: async () => change(await parts()), loadPiece, agree, show, ...options });
globalThis.python = pythonWith((parts) => parts);
// Gives back what it is given, and numbers as Python's floats.
const ECHO = `
TASKS["judge"] = lambda job, exercises: {"verdict": "", "feedback": "", "see": "", "data": job["data"]}
TASKS["path"] = lambda job, exercises: {"problem": "", "floats": [float(number) for number in job["numbers"]]}
`;
globalThis.echo = pythonWith(({ files, ...others }) => ({ ...others, files: { ...files, "optimlib/page.py": files["optimlib/page.py"] + ECHO } }));
const withWorker = (start, options) => pythonWith(({ micropython, ...others }) => ({ ...others, micropython: { ...micropython, script: start + micropython.script } }), options);
const over = (word, act) => `addEventListener("message", (event) => {
  if (!event.data.job?.includes("'${word}")) return;
  event.stopImmediatePropagation();
  ${act}
});`;
globalThis.mortal = withWorker(over("die", `throw new Error("dead");`));
globalThis.silent = withWorker(over("sleep", ""), { patience: 3000 });
globalThis.liar = withWorker(over("lie", `postMessage({ started: true }); postMessage({ reply: '{"verdict": 1}', printed: "" });`));
"""

GOOD = "def gd_step(x, g, lr):\n    return x - lr * g\n"
STOPPED = {"stopped": "Stopped after 2 seconds: is there a loop that never ends?", "printed": ""}


def scripts():
    """What a page loads to run Python, by name."""
    return {"python": bundles.python_script(), **{name.removesuffix(".js"): text for name, text in bundles.cpython_scripts().items()}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scratch")
    make_site(folder, CODE, **scripts())
    return folder


@pytest.fixture(scope="module", params=["http", "file"])
def page(request, browser, folder):
    """One page for all tests here: what one job does must not reach the next."""
    with serving(folder) as server:
        with opened(browser, f"{server if request.param == 'http' else folder.as_uri()}/chapters/light.html") as page:
            yield page


def run(page, name="python", **job):
    """The reply to a job, or the sentence with which it was refused."""
    return page.evaluate("([name, job]) => globalThis[name].run(job).catch((error) => error.message)", [name, job])


def judged(page, source, exercise="gd-step", name="python"):
    return run(page, name, task="judge", exercise=exercise, source=source)


def is_well(page):
    """Whether the next job is judged as if nothing had been before."""
    return judged(page, GOOD)["verdict"] == "right" and judged(page, GOOD.replace("-", "+"))["verdict"] == "wrong"


def test_code_is_judged(page):
    right = judged(page, GOOD)
    assert right == {**answer({"task": "judge", "exercise": "gd-step", "source": GOOD}, exercises()), "printed": ""}
    assert right["verdict"] == "right"
    assert "uphill" in judged(page, GOOD.replace("-", "+"))["feedback"]


def test_every_reference_is_right_in_the_page(page):
    code = {name: data for name, data in exercises().items() if data["kind"] == "code"}
    assert {name: judged(page, data["reference"], name)["verdict"] for name, data in code.items()} == dict.fromkeys(code, "right")


def test_what_the_code_prints_is_told(page):
    assert judged(page, "print('Grüße', '🙂', 1.5)\n" + GOOD)["printed"] == "Grüße 🙂 1.5\n"
    printed = judged(page, "for i in range(1000):\n    print(i, end='🙂')\n" + GOOD)["printed"]
    assert printed == "".join(f"{i}🙂" for i in range(1000))[:2000] + "\n… The rest is cut off."


def test_what_never_ends_is_stopped_and_the_page_lives_on(page):
    for source in ("while True:\n    pass", "while True:\n    print('again', end=' ')", "def gd_step(x, g, lr):\n    while True:\n        pass"):
        page.evaluate("job => { globalThis.pending = python.run(job) }", {"task": "judge", "exercise": "gd-step", "source": source})
        page.evaluate("() => new Promise((resolve) => requestAnimationFrame(resolve))")
        assert page.evaluate("pending") == STOPPED
        assert is_well(page)


def test_what_goes_too_deep_or_takes_too_much_gets_a_sentence(page):
    assert "calls itself without end" in judged(page, "def gd_step(x, g, lr):\n    return gd_step(x, g, lr)")["feedback"]
    large = f"def f(n):\n    {' = '.join(f'a{i}' for i in range(60))} = n\n    return f(a0)\nf(1)"
    assert "calls itself without end" in judged(page, large)["feedback"]
    assert "MemoryError" in judged(page, "x = [0] * 10**9")["feedback"]
    assert "Maximum call stack" in judged(page, "a, b = [], []\nfor _ in range(100_000):\n    a, b = [a], [b]\na == b")
    assert judged(page, "raise KeyboardInterrupt") == "Python broke down over this code, and was started again. It said: KeyboardInterrupt."
    assert is_well(page)


def test_what_is_no_python_and_what_is_not_there_get_a_sentence(page):
    assert "this is no Python" in judged(page, "x = (")["feedback"]
    assert judged(page, "\ud800")["verdict"] == "unclear"
    assert "no NumPy" in judged(page, "import numpy")["feedback"]
    assert "nothing can be typed in" in judged(page, "input('a number? ')")["feedback"]


@pytest.mark.parametrize("harm", [
    "import builtins\nbuiltins.len = builtins.abs = lambda x: 0",
    "import optimlib.judge\noptimlib.judge.CLOSE = 1e9",
    "import optimlib.page\noptimlib.page.TASKS.clear()",
    "import os\nos.remove('/lib/optimlib/judge.py')",
    "import sys\nsys.path.clear()\nsys.modules.clear()",
    "import js\ntry:\n    js.Object.prototype.then = 1\nexcept AttributeError:\n    pass",
])
def test_nothing_that_code_does_reaches_the_next_job(page, harm):
    judged(page, f"{harm}\n{GOOD}")
    assert is_well(page)


def test_code_cannot_reach_the_page_or_the_network(page):
    for name in ("fetch", "postMessage", "close", "constructor", "WebAssembly"):
        assert "AttributeError" in judged(page, f"import js\njs.{name}")["feedback"]


def doubles(count):
    """Doubles of every size, among them those below the normal ones, and the special ones."""
    chance = random.Random(1)
    bits = [chance.getrandbits(64) for _ in range(count)] + [chance.getrandbits(52) for _ in range(count)]
    large = [float(chance.getrandbits(66)) for _ in range(count)]  # whole, and more than an integer of JavaScript holds
    return large + [struct.unpack("<d", struct.pack("<Q", one))[0] for one in bits] + [0.0, -0.0, 5e-324, 2.0**53, 1e300, float("inf"), -float("inf"), float("nan"), 0.1, 993855783429602400000.0]


def bits(values):
    return [struct.pack("<d", value) if value == value else "NaN" for value in values]


def test_numbers_keep_every_bit_on_both_ways(page):
    numbers = doubles(300)
    # Between a test and the page they go as text.
    sent = json.dumps([repr(value).replace("inf", "Infinity").replace("nan", "NaN") for value in numbers])
    back = page.evaluate("""async (sent) => {
        const { floats } = await echo.run({ task: "floats", numbers: JSON.parse(sent).map(Number) });
        return floats.map((number) => (Object.is(number, -0) ? "-0" : String(number)));
    }""", sent)
    assert bits(float(one.replace("Infinity", "inf")) for one in back) == bits(numbers)
    data = {"mixed": [1, 2.5, "'", "[", "", "ü", None, True, []], "empty": {}, "nested": [[0.1], [1e-310]], "whole": 2**40}
    assert run(page, "echo", task="echo", data=data) == {**data, "printed": ""}


def test_packed_text_is_exact_in_python_too():
    data = {"numbers": doubles(100), "mixed": [1, 2.5, "'", "[", "", None, True, []], "one": [1.5], "alone": -0.0}
    back = unpacked(packed(data))
    assert bits(back.pop("numbers")) == bits(data.pop("numbers"))
    assert back == data and struct.pack("d", back["alone"]) == struct.pack("d", -0.0)
    job = {"task": "judge", "exercise": "gd-step", "source": GOOD}
    assert unpacked(reply(packed(job), packed(exercises()))) == answer(job, exercises())


@pytest.mark.parametrize("turn", [None, [0.8660254037844386, 0.5]])
def test_a_rule_of_ones_own_takes_the_same_path_as_in_python(page, turn):
    source = "from math import sqrt\n\ndef update(x, g, s, t):\n    s = 0.9 * s + (1 - 0.9) * g * g\n    return x - 0.4 * g / sqrt(s + 1e-6), s\n\nmemory = 0.0\n"
    job = {"source": source, "curvatures": [0.2, 4.1], "turn": turn, "start": [-5.3, 1 / 3], "steps": 300}
    assert run(page, task="path", **job) == {**own_path(**job), "printed": ""}


def test_jobs_wait_for_each_other(page):
    replies = page.evaluate("""async ([endless, good]) => {
        const order = [];
        const jobs = [endless, good, good].map((job, i) => python.run(job).then((reply) => order.push([i, reply.stopped ? "stopped" : reply.verdict])));
        await Promise.all(jobs);
        return order;
    }""", [{"task": "judge", "exercise": "gd-step", "source": source} for source in ("while True: pass", GOOD)])
    assert replies == [[0, "stopped"], [1, "right"], [2, "right"]]


def test_hundreds_of_jobs_leave_python_well(browser, folder):
    with opened(browser, f"{folder.as_uri()}/chapters/light.html") as page:
        verdicts = page.evaluate("""async (job) => {
            const verdicts = new Set();
            for (let i = 0; i < 400; i++) verdicts.add((await python.run(job)).verdict);
            return [...verdicts];
        }""", {"task": "judge", "exercise": "gd-step", "source": GOOD})
        assert verdicts == ["right"]


def test_a_worker_that_dies_is_replaced(page):
    said = run(page, "mortal", task="die")
    assert said.startswith("Python broke down over this code") and "dead" in said
    assert run(page, "mortal", task="judge", exercise="gd-step", source=GOOD)["verdict"] == "right"


def test_a_worker_that_says_nothing_is_replaced(page):
    said = run(page, "silent", task="sleep")
    assert said == "Python broke down over this code, and was started again. It said: nothing for 3 seconds."
    awaited(page, lambda: judged(page, GOOD, name="silent") == judged(page, GOOD), "the next one is heard")


@pytest.mark.parametrize("kind", ["http", "file"])
def test_python_that_cannot_be_loaded_is_told_and_tried_again(browser, tmp_path, kind):
    make_site(tmp_path, CODE)
    context = browser.new_context()
    with serving(tmp_path) as server:
        page = context.new_page()
        page.goto(f"{server if kind == 'http' else tmp_path.as_uri()}/chapters/light.html")
        said = "The page could not load python.js. Is there a connection? Then try again, or load the page again: it may have changed."
        assert judged(page, GOOD) == said
        assert judged(page, GOOD) == said
        (tmp_path / "_static" / "python.js").write_text(bundles.python_script())
        assert judged(page, GOOD)["verdict"] == "right"
        assert page.locator("script").count() == 1, "what was loaded leaves no element behind"
    context.close()


@pytest.mark.parametrize("lacking", ["WebAssembly", "DecompressionStream"])
def test_a_browser_that_cannot_run_it_is_told(browser, folder, lacking):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(f"delete globalThis.{lacking}")
    page.goto(f"{folder.as_uri()}/chapters/light.html")
    assert judged(page, GOOD).startswith("This browser cannot run Python in a page. It said: ")
    context.close()


def test_the_script_is_the_same_each_time(npm_packages):
    assert bundles.python_script() == bundles.python_script()
