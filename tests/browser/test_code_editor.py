"""The editor of code in a real browser: the plain one, which Jupyter has, and the better one of the site."""

import contextlib

import pytest
from axe import violations
from scratch import make_site
from test_site import DESKTOP, PHONE, awaited, framed, opened

from tools import bundles
from tools.server import serving

CODE = """
import { createEditor, setEditorUpgrade } from "/optimlib/js/ui/code_editor.js";
import { html } from "/optimlib/js/ui/dom.js";
import { loadScript } from "/tools/site/load.js";

if (location.hash !== "#plain") setEditorUpgrade(() => loadScript("editor.js", "optimlibEditor"));
globalThis.heard = 0; // how often the first editor told of the reader's typing
globalThis.editors = ["step", "other"].map((name) => createEditor({ text: "", label: `your code for ${name}`, onInput: () => heard++ }));
document.querySelector("main").append(html("form", { class: "ol" }, ...editors.map(({ element }) => element), html("button", { type: "button", class: "ol-check" }, "Run")));
"""

TEXT = '''\
# What moves x, and "why"
from math import sqrt

def step(x, g=0.5):
    """A step."""
    return not x and x - 0.4 * g / sqrt(g * g + 1e-6) or None
'''


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scratch")
    make_site(folder, CODE, editor=bundles.editor_script())
    return folder


@pytest.fixture(scope="session")
def address(folder):
    with serving(folder) as server:
        yield server


def editor(page, name="step"):
    return page.get_by_role("textbox", name=f"your code for {name}", exact=True)


def better(page, name="step"):
    """The better editor, which takes the place of the plain one when that is focused."""
    editor(page, name).focus()
    page.locator(f".cm-content[aria-label='your code for {name}']").wait_for()
    return editor(page, name)


def read(page, number=0):
    return page.evaluate(f"editors[{number}].read()")


def write(page, text):
    page.evaluate("text => editors[0].write(text)", text)


def kinds(page):
    return page.locator("textarea, .cm-content").evaluate_all("all => all.map((one) => one.tagName)")


@pytest.fixture(params=["plain", "better", "better from files"])
def page(request, browser, folder, address):
    """A page with two editors; the first has the focus."""
    base = folder.as_uri() if "files" in request.param else address
    with opened(browser, f"{base}/chapters/light.html{'#plain' if request.param == 'plain' else ''}") as page:
        (editor(page).focus if request.param == "plain" else lambda: better(page))()
        assert kinds(page) == ["TEXTAREA" if request.param == "plain" else "DIV", "TEXTAREA"]
        yield page


def is_focused(page, locator):
    return locator.evaluate("element => element === document.activeElement")


def test_tab_indents(page):
    page.keyboard.press("Tab")
    page.keyboard.type("x = 1")
    assert read(page) == "    x = 1"
    write(page, "if x:\ny = 1\nz = 2")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Tab")
    assert read(page) == "    if x:\n    y = 1\n    z = 2"
    assert is_focused(page, editor(page))


def test_escape_then_tab_leaves_and_tab_indents_again_after_any_other_key(page):
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert is_focused(page, editor(page, "other"))
    better_or_plain = editor(page)
    better_or_plain.focus()
    page.keyboard.press("Escape")
    page.keyboard.type("x")
    page.keyboard.press("Tab")
    assert read(page) == "    x"
    assert is_focused(page, better_or_plain)


def test_enter_keeps_the_indent_and_goes_farther_after_a_colon(page):
    for line in ("def step(x):", "if x:", "x = 1", "return x"):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    assert read(page).rstrip() == "def step(x):\n    if x:\n        x = 1\n        return x"


def test_what_is_typed_can_be_undone(page):
    page.keyboard.type("if x:")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(10):
        page.keyboard.press("ControlOrMeta+z")
    assert read(page) == ""


def test_the_reader_is_heard_and_what_is_written_is_not(page):
    write(page, "x = 1\n")
    assert (read(page), page.evaluate("heard")) == ("x = 1\n", 0)
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("y")
    assert (read(page), page.evaluate("heard")) == ("x = 1\ny", 1)
    assert read(page, 1) == ""


def test_the_keys_of_the_page_write_nothing(page):
    page.keyboard.type("x")
    page.keyboard.press("ControlOrMeta+Enter")
    assert read(page) == "x"


def test_the_editor_grows_with_its_text(page):
    write(page, "x\n")
    low = editor(page).bounding_box()["height"]
    write(page, "x\n" * 30)
    assert editor(page).bounding_box()["height"] > 10 * low
    assert editor(page).evaluate("element => element.scrollHeight - element.clientHeight") <= 0


def test_screen_readers_are_told_its_name_and_the_way_out(page):
    described = editor(page).get_attribute("aria-describedby")
    assert page.locator(f"#{described}").inner_text() == "Tab indents. Escape, then Tab, leaves."
    assert editor(page, "other").get_attribute("aria-describedby") != described
    assert page.locator("[data-lm-suppress-shortcuts=true]", has=editor(page)).count() == 1


