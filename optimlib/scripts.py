"""The widgets' JavaScript and CSS, joined from the files of optimlib/js.

There each file is an ES module that imports its neighbours, so that a test can load one alone.
A browser gets them joined: in Jupyter as one module, on the site as one classic script, which
also works in a page that is opened as a file. Names at the top level are unique over all files.
"""

import json
import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent

# A file comes after those it imports.
_MODULES = (
    "surface.js",
    "rules.js",
    "descend.js",
    "measures.js",
    "judge.js",
    "dom.js",
    "code_editor.js",
    "valley_view.js",
    "own_rule.js",
    "lab.js",
    "loss_view.js",
    "controls.js",
    "progress.js",
    "exercise.js",
    "progress_view.js",
)
_STYLES = ("common.css", "code_editor.css", "lab.css", "own_rule.css", "exercise.css", "progress.css")

# What a saved notebook keeps in place of a widget's script, for Jupyter to show until the cell runs.
STUB = """\
export default {
  render({ el }) {
    el.textContent = "Run this cell to bring it to life.";
  },
};
"""


@cache
def module():
    """All of optimlib/js as the text of one ES module, which exports what the files export."""
    sines = json.loads((_HERE / "sines.json").read_text(encoding="utf-8"))
    joined = "".join(_lean(_read("js", name)) for name in _MODULES)
    return f"const SINES = {json.dumps(sines, separators=(',', ':'))};\n{joined}"


def widget(render):
    """The script of one anywidget: the module, with the function of this name as its render."""
    return f"{module()}\nexport default {{ render: {render} }};\n"


@cache
def style():
    """The style sheet of the widgets."""
    return "".join(_read("js", name) for name in _STYLES)


def site_script(host):
    """The site's copy: one classic script of the module and host, the text of tools/site/host.js.

    host must define hostPage(document), which the script calls.
    """
    joined = re.sub(r"^export (?:default )?", "", module() + _lean(host), flags=re.MULTILINE)
    return f'(function () {{\n"use strict";\n{joined}\nhostPage(document);\n}})();\n'


def _read(*parts):
    return _HERE.joinpath(*parts).read_text(encoding="utf-8")


def _lean(text):
    """A file of JavaScript without its imports, and without what only its readers need: comments and indents."""
    text = re.sub(r"^import\b[^;]*;\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^\s+", "", text, flags=re.MULTILINE)
