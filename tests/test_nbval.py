"""nbval, strict, is what compares the chapters with what they compute: it must see a number that changed."""
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
    done = nbval(beginning(replace("-0.2592", "-0.2593")))
    assert done.returncode == 1, done.stdout
    assert "-0.2593" in done.stdout


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