@contextlib.contextmanager
def while_it_loads(browser, address):
    """A page whose first editor has the focus while the better one is on its way; and what lets that arrive."""
    with opened(browser, f"{address}/chapters/light.html") as page:
        held = []
        page.route("**/editor.js*", lambda route: held.append(route))
        with page.expect_request("**/editor.js*"):
            editor(page).focus()

        def arrive():
            held.pop().continue_()
            page.wait_for_function("globalThis.optimlibEditor")
            framed(page)
            framed(page)

        yield page, arrive


def is_plain(page):
    return kinds(page)[0] == "TEXTAREA"


def awaits_better(page):
    awaited(page, lambda: not is_plain(page), "the better editor takes its place")
    assert is_focused(page, editor(page))


def test_typing_while_the_better_editor_loads_is_kept(browser, address):
    with while_it_loads(browser, address) as (page, arrive):
        write(page, "def step(x):\n    return x\n")
        editor(page).evaluate("field => field.setSelectionRange(4, 8)")
        page.keyboard.type("walk")
        arrive()
        awaits_better(page)
        page.keyboard.type("K!")
        assert read(page) == "def walkK!(x):\n    return x\n"


def test_a_selection_or_a_key_that_is_down_is_not_broken_off(browser, address):
    with while_it_loads(browser, address) as (page, arrive):
        page.keyboard.type("walk")
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.down("Shift")
        arrive()
        assert is_plain(page)
        page.keyboard.up("Shift")
        framed(page)
        assert is_plain(page), "a letter is selected"
        page.keyboard.down("x")
        framed(page)
        assert is_plain(page), "a key is down"
        page.keyboard.down("x")  # it repeats
        page.keyboard.up("x")
        awaits_better(page)
        page.keyboard.type("y")
        assert read(page) == "walxxy"


def test_a_drag_is_not_broken_off(browser, address):
    with while_it_loads(browser, address) as (page, arrive):
        write(page, "from math import sqrt")
        box = editor(page).bounding_box()
        page.mouse.move(box["x"] + 14, box["y"] + 15)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 15)
        arrive()
        assert is_plain(page)
        page.mouse.up()
        page.keyboard.type("y")
        awaits_better(page)
        assert read(page) == "y"


def test_a_word_that_is_composed_is_not_broken_off(browser, address):
    """As a Japanese keyboard and Android's write: what is typed is the browser's until the word is done."""
    with while_it_loads(browser, address) as (page, arrive):
        method = page.context.new_cdp_session(page)
        for text in ("n", "に"):
            method.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})
        arrive()
        assert is_plain(page)
        method.send("Input.imeSetComposition", {"text": "日本", "selectionStart": 2, "selectionEnd": 2})
        assert is_plain(page)
        method.send("Input.insertText", {"text": "日本"})
        awaits_better(page)
        page.keyboard.type(" = 1")
        assert read(page) == "日本 = 1" and page.evaluate("heard") > 0
        for text in ("ご", "語"):
            method.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})
        method.send("Input.insertText", {"text": "語"})
        assert read(page) == "日本 = 1語"


def test_the_enter_that_ends_a_word_in_safari_begins_no_line(browser, address):
    with opened(browser, f"{address}/chapters/light.html#plain") as page:
        write(page, "日本")
        enter = "(field, keyCode) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode, bubbles: true, cancelable: true }))"
        editor(page).focus()
        assert editor(page).evaluate(enter, 229) and read(page) == "日本"
        assert not editor(page).evaluate(enter, 13) and "\n" in read(page)


def test_without_the_better_editor_the_plain_one_goes_on(browser, folder, tmp_path):
    make_site(tmp_path, CODE)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{tmp_path.as_uri()}/chapters/light.html")
    with page.expect_event("requestfailed"):
        editor(page).focus()
    page.keyboard.type("x = 1")
    assert (read(page), kinds(page)) == ("x = 1", ["TEXTAREA", "TEXTAREA"])
    (tmp_path / "_static" / "editor.js").write_text(bundles.editor_script(), encoding="utf-8")
    editor(page).blur()
    better(page)
    assert read(page) == "x = 1"
    context.close()


@pytest.mark.parametrize("hash", ["", "#plain"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(browser, address, theme, hash, device):
    with opened(browser, f"{address}/chapters/{theme}.html{hash}", **device) as page:
        write(page, TEXT + "# " + 100 * "wide ")
        if not hash:
            better(page)
            colours = "all => new Set(all.map((one) => getComputedStyle(one).color)).size"
            awaited(page, lambda: page.locator(".cm-line span").evaluate_all(colours) >= 3, "code is coloured")
        editor(page).focus()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        size = editor(page).evaluate("element => getComputedStyle(element).fontSize")
        assert size == ("14px" if device is DESKTOP else "16px"), "below 16px a phone enlarges the page"
