"""Progress that is handed in: tries and times, a name, a checksum that is one in both languages, and the table of a class."""

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import zlib

import pytest
from nodejs import run_joined

from optimlib import check
from optimlib import progress as table
from optimlib.exercises import loader, progress

NAMES = ["", "Ada", 'Ö. "the" O’Neil, Jr.', "王小明", "ד״ר כהן", "a\tb", "=1+1", "🙂 x", "e\u0301"]
EXPORT = """\
import { checked, crc32, exportText, fileName, judged, readKept, updated } from "./joined.mjs";

export default ({ names, kept, bytes, entries }) => ({
  texts: names.map((name) => exportText(kept, { name, course: "0.1.0" })),
  files: names.map(fileName),
  checked: names.map((name) => checked(exportText(kept, { name, course: "0.1.0" }))),
  crlf: checked(exportText(kept, { name: "Ada", course: "" }).replaceAll("\\n", "\\r\\n")),
  changed: checked(exportText(kept, { name: "Ada", course: "" }).replace("tried", "solved")),
  sums: bytes.map((one) => crc32(Uint8Array.from(one))),
  judged: entries.map((entry) => ["tried", "solved"].map((state) => judged(entry, state))),
  updated: entries.flatMap((a) => entries.map((b) => updated(a, b))),
});
"""
KEPT = {
    "gd-edge": {"state": "tried", "hints": 2, "answer": [0.1, 1e-7, 1e21, {"ä": "é"}], "tries": 3, "tried_at": "2026-11-28T09:30:00Z"},
    "gd-step": {"state": "solved", "hints": 0, "solution": False, "tries": 1, "tried_at": "2026-11-28T09:31:00Z", "solved_at": "2026-11-28T09:31:00Z"},
}
ENTRIES = [
    {},
    {"state": "tried"},
    {"state": "solved", "tries": 2, "tried_at": "2026-01-02T00:00:00Z", "solved_at": "2026-01-03T00:00:00Z"},
    {"state": "tried", "tries": 5, "tried_at": "2026-01-01T00:00:00Z"},
]


@pytest.fixture(scope="module")
def javascript():
    chance = random.Random(5)
    bytes_ = [[chance.randrange(256) for _ in range(size)] for size in (0, 1, 2, 9, 300)]
    return bytes_, run_joined(EXPORT, {"names": NAMES, "kept": KEPT, "bytes": bytes_, "entries": ENTRIES})


def test_the_checksum_is_zlibs_and_python_finds_each_export_whole(javascript):
    bytes_, theirs = javascript
    assert theirs["sums"] == [zlib.crc32(bytes(one)) for one in bytes_]
    assert theirs["checked"] == ["whole"] * len(NAMES) and (theirs["crlf"], theirs["changed"]) == ("whole", "changed")
    for name, text in zip(NAMES, theirs["texts"]):
        assert progress.read_kept(text) == (KEPT, "")
        assert progress.checked(text) == progress.checked(text.replace("\n", "\r\n")) == "whole"
        assert progress.about(text) == {"course": "0.1.0", **({"name": " ".join(name.split())} if name else {})}
        for old, new in (("tried", "solved"), ('"tries": 3', '"tries": 1'), ("0.1.0", "0.1.1")):
            assert progress.checked(text.replace(old, new, 1)) == "changed"
    assert progress.checked("{}") == progress.checked(progress.write_kept(KEPT)) == ""


def test_the_files_name_holds_the_readers(javascript):
    assert javascript[1]["files"][:4] == [
        "optimlib-progress.json",
        "optimlib-progress-ada.json",
        "optimlib-progress-ö-the-o-neil-jr.json",
        "optimlib-progress-王小明.json",
    ]
    assert all(re.fullmatch(r"[^\s/\\:*?\"<>|]+\.json", name) for name in javascript[1]["files"])


