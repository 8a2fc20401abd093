"""How long the course takes to read, page by page: python -m tools.minutes

The core of the course is its pages up to the one that has the answer. The core of a page is its text up to the exercises, without
what is marked Deeper, without code and what the code prints, and without derivations, which fold away. It is read at 200 words a
minute, and each lab takes a minute and a half of play. What the pages, the first page and the README say is held to this by
tests/book/test_minutes.py.
"""

import re
from dataclasses import dataclass

from optimlib.exercises import loader
from tools.notebooks import CHAPTERS, read

WORDS_A_MINUTE = 200
MINUTES_A_LAB = 1.5

FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
NO_WORDS = re.compile(r"\]\([^)]*\)|<[^>]*>")  # where links lead, and tags
WORD = re.compile(r"[A-Za-z0-9]\S*")
LAB = re.compile(r"^(?:\w+ = )?(?:Lab|Pair|Strip)\(", re.MULTILINE)
LAST_OF_CORE = "momentum-or-rmsprop"  # the pages after it are for readers who have the answer
UNSEEN = {"hide-cell", "remove-cell", "remove-output"}


@dataclass
class Share:
    """What a part of a page asks of its reader."""

    words: int = 0
    labs: int = 0

    @property
    def minutes(self):
        return self.words / WORDS_A_MINUTE + self.labs * MINUTES_A_LAB


def words(text):
    return len(WORD.findall(NO_WORDS.sub(" ", text)))


def shares(notebook):
    """The core of a page, and what it has beyond that: (Share, Share)."""
    core, more = Share(), Share()
    deeper = 0  # the level of the heading that is marked Deeper and that we are under
    for cell in notebook.cells:
        if cell.cell_type == "code":
            labs = 0 if UNSEEN & set(cell.metadata.get("tags", [])) else len(LAB.findall(cell.source))
            (more if deeper else core).labs += labs
            continue
        for part in re.split(r"^(?=#+ )", cell.source, flags=re.MULTILINE):
            heading = re.match(r"(#+) (.*)", part)
            if heading and heading[2] == "Exercises":
                return core, more
            if heading and (not deeper or len(heading[1]) <= deeper):
                deeper = len(heading[1]) if heading[2].startswith("Deeper: ") else 0
            plain = words(FOLDED.sub(" ", part))
            (more if deeper else core).words += plain
            more.words += words(part) - plain
    return core, more


def pages():
    """The shares of each page with exercises, in the order of the book: {page: (core, more)}."""
    return {page: shares(read(CHAPTERS / f"{page}.ipynb")) for page in loader.TITLES}


def core_pages():
    """Those up to the page that has the answer: {page: (core, more)}."""
    names = list(loader.TITLES)
    return {page: shares(read(CHAPTERS / f"{page}.ipynb")) for page in names[: names.index(LAST_OF_CORE) + 1]}


def main():
    print("page                      words  labs  minutes   with the parts marked Deeper")
    total = sum(core.minutes for core, _ in core_pages().values())
    for page, (core, more) in pages().items():
        print(f"{page:24} {core.words:6} {core.labs:5} {core.minutes:8.1f} {core.minutes + more.minutes:8.1f}")
    print(f"the core                              {total:8.1f}")


if __name__ == "__main__":
    main()
