"""The lecture: held with keys, a remote, buttons and touch, on a server and from a folder."""

import json
import re

import pytest
from test_site import PHONE, awaited, opened, shown_step

from tools.notebooks import ROOT

SCENES = json.loads((ROOT / "optimlib" / "lecture.json").read_text(encoding="utf-8"))["scenes"]
MOMENTS = [f"{number}.{moment + 1}" if moment else str(number) for number, scene in enumerate(SCENES, start=1) for moment in range(len(scene["moments"]))]
HDTV = {"viewport": {"width": 1920, "height": 1080}}
PROJECTOR = {"viewport": {"width": 1280, "height": 720}}


@pytest.fixture(params=["http", "file"])
def base(request, server, files):
    return server if request.param == "http" else files


def at(page, place):
    """Waits until the address names this moment and the screen shows it, and nothing else."""
    number, _, moment = place.partition(".")
    scene = SCENES[int(number) - 1]
    says = scene["moments"][int(moment or 1) - 1].get("says", "")

    def shows():
        seen = page.locator(".moment:visible").all_inner_texts()
        titles = page.locator(".scene:visible h2").all_inner_texts()
        return page.url.endswith(f"#scene={place}") and titles == [scene["title"]] and len(seen) == 1 and says in seen[0]

    awaited(page, shows, f"it is at {place}, and not at {page.url}")


def visible_lab(page):
    lab = page.locator(".ol-lab:visible")
    lab.wait_for()
    return lab


def at_end(page):
    """The lab on screen, once it has played."""
    lab = visible_lab(page)
    lab.get_by_text(re.compile(r"step (\d+) of \1$")).wait_for()
    return lab


def test_it_goes_through_all_moments_and_back_with_every_key_that_leads_on(browser, base):
    pairs = [("ArrowRight", "ArrowLeft"), ("PageDown", "PageUp"), ("Space", "Shift+Space")]
    with opened(browser, f"{base}/lecture.html", **PROJECTOR) as page:
        at(page, "1")
        for on, back in pairs:
            for place in MOMENTS[1:]:
                page.keyboard.press(on)
                at(page, place)
            page.keyboard.press(on)
            at(page, MOMENTS[-1])  # the last one stays
            for place in reversed(MOMENTS[:-1]):
                page.keyboard.press(back)
                at(page, place)
        page.get_by_role("button", name="Next").click()
        page.keyboard.press("Space")
        at(page, MOMENTS[2])  # a key that presses the focused button presses it once
        page.keyboard.press("ArrowLeft")
        at(page, MOMENTS[1])


def test_each_moment_is_a_link_and_its_lab_plays_by_itself(browser, base):
    with opened(browser, f"{base}/lecture.html#scene=5.2", **HDTV) as page:
        at(page, "5.2")
        lab = at_end(page)
        assert lab.get_by_role("slider", name="condition number of the valley").get_attribute("aria-valuetext") or True
        assert lab.locator(".ol-card").count() == 2
        page.get_by_role("link", name="7", exact=True).click()
        at(page, "7")
        page.goto(f"{base}/lecture.html#scene=99")
        at(page, "1")  # what is no scene is the first