def test_tries_and_times_are_counted_alike(javascript):
    def timeless(change):
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", change[name]) for name in ("tried_at", "solved_at") if name in change)
        return {name: value if name not in ("tried_at", "solved_at") else "a time" for name, value in change.items()}

    ours = [[timeless(progress.judged(entry, state)) for state in ("tried", "solved")] for entry in ENTRIES]
    assert [[timeless(change) for change in both] for both in javascript[1]["judged"]] == ours
    assert javascript[1]["updated"] == [progress.updated(a, b) for a in ENTRIES for b in ENTRIES]


def test_a_file_that_is_taken_twice_adds_nothing():
    once = progress.merged({"a": ENTRIES[3]}, {"a": ENTRIES[2]})
    assert progress.merged(once, {"a": ENTRIES[2]}) == progress.merged({"a": ENTRIES[2]}, once) == once
    assert once["a"] == {**ENTRIES[2], "tries": 5, "tried_at": "2026-01-01T00:00:00Z", "hints": 0, "solution": False}


@pytest.mark.parametrize(
    "part", [{"tries": -1}, {"tries": 1.5}, {"tries": True}, {"tries": None}, {"tries": 10**9}, {"tried_at": 3}, {"solved_at": "yesterday"}, {"tried_at": None}]
)
def test_what_is_no_count_and_no_time_is_a_damaged_entry_in_both(part):
    text = progress.write_kept({"gd-edge": {"state": "tried", **part}})
    assert progress.read_kept(text) == ({}, "1 of its entries is damaged")
    code = 'import { readKept } from "./joined.mjs";\nexport default (text) => readKept(text);\n'
    assert run_joined(code, text) == {"kept": {}, "problem": "1 of its entries is damaged"}


TAKEN = 'import { textOf, withFile } from "./joined.mjs";\nexport default ({ mine, theirs, texts }) => [withFile(mine, theirs), texts.map((one) => textOf(Uint8Array.from(one).buffer))];\n'


def test_a_file_brings_the_answer_that_solved_it_and_takes_none_away():
    right, wrong = {"state": "solved", "answer": "1/4", "draft": None}, {"state": "tried", "answer": "0.7", "draft": "0.2"}
    texts = [list(raw) for raw in ("é x".encode(), "é x".encode("utf-8-sig"), "é x".encode("utf-16"), b"\xfe\xff" + "é x".encode("utf-16-be"))]
    given = {"mine": {"a": wrong, "b": right, "c": wrong, "mine": right}, "theirs": {"a": right, "b": wrong, "c": {**wrong, "answer": "9"}, "theirs": wrong}}
    taken, read = run_joined(TAKEN, {**given, "texts": texts})
    assert {name: (entry["state"], entry["answer"], entry["draft"]) for name, entry in taken.items()} == {
        "a": ("solved", "1/4", "0.2"),
        "b": ("solved", "1/4", None),
        "c": ("tried", "0.7", "0.2"),
        "mine": ("solved", "1/4", None),
        "theirs": ("tried", "0.7", "0.2"),
    }
    assert read == ["é x"] * 4


