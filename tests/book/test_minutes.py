"""The minutes that the course says it takes are those that tools/minutes.py measures."""

import re

import nbformat
import pytest

from tools import minutes
from tools.notebooks import CHAPTERS, ROOT, read

CORE = round(sum(core.minutes for core, _ in minutes.core_pages().values()))


@pytest.mark.parametrize("page, shares", minutes.pages().items(), ids=minutes.pages())
def test_a_page_says_how_long_it_takes(page, shares):
    core, more = shares
    first = next(cell for cell in read(CHAPTERS / f"{page}.ipynb").cells if cell.cell_type == "markdown")
    said = re.search(r"About (\d+) minutes(?:, (\d+) with the parts marked \*Deeper\*)?", first.source)
    told = [int(number) for number in said.groups() if number]
    assert told == sorted({round(core.minutes), round(core.minutes + more.minutes)})


def test_the_core_is_as_long_as_the_course_says():
    assert CORE <= 40
    assert sum(round(core.minutes) for core, _ in minutes.core_pages().values()) == CORE, "what the pages say adds up"
    first = "\n".join(cell.source for cell in read(CHAPTERS / "question.ipynb").cells)
    assert re.findall(r"core of all six pages takes about (\d+) minutes", first) == [str(CORE)]
    assert re.findall(r"core\s+of\s+about\s+(\d+)\s+minutes", (ROOT / "README.md").read_text(encoding="utf-8")) == [str(CORE)]


def test_what_counts():
    cells = [
        nbformat.v4.new_markdown_cell("# A page\n\nOne [two](three.ipynb#four) <b>three</b>.\n\n<details>four five</details>"),
        nbformat.v4.new_code_cell("lab = Lab(valley)\nStrip([])"),
        nbformat.v4.new_markdown_cell("## Deeper: more\n\nThree words more.\n\n### A part of it\n\nTwo words.\n\n## What you can now say\n\nOne."),
        nbformat.v4.new_markdown_cell("## Exercises"),
        nbformat.v4.new_code_cell("Lab(valley)"),
    ]
    core, more = minutes.shares(nbformat.v4.new_notebook(cells=cells))
    assert (core.words, core.labs) == (2 + 3 + 5 + 1, 2)
    assert (more.words, more.labs) == (2 + 2 + 3 + 4 + 2, 0)
    assert core.minutes == 11 / 200 + 3
