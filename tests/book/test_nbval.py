"""nbval, strict, is what compares the chapters with what they compute: it must see a number that changed."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from tools.notebooks import ROOT, chapters, read


def nbval(path):
    command = [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-c", str(ROOT / "tests" / "nbval.ini"), str(path)]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True)


@pytest.fixture
def beginning(tmp_path):
    """Saves the first cells of the gradient descent chapter, changed, and gives the path."""

    def save(change):
        notebook = read(chapters()[1])
        notebook.cells = notebook.cells[:10]
        change(notebook)
        path = tmp_path / "changed.ipynb"
        nbformat.write(notebook, path)
        return path

    return save


def replace(old, new):
    def change(notebook):
        text = nbformat.writes(notebook)
        assert old in text
        changed = nbformat.reads(text.replace(old, new), as_version=4)
        notebook.update(changed)

    return change


def test_a_changed_number_fails(beginning):
    done = nbval(beginning(replace("−0.259", "−0.258")))
    assert done.returncode == 1, done.stdout
    assert "−0.258" in done.stdout


def test_a_changed_widget_id_or_picture_passes(beginning):
    def change(notebook):
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if "image/png" in output.get("data", {}):
                    output["data"]["image/png"] = "iVBORw0KGgo="
        replace("gradient-descent-0", "some-other-0")(notebook)

    done = nbval(beginning(change))
    assert done.returncode == 0, done.stdout


def test_a_lab_that_says_something_else_fails(beginning):
    done = nbval(beginning(replace("gradient descent (lr=0.4) from (-5, -2)", "gradient descent (lr=0.5) from (-5, -2)")))
    assert done.returncode == 1, done.stdout


def test_what_matplotlib_says_of_its_fonts_is_no_fault_of_a_chapter(beginning, tmp_path):
    """Without the list of fonts, and with no place for it but the project: a project like this one, in which nothing was built."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tools", project / "tools", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, project)
    (project / "chapters").mkdir()
    shutil.move(beginning(lambda notebook: None), project / "chapters")
    nowhere = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR"), os.devnull)
    command = [sys.executable, "-m", "pytest", "--nbval", "chapters"]
    done = subprocess.run(command, cwd=project, env={**os.environ, **nowhere, "IPYTHONDIR": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((project / "_build" / "matplotlib").glob("fontlist-*.json"))
