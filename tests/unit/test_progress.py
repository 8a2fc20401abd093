"""A reader's progress: kept in a file and in a browser, and never lost to what stands in its place."""

import gc
import json
import os
import re
import subprocess
import sys
import weakref
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
import yaml
from axe import violations_in_both_themes
from nodejs import run_joined
from test_site import DESKTOP, PHONE, awaited, base, framed, opened  # noqa: F401 (base is a fixture)

from optimlib import Exercise, Progress, check
from optimlib._needs import PACKAGE
from optimlib.exercises import loader, progress
from optimlib.exercises.progress import STATES, merged, read_kept, updated, write_kept
from tools import commands, notebooks
from tools.notebooks import ROOT, chapters, read, title

ITEM = "optimlib course progress"
ENTRY = {"state": "solved", "hints": 1, "solution": False, "answer": "1/4"}
WHOLE = write_kept({"gd-edge": ENTRY})
FOREIGN = {
    "not JSON": '{"format": "optimlib progress", "ver',
    "another's": '{"name": "settings", "version": 1}',
    "newer": '{"format": "optimlib progress", "version": 2, "exercises": []}',
    "newer parts": '{"format": "optimlib progress", "version": 1, "exercises": {}, "settings": {}}',
    "a damaged entry": '{"format": "optimlib progress", "version": 1, "exercises": {"gd-step": {"state": "tried"}, "gd-edge": 3}}',
}
foreign = pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)


def forget(monkeypatch):
    """As in a kernel that has just started."""
    monkeypatch.setattr(progress, "_unsaved", {})
    monkeypatch.setattr(progress, "_refused", "")
    monkeypatch.setattr(progress, "_watchers", set())


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where a reader's progress is kept in this test; nothing is there yet."""
    path = tmp_path / "home" / "progress.json"
    monkeypatch.setenv("OPTIMLIB_PROGRESS", str(path))
    forget(monkeypatch)
    return path


# --- the course


def test_the_contents_are_those_of_the_book():
    contents = loader.contents()
    assert [one["chapter"] for one in contents] == [path.stem for path in chapters() if path.stem in loader.TITLES]
    for one in contents:
        first = title(read(ROOT / "chapters" / f"{one['chapter']}.ipynb")).source
        assert first.splitlines()[0] == f"# {one['title']}"
    listed = [exercise for one in contents for exercise in one["exercises"]]
    assert sorted(exercise["id"] for exercise in listed) == sorted(loader.exercises())
    assert all(exercise[name] for exercise in listed for name in ("title", "kind", "level"))


def test_the_book_ends_with_the_progress():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert toc["chapters"][-1] == {"file": "chapters/progress"}


# --- entries and texts


def test_solved_stays_solved_and_hints_never_go_down():
    assert updated(ENTRY, {"state": "tried", "hints": 0, "answer": "2"}) == {**ENTRY, "answer": "2"}
    assert updated({}, {"hints": 2}) == {"state": "untried", "hints": 2, "solution": False}
    assert merged({"a": {"state": "tried", "answer": 1}}, {"a": {**ENTRY, "note": 3}, "b": {}}) == {"a": {**ENTRY, "note": 3, "answer": 1}, "b": {}}


def test_javascript_reads_every_text_alike():
    hostile = (Path(__file__).parent.parent / "parity" / "js" / "hostile_kept.mjs").as_uri()
    theirs = run_joined(
        f"""\
import {{ DAMAGED, GOOD, REFUSED }} from "{hostile}";
import {{ readKept, updated }} from "./joined.mjs";
const texts = [...GOOD, ...DAMAGED, ...REFUSED];
const both = (parts) => parts.map((a) => parts.map((b) => updated(a, b)));
export default (parts) => ({{ texts, found: texts.map(readKept), both: both(parts) }});
""",
        PARTS,
    )
    assert len(theirs["texts"]) > 200
    for text, found in zip(theirs["texts"], theirs["found"], strict=True):
        assert read_kept(text) == (found["kept"], found["problem"]), text[:200]
    assert theirs["both"] == [[updated(a, b) for b in PARTS] for a in PARTS]


