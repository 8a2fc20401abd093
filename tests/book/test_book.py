"""How the chapters are executed and the book is built."""

import json
import re
import shutil
import subprocess

import nbformat
import pytest
import yaml

from tools import book, node, notebooks
from tools.notebooks import ROOT, CellFailed, chapters, code_cells, executed, read
from tools.site.pages import finish


def notebook_of(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell, id=f"c{i}") for i, cell in enumerate(cells)])


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Saves a small notebook in a project of its own and gives its path."""
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)

    def save(*cells):
        path = tmp_path / "small.ipynb"
        nbformat.write(notebook_of(*cells), path)
        return path

    return save


def test_a_failing_cell_is_named_with_its_traceback(small):
    path = small("a = 1", "b = 0", "print(a)\na / b", "print('never')")
    with pytest.raises(CellFailed) as failed:
        notebooks.execute(path)
    message = str(failed.value)
    assert "small.ipynb, cell 3 failed" in message
    assert "a / b" in message and "ZeroDivisionError" in message
    assert "\x1b" not in message


@pytest.mark.parametrize("breaks", ["cell", "page"])
def test_the_last_good_book_stays_when_a_build_fails(breaks, tmp_path, monkeypatch, capsys):
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "index.html").write_text("the last good book")
    monkeypatch.setattr(book, "SITE", tmp_path / "html")
    monkeypatch.setattr(book, "WORK", tmp_path / "book")

    def failing():
        raise CellFailed("chapters/x.ipynb, cell 3 failed")

    monkeypatch.setattr(book, "execute_changed", failing if breaks == "cell" else lambda: None)
    monkeypatch.setattr(book, "jupyter_book", lambda: False)
    with pytest.raises(SystemExit) as stopped:
        book.main()
    assert "not built" in str(stopped.value)
    assert (tmp_path / "html" / "index.html").read_text() == "the last good book"


def test_a_finished_page_stays_as_it_is(site, tmp_path):
    # A build leaves the pages that did not change as the one before finished them.
    shutil.copytree(site, tmp_path / "site")
    finish(tmp_path / "site")
    for path in sorted(tmp_path.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (site / path.relative_to(tmp_path / "site")).read_bytes(), path
    pages = [*(site / "chapters").glob("*.html"), site / "search.html"]
    assert len(pages) == len(chapters()) + 2, "the page of names and that of the search, too"
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert len(re.findall(r'<script defer="defer" src="[^"]*_static/optimlib\.js', text)) == 1, page
        assert len(re.findall(r'<link rel="stylesheet"', text)) == 1, page


def test_two_runs_of_a_notebook_give_the_same_bytes(small):
    path = small(
        "from optimlib import Lab, Momentum, Quadratic\nfrom ipywidgets import IntSlider, VBox, jslink",
        "lab = Lab(Quadratic(), [Momentum(0.6, 0.5)])\nlab",
        "slider = IntSlider()\njslink((slider, 'value'), (lab, 'step'))\nVBox([slider, lab])",
        "print('a')\nprint('b')",
    )
    texts = []
    for _ in range(2):
        notebook = notebooks.execute(path)
        notebooks.write(notebook, path)
        texts.append(path.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert "small-001" in texts[0], "the widgets are numbered"
    assert "execution" not in json.loads(texts[0])["cells"][0]["metadata"]
    assert "createValley" not in texts[0], "no copy of the lab's script"


def without_pictures(notebook):
    text = nbformat.writes(notebook)
    return re.sub(r'("image/png": )"[^"]*"', r'\1"..."', text)


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_the_committed_outputs_are_those_of_an_execution(path, site):
    """Everything but the bytes of pictures: numbers, widget states, links between widgets."""
    assert without_pictures(read(path)) == without_pictures(executed(path)), "run `make notebooks`"


def test_a_chapter_runs_again_only_when_its_code_changes(small):
    path = small("a = 1")
    monkeyed = notebooks.ROOT
    for name in ("requirements.lock", "tools/notebooks.py", "optimlib/rules.py"):
        (monkeyed / name).parent.mkdir(exist_ok=True)
        (monkeyed / name).write_text("1")
    before = notebooks.key(path)
    notebook = read(path)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("some words"))
    nbformat.write(notebook, path)
    assert notebooks.key(path) == before
    keys = [before]
    for name in ("requirements.lock", "tools/notebooks.py", "optimlib/rules.py"):
        (monkeyed / name).write_text("2")
        keys.append(notebooks.key(path))
    nbformat.write(notebook_of("a = 2"), path)
    keys.append(notebooks.key(path))
    assert len(set(keys)) == 5


def test_buttons_appear_once_there_is_a_repository(tmp_path, npm_packages):
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["repository"]["url"] = "https://github.com/somebody/course"
    config["sphinx"]["local_extensions"]["course_site"] = str(ROOT / "tools" / "site")
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(config))
    command = [*book.JUPYTER_BOOK, "build", str(ROOT), "--config", str(tmp_path / "_config.yml"), "--path-output", str(tmp_path), "--quiet"]
    done = subprocess.run(command, cwd=ROOT, env=node.environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "_build" / "html" / "chapters" / "momentum.html").read_text(encoding="utf-8")
    for link in (
        "mybinder.org/v2/gh/somebody/course/main?urlpath=lab/tree/chapters/momentum.ipynb",
        "colab.research.google.com/github/somebody/course/blob/main/chapters/momentum.ipynb",
        "github.com/somebody/course/issues",
        'href="https://github.com/somebody/course"',
    ):
        assert link in page


def test_every_code_cell_of_every_chapter_ran():
    for path in chapters():
        counts = [cell.execution_count for cell in code_cells(read(path))]
        assert counts == list(range(1, len(counts) + 1)), path.name


def test_jupyter_book_alone_says_what_to_type_instead(tmp_path):
    course = tmp_path / "course"
    shutil.copytree(ROOT, course, ignore=shutil.ignore_patterns(".*", "_build", "node_modules"))
    done = subprocess.run([*book.JUPYTER_BOOK, "build", "."], cwd=course, capture_output=True, text=True)
    assert done.returncode != 0 and "Traceback" not in done.stdout + done.stderr
    assert "Type `make book`" in done.stderr.splitlines()[-1]
