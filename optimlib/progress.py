"""What a class handed in, as one table: python -m optimlib.progress FILE...

Each file is what a student exported from "Your progress". The table is CSV, a row a file; --picture draws who solved what. A file
that cannot be used has a row that says why. None of this is proof against cheating: a student can write any file, and a right
checksum into it.
"""

import argparse
import csv
import glob
import io
import os
import sys
import unicodedata
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from . import _needs
from .exercises import loader, progress


class HandedIn(NamedTuple):
    """One file: its name, below the folder that holds all; the name and the course's version in it, its entries, its checksum ("whole", "changed" or ""), and what is wrong with it, or ""."""

    file: str
    name: str
    course: str
    entries: dict[str, dict]
    checksum: str
    problem: str


LARGEST = 5_000_000  # bytes; the page takes none that is larger, either


def read(path: Path, folder: Path | None = None) -> HandedIn:
    """What a file holds; one that cannot be used has no entries, and a problem. Its name is that below the folder.

    >>> from pathlib import Path
    >>> from optimlib.progress import read
    >>> read(Path("no-such.json")).problem
    'it cannot be read (No such file or directory)'
    """
    file = (os.path.relpath(path, folder) if folder else path.name).replace(os.sep, "/")
    try:
        if path.stat().st_size > LARGEST:
            return HandedIn(file, "", "", {}, "", "it is too large")
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except OSError as error:
        return HandedIn(file, "", "", {}, "", f"it cannot be read ({error.strerror})")
    except UnicodeDecodeError:
        return HandedIn(file, "", "", {}, "", "it is no text")
    entries, problem = progress.read_kept(text)
    if not text.strip():
        problem = "it is empty"
    about = progress.about(text) if not problem or entries else {}
    return HandedIn(file, about.get("name", ""), about.get("course", ""), entries, progress.checked(text), problem)


COLUMNS = (
    "name",
    "file",
    "solved",
    "tried",
    "solved at the first try",
    "tries",
    "hints",
    "solutions read",
    "first",
    "last",
    "seeds",
    "course",
    "checksum",
    "remarks",
)


def row(handed: HandedIn, remarks: Sequence[str], exercises: Sequence[str]) -> dict[str, Any]:
    """The row of a file: COLUMNS, and each exercise by its name, such as "solved, 2 tries"."""
    known = [handed.entries.get(name, {}) for name in exercises]
    solved = [entry for entry in known if entry.get("state") == "solved"]
    times = sorted(entry[name] for entry in known for name in ("tried_at", "solved_at") if name in entry)
    counted = {
        "solved": len(solved),
        "tried": sum(entry.get("state") == "tried" for entry in known),
        "solved at the first try": sum(entry.get("tries") == 1 for entry in solved),
        "tries": sum(entry.get("tries", 0) for entry in known),
        "hints": sum(entry.get("hints", 0) for entry in known),
        "solutions read": sum(bool(entry.get("solution")) for entry in known),
        "first": times[0] if times else "",
        "last": times[-1] if times else "",
    }
    seeds = sorted({entry["seed"] for entry in known if isinstance(entry.get("seed"), int)})
    checksum = handed.checksum or ("missing" if handed.entries else "")
    about = {
        "name": handed.name,
        "file": handed.file,
        "seeds": " ".join(map(str, seeds)),
        "course": handed.course,
        "checksum": checksum,
        "remarks": "; ".join(remarks),
    }
    return {**about, **counted, **{name: _in_words(entry) for name, entry in zip(exercises, known)}}


def _in_words(entry):
    state, tries = entry.get("state", "untried"), entry.get("tries")
    if state == "untried":
        return ""
    return state if tries is None else f"{state}, {tries} {'try' if tries == 1 else 'tries'}"


def remarks(files: Sequence[HandedIn], exercises: Sequence[str]) -> list[list[str]]:
    """What is to be said of each file: what is wrong with it, and which other file has its name, or its very entries."""
    by_name: dict[str, list[str]] = {}
    by_entries: dict[str, list[str]] = {}
    for handed in files:
        by_name.setdefault(_plain(handed.name), []).append(handed.file)
        by_entries.setdefault(repr(sorted(handed.entries.items())), []).append(handed.file)
    said = []
    for handed in files:
        unknown = len(handed.entries.keys() - set(exercises))
        namesakes = _others(by_name[_plain(handed.name)], handed.file) if handed.name else ""
        equals = _others(by_entries[repr(sorted(handed.entries.items()))], handed.file) if handed.entries else ""
        said.append(
            [
                *([handed.problem] if handed.problem else []),
                *(["no exercise was tried"] if not handed.problem and not handed.entries else []),
                *(["changed after it was exported"] if handed.checksum == "changed" else []),
                *([f"{unknown} of its exercises are not in this version of the course"] if unknown else []),
                *([f"the name is also in {namesakes}"] if namesakes else []),
                *([f"the same as {equals}"] if equals else []),
            ]
        )
    return said


def _plain(name):
    """A name as two files of one student have it, however it was typed."""
    return unicodedata.normalize("NFKC", name).casefold()


def _others(files, file, most=3):
    """The other files in words: "a.json, b.json", or "a.json, b.json, c.json and 5 more"."""
    others = list(files)
    others.remove(file)
    more = len(others) - most
    return ", ".join(others[:most]) + (f" and {more} more" if more > 0 else "")