PARTS = [{}, *({"state": state, "hints": hints, "answer": hints} for state in STATES for hints in (0, 2)), {"solution": True}, {"note": 1, "hints": 1}]


def test_what_is_nested_without_end_is_no_progress():
    for text in ("[" * 10**6, write_kept({}).replace("{}", '{"gd-edge": ' + "[" * 10**5 + "]" * 10**5 + "}")):
        assert read_kept(text) == ({}, "it is not JSON")


# --- the file


def test_an_untouched_course_writes_no_file(place):
    Progress(), Progress("rmsprop"), Exercise("gd-edge"), check("gd-edge"), check("gd-edge", "half")
    assert progress.load() == ({}, "")
    assert not place.parent.exists()


def test_what_is_recorded_is_there_in_the_next_kernel(place, monkeypatch):
    progress.record("gd-edge", state="tried", answer="1/8")
    progress.record("gd-edge", hints=1)
    progress.record("gd-edge", state="solved", answer="1/4")
    progress.record("gd-edge", state="tried")
    forget(monkeypatch)
    assert progress.load() == ({"gd-edge": ENTRY}, "")
    assert read_kept(place.read_text(encoding="utf-8")) == ({"gd-edge": ENTRY}, "")


def test_what_another_kernel_wrote_stays(place):
    progress.record("gd-edge", state="tried")
    there = {"gd-edge": {**ENTRY, "note": "of another"}, "no-such-exercise": {"state": "tried", "more": [1]}}
    place.write_text(write_kept(there), encoding="utf-8-sig")  # as an editor on Windows writes it
    progress.record("gd-step", state="solved")
    kept, problem = progress.load()
    assert problem == "" and kept.pop("gd-step")["state"] == "solved"
    assert kept == there


RECORDING = """
import sys
from optimlib.exercises import progress
print("ready", flush=True)
sys.stdin.readline()
for i in range(100):
    progress.record(f"{sys.argv[1]}-{i}", state="solved")
"""


