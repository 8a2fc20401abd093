"""Every number in the prose of a chapter is printed, or written, by a code cell of that chapter."""

import re

import pytest

from optimlib.exercises import loader
from tools.notebooks import INSTALL, chapters, code_cells, read, title

NUMBER = re.compile(r"(?<![\w.])[-−±]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?%?(?![\w])")
NOT_FINDINGS = [
    r"[Aa]bout \d+ minutes(?:, \d+ with the parts marked \*Deeper\*)?",
    r"https?://\S+",
    r"\[[^\]]*#\d+\]",  # issue numbers
    r"question 76408",
    r"algorithm \d\.\d",  # of a book
    r"\b(?:19|20)\d\d\b",  # years of papers
    r"<details>.*?</details>",  # derivations and tables of other people's defaults fold away
    r"\$\$.*?\$\$",  # formulas are structure, not findings ...
    r"\$(?![-−]?[\d.]+\$)[^$]*\$",  # ... unless all they hold is a number
    r"`[^`]*`",
    r"x_\d|[xβ]²|\d/\(|\(1[−+]\w\)|\b1/\(|(?:λ|η|ηλ|ρ|β)/\d|\d/λ|√10|1[−-]ρ|1[−-]β|/√\d|\(1 − ηλ\)|\(κ[−+]1\)",  # terms of formulas
]


def prose(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for pattern in NOT_FINDINGS:
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    return text


def printed(notebook):
    """What the code cells say: their source and the text of their outputs."""
    parts = []
    for cell in code_cells(notebook):
        parts.append(cell.source if cell.id != INSTALL else "")  # which names a version
        for output in cell.outputs:
            parts.append(output.get("text", ""))
            parts.append(output.get("data", {}).get("text/plain", ""))
            parts.append(re.sub(r"<[^>]*>", " ", output.get("data", {}).get("text/html", "")))
    return "\n".join(parts)


def value(number):
    return float(number.replace("−", "-").lstrip("±").replace(",", "").rstrip("%"))


def backed(number, values):
    """Whether one of the values is this number, to the digits that it is written with."""
    digits = re.sub(r"[^\d.]", "", number.split("e")[0])
    decimals = len(digits.partition(".")[2])
    scale = 10 ** int(number.rstrip("%").partition("e")[2] or 0)
    half = 0.5000001 * 10.0**-decimals * scale
    return any(abs(abs(v) - abs(value(number))) <= half for v in values)


def unbacked(notebook):
    values = [value(found) for found in re.findall(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?", printed(notebook))]
    return [number for number in NUMBER.findall(prose(notebook)) if not backed(number, values)]


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_every_number_in_the_prose_stands_in_a_cell(path):
    assert unbacked(read(path)) == []


def test_a_number_that_no_cell_prints_is_found():
    notebook = read(chapters()[1])
    title(notebook).source += "\n\nAfter 20 steps it is at −0.943468."
    assert unbacked(notebook) == ["−0.943468"]


@pytest.mark.parametrize("path", [path for path in chapters() if path.stem in loader.TITLES], ids=lambda path: path.stem)
def test_each_page_has_the_parts_that_every_page_has(path):
    notebook = read(path)
    text = prose(notebook)
    first = title(notebook).source
    assert first.startswith("# ") and re.search(r"\*\*.+\?\*\* About \d+ minutes", first), "opens with its question and the minutes"
    assert "## What you can now say" in text and "## Exercises" in text
    code = "\n".join(cell.source for cell in code_cells(notebook))
    assert "Lab(" in code
    written = [name for name, exercise in loader.exercises().items() if f'check("{name}", ' in code]
    shown = re.findall(r'^Exercise\("(.+)"\)', code, re.MULTILINE)
    in_file = [exercise["id"] for exercise in loader.chapters()[path.stem]]
    assert shown == in_file, "all of its exercises, as they climb"
    assert written == [name for name in in_file if loader.exercises()[name]["kind"] == "code"]
    for name in written:
        exercise = loader.exercises()[name]
        cell = next(cell.source for cell in code_cells(notebook) if f'check("{name}", ' in cell.source)
        assert cell == f'{exercise["stub"]}\ncheck("{name}", {exercise["function"]})', "one text in the notebook and in the page"


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_every_picture_has_alternative_text(path):
    for number, cell in enumerate(read(path).cells):
        if any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])):
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            assert len(alt) > 40, f"cell {number + 1} draws a picture and says nothing about it"
