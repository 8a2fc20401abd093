"""ANYWIDGET_HMR=1: a change of the widgets' script comes into an open notebook, as CONTRIBUTING.md says."""

import shutil

import nbformat
from test_jupyterlab import run_all

from optimlib.front_end import BUILT
from tools.jupyter import jupyterlab

CELL = "from optimlib import Lab, Momentum, Quadratic\nLab(Quadratic(), [Momentum(lr=0.1)], steps=20)"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
BEFORE, AFTER = "Write your own rule", "Write a rule of your own"  # on a button


def test_a_widget_follows_its_script_while_one_works_on_it(browser, tmp_path):
    # The kernel has a copy of the library, since the test writes into it.
    library, work = tmp_path / "library", tmp_path / "work"
    shutil.copytree(BUILT.parent, library / "optimlib")
    script = library / "optimlib" / "built" / "notebook.js"
    built = script.read_text(encoding="utf-8")
    assert built.count(f'"{BEFORE}"') == 1
    work.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)], metadata=KERNEL), work / "lab.ipynb")
    variables = {"PYTHONPATH": str(library), "ANYWIDGET_HMR": "1", "OPTIMLIB_PROGRESS": "off"}
    with jupyterlab(work, tmp_path / "home", **variables) as address_of, run_all(browser, address_of("lab.ipynb")) as page:
        lab = page.locator(".ol-lab")
        lab.get_by_role("button", name=BEFORE, exact=True).wait_for()
        lab.get_by_role("slider", name="step", exact=True).fill("7")
        lab.get_by_text("step 7 of 20").wait_for()
        for words in (AFTER, BEFORE):  # it follows more than once
            script.write_text(built.replace(f'"{BEFORE}"', f'"{words}"'), encoding="utf-8")
            lab.get_by_role("button", name=words, exact=True).wait_for()
            lab.get_by_text("step 7 of 20").wait_for()  # drawn anew, where the reader left it
        assert page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts() == ["[1]:"], "the cell ran once"
