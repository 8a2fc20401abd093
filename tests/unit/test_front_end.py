"""What the widgets are in a browser: built of the files as they are, and kept once for a notebook."""

import hashlib
import json
import os
import re
import subprocess
import sys
from unittest.mock import ANY

import ipywidgets
import pytest

from optimlib import Exercise, Lab, Momentum, Progress, Quadratic
from optimlib.front_end import BUILT, STILL, shared
from tools import bundles

STALE = "optimlib/built is stale: run `make widgets`"


def test_what_is_built_is_of_the_files_as_they_are():
    sources = json.loads((BUILT / "sources.json").read_text(encoding="utf-8"))
    assert {"js/notebook.js", "js/style.css", "js/loader.js", "js/core/rules.js", "lab/findings.json"} <= sources.keys()
    for name, digest in sources.items():
        assert hashlib.sha256((BUILT.parent / name).read_bytes()).hexdigest() == digest, f"{name}: {STALE}"


def test_building_again_gives_the_same(npm_packages, tmp_path):
    bundles.bundle("notebook", tmp_path)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        path.name: path.read_text(encoding="utf-8") for path in BUILT.iterdir()
    }, STALE


def test_a_widget_carries_only_what_finds_the_shared_script():
    widgets = [Lab(Quadratic(), [Momentum(0.1)]), Exercise("gd-edge"), Progress()]
    for widget in widgets:
        state = widget.get_state()
        assert len(state["_esm"]) < 1000 and "_css" not in state
        assert state["shared"] == f"IPY_MODEL_{shared().model_id}"
        assert state["_anywidget_id"] in shared().code
    assert [widget._anywidget_id for widget in widgets] == ["optimlib.lab.Lab", "optimlib.exercise.Exercise", "optimlib.progress_widget.Progress"]


def test_a_cell_saves_what_can_be_seen_without_a_kernel_before_its_widget(monkeypatch):
    for widget, seen in [(Lab(Quadratic(), [Momentum(0.1)]), "image/png"), (Exercise("gd-edge"), "text/markdown"), (Progress(), "text/markdown")]:
        outputs = []
        monkeypatch.setattr("optimlib.front_end.publish_display_data", lambda data, metadata, outputs=outputs: outputs.append((data, metadata)))
        widget._ipython_display_()
        (still, still_is), (line, line_is), (alive, _) = outputs
        assert still.keys() == {"text/plain", seen} and line["text/plain"] == "Run this cell to bring it to life."
        assert still_is == line_is == STILL
        assert alive == {"application/vnd.jupyter.widget-view+json": ANY, "text/html": "", "text/plain": repr(widget)}


def test_the_shared_script_is_made_again_once_it_was_closed():
    before = shared()
    assert before is shared()
    ipywidgets.Widget.close_all()
    assert shared() is not before and shared().code == before.code
    assert Exercise("gd-edge").shared is shared()


def test_python_tells_the_script_to_a_front_end_that_shows_each_widget_alone(monkeypatch):
    widget, sent = Exercise("gd-edge"), []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._handle_custom_msg({"ask": "something else"}, [])
    assert sent == []
    widget._handle_custom_msg({"ask": "shared"}, [])
    assert sent == [{"code": shared().code, "style": shared().style}]


def test_while_it_is_developed_a_widget_carries_all_and_follows_the_file():
    code = "from optimlib import Exercise; print(len(Exercise('gd-edge')._esm), Exercise('gd-edge').shared)"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "ANYWIDGET_HMR": "1", "OPTIMLIB_PROGRESS": "off"}, capture_output=True, text=True)
    assert done.stdout == f"{len((BUILT / 'notebook.js').read_text(encoding='utf-8'))} None\n", done.stderr


def test_the_site_scripts_are_classic_and_take_no_module_twice(npm_packages):
    scripts = bundles.site_scripts({"CHAPTER_EXERCISES": {"question": ["only"]}})
    later = {"parts.js", "grounds.js", "map.js", "share.js", "own.js", "exercises.js", "strip.js", "offline.js", "lecture.js"}
    assert scripts.keys() == {"optimlib.js", "lab_page.js", *later}
    for script in scripts.values():
        assert not re.search(r"(^|;|\})(import|export)\b[ {*\"]", script)
    assert '"only"' in scripts["exercises.js"]
    for words in ("Stopped after", "The clipboard is not allowed here", "the valley from above", "has no list of rules"):
        assert sum(words in script for script in scripts.values()) == 1, words


@pytest.mark.parametrize("name", ["notebook.js", "loader.js"])
def test_the_notebooks_scripts_stand_alone(name):
    assert not re.search(r"(^|;|\})import\b[ {*\"]", (BUILT / name).read_text(encoding="utf-8"))
