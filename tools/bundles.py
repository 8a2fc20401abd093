"""The site's scripts that are made of npm packages, and those that are made small.

python_script and editor_script are loaded by a page when they are first used (site/load.js).
"""
import base64
import gzip
import json
import subprocess

from optimlib.course import exercises
from optimlib.page import packed
from tools import node
from tools.notebooks import ROOT

SITE = ROOT / "tools" / "site"
MICROPYTHON = ROOT / "node_modules" / "@micropython" / "micropython-webassembly-pyscript"
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"

# What a worker's Python imports.
FILES = ("judge.py", "own_rule.py", "page.py")


def are_installed():
    """Whether the packages are there."""
    return ESBUILD.exists() and MICROPYTHON.is_dir()


def python_script():
    """The script that leaves in globalThis.optimlibPython what site/python.js runs Python with."""
    texts = {f"optimlib/{name}": (ROOT / "optimlib" / name).read_text(encoding="utf-8") for name in FILES}
    parts = {
        "worker": python_worker(),
        "wasm": base64.b64encode(gzip.compress((MICROPYTHON / "micropython.wasm").read_bytes(), mtime=0)).decode(),
        "files": {"optimlib/__init__.py": "", **texts},
        "exercises": {name: packed(data) for name, data in exercises().items() if data["kind"] == "code"},
    }
    return f"/* MicroPython: MIT licence, (c) Damien P. George and others. */\nglobalThis.optimlibPython = {json.dumps(parts)};\n"


def python_worker():
    """The worker as one classic script, without what the interpreter has for Node."""
    return esbuild("--bundle", "--format=iife", SITE / "python_worker.js", "--define:process=undefined",
                   '--define:import.meta.url=""', "--external:fs", "--external:module", "--external:path", "--external:url")


def editor_script():
    """The script that leaves in globalThis.optimlibEditor what optimlib/js/code_editor.js improves its editors with."""
    return "/* CodeMirror and Lezer: MIT licence, (c) Marijn Haverbeke and others. */\n" + esbuild(
        "--bundle", "--format=iife", SITE / "editor.js")


def minified(text, kind="js"):
    """A classic script, or a style sheet, made small."""
    return esbuild(f"--loader={kind}", text=text)


def esbuild(*arguments, text=None):
    """What esbuild makes of a file, or of a text."""
    command = [ESBUILD, "--minify", "--charset=utf8", "--log-level=warning", *arguments]
    done = subprocess.run(command, input=text, env=node.environment(), capture_output=True, encoding="utf-8")
    if done.returncode or done.stderr:
        raise RuntimeError(f"esbuild failed:\n{done.stderr}")
    return done.stdout
