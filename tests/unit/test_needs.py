"""NumPy alone is enough for the core; what lacks more, or a file of its own, says in a sentence what to type."""

import shutil
import subprocess
import sys

import pytest

import optimlib
from optimlib import _needs

CORE = """
from optimlib import Momentum, Quadratic, RMSProp, Table, descend, measures, sweep, theory
valley = Quadratic(curvatures=(0.2, 4.0))
path = descend(valley, RMSProp(lr=0.4), start=(-5, -2), steps=20)
assert sweep(valley, Momentum(lr=0.4, beta=0.5), start=(-5, -2), steps=200).stays_below > 0
assert theory.stability_edge(4.0) == 0.5 and measures.crossings(path.points[:, 1]) >= 0
print(Table(["rule", "loss"], [["RMSProp", path.losses[-1]]]))
"""
WITHOUT = f"import sys; sys.modules.update(dict.fromkeys({sorted(_needs.EXTRAS)}))\n"


def last_line(code, folder=_needs.HERE.parent):
    """What a Python that was started in this folder says last: of an exception, its sentence."""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip().splitlines()[-1]


def test_the_core_works_with_numpy_alone():
    assert last_line(WITHOUT + CORE).startswith("RMSProp  ")


@pytest.mark.parametrize("name", sorted(optimlib._ON_USE))
def test_what_needs_more_says_which_extra_brings_it(name):
    extra = "plots" if name == "plots" else "widgets"
    said = last_line(f"{WITHOUT}from optimlib import {name}")
    assert said.startswith(f"ModuleNotFoundError: optimlib.{name} needs ")
    assert said.endswith(f", which is not installed. Type: pip install 'optimlib-course[{extra}]'")


def test_one_that_only_lacks_the_plots_is_told_so():
    without = "import sys; sys.modules['matplotlib'] = None\n"
    assert last_line(f"{without}import optimlib.plots") == (
        "ModuleNotFoundError: optimlib.plots needs matplotlib, which is not installed. Type: pip install 'optimlib-course[plots]'"
    )
    assert "optimlib.Lab needs matplotlib" in last_line(f"{without}import optimlib; optimlib.Lab")


def test_a_module_that_is_no_part_of_the_extras_is_told_as_it_is():
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'yam'$"), _needs.told("Lab", "widgets"):
        raise ModuleNotFoundError("No module named 'yam'", name="yam")


def test_a_python_that_is_too_old_is_told_so():
    assert last_line("import sys; sys.version_info = (3, 10, 4); sys.version = '3.10.4 (main)'; import optimlib") == (
        "ImportError: optimlib needs Python 3.11 or later, and this is 3.10.4"
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the library."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(_needs.HERE, folder / "optimlib", ignore=shutil.ignore_patterns("__pycache__", "js"))
    return folder


@pytest.mark.parametrize("name", ["catalogue.json", "exercises/data/rmsprop.json", "exercises/judge.json", "built/loader.js", "built/notebook.js"])
def test_an_installation_without_a_file_says_so(copy, name):
    file = copy / "optimlib" / name
    whole = file.read_bytes()
    file.unlink()
    said = last_line("from optimlib import Exercise; Exercise('gd-edge')", copy)
    file.write_bytes(whole)
    assert said == (
        f"optimlib._needs.MissingFile: This installation of optimlib is broken: its file {file} cannot be read (No such file or directory). "
        "Type: pip install --force-reinstall --no-deps optimlib-course"
    )


def test_a_file_that_was_cut_off_says_so(copy):
    file = copy / "optimlib" / "catalogue.json"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    said = last_line("import optimlib", copy)
    file.write_bytes(whole)
    assert f"its file {file} cannot be read (" in said and said.endswith("Type: pip install --force-reinstall --no-deps optimlib-course")


def test_a_notebook_of_version_0_1_imports_from_where_things_were():
    from optimlib import Exercise, Lab, check
    from optimlib.exercise import Exercise as old_exercise
    from optimlib.exercise import check as old_check
    from optimlib.lab import Lab as old_lab

    assert (old_exercise, old_check, old_lab) == (Exercise, check, Lab)