def test_check_counts_until_it_is_right(tmp_path, monkeypatch):
    monkeypatch.setenv("OPTIMLIB_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setattr(progress, "_unsaved", {})  # as in a kernel that has just started
    for answer in ("0.7", "0.6", loader.exercise("gd-edge")["answer"], "0.7"):
        check("gd-edge", answer)
    entry = progress.load()[0]["gd-edge"]
    assert (entry["state"], entry["tries"]) == ("solved", 3)
    assert entry["tried_at"] <= entry["solved_at"]


# --- the table


def export(folder, name, kept, file=None, encoding="utf-8"):
    text = (
        json.dumps(
            {"format": "optimlib progress", "version": 1, **({"name": name} if name else {}), "course": "0.1.0", "exercises": kept, "checksum": "0" * 8},
            indent=1,
        )
        + "\n"
    )
    text = text.replace('"checksum": "00000000"', f'"checksum": "{zlib.crc32(text.encode()):08x}"')
    path = folder / (file or f"{name}.json")
    path.write_bytes(text.encode(encoding))
    return path


def rows(*files):
    return list(csv.DictReader(io.StringIO(table.as_csv([table.read(file) for file in files]), newline="")))


def test_a_row_a_student_sorted_by_name(tmp_path):
    files = [export(tmp_path, "Zoë", KEPT), export(tmp_path, "Ada", {})]
    ada, zoe = rows(*files)
    assert (ada["name"], zoe["name"]) == ("Ada", "Zoë")
    wanted = {
        "solved": "1",
        "tried": "1",
        "solved at the first try": "1",
        "tries": "4",
        "hints": "2",
        "solutions read": "0",
        "checksum": "whole",
        "course": "0.1.0",
        "remarks": "",
    }
    assert {name: zoe[name] for name in wanted} == wanted
    assert (zoe["first"], zoe["last"]) == ("2026-11-28T09:30:00Z", "2026-11-28T09:31:00Z")
    assert (zoe["gd-edge"], zoe["gd-step"], ada["gd-edge"]) == ("tried, 3 tries", "solved, 1 try", "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_that_an_editor_saved_in_its_own_way_is_read(tmp_path, encoding):
    (one,) = rows(export(tmp_path, "Ada", KEPT, encoding=encoding))
    assert (one["solved"], one["checksum"], one["remarks"]) == ("1", "whole", "")


def test_no_name_is_a_formula_and_none_breaks_its_row(tmp_path):
    names = ["=1+1", "+x", "-x", "@x", 'a "b", c', "two\nlines", "🙂"]
    found = rows(*(export(tmp_path, name, KEPT, file=f"{i}.json") for i, name in enumerate(names)))
    assert sorted(one["name"] for one in found) == sorted(["'=1+1", "'+x", "'-x", "'@x", 'a "b", c', "two lines", "🙂"])


def test_what_cannot_be_used_has_a_row_that_says_why(tmp_path):
    bad = {
        "empty.json": (b"", "it is empty"),
        "half.json": (progress.write_kept(KEPT).encode()[:60], "it is not JSON"),
        "nan.json": (b'{"format": "optimlib progress", "version": 1, "exercises": {"a": {"hints": NaN}}}', "it is not JSON"),
        "picture.json": (b"\x89PNG\r\n\x1a\n\xff\xfe\x00", "it is no text"),
        "other.json": (b'{"name": "settings", "version": 1}', "it is not the progress of this course"),
        "newer.json": (b'{"format": "optimlib progress", "version": 2}', "it was made by a newer version of the course"),
        "deep.json": (b"[" * 10**5, "it is not JSON"),
    }
    for name, (raw, _) in bad.items():
        (tmp_path / name).write_bytes(raw)
    for one in rows(*(tmp_path / name for name in bad), tmp_path / "none.json"):
        assert one["remarks"] == bad.get(one["file"], ("", "it cannot be read (No such file or directory)"))[1], one["file"]
        assert one["solved"] == "0"


def test_edited_copied_and_twice_handed_in_files_are_marked(tmp_path):
    ada = export(tmp_path, "Ada", KEPT)
    edited = tmp_path / "edited.json"
    edited.write_text(ada.read_text(encoding="utf-8").replace('"tried"', '"solved"').replace("Ada", "Eve"), encoding="utf-8")
    copied, again = export(tmp_path, "Bob", KEPT), export(tmp_path, "Ada", {"gd-edge": {"state": "tried"}}, file="again.json")
    found = {one["file"]: one for one in rows(ada, edited, copied, again)}
    assert (found["edited.json"]["checksum"], found["edited.json"]["remarks"]) == ("changed", "changed after it was exported")
    assert found["Bob.json"]["remarks"] == "the same as Ada.json"
    assert found["again.json"]["remarks"] == "the name is also in Ada.json"
    assert found["Ada.json"]["remarks"] == "the name is also in again.json; the same as Bob.json"


def test_the_command_takes_folders_and_patterns_and_draws(tmp_path, capsys):
    for i in range(30):
        export(tmp_path, f"student {i:02}", KEPT if i % 2 else {"gd-edge": {"state": "tried"}})
    assert table.main([str(tmp_path), str(tmp_path / "*.json"), "-o", str(tmp_path / "class.csv"), "--picture", str(tmp_path / "class.png")]) == 0
    assert capsys.readouterr().err == "30 of 30 files could be used.\n"
    written = (tmp_path / "class.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and len(list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))) == 30
    assert (tmp_path / "class.png").read_bytes().startswith(b"\x89PNG")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.json").write_text("{}", encoding="utf-8")
    assert table.main([str(tmp_path / "bad")]) == 1
    assert "x.json: it is not the progress of this course." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        table.main([str(tmp_path), "-o", str(tmp_path / "no" / "where.csv")])
    assert "cannot be written" in capsys.readouterr().err


def test_names_that_break_an_encoding_or_a_formula_break_neither_table_nor_picture(tmp_path, capsys):
    names = ["$\\frac{a$", "\ud800x", "a\x00b", "王小明", "ד״ר כהן"]
    for i, name in enumerate(names):
        text = json.dumps({"format": "optimlib progress", "version": 1, "name": name, "exercises": KEPT})
        (tmp_path / f"{i}.json").write_text(text, encoding="utf-8")
    assert table.main([str(tmp_path), "-o", str(tmp_path / "class.csv"), "--picture", str(tmp_path / "class.png")]) == 0
    found = csv.DictReader(io.StringIO((tmp_path / "class.csv").read_text(encoding="utf-8-sig"), newline=""))
    assert sorted(one["name"] for one in found) == sorted(["$\\frac{a$", "x", "a b", "王小明", "ד״ר כהן"])
    with pytest.raises(SystemExit):
        table.main([str(tmp_path), "--picture", str(tmp_path / "class.docx")])
    assert "docx" in capsys.readouterr().err


def test_the_table_is_printed_on_a_system_with_few_letters(tmp_path):
    export(tmp_path, "王小明", KEPT)
    command = [sys.executable, "-m", "optimlib.progress", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert done.returncode == 0 and "王小明,王小明.json" in done.stdout.decode("utf-8"), done.stderr


def test_files_of_one_name_in_folders_of_their_own_are_told_apart(tmp_path, capsys):
    for i in range(9):
        (tmp_path / f"student {i}").mkdir()
        export(tmp_path / f"student {i}", "ADA" if i % 2 else "Ada", {**KEPT, "gd-edge": {"state": "tried", "tries": i, "seed": 7}}, file="p.json")
    export(tmp_path, "Bob", {})
    (tmp_path / "large.json").write_bytes(b" " * (table.LARGEST + 1))
    assert table.main([str(tmp_path)]) == 0
    said = capsys.readouterr()
    found = {one["file"]: one for one in csv.DictReader(io.StringIO(said.out))}
    assert found["student 0/p.json"]["remarks"] == "the name is also in student 1/p.json, student 2/p.json, student 3/p.json and 5 more"
    assert found["student 0/p.json"]["seeds"] == "7"
    assert (found["Bob.json"]["remarks"], found["large.json"]["remarks"]) == ("no exercise was tried", "it is too large")
    assert said.err == "large.json: it is too large.\n10 of 11 files could be used.\n"


def test_the_picture_has_a_row_a_student_and_a_column_an_exercise(tmp_path):
    files = [table.read(export(tmp_path, name, KEPT)) for name in ("Ada", "Bob")]
    (ax,) = table.picture(files).axes
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Ada", "Bob"]
    assert [label.get_text() for label in ax.get_xticklabels()] == list(loader.exercises())