def as_csv(files: Sequence[HandedIn]) -> str:
    """The table of these files, sorted by name, with the line ends that RFC 4180 has."""
    exercises = list(loader.exercises())
    rows = [row(handed, said, exercises) for handed, said in zip(files, remarks(files, exercises))]
    out = io.StringIO()
    writer = csv.DictWriter(out, [*COLUMNS, *exercises])
    writer.writeheader()
    for one in sorted(rows, key=lambda one: (one["name"].casefold(), one["file"])):
        writer.writerow({name: _no_formula(value) for name, value in one.items()})
    return out.getvalue()


def _no_formula(value):
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


# What a name may be drawn with, the first that there is and has its letters: Matplotlib's own has no Chinese, say.
FONTS = (
    "DejaVu Sans",
    "Noto Sans",
    "Noto Sans CJK SC",
    "Noto Sans Hebrew",
    "Noto Sans Arabic",
    "Segoe UI",
    "Microsoft YaHei",
    "Hiragino Sans",
    "Arial Unicode MS",
)


def picture(files: Sequence[HandedIn]) -> Any:
    """Who solved what, as a Matplotlib figure: a row a student, a column an exercise, white, hatched and dark for untried, tried and solved.

    Needs optimlib-course[plots].
    """
    with _needs.told("python -m optimlib.progress --picture", "plots"):
        from matplotlib import font_manager
        from matplotlib.figure import Figure
        from matplotlib.patches import Patch
    usable = sorted((handed for handed in files if handed.entries or not handed.problem), key=lambda handed: (handed.name or handed.file).casefold())
    exercises = list(loader.exercises())
    height = max(3.0, 1.6 + 0.16 * len(usable))
    figure = Figure(figsize=(3 + 0.16 * len(exercises), height), layout="constrained")
    ax = figure.add_subplot()
    looks: dict[str, Any] = {
        "tried": {"facecolor": "#f6cf8a", "hatch": "////", "edgecolor": "#8a5a00"},
        "solved": {"facecolor": "#1b3a5c", "edgecolor": "#1b3a5c"},
    }
    for state, look in looks.items():
        for y, handed in enumerate(usable):
            spans = [(x - 0.45, 0.9) for x, name in enumerate(exercises) if handed.entries.get(name, {}).get("state") == state]
            ax.broken_barh(spans, (y - 0.4, 0.8), linewidth=0.3, **look)
    ax.set(xlim=(-0.6, len(exercises) - 0.4), ylim=(len(usable) - 0.4, -0.6))
    ax.set_xticks(range(len(exercises)), exercises, rotation=90, fontsize=6)
    fonts = [font for font in FONTS if font in font_manager.get_font_names()]
    ax.set_yticks(range(len(usable)), [(handed.name or handed.file)[:40] for handed in usable], fontsize=6, parse_math=False, fontfamily=fonts)
    ax.tick_params(top=len(usable) > 30, labeltop=len(usable) > 30)
    ax.set_title("Who solved what")
    ax.legend(handles=[Patch(label=state, **look) for state, look in looks.items()], loc="upper left", bbox_to_anchor=(1.01, 1), fontsize=7)
    ax.spines[:].set_visible(False)
    return figure


def found(names: Iterable[str]) -> list[Path]:
    """The files that these names, patterns and folders stand for, each once, in their order."""
    paths = []
    for name in names:
        if Path(name).is_dir():
            paths += sorted(Path(name).rglob("*.json"))  # a course's server puts each student's file into a folder
        else:
            paths += [Path(one) for one in sorted(glob.glob(name))] or [Path(name)]
    return list(dict.fromkeys(paths))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 where at least one file could be used, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m optimlib.progress",
        description="Make one table of the files that a class exported from the course: a row a file, as CSV. It is no proof against cheating.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="an exported file, a pattern such as *.json, or a folder (with all that is in it)")
    parser.add_argument("-o", "--output", metavar="TABLE.csv", help="write the table there; without it, it is printed")
    parser.add_argument("--picture", metavar="PICTURE.png", help="also draw who solved what (needs optimlib-course[plots])")
    given = parser.parse_args(arguments)
    paths = found(given.files)
    folder = Path(os.path.commonpath([path.absolute().parent for path in paths])) if paths and len({path.absolute().anchor for path in paths}) == 1 else None
    files = [read(path, folder) for path in paths]
    table = as_csv(files)
    try:
        if given.output:
            Path(given.output).write_bytes(table.encode("utf-8-sig", "replace"))  # the mark tells spreadsheets that it is UTF-8
        else:
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # a name may have letters that a system's own encoding has not
            sys.stdout.write(table.replace("\r\n", "\n"))
        if given.picture:
            with warnings.catch_warnings(action="ignore", category=UserWarning):  # no font has all letters
                picture(files).savefig(given.picture, dpi=160)
    except OSError as error:
        parser.error(f"{error.filename} cannot be written ({error.strerror})")
    except (ImportError, ValueError) as error:  # no Matplotlib, or no such kind of picture
        parser.error(str(error))
    for handed in files:
        if handed.problem:
            print(f"{handed.file}: {handed.problem}.", file=sys.stderr)
    usable = sum(bool(handed.entries) or not handed.problem for handed in files)
    print(f"{usable} of {len(files)} files could be used.", file=sys.stderr)
    return 0 if usable else 1


if __name__ == "__main__":
    sys.exit(main())