def test_two_kernels_at_once_lose_nothing(place):
    kernels = [subprocess.Popen([sys.executable, "-c", RECORDING, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for name in "ab"]
    for kernel in kernels:
        assert kernel.stdout.readline() == "ready\n"
    for kernel in kernels:
        kernel.stdin.write("go\n")
        kernel.stdin.flush()
    for kernel in kernels:
        kernel.communicate()
        assert kernel.returncode == 0
    assert progress.load()[0].keys() == {f"{name}-{i}" for name in "ab" for i in range(100)}
    assert sorted(path.name for path in place.parent.iterdir()) == ["progress.json", "progress.json.lock"]


@foreign
def test_what_stands_in_the_place_is_not_overwritten(place, text):
    place.parent.mkdir()
    place.write_text(text, encoding="utf-8")
    shown = Progress()
    check("gd-edge", 0.2), check("gd-edge", 0.7)
    assert place.read_text(encoding="utf-8") == text
    assert re.fullmatch(
        rf"Your progress is not being kept: {re.escape(str(place))} cannot be used, since it.+ It stays as it is; a reset moves it aside\.|"
        rf"Your progress is not being kept: .+, since 1 of its entries is damaged\. It stays as it is; a reset moves it aside\.",
        shown.problem,
    )
    assert shown.kept["gd-edge"]["state"] == "tried" or shown.kept["gd-edge"]["state"] == "solved"
    assert read_kept(write_kept(shown.kept)) == (shown.kept, ""), "an export works"
    shown.kept = None
    assert (shown.kept, shown.problem) == ({}, "")
    assert place.with_name("progress.json.old1").read_text(encoding="utf-8") == text, "moved aside, not lost"
    progress.record("gd-step", state="tried")
    assert read_kept(place.read_text(encoding="utf-8"))[0].keys() == {"gd-step"}


def test_a_second_file_that_cannot_be_used_is_not_lost_either(place):
    place.parent.mkdir()
    for number in (1, 2):
        place.write_bytes(b"\xff\xfe" + bytes([number]))
        assert "it is not JSON" in progress.load()[1]
        progress.reset()
        assert place.with_name(f"progress.json.old{number}").read_bytes()[-1] == number


def unusable(place, how):
    if how == "a folder in its place":
        place.mkdir(parents=True)
    elif how == "a file as its folder":
        place.parent.write_text("mine", encoding="utf-8")
    else:
        place.parent.mkdir()
        place.with_name("progress.json.lock").mkdir()  # nothing can be written beside it


@pytest.mark.parametrize("how", ["a folder in its place", "a file as its folder", "no room beside it"])
def test_where_no_file_can_be_all_is_kept_in_memory(place, how):
    unusable(place, how)
    shown = Progress()
    assert repr(check("gd-edge", "0.7")).startswith("Not yet.")
    progress.record("gd-edge", hints=2)
    assert (shown.kept["gd-edge"]["state"], shown.kept["gd-edge"]["hints"]) == ("tried", 2)
    assert re.fullmatch(rf"Your progress is not being kept: {re.escape(str(place))} cannot be (read|written) \(.+\)\.", shown.problem)
    shown.kept = None
    assert shown.kept == {}
    assert how != "a file as its folder" or place.parent.read_text(encoding="utf-8") == "mine"


def test_what_could_not_be_written_is_written_once_it_can(place):
    unusable(place, "no room beside it")
    progress.record("gd-edge", state="solved")
    assert progress.load()[1]
    place.with_name("progress.json.lock").rmdir()
    progress.record("gd-step", state="tried")
    assert progress.load()[1] == ""
    assert read_kept(place.read_text(encoding="utf-8"))[0].keys() == {"gd-edge", "gd-step"}


def test_a_writing_that_fails_leaves_the_old_file_and_no_other(place, monkeypatch):
    progress.record("gd-edge", state="solved")
    before = place.read_text(encoding="utf-8")

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    progress.record("gd-step", state="solved")
    assert place.read_text(encoding="utf-8") == before
    assert sorted(path.name for path in place.parent.iterdir()) == ["progress.json", "progress.json.lock"]
    kept, problem = progress.load()
    assert kept.keys() == {"gd-edge", "gd-step"} and "No space left on device" in problem


def test_off_keeps_nothing_beyond_the_kernel(tmp_path, monkeypatch):
    monkeypatch.setenv("OPTIMLIB_PROGRESS", "off")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    forget(monkeypatch)
    progress.record("gd-edge", state="solved")
    assert progress.load()[0].keys() == {"gd-edge"} and progress.load()[1] == ""
    progress.reset()
    assert progress.load() == ({}, "")
    assert list(tmp_path.iterdir()) == []


def test_a_home_is_where_progress_is_kept_otherwise(tmp_path, monkeypatch):
    monkeypatch.delenv("OPTIMLIB_PROGRESS")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    forget(monkeypatch)
    progress.record("gd-edge", state="solved")
    assert (tmp_path / ".optimlib" / "progress.json").exists()


def test_building_the_book_keeps_off_a_readers_progress(place, tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)
    cell = "from optimlib import Progress\nfrom optimlib.exercises import progress\nprogress.record('gd-edge', state='solved')\nProgress().problem"
    path = tmp_path / "small.ipynb"
    notebooks.write(notebooks.nbformat.v4.new_notebook(cells=[notebooks.nbformat.v4.new_code_cell(cell)]), path)
    assert notebooks.execute(path).cells[0].outputs[0]["data"]["text/plain"] == "''"
    assert not place.parent.exists()
    assert commands.COMMANDS["check"].settings == commands.COMMANDS["test"].settings == {"OPTIMLIB_PROGRESS": "off"}


# --- the widgets


def test_check_in_one_cell_is_seen_in_another(place):
    shown, line, other = Progress(), Progress("gradient-descent"), Exercise("gd-edge")
    check("gd-edge", 0.7)
    for widget in (shown, line):
        assert widget.kept["gd-edge"]["state"] == "tried"
    assert other.kept["state"] == "tried"
    other.kept = {**other.kept, "state": "solved", "hints": 1}
    assert shown.kept["gd-edge"]["hints"] == 1
    shown.kept = None
    assert other.kept == line.kept == {} and not place.exists()


def test_an_import_adds_to_what_is_there(place):
    shown = Progress()
    progress.record("gd-edge", state="solved")
    there = {**progress.load()[0], "gd-step": {"state": "solved"}}
    place.write_text(write_kept(there), encoding="utf-8")  # another kernel, of which this one has not heard
    shown.kept = {"gd-edge": {"state": "tried", "hints": 2}, "other": {"state": "tried"}}
    assert {name: (entry["state"], entry.get("hints", 0)) for name, entry in shown.kept.items()} == {
        "gd-edge": ("solved", 2),
        "gd-step": ("solved", 0),
        "other": ("tried", 0),
    }
    shown.kept = {}
    assert shown.kept == progress.load()[0] != {}, "only None forgets"


def test_what_is_no_entry_is_refused(place):
    shown = Progress()
    arrays = [{"gd-edge": {name: np.array([1, 2])}} for name in ("state", "hints", "solution", "answer")]
    for bad in (*arrays, {"gd-edge": 3}, {"gd-edge": {"state": "done"}}, {3: {}}, {"gd-edge": {"answer": float("nan")}}, [], "x"):
        with pytest.raises(Exception, match="kept") as refused:
            shown.kept = bad
        assert type(refused.value).__name__ == "TraitError"
    with pytest.raises(ValueError, match="must be like"):
        progress.record("gd-edge", state="done")
    assert progress.load() == ({}, "") and shown.kept == {}


def test_who_is_gone_is_not_told(place):
    class Watcher:
        def hear(self, kept, problem):
            heard.append(kept)

    heard, watcher = [], Watcher()
    progress.watch(watcher.hear)
    gone = weakref.ref(watcher)
    del watcher
    gc.collect()
    assert gone() is None
    progress.record("gd-edge", state="solved")
    assert heard == [{}] and not progress._watchers


def test_an_unknown_chapter_gets_the_nearest():
    with pytest.raises(ValueError, match="not 'rmspop'; the nearest is 'rmsprop'"):
        Progress("rmspop")
    for name in ("", 3, ["rmsprop"], np.array(["rmsprop", "momentum"]), "progress"):
        with pytest.raises(ValueError, match="chapter must be the name of a chapter"):
            Progress(name)


def test_the_words_are_the_same_whatever_is_kept(place):
    def words(widget):
        data, _ = widget._repr_mimebundle_()
        assert "application/vnd.jupyter.widget-view+json" in data
        return data["text/plain"], data["text/markdown"]

    before = [words(Progress()), words(Progress("rmsprop"))]
    number = len(loader.exercises())
    assert before[0][0] == f"Progress: {number} exercises" and before[1][0].startswith("Progress in rmsprop: ")
    assert "Momentum or RMSProp? 7" in before[0][1] and "AdaGrad" not in before[1][1]
    progress.record("rmsprop-order", state="solved")
    assert [words(Progress()), words(Progress("rmsprop"))] == before


# --- the site

KEPT = {"gd-edge": {"state": "solved", "hints": 1, "solution": True}, "gd-step": {"state": "tried"}, "rmsprop-order": {"state": "solved"}}


def go(page, address):
    page.wait_for_load_state("networkidle")  # a request that leaving cuts off would be a complaint
    page.goto(address)
    framed(page)


def progress_page(page, base):
    if not page.url.endswith("/progress.html"):
        go(page, f"{base}/chapters/progress.html")
    shown = page.locator(".ol-progress")
    shown.wait_for()
    return shown


def put(page, text):
    """Set the item, as another visit left it, and load the page again."""
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [ITEM, text])
    page.wait_for_load_state("networkidle")
    page.reload()
    framed(page)
    return page.locator(".ol-progress")


def answer_edge(page):
    """Solve the exercise gd-edge, and give its form."""
    page.locator("#exercise-gd-edge").scroll_into_view_if_needed()
    form = page.locator("#exercise-gd-edge .ol-exercise")
    form.get_by_role("textbox").fill("0.2")
    form.get_by_role("button", name="Check").click()
    return form


def item(page):
    return page.evaluate("(name) => localStorage.getItem(name)", ITEM)


def counts(page):
    """What the contents say of each chapter."""
    tallies = page.locator(".bd-links a:has(.ol-tally)").all()
    return {link.evaluate("link => link.firstChild.textContent.trim()"): link.locator(".ol-tally").inner_text() for link in tallies}


def of(title):
    return next(len(one["exercises"]) for one in loader.contents() if one["title"] == title)


def row(shown, exercise_id):
    return shown.locator(f"li:has(a[href$='#exercise-{exercise_id}'])")


def said(shown, words):
    shown.get_by_role("status").filter(has_text=words).wait_for()


def test_the_page_lists_every_exercise_and_how_far_one_is(browser, base):
    with opened(browser, f"{base}/chapters/progress.html") as page:
        shown = progress_page(page, base)
        assert shown.locator("li").count() == len(loader.exercises())
        assert item(page) is None, "to look writes nothing"
        shown = put(page, write_kept(KEPT))
        assert row(shown, "gd-edge").inner_text().split("\n")[-1] == "✓ solved with 1 hint, solution read"
        assert row(shown, "gd-step").inner_text().endswith("tried")
        shown.get_by_text(f"2 of {len(loader.exercises())} solved").wait_for()
        expected = {
            one["title"]: f"{dict(zip(('Gradient descent', 'RMSProp'), '11')).get(one['title'], '0')}/{len(one['exercises'])}" for one in loader.contents()
        }
        assert counts(page) == expected
        assert page.get_by_role("link", name=f"RMSProp 1 of {of('RMSProp')} solved").count() == 1


def test_each_link_leads_to_its_exercise(browser, files):
    with opened(browser, f"{files}/chapters/progress.html") as page:
        shown = progress_page(page, files)
        targets = [link.get_attribute("href") for link in shown.locator("li a").all()]
        assert len(targets) == len(loader.exercises())
        for chapter in loader.TITLES:
            go(page, f"{files}/chapters/{chapter}.html")
            for target in targets:
                if target.startswith(f"{chapter}.html#"):
                    assert page.locator(f"[id='{target.split('#')[1]}'].optimlib-widget").count() == 1, target
        progress_page(page, files).locator("a[href$='#exercise-momentum-border']").click()
        page.locator("#exercise-momentum-border .ol-exercise").wait_for()
        awaited(page, lambda: page.locator(".optimlib-widget:not(:has(.ol))").count() == 0, "all is drawn")
        top = page.locator("#exercise-momentum-border").bounding_box()["y"]
        assert 0 <= top < DESKTOP["viewport"]["height"] / 2, "the exercise is in view"


def test_an_exercise_that_is_solved_counts_at_once_and_in_other_tabs(browser, base):
    with opened(browser, f"{base}/chapters/gradient-descent.html") as page:
        other = page.context.new_page()
        shown = progress_page(other, base)
        form = answer_edge(page)
        number = of("Gradient descent")
        awaited(page, lambda: counts(page)["Gradient descent"] == f"1/{number}", "the contents count it")
        shown.get_by_text(f"1 of {number} solved").wait_for()
        awaited(other, lambda: counts(other)["Gradient descent"] == f"1/{number}", "the other tab counts it")

        shown.get_by_role("button", name="Reset").click()
        shown.get_by_role("button", name="Yes, forget all").click()
        awaited(page, lambda: counts(page)["Gradient descent"] == f"0/{number}", "the first tab forgets it")
        awaited(page, lambda: form.get_by_role("textbox").input_value() == "", "and clears the answer")


def test_where_each_file_has_its_own_storage_the_list_says_so_and_takes_what_a_chapter_exports(browser, files, tmp_path):
    """None of the browsers here keeps them apart: another context has another storage."""
    with opened(browser, f"{files}/chapters/gradient-descent.html") as page:
        line = page.locator(".ol-progress")
        export = line.get_by_role("button", name="Export")
        export.wait_for()
        before = page.locator("#exercise-gd-edge").bounding_box()
        answer_edge(page)
        line.get_by_text("1 of ").wait_for()
        page.evaluate("scrollTo(0, 0)")
        assert page.locator("#exercise-gd-edge").bounding_box()["y"] == before["y"], "nothing comes between a press and its button"
        with page.expect_download() as download:
            export.click()
        download.value.save_as(tmp_path / "chapter.json")
    with opened(browser, f"{files}/chapters/progress.html") as page:
        shown = progress_page(page, files)
        shown.get_by_text("some browsers keep apart what you do in each file").wait_for()
        shown.get_by_text(f"0 of {len(loader.exercises())} solved").wait_for()
        with page.expect_file_chooser() as chooser:
            shown.get_by_role("button", name="Import").click()
        chooser.value.set_files(tmp_path / "chapter.json")
        shown.get_by_text(f"1 of {len(loader.exercises())} solved").wait_for()


def test_a_served_page_says_nothing_of_files(browser, server):
    with opened(browser, f"{server}/chapters/progress.html") as page:
        shown = progress_page(page, server)
        shown.get_by_text(f"0 of {len(loader.exercises())} solved").wait_for()
        assert not shown.get_by_text("from files").is_visible()
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        page.locator(".ol-progress-line").wait_for()
        assert not page.locator(".ol-progress").get_by_role("button", name="Export").is_visible()


def test_export_reset_and_import(browser, base, tmp_path):
    with opened(browser, f"{base}/chapters/progress.html") as page:
        progress_page(page, base)
        shown = put(page, write_kept(KEPT))
        with page.expect_download() as download:
            shown.get_by_role("button", name="Export").click()
        assert download.value.suggested_filename == "optimlib-progress.json"
        exported = tmp_path / "optimlib-progress.json"
        download.value.save_as(exported)
        text = exported.read_text(encoding="utf-8")
        assert read_kept(text) == (KEPT, "")
        assert (progress.checked(text), progress.about(text)) == ("whole", {"course": metadata.version(PACKAGE)})

        # With a name, which is remembered, and is in the file and in what it is called.
        shown.get_by_role("textbox", name="Your name in the file").fill("Zoë O’Neil")
        with page.expect_download() as download:
            shown.get_by_role("button", name="Export").click()
        assert download.value.suggested_filename == "optimlib-progress-zoë-o-neil.json"
        named = Path(download.value.path()).read_text(encoding="utf-8")
        assert (progress.checked(named), progress.about(named)["name"]) == ("whole", "Zoë O’Neil")
        assert page.evaluate("localStorage.getItem('optimlib course name')") == "Zoë O’Neil"

        shown.get_by_role("button", name="Reset").press("Enter")
        page.keyboard.press("Escape")
        assert item(page) is not None
        assert shown.get_by_role("button", name="Reset").evaluate("button => button === document.activeElement")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")  # "No, keep it" has the focus
        assert item(page) is not None
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        said(shown, "All is forgotten.")
        assert item(page) is None
        assert row(shown, "gd-edge").inner_text().endswith("not tried")

        def take(name, text):
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            with page.expect_file_chooser() as chooser:
                shown.get_by_role("button", name="Import").press("Enter")
            chooser.value.set_files(path)

        shown.get_by_role("textbox", name="Your name in the file").fill("")
        take("named.json", named)
        said(shown, "Taken from named.json: 3 exercises.")
        assert shown.get_by_role("textbox", name="Your name in the file").input_value() == "Zoë O’Neil", "no name was given here yet"
        take("optimlib-progress.json", exported.read_text(encoding="utf-8"))
        said(shown, "Taken from optimlib-progress.json: 3 exercises.")
        assert row(shown, "gd-edge").inner_text().endswith("solution read")
        take("edited.json", named.replace('"tried"', '"solved"', 1))
        said(shown, "It was changed after it was exported.")
        (tmp_path / "utf-16.json").write_bytes(named.encode("utf-16"))
        shown.locator("input[type=file]").set_input_files(tmp_path / "utf-16.json")
        said(shown, "Taken from utf-16.json: 3 exercises.")
        for name, text in FOREIGN.items():
            if name != "a damaged entry":
                take("other.json", text)
                said(shown, "Nothing was taken from other.json: it")
        take("some.json", json.dumps({"format": "optimlib progress", "version": 1, "exercises": {"gd-step": {"state": "solved"}, "unknown": {}, "gd-edge": 5}}))
        said(shown, "Taken from some.json: 2 exercises. Not taken: 1 of its entries is damaged. Not in this course, but kept: 1.")
        assert row(shown, "gd-step").inner_text().endswith("solved")
        take("large.json", " " * 5_000_001)
        said(shown, "Nothing was taken: large.json is too large")
        assert read_kept(item(page))[0].keys() == {*KEPT, "unknown"}


@foreign
def test_what_stands_in_the_browser_is_not_overwritten_and_can_be_saved(browser, server, text, tmp_path):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        put(page, text)
        form = answer_edge(page)
        form.get_by_text("Your progress is not being kept").wait_for()
        awaited(page, lambda: counts(page)["Gradient descent"].startswith("1/"), "it counts all the same")
        assert item(page) == text
        shown = progress_page(page, server)
        said(shown, "Your progress is not being kept: what is in its place in this browser cannot be used")
        with page.expect_download() as download:
            shown.get_by_role("button", name="Save what is in its place").click()
        download.value.save_as(tmp_path / "found")
        assert (tmp_path / "found").read_text(encoding="utf-8") == text
        assert item(page) == text
        shown.get_by_role("button", name="Reset").click()
        shown.get_by_role("button", name="Yes, forget all").click()
        said(shown, "All is forgotten.")
        assert item(page) is None
        shown.get_by_role("button", name="Save what is in its place").wait_for(state="hidden")


def test_a_full_storage_loses_nothing(browser, server, tmp_path):
    with opened(browser, f"{server}/chapters/progress.html") as page:
        progress_page(page, server)
        shown = put(page, write_kept(KEPT))
        page.evaluate("""() => {
            for (let size = 2 ** 23, text = ""; size >= 1; size = Math.floor(size / 2)) {
                try { localStorage.setItem("filling", text + "x".repeat(size)); text += "x".repeat(size); } catch {}
            }
        }""")
        (tmp_path / "more.json").write_text(write_kept({"gd-zigzag": {"state": "solved"}}), encoding="utf-8")
        shown.locator("input[type=file]").set_input_files(tmp_path / "more.json")
        said(shown, "the storage of this browser is full")
        assert row(shown, "gd-zigzag").inner_text().endswith("solved")
        assert read_kept(item(page)) == (KEPT, "")
        with page.expect_download() as download:
            shown.get_by_role("button", name="Export").click()
        download.value.save_as(tmp_path / "all.json")
        assert read_kept((tmp_path / "all.json").read_text(encoding="utf-8"))[0].keys() == {*KEPT, "gd-zigzag"}


FORBIDDEN = 'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });'


def test_a_forbidden_storage_breaks_no_page(browser, base):
    context = browser.new_context(**DESKTOP)
    context.add_init_script(FORBIDDEN)
    page = context.new_page()
    ours = []
    page.on("pageerror", lambda error: ours.append(error.stack) if "optimlib.js" in (error.stack or "") else None)
    page.goto(f"{base}/chapters/gradient-descent.html")
    form = answer_edge(page)
    form.get_by_text("this browser has no storage").wait_for()
    awaited(page, lambda: counts(page)["Gradient descent"].startswith("1/"), "it counts all the same")
    said(progress_page(page, base), "this browser has no storage")
    assert ours == []
    context.close()


def test_the_page_is_for_everyone(browser, server):
    with opened(browser, f"{server}/chapters/progress.html", color_scheme="light") as page:
        progress_page(page, server)
        shown = put(page, write_kept(KEPT).replace('"tried"', '"damaged"'))
        shown.get_by_role("button", name="Reset").click()
        assert violations_in_both_themes(page, ".ol-progress, .bd-links") == []


def test_fingers_find_everything_on_a_phone(browser, server):
    with opened(browser, f"{server}/chapters/progress.html", **PHONE) as page:
        progress_page(page, server)
        shown = put(page, write_kept(KEPT).replace('"tried"', '"damaged"'))
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1]
        targets = [box for each in shown.locator("a, button").all() if (box := each.bounding_box())]
        assert len(targets) > len(loader.exercises())
        assert min(box["height"] for box in targets) >= 44
        page.locator(".primary-toggle").click()
        page.locator(".bd-links .ol-tally").first.wait_for(state="visible")
        assert counts(page)["RMSProp"] == f"1/{of('RMSProp')}"
