"""The widgets' JavaScript and CSS, joined from the files of optimlib/js.

There each file is an ES module that imports its neighbours, so that a test can load one alone.
A browser gets them joined: in Jupyter as one module, on the site as three classic scripts, which
also work in a page that is opened as a file. Names at the top level are unique over all files.
"""

import json
import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent

# A file comes after those it imports. What a page needs for its first lab; what it loads when a part
# of a lab is first opened; and what it loads for its first exercise.
_LAB = (
    "core/surface.js",
    "core/rules.js",
    "core/descend.js",
    "ui/dom.js",
    "ui/save_file.js",
    "ui/code_editor.js",
    "valley/arrows.js",
    "valley/valley_view.js",
    "ui/sliders.js",
    "lab/own_rule_job.js",
    "lab/state.js",
    "lab/transport.js",
    "lab/rule_card.js",
    "lab/preset_links.js",
    "lab/keys.js",
    "lab/lab.js",
)
_PARTS = (
    "core/measures.js",
    "lab/measure_table.js",
    "lab/side_plots.js",
    "lab/adder.js",
    "core/theory.js",
    "core/sweep.js",
    "lab/map_view.js",
    "lab/own_rule_panel.js",
    "lab/link.js",
    "lab/as_python.js",
    "lab/share.js",
    "lab/findings.js",
    "lab/predict.js",
    "lab/valley_card.js",
    "lab/parts.js",
)
_EXERCISES = (
    "exercises/sentences.js",
    "exercises/answers.js",
    "exercises/judge.js",
    "exercises/loss_view.js",
    "exercises/controls.js",
    "exercises/progress.js",
    "exercises/exercise.js",
    "exercises/progress_view.js",
)
_STYLES = ("ui/common.css", "ui/code_editor.css", "lab/lab.css", "lab/side_plots.css", "lab/map.css", "lab/own_rule.css", "exercises/exercise.css", "exercises/progress.css")

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
    return _joined([_js(name) for name in _LAB + _PARTS + _EXERCISES])


def widget(render):
    """The script of one anywidget: the module, with the function of this name as its render."""
    return f"{module()}\nexport default {{ render: {render} }};\n"


@cache
def style():
    """The style sheet of the widgets."""
    return "".join(_read("js", name) for name in _STYLES)


def site_scripts(host, study):
    """The site's scripts by name, each a classic script: optimlib.js, and parts.js and exercises.js, which it loads.

    host and study are the texts of the site's own modules (tools/site) that go with the labs and
    with the exercises. host must define hostPage(document), which optimlib.js calls. What the other
    two import from modules of optimlib.js they find in the global optimlibShared.
    """
    lab, parts, exercises = [_js(name) for name in _LAB] + host, [_js(name) for name in _PARTS], [_js(name) for name in _EXERCISES] + study
    shared = "{ " + ", ".join(sorted(_imported(parts + exercises) & _exported(lab))) + " }"
    return {
        "optimlib.js": _classic(_joined(lab), f"globalThis.optimlibShared = {shared};\nhostPage(document);"),
        "parts.js": _classic(f"const {shared} = optimlibShared;", _joined(parts), "globalThis.optimlibParts = LAB_PARTS;"),
        "exercises.js": _classic(f"const {shared} = optimlibShared;", _joined(exercises), "globalThis.optimlibExercises = { begin, drawStandard, renderExercise, renderProgress };"),
    }


def _classic(*pieces):
    text = re.sub(r"^export (?:default )?", "", "\n".join(pieces), flags=re.MULTILINE)
    return f'(function () {{\n"use strict";\n{text}\n}})();\n'


def _joined(texts):
    """Modules as one, each with the JSON files that it imports before it."""
    data = re.findall(r'^import (\w+) from "\.\./\.\./([\w/]+\.json)"', "\n".join(texts), flags=re.MULTILINE)
    consts = [f"const {name} = {json.dumps(json.loads(_read(file)), separators=(',', ':'), ensure_ascii=False)};\n" for name, file in data]
    return "".join([*consts, *map(_lean, texts)])


def _imported(texts):
    lists = re.findall(r"^import \{([^}]*)\}", "\n".join(texts), flags=re.MULTILINE)
    return {name.strip() for names in lists for name in names.split(",") if name.strip()}


def _exported(texts):
    return set(re.findall(r"^export (?:async )?(?:const|function\*?|class) (\w+)", "\n".join(texts), flags=re.MULTILINE))


def _js(name):
    return _read("js", name)


def _read(*parts):
    return _HERE.joinpath(*parts).read_text(encoding="utf-8")


def _lean(text):
    """A file of JavaScript without its imports, and without what only its readers need: comments and indents."""
    text = re.sub(r"^import\b[^;]*;\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^\s+", "", text, flags=re.MULTILINE)
