"""Running Node, the widgets' JavaScript and MicroPython in it, in tests."""

import json
import subprocess
import tempfile
from pathlib import Path

from tools.node import NODE
from tools.notebooks import ROOT


def run_node(*arguments, **options):
    """Run Node to its end. That the files of optimlib/js carry no mark of being modules is no news."""
    command = [NODE, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", *arguments]
    return subprocess.run(command, capture_output=True, text=True, **options)


RUNNER = """\
import { readFileSync } from "node:fs";
import answer from "./code.mjs";
process.stdout.write(JSON.stringify(answer(JSON.parse(readFileSync(0, "utf8")))));
"""


def run_joined(code, given=None):
    """What JavaScript gives for plain data. Its default export is a function; it may import what the files of optimlib/js export from "./joined.mjs".

    Python writes, and JavaScript reads, the shortest decimals that give back the same doubles; NaN and infinity do not come back.
    """
    files = sorted(path for path in (ROOT / "optimlib" / "js").glob("*/*.js"))
    joined = "".join(f"export * from {json.dumps(path.as_uri())};\n" for path in files)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"joined.mjs": joined, "code.mjs": code, "run.mjs": RUNNER}.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        done = run_node(Path(folder, "run.mjs"), input=json.dumps(given))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run_micropython(code, argument, names, runner="micropython.mjs"):
    """What code leaves in RESULT, a text, when MicroPython runs it, with ARGUMENT and these files of optimlib to import.

    Tests get it from the fixture `micropython`, which tells that they need npm's packages.
    """
    files = {f"optimlib/portable/{name}": (ROOT / "optimlib" / "portable" / name).read_text(encoding="utf-8") for name in names}
    given = {"files": {"optimlib/__init__.py": "", "optimlib/portable/__init__.py": "", **files}, "code": code, "argument": argument}
    done = run_node(Path(__file__).with_name(runner), input=json.dumps(given))
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def run_cpython(code, argument, names):
    """The same in the CPython of the page, which is not that of the tests. Tests get it from the fixture `cpython`."""
    return run_micropython(code, argument, names, "cpython.mjs")
