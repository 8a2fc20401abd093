"""The site's scripts that are made of npm packages, and those that are made small.

python_script and editor_script are loaded by a page when they are first used (site/load.js).
"""

import base64
import functools
import gzip
import json
import pathlib
import subprocess
import tempfile

from optimlib.exercises.loader import exercises
from optimlib.front_end import BUILT
from optimlib.portable.job import packed
from tools import node
from tools.notebooks import ROOT

SITE = ROOT / "tools" / "site"
MICROPYTHON = ROOT / "node_modules" / "@micropython" / "micropython-webassembly-pyscript"
ESBUILD = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"  # a script for Node, on every system

PYODIDE = ROOT / "node_modules" / "pyodide"

# What a worker's Python imports.
FILES = sorted(path.name for path in (ROOT / "optimlib" / "portable").glob("*.py"))

# CPython comes in pieces of this many characters, so that a page can show how far it is.
PIECE = 512 * 1024


def are_installed():
    """Whether the packages are there."""
    return ESBUILD.exists() and MICROPYTHON.is_dir() and PYODIDE.is_dir()


def python_script():
    """The script that leaves in globalThis.optimlibPython what site/python.js runs Python with, but for CPython itself."""
    texts = {f"optimlib/portable/{name}": (ROOT / "optimlib" / "portable" / name).read_text(encoding="utf-8") for name in FILES}
    whole = cpython()
    parts = {
        "frame": esbuild("--bundle", "--format=iife", SITE / "box_frame.js"),
        "micropython": {"script": micropython_worker(), "wasm": in_base64(gzipped((MICROPYTHON / "micropython.wasm").read_bytes()))},
        "files": {"optimlib/__init__.py": "", **texts},
        "exercises": {name: packed({**data, "solution": ""}) for name, data in exercises().items() if data["kind"] == "code"},
        "pieces": -(-len(whole) // PIECE),
        "megabytes": round(len(whole) * 3 / 4 / 1e6),
    }
    return f"/* MicroPython: MIT licence, (c) Damien P. George and others. */\nglobalThis.optimlibPython = {json.dumps(parts)};\n"


@functools.cache
def cpython():
    """CPython in base64: its worker, its WebAssembly and its library, each gzipped, after its length in four bytes."""
    files = [cpython_worker().encode(), (PYODIDE / "pyodide.asm.wasm").read_bytes(), (PYODIDE / "python_stdlib.zip").read_bytes()]
    return in_base64(b"".join(len(file).to_bytes(4, "big") + file for file in map(gzipped, files)))


def cpython_scripts():
    """The scripts by name that each add a piece of CPython to the page: python-0.js leaves the first in globalThis.optimlibPython0."""
    whole = cpython()
    pieces = [whole[i : i + PIECE] for i in range(0, len(whole), PIECE)]
    licence = "/* Pyodide: MPL 2.0, its source at github.com/pyodide/pyodide. CPython: PSF licence. */\n"
    return {f"python-{i}.js": f'{licence}globalThis.optimlibPython{i} = "{piece}";\n' for i, piece in enumerate(pieces)}


def micropython_worker():
    """The worker of MicroPython as one classic script, without what the interpreter has for Node."""
    return esbuild(
        "--bundle",
        "--format=iife",
        SITE / "micropython_worker.js",
        "--define:process=undefined",
        '--define:import.meta.url=""',
        *external("fs", "module", "path", "url"),
    )


def cpython_worker():
    """The same of CPython. What of Pyodide's code esbuild would warn of is not used here."""
    return esbuild(
        "--bundle",
        "--format=iife",
        SITE / "cpython_worker.js",
        "--define:process=undefined",
        '--define:import.meta.url=""',
        *external("node:*", "ws", "fs", "crypto", "child_process"),
        "--log-override:direct-eval=silent",
        "--log-override:commonjs-variable-in-esm=silent",
    )


def external(*names):
    return [f"--external:{name}" for name in names]


def gzipped(data):
    return gzip.compress(data, mtime=0)


def in_base64(data):
    return base64.b64encode(data).decode()


def editor_script():
    """The script that leaves in globalThis.optimlibEditor what optimlib/js/ui/code_editor.js improves its editors with."""
    return "/* CodeMirror and Lezer: MIT licence, (c) Marijn Haverbeke and others. */\n" + esbuild("--bundle", "--format=iife", SITE / "codemirror.js")


def bundle(what, folder, *arguments):
    """Has site/bundle.mjs write what it builds into a folder."""
    command = [node.NODE, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", SITE / "bundle.mjs", what, folder, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=node.environment(), capture_output=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"esbuild failed:\n{done.stderr}")


def site_scripts(constants):
    """The site's scripts by name: optimlib.js, and those that it loads."""
    with tempfile.TemporaryDirectory() as folder:
        bundle("site", folder, json.dumps(constants))
        return {path.name: path.read_text(encoding="utf-8") for path in sorted(pathlib.Path(folder).iterdir())}


def minified(text, kind="js"):
    """A classic script, or a style sheet, made small."""
    return esbuild(f"--loader={kind}", text=text)


def esbuild(*arguments, text=None):
    """What esbuild makes of a file, or of a text."""
    command = [node.NODE, ESBUILD, "--minify", "--charset=utf8", "--log-level=warning", *arguments]
    done = subprocess.run(command, input=text, env=node.environment(), capture_output=True, encoding="utf-8")
    if done.returncode or done.stderr:
        raise RuntimeError(f"esbuild failed:\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    # make widgets, make watch
    bundle("notebook", BUILT)
