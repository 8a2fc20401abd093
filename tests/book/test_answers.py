"""What the answers said: each sentence has a grade, and a link to the very cell that shows it."""

import itertools
import re

import pytest

from tools.notebooks import CHAPTERS, chapters, read

GRADES = ("**True.**", "**True if**", "**Not so", "**No grade.**")
CELL_LINK = re.compile(r"\]\(([\w-]+)\.ipynb#cell-id=([\w-]+)\)")
UNSEEN = {"hide-cell", "hide-output", "remove-cell", "remove-output"}


def text(path):
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def graded():
    """What stands below each quoted sentence: [(the sentence, what is said of it)]."""
    blocks = text(CHAPTERS / "answers.ipynb").split("\n\n")
    return [(block.removeprefix("> "), below) for block, below in itertools.pairwise(blocks) if block.startswith("> ")]


def test_every_sentence_has_a_grade_and_a_cell():
    for sentence, said in graded():
        assert said.startswith(GRADES), sentence
        assert CELL_LINK.search(said) or said.startswith("**No grade.**") or "as above" in said, sentence


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_a_link_to_a_cell_leads_to_one_that_shows_something(path):
    for page, name in CELL_LINK.findall(text(path)):
        cell = next((cell for cell in read(CHAPTERS / f"{page}.ipynb").cells if cell.id == name), None)
        assert cell is not None and cell.cell_type == "code", f"{page} has no cell {name} of code"
        assert not UNSEEN & set(cell.metadata.get("tags", [])), f"{page}, {name}: what it shows is folded away"
        assert cell.outputs, f"{page}, {name} shows nothing"