def test_the_lab_keeps_its_keys_and_a_remote_works_all_the_same(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=4.2", **PROJECTOR) as page:
        lab = at_end(page)
        lab.get_by_role("slider", name="step", exact=True).focus()
        page.keyboard.press("ArrowLeft")
        lab.get_by_text("step 19 of 20").wait_for()
        lab.get_by_role("slider", name="learning rate of momentum").focus()
        page.keyboard.press("ArrowRight")
        at(page, "4.2")
        page.keyboard.press("Home")
        at(page, "4.2")
        page.keyboard.press("PageDown")
        at(page, "5")  # a remote leads on from inside a lab
        page.keyboard.press("PageUp")
        at(page, "4.2")
        lab.get_by_role("slider", name="step", exact=True).focus()
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")
        at(page, "5")


def test_a_guess_is_made_and_next_shows_what_is_right(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=2", **PROJECTOR) as page:
        assert "momentum" not in page.locator(".moment:visible").inner_text()
        page.get_by_role("button", name="A", exact=True).click()
        at(page, "2.2")
        assert page.locator(".moment:visible .verdict").inner_text() == "No."
        assert "D: momentum" in page.locator(".moment:visible").inner_text()
        page.keyboard.press("PageUp")
        page.get_by_role("button", name="D", exact=True).click()
        assert page.locator(".moment:visible .verdict").inner_text() == "Right."


def test_the_lab_that_asks_for_a_place_answers_to_next_and_to_its_own_button(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=6", **PROJECTOR) as page:
        lab = visible_lab(page)
        lab.get_by_text("Where will momentum be after 20 steps?").wait_for()
        assert shown_step(lab) == 0
        page.keyboard.press("PageDown")
        at(page, "6.2")
        at_end(page)
        page.reload()
        assert shown_step(at_end(page)) == 20, "a link to what comes after a guess does not ask"
        page.goto(f"{server}/lecture.html#scene=1")
        page.goto(f"{server}/lecture.html#scene=6")
        page.reload()
        lab = visible_lab(page)
        lab.get_by_role("textbox", name="your guess of x₁").fill("0")
        lab.get_by_role("textbox", name="your guess of x₂").fill("0")
        page.keyboard.press("n")
        assert not page.locator(".scene:visible .note").is_visible(), "what is typed is typed"
        lab.get_by_role("textbox", name="your guess of x₂").fill("0")
        lab.get_by_role("button", name="Play and see").click()
        at(page, "6.2")
        at_end(page).get_by_text("Very close.").wait_for()


def test_notes_come_and_go_and_are_not_shown_at_first(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=3", **PROJECTOR) as page:
        note = page.locator(".scene:visible .note")
        assert not note.is_visible()
        page.keyboard.press("n")
        assert SCENES[2]["note"][0] in note.inner_text()
        page.keyboard.press("PageDown")
        assert note.is_visible()
        page.get_by_role("button", name="Notes").click()
        assert not note.is_visible()


def test_a_picture_has_the_height_that_notes_leave_it(browser, server):
    """Nothing of it lies under the controls below it, when notes open over a lab that was drawn without them, nor after."""

    def is_whole(page):
        return page.evaluate("""() => {
            const bottom = (selector) => document.querySelector(`.ol-lab:not([hidden] *) ${selector}`)?.getBoundingClientRect();
            return bottom(".ol-valley svg").bottom <= bottom(".ol-transport").top + 1;
        }""")

    with opened(browser, f"{server}/lecture.html#scene=5.2", **PROJECTOR) as page:
        visible = at_end(page)
        visible.scroll_into_view_if_needed()
        heights = []
        for _ in range(3):
            awaited(page, lambda: is_whole(page), "the picture stands above its controls")
            heights.append(visible.locator(".ol-valley svg").first.bounding_box()["height"])
            page.keyboard.press("n")
            page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
        assert heights[1] < heights[0] == heights[2]


@pytest.mark.parametrize("view", [PROJECTOR, HDTV], ids=["1280", "1920"])
def test_every_moment_fits_on_a_projector(browser, server, view):
    with opened(browser, f"{server}/lecture.html", **view) as page:
        for place in MOMENTS:
            at(page, place)
            if page.locator(".optimlib-widget:visible").count():
                visible_lab(page)
                top = page.locator(".bar").bounding_box()["y"]
                for part in (".ol-valley svg", ".ol-transport"):
                    box = page.locator(f".ol-lab:visible {part}").first.bounding_box()
                    assert box["y"] + box["height"] <= top, (place, part)
            cut = page.evaluate("""[...document.querySelectorAll(".scene, main")].filter((one) => one.scrollHeight > one.clientHeight + 1).length""")
            assert cut == 0, f"{place} is all in sight"
            page.keyboard.press("PageDown")


def test_a_phone_reads_it_by_touch(browser, server):
    with opened(browser, f"{server}/lecture.html", **{**PHONE, "viewport": {"width": 320, "height": 640}}) as page:
        for place in MOMENTS:
            at(page, place)
            assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), place
            page.get_by_role("button", name="Next").tap()
        swipe = """([from, to]) => {
            const target = document.querySelector(".scene:not([hidden]) h2");
            const touch = (x) => new Touch({ identifier: 1, target, clientX: x, clientY: 100 });
            target.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, touches: [touch(from)], changedTouches: [touch(from)] }));
            target.dispatchEvent(new TouchEvent("touchend", { bubbles: true, touches: [], changedTouches: [touch(to)] }));
        }"""
        page.evaluate(swipe, [100, 250])
        at(page, MOMENTS[-2])
        page.evaluate(swipe, [250, 100])
        at(page, MOMENTS[-1])


@pytest.mark.parametrize("place", ["1", "2", "3.2", "5.2", "6", "8.2"])
def test_axe_finds_nothing(browser, server, place):
    with opened(browser, f"{server}/lecture.html#scene={place}", color_scheme="light", reduced_motion="reduce", **PROJECTOR) as page:
        page.keyboard.press("n")
        if page.locator(".optimlib-widget:visible").count():
            visible_lab(page)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.evaluate("document.documentElement.dataset.theme = 'light'")
        found = violations_in_both_themes_of(page)
        assert found == []


def violations_in_both_themes_of(page):
    """As axe.violations_in_both_themes, for a page that names no theme by itself."""
    from axe import OF_COLOURS, violations

    found = violations(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    return found + violations(page, options=OF_COLOURS)


def test_without_scripts_all_scenes_can_be_read(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/lecture.html")
    for scene in SCENES:
        assert page.get_by_role("heading", name=scene["title"]).is_visible()
    context.close()
