"""What make release looks at, and what the library's first cell does. (make release itself takes a minute: it installs in clean environments.)"""

import subprocess
import sys

import nbformat
import pytest
import yaml

from tools import notebooks, release, venvs
from tools.notebooks import INSTALL, ROOT, chapters, code_cells, read

FILES = ["__init__.py", "catalogue.json", "py.typed", "built/notebook.js", "built/sources.json", "js/notebook.js"]
WHEEL = ["optimlib/__init__.py", "optimlib/catalogue.json", "optimlib/py.typed", "optimlib/built/notebook.js", "optimlib_course-1.dist-info/licenses/LICENSE"]


def test_a_wheel_has_the_library_its_data_and_its_licence_and_nothing_else():
    assert release.wheel_faults(WHEEL, FILES) == []
    assert release.wheel_faults(WHEEL[:-1], FILES) == ["the wheel lacks its licence"]
    assert release.wheel_faults([*WHEEL, "tests/x.py"], FILES) == ["the wheel has tests/x.py"]
    assert release.wheel_faults([name for name in WHEEL if "catalogue" not in name], FILES) == ["the wheel lacks optimlib/catalogue.json"]


def test_an_sdist_has_what_git_has_and_nothing_that_was_built_or_is_large():
    files = [".ci/run", "Makefile", "optimlib/__init__.py"]
    sizes = {"Makefile": 10, "optimlib/__init__.py": 10, "PKG-INFO": 10}
    assert release.sdist_faults(sizes, files) == []
    assert release.sdist_faults({**sizes, "_build/html/index.html": 5}, files)[0] == "the sdist has _build/html/index.html"
    assert release.sdist_faults({**sizes, "Makefile": 10**6}, files) == ["Makefile of the sdist has 1,000,000 bytes"]
    assert release.sdist_faults({"PKG-INFO": 10, "Makefile": 1}, files) == ["the sdist lacks optimlib/__init__.py"]


def test_a_command_that_fails_elsewhere_says_why(tmp_path):
    with pytest.raises(venvs.Failed, match="no such thing"):
        venvs.run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)
    said = venvs.run([sys.executable, "-c", "import os; print(os.environ.get('PYTHONPATH'), os.environ['OPTIMLIB_PROGRESS'])"], tmp_path)
    assert said.strip() == "None off"


def test_the_newest_python_of_a_version_that_pyenv_has_is_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    for version in ("3.12.9", "3.12.10", "3.1.2", "3.13.0"):
        (tmp_path / "versions" / version / "bin").mkdir(parents=True)
        (tmp_path / "versions" / version / "bin" / "python").touch()
    assert venvs.find("3.12") == tmp_path / "versions" / "3.12.10" / "bin" / "python"
    assert venvs.find("3.14") == "3.14", "uv looks for it, and fetches it where it may"


# The first cell of a chapter


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_every_chapter_with_code_begins_with_the_cell_that_installs_the_library(path):
    notebook = read(path)
    as_it_should_be = notebooks.put_install_cell(read(path))
    assert notebook == as_it_should_be, "python -m tools.notebooks install writes it"
    assert bool(code_cells(notebook)) == (notebook.cells[0].id == INSTALL)
    if code_cells(notebook):
        assert notebook.cells[0].metadata == {"tags": ["remove-cell"]} and notebook.cells[0].outputs == []


def test_it_asks_for_the_book_s_own_version_or_the_repository(monkeypatch, tmp_path):
    version = release.project()["version"]
    assert notebooks.requirement() == f"optimlib-course[all]=={version}"
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["repository"]["url"] = "https://github.com/somebody/course"
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(config))
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)
    assert notebooks.requirement() == "optimlib-course[all] @ git+https://github.com/somebody/course@main"


def test_it_asks_only_where_the_library_is_missing():
    """In IPython, which reads %pip: here it is taken down."""
    cell = notebooks.put_install_cell(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])).cells[0].source
    code = f"""
import sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell()
asked = []
shell.register_magic_function(asked.append, magic_name="pip")
assert shell.run_cell({cell!r}).success and asked == []
sys.modules["optimlib"] = None
assert shell.run_cell({cell!r}).success and len(asked) == 1
print(asked[0])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == f'install --quiet "{notebooks.requirement()}"', done.stderr


def test_the_site_offers_it_with_each_notebook_and_shows_it_on_no_page(site):
    offered = sorted((site / "_sources" / "chapters").glob("*.ipynb"))
    assert len(offered) == len(chapters())
    for path in offered:
        notebook = read(path)
        assert not code_cells(notebook) or notebook.cells[0].source == read(ROOT / "chapters" / path.name).cells[0].source
        assert notebooks.requirement() not in (site / "chapters" / f"{path.stem}.html").read_text(encoding="utf-8")
