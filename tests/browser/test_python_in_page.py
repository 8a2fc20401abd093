"""Python in a page without a kernel: run in a real browser, from a server and from files."""

import json
import pathlib
import random
import struct

import pytest
from scratch import make_site
from test_box import listening
from test_site import awaited, opened

from optimlib.exercises.loader import exercises
from optimlib.portable.job import answer, packed, reply, unpacked
from optimlib.portable.judge_code import mistaken_code
from optimlib.portable.own_rule import own_path
from tools import bundles
from tools.server import QuietHandler, serving

CODE = """
import { loadScript } from "/tools/site/load.js";
import { createPython } from "/tools/site/python.js";

const parts = () => loadScript("python.js", "optimlibPython");
const loadPiece = (i) => loadScript(`python-${i}.js`, `optimlibPython${i}`);
globalThis.told = []; // what the reader was asked and shown
globalThis.agreed = true;
const agree = (megabytes, why) => (told.push([megabytes, why]), agreed);
const show = (loaded, all) => told.push([loaded, all]);
const pythonWith = (change, options) => createPython({ load: async () => change(await parts()), loadPiece, agree, show, ...options });
globalThis.python = pythonWith((parts) => parts);
// Gives back what it is given, and numbers as Python's floats.
const ECHO = `
TASKS["judge"] = lambda job, exercises: {"verdict": "", "feedback": "", "see": "", "data": job["data"]}
TASKS["path"] = lambda job, exercises: {"problem": "", "floats": [float(number) for number in job["numbers"]]}
`;
globalThis.echo = pythonWith(({ files, ...others }) => ({ ...others, files: { ...files, "optimlib/portable/job.py": files["optimlib/portable/job.py"] + ECHO } }));
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

CASES = pathlib.Path(__file__).parent.parent / "cases"
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
    with serving(folder) as server, opened(browser, f"{server if request.param == 'http' else folder.as_uri()}/chapters/light.html") as page:
        yield page


@pytest.fixture(scope="module")
def served(browser, folder):
    """A page for what does not depend on where it comes from."""
    with serving(folder) as server, opened(browser, f"{server}/chapters/light.html") as page:
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
    assert "MemoryError" in judged(page, "x = [0] * 10**9")["feedback"]
    assert "Maximum call stack" in judged(page, "a, b = [], []\nfor _ in range(100_000):\n    a, b = [a], [b]\na == b")
    assert judged(page, "raise KeyboardInterrupt") == "Python broke down over this code, and was started again. It said: KeyboardInterrupt."
    assert is_well(page)


def test_a_lie_about_a_verdict_is_no_verdict(page):
    assert "something else than an answer" in judged(page, "lie", name="liar")


def test_what_is_no_text_and_what_cannot_be_typed_get_a_sentence(page):
    assert judged(page, "\ud800")["verdict"] == "unclear"
    assert "nothing can be typed in" in judged(page, "input('a number? ')")["feedback"]


# --- which Python judges

WHOLE = f"import dataclasses\n{GOOD}"  # for CPython


def test_cpython_comes_when_it_is_needed_and_is_asked_for_once(browser, folder):
    with opened(browser, f"{folder.as_uri()}/chapters/light.html") as page:
        assert judged(page, GOOD)["verdict"] == "right"
        assert page.evaluate("told") == [] and page.locator("iframe").count() == 1
        page.evaluate("agreed = false")
        assert judged(page, WHOLE) == {
            "stopped": "Not judged: this needs the whole Python, and it was not fetched. Run it again to be asked again.",
            "printed": "",
        }
        assert page.evaluate("told.splice(0)") == [[6, "`import dataclasses`"]] and page.locator("iframe").count() == 1
        page.evaluate("agreed = true")
        assert [judged(page, source)["verdict"] for source in (WHOLE, f"import decimal\n{GOOD}")] == ["right", "right"]
        pieces = len(bundles.cpython_scripts())
        assert page.evaluate("told.splice(0)") == [[6, "`import dataclasses`"], *([i, pieces] for i in range(pieces + 1))]


def verdicts(page, programs):
    """The verdicts of the page on [(exercise, source)], and those of the Python of these tests."""
    told = []
    for name, source in programs:
        reply = judged(page, source, name)
        told.append({**reply, "printed": ""} if isinstance(reply, dict) else reply)
    return told, [{**answer({"task": "judge", "exercise": name, "source": source}, exercises()), "printed": ""} for name, source in programs]


def test_what_is_right_in_jupyter_is_right_in_the_page(served):
    programs = json.loads((CASES / "python_right.json").read_text())
    told, known = verdicts(served, [(one["exercise"], one["source"]) for one in programs])
    assert {one["what"]: verdict["verdict"] for one, verdict in zip(programs, told)} == {one["what"]: "right" for one in programs}
    assert told == known


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # a notebook warns of `is` with a number, and runs it
def test_what_the_two_run_unlike_gets_jupyters_verdict(served):
    programs = json.loads((CASES / "python_unlike.json").read_text())
    told, known = verdicts(served, [(one["exercise"], one["source"]) for one in programs])
    for verdict in told + known:  # what is no Python, and faults.py has no words for, each version says in its own
        verdict["feedback"] = verdict["feedback"].split("parameter without a default")[0].split("non-default argument")[0]
    assert {one["what"]: verdict for one, verdict in zip(programs, told)} == {one["what"]: verdict for one, verdict in zip(programs, known)}


def test_what_learners_write_needs_no_cpython(browser, folder):
    code = {name: data for name, data in exercises().items() if data["kind"] == "code"}
    programs = [
        (name, source)
        for name, data in code.items()
        for source in (data["reference"], data["stub"], *(mistaken_code(data, mistake) for mistake in data["mistakes"]))
    ]
    with opened(browser, f"{folder.as_uri()}/chapters/light.html") as page:
        told, known = verdicts(page, programs)
        assert told == known
        assert page.evaluate("told") == []


def test_what_the_page_has_in_no_python_is_told_without_fetching_one(browser, folder):
    with opened(browser, f"{folder.as_uri()}/chapters/light.html") as page:
        for line in ("import numpy as np", "from numpy import sqrt", "import torch"):
            assert "Line 1: there is no module `" in judged(page, f"{line}\n{GOOD}")["feedback"]
        assert page.evaluate("told") == []


def test_what_is_printed_is_what_python_prints(served):
    source = "print(8.3, [0.1 + 0.2, (1e22, None)], 5e-324, 'ä', sep=' | ', end='!')\n" + GOOD
    assert judged(served, source)["printed"] == f"{8.3} | {[0.1 + 0.2, (1e22, None)]} | 5e-324 | ä!"
    assert judged(served, f"print(f'{{0.1:.3f}}', {{'a': 1}})\n{GOOD}")["printed"] == "0.100 {'a': 1}\n"


def test_what_is_random_is_drawn_anew_and_a_seed_keeps_it(served):
    drawn = [judged(served, f"import random\nprint(random.random())\n{GOOD}")["printed"] for _ in range(2)]
    assert drawn[0] != drawn[1]
    assert judged(served, f"import random\nrandom.seed(1)\nprint(random.random())\n{GOOD}")["printed"] == f"{random.Random(1).random()}\n"


@pytest.mark.parametrize(
    "harm",
    [
        "import builtins\nbuiltins.len = builtins.abs = lambda x: 0",
        "import optimlib.portable.judge_code\noptimlib.portable.judge_code.CLOSE = 1e9",
        "import optimlib.portable.job\noptimlib.portable.job.TASKS.clear()",
        "import os\nos.remove('/lib/optimlib/portable/judge_code.py')",
        "import sys\nsys.path.clear()\nsys.modules.clear()",
        "import js\ntry:\n    js.Object.prototype.then = 1\nexcept AttributeError:\n    pass",
    ],
)
def test_nothing_that_code_does_reaches_the_next_job(page, harm):
    judged(page, f"{harm}\n{GOOD}")
    assert is_well(page)


PROBES = {
    "js": "import js\njs.fetch(TARGET)",
    "XMLHttpRequest": "import js\nrequest = js.XMLHttpRequest.new()\nrequest.open('GET', TARGET, False)\nrequest.send()",
    "Function": "import js\njs.Function('return 1')",
    "a constructor": "import js\njs.setTimeout.constructor(f'fetch(\"{TARGET}\")')()",
    "importScripts": "import js\njs.importScripts(TARGET)",
    "jsffi": "import jsffi\nimport js\njsffi.create_proxy(print)\njs.Object.constructor('return 1')",
    "storage": "import js\njs.localStorage.getItem('x')",
    "the parent": "import js\njs.parent.document",
    "pyodide": "from pyodide.http import open_url\nopen_url(TARGET)",
    "pyodide_js": "import pyodide_js\npyodide_js.runPython.constructor('return 1')()",
    "run_js": "from pyodide.code import run_js\nrun_js('1')",
    "urllib": "from urllib.request import urlopen\nurlopen(TARGET)",
    "socket": "import socket\nsocket.create_connection(('127.0.0.1', PORT), 1)",
    "subclasses": "[one for one in ().__class__.__base__.__subclasses__() if one.__name__ == 'JsProxy'][0].fetch(TARGET)",
}


@pytest.mark.parametrize("what", PROBES)
def test_code_in_python_reaches_nothing(served, folder, what):
    with listening(folder) as (target, asked):
        given = f"TARGET, PORT = '{target}', {target.split(':')[-1].strip('/')}\n"
        said = judged(served, f"{given}{PROBES[what]}\n{GOOD}")
        assert asked == [] and is_well(served)
        # Sockets are of the interpreter's own making: they seem to connect, and lead nowhere.
        assert what == "socket" or ("broke down" in said if isinstance(said, str) else said["verdict"] == "unclear"), said


def doubles(count):
    """Doubles of every size, among them those below the normal ones, and the special ones."""
    chance = random.Random(1)
    bits = [chance.getrandbits(64) for _ in range(count)] + [chance.getrandbits(52) for _ in range(count)]
    large = [float(chance.getrandbits(66)) for _ in range(count)]  # whole, and more than an integer of JavaScript holds
    return (
        large
        + [struct.unpack("<d", struct.pack("<Q", one))[0] for one in bits]
        + [0.0, -0.0, 5e-324, 2.0**53, 1e300, float("inf"), -float("inf"), float("nan"), 0.1, 993855783429602400000.0]
    )


def bits(values):
    return [struct.pack("<d", value) if value == value else "NaN" for value in values]


def test_numbers_keep_every_bit_on_both_ways(page):
    numbers = doubles(300)
    # Between a test and the page they go as text.
    sent = json.dumps([repr(value).replace("inf", "Infinity").replace("nan", "NaN") for value in numbers])
    back = page.evaluate(
        """async (sent) => {
        const { floats } = await echo.run({ task: "path", source: "", numbers: JSON.parse(sent).map(Number) });
        return floats.map((number) => (Object.is(number, -0) ? "-0" : String(number)));
    }""",
        sent,
    )
    assert bits(float(one.replace("Infinity", "inf")) for one in back) == bits(numbers)
    data = {"mixed": [1, 2.5, "'", "[", "", "ü", None, True, []], "empty": {}, "nested": [[0.1], [1e-310]], "whole": 2**40}
    assert run(page, "echo", task="judge", source="", data=data)["data"] == data


def test_packed_text_is_exact_in_python_too():
    data = {"numbers": doubles(100), "mixed": [1, 2.5, "'", "[", "", None, True, []], "one": [1.5], "alone": -0.0}
    back = unpacked(packed(data))
    assert bits(back.pop("numbers")) == bits(data.pop("numbers"))
    assert back == data and struct.pack("d", back["alone"]) == struct.pack("d", -0.0)
    job = {"task": "judge", "exercise": "gd-step", "source": GOOD}
    assert unpacked(reply(packed(job), packed(exercises()))) == answer(job, exercises())


@pytest.mark.parametrize("turn", [None, [0.8660254037844386, 0.5]])
def test_a_rule_of_ones_own_takes_the_same_path_as_in_python(page, turn):
    source = (
        "from math import sqrt\n\ndef update(x, g, s, t):\n    s = 0.9 * s + (1 - 0.9) * g * g\n    return x - 0.4 * g / sqrt(s + 1e-6), s\n\nmemory = 0.0\n"
    )
    job = {"source": source, "curvatures": [0.2, 4.1], "turn": turn, "start": [-5.3, 1 / 3], "steps": 300}
    assert run(page, task="path", **job) == {**own_path(**job), "printed": ""}


def test_jobs_wait_for_each_other(page):
    replies = page.evaluate(
        """async ([endless, good]) => {
        const order = [];
        const jobs = [endless, good, good].map((job, i) => python.run(job).then((reply) => order.push([i, reply.stopped ? "stopped" : reply.verdict])));
        await Promise.all(jobs);
        return order;
    }""",
        [{"task": "judge", "exercise": "gd-step", "source": source} for source in ("while True: pass", GOOD)],
    )
    assert replies == [[0, "stopped"], [1, "right"], [2, "right"]]


def test_hundreds_of_jobs_leave_python_well(browser, folder):
    with opened(browser, f"{folder.as_uri()}/chapters/light.html") as page:
        verdicts = page.evaluate(
            """async (job) => {
            const verdicts = new Set();
            for (let i = 0; i < 100; i++) verdicts.add((await python.run(job)).verdict);
            return [...verdicts];
        }""",
            {"task": "judge", "exercise": "gd-step", "source": GOOD},
        )
        assert verdicts == ["right"]


def test_a_worker_that_dies_is_replaced(page):
    said = judged(page, "die", name="mortal")
    assert said.startswith("Python broke down over this code") and "dead" in said
    assert judged(page, GOOD, name="mortal")["verdict"] == "right"


def test_a_worker_that_says_nothing_is_replaced(page):
    said = judged(page, "sleep", name="silent")
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


def test_a_browser_that_cannot_run_it_is_told(browser, folder):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(f"{folder.as_uri()}/chapters/light.html")
    assert judged(page, GOOD).startswith("This browser cannot run Python in a page. It said: ")
    context.close()


class Strict(QuietHandler):
    """A host that lets a page run nothing but its own scripts."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", "default-src 'self' 'unsafe-inline' data:")
        super().end_headers()


def test_a_host_that_forbids_it_is_named_and_what_it_must_allow(browser, folder):
    context = browser.new_context()
    with serving(folder, Strict) as server:
        page = context.new_page()
        page.goto(f"{server}/chapters/light.html")
        said = judged(page, GOOD)
        assert said.startswith("The host of this page forbids it to run Python, by its Content-Security-Policy")
        assert "It must allow: script-src blob: 'wasm-unsafe-eval'; worker-src blob:." in said
    context.close()


def test_the_script_is_the_same_each_time(npm_packages):
    assert bundles.python_script() == bundles.python_script()
