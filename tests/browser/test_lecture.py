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


def test_wherever_one_has_clicked_next_goes_on_and_a_slider_keeps_its_arrows(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=4.2", **PROJECTOR) as page:
        at_end(page).locator(".ol-valley svg").first.click(position={"x": 200, "y": 60})
        page.keyboard.press("ArrowRight")
        at(page, "5")
        page.keyboard.press("ArrowLeft")
        at(page, "4.2")
        lab = at_end(page)
        lab.get_by_role("button", name="step back").click()
        lab.get_by_text("step 19 of 20").wait_for()
        page.keyboard.press("Space")
        at(page, "5")  # a button that was clicked is not pressed again
        page.keyboard.press("Shift+Space")
        at(page, "4.2")
        at_end(page).get_by_role("slider", name="learning rate of momentum").click()
        page.keyboard.press("ArrowRight")
        at(page, "5")  # nor does a slider that was dragged keep the key
        page.keyboard.press("PageUp")
        at(page, "4.2")
        lab = at_end(page)
        slider = lab.get_by_role("slider", name="step", exact=True)
        slider.focus()  # as Tab does
        for key in ("ArrowLeft", "Space"):
            page.keyboard.press(key)
        lab.get_by_text("step 19 of 20").wait_for()
        page.keyboard.press("Home")
        lab.get_by_text("step 0 of 20").wait_for()
        at(page, "4.2")
        page.keyboard.press("PageDown")
        at(page, "5")  # a remote leads on from there, too
        page.keyboard.press("PageUp")
        at(page, "4.2")
        lab.get_by_role("slider", name="step", exact=True).focus()
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")
        at(page, "5")


def test_the_keys_are_told_and_play_is_one_of_them(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=4.2", **PROJECTOR) as page:
        lab = at_end(page)
        keys = page.locator(".keys")
        assert not keys.is_visible()
        page.keyboard.press("?")
        assert "Page Down" in keys.inner_text()
        page.keyboard.press("Escape")
        assert not keys.is_visible()
        page.keyboard.press("p")
        awaited(page, lambda: shown_step(lab) < 20, "it plays again")
        assert not lab.get_by_role("button", name="Arrows").is_visible()
        page.keyboard.press("b")
        lab.get_by_role("button", name="Arrows").click()
        lab.locator(".ol-arrow-key svg").first.wait_for()


def test_a_scene_begins_anew_each_time(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=5.2", **PROJECTOR) as page:
        lab = at_end(page)
        lab.get_by_role("slider", name="condition number of the valley").press("Home")
        lab.get_by_role("slider", name="learning rate of momentum").press("End")
        lab.get_by_role("checkbox", name="RMSProp").uncheck()
        page.keyboard.press("b")
        lab.get_by_role("button", name="Plots", exact=True).click()
        lab.get_by_role("button", name="half speed").click()
        for key in ("PageDown", "PageUp"):
            page.keyboard.press(key)
        at(page, "5.2")
        lab = at_end(page)
        assert lab.get_by_role("slider", name="condition number of the valley").get_attribute("aria-valuetext") == "860"
        assert lab.get_by_role("checkbox", name="RMSProp").is_checked()
        assert lab.get_by_role("button", name="Plots", exact=True).get_attribute("aria-pressed") == "false"
        assert lab.get_by_role("button", name="half speed").get_attribute("aria-pressed") == "false"
        page.goto(f"{server}/lecture.html#scene=6.2")
        at(page, "6.2")
        page.keyboard.press("PageUp")
        visible_lab(page).get_by_text("Where will momentum be after 20 steps?").wait_for()


def test_a_guess_is_made_and_next_shows_what_is_right(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=2", **PROJECTOR) as page:
        assert "momentum" not in page.locator(".moment:visible").inner_text()
        page.get_by_role("button", name="A", exact=True).click()
        at(page, "2.2")
        assert page.locator(".moment:visible .verdict").inner_text() == "You said “A”. That is not so."
        assert "D: momentum" in page.locator(".moment:visible").inner_text()
        page.keyboard.press("PageUp")
        page.get_by_role("button", name="D", exact=True).click()
        assert page.locator(".moment:visible .verdict").inner_text() == "You said “D”. That is right."
        for key in ("PageUp", "PageDown"):
            page.keyboard.press(key)
        assert page.locator(".moment:visible .verdict").inner_text() == "", "nobody has said anything this time"


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


SIZES = [(1024, 768), (1280, 720), (1366, 768), (1920, 1080), (3840, 2160)]
# What of a scene is not seen whole: what stands out of the window or under the bar, and what scrolls.
CUT = """() => {
    const scene = document.querySelector(".scene:not([hidden])");
    const seen = (selector) => [...scene.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
    const floor = document.querySelector(".bar").getBoundingClientRect().top;
    const isOut = ({ left, right, top, bottom }) => top < -1 || left < -1 || right > innerWidth + 1 || bottom > floor + 1;
    const isFull = ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) => scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1;
    const scrolls = (one) => /auto|scroll|hidden|clip/.test(getComputedStyle(one).overflow) && one.clientHeight > 1 && isFull(one);
    const parts = seen("h2, p, blockquote, button, input, output, td, th, li, canvas, svg:not(svg *)").filter((one) => isOut(one.getBoundingClientRect()));
    const boxes = [scene, ...seen("*:not(svg *, .note)")].filter(scrolls);
    return [...parts, ...boxes].map((one) => one.outerHTML.slice(0, 100));
}"""
IS_WHOLE = """() => [...document.querySelectorAll(".ol-lab :is(.ol-panel, .ol-plots-box):not([hidden])")].every((one) => one.children.length > 0)"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_moment_fits_and_nothing_of_it_is_cut(browser, server, size):
    view = {"viewport": {"width": size[0], "height": size[1]}, "reduced_motion": "reduce"}
    with opened(browser, f"{server}/lecture.html", **view) as page:

        def fits(what):
            if page.locator(".optimlib-widget:visible").count():
                visible_lab(page).locator(".ol-valley svg[viewBox]").first.wait_for()
                page.wait_for_function(IS_WHOLE)
            awaited(page, lambda: page.evaluate(CUT) == [], f"{what} is all in sight, and not cut: {page.evaluate(CUT)}")

        for place in MOMENTS:
            at(page, place)
            fits(place)
            page.keyboard.press("n")
            fits(f"{place} with its notes")
            page.keyboard.press("n")
            choices = page.locator(".moment:visible .choices button")
            if choices.count():
                choices.first.click()
                fits(f"{place} and what is said of a choice")
                page.keyboard.press("PageUp")
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
    assert page.locator(".still:visible").count() == 5
    context.close()


def test_on_paper_each_scene_has_its_number_its_pictures_its_question_and_its_note(browser, server):
    with opened(browser, f"{server}/lecture.html#scene=5.2", color_scheme="dark", viewport={"width": 717, "height": 1000}) as page:
        visible_lab(page)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        for number, scene in enumerate(SCENES, start=1):
            printed = page.locator(f"#scene-{number}")
            assert printed.locator("h2").evaluate("(title) => getComputedStyle(title, '::before').content") == f'"{number}. "'
            text = printed.inner_text()
            says = [moment.get("says", "") for moment in scene["moments"]]
            choices = [choice for moment in scene["moments"] if "paths" not in moment for choice in moment.get("choices", []) + moment.get("votes", [])]
            for words in [scene["title"], *says, *choices, *scene["note"]]:
                assert words in text, (number, words)
            findings = [moment["finding"] for moment in scene["moments"][1:] if "finding" in moment]
            assert printed.locator(".still:visible svg").count() == len(findings)
            for still in printed.locator(".still:visible svg").all():
                assert still.bounding_box()["height"] > 100
        assert page.locator(".bar:visible, .ol-lab:visible, .keys:visible, .said:visible").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("getComputedStyle(document.querySelector('.lecture')).color") == "rgb(36, 41, 47)", "dark on white"
        page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_where_the_window_is_blocked_a_sentence_says_what_to_do(browser, server):
    with opened(browser, f"{server}/lecture.html", **PROJECTOR) as page:
        page.evaluate("window.open = () => null")
        page.keyboard.press("s")
        assert "press n" in page.locator(".said").inner_text()
        page.keyboard.press("n")
        assert page.locator(".scene:visible .note").is_visible()
        page.keyboard.press("PageDown")
        assert page.locator(".said").inner_text() == ""


def test_a_speakers_page_that_no_lecture_has_opened_says_so_and_can_be_leafed_through(browser, server):
    with opened(browser, f"{server}/speaker.html", color_scheme="light") as page:
        page.get_by_text("No lecture answers.").wait_for()
        page.keyboard.press("PageDown")
        page.get_by_role("heading", name=SCENES[1]["title"]).wait_for()
        assert page.locator(".then").inner_text() == SCENES[1]["moments"][1]["says"]
        for paragraph in SCENES[1]["note"]:
            assert page.get_by_text(paragraph).is_visible()
        assert violations_in_both_themes_of(page) == []


@pytest.mark.parametrize("width, height", [(844, 390), (667, 375)])
def test_on_a_phone_that_lies_on_its_side_nothing_is_cut_and_next_is_in_sight(browser, server, width, height):
    boxes = """selector => [...document.querySelectorAll(selector)].filter(one => one.getClientRects().length > 0).map(one => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return [one.textContent.trim() || one.getAttribute("aria-label") || one.tagName, left, top, right, bottom];
    })"""
    with opened(browser, f"{server}/lecture.html", **{**PHONE, "viewport": {"width": width, "height": height}}) as page:
        bar = page.locator(".bar").bounding_box()
        assert bar["height"] < 60 and bar["y"] + bar["height"] <= height, "it is one row"
        for place in MOMENTS:
            if place != "1":
                page.get_by_role("button", name="Next").click()
            at(page, place)
            for name, left, _, right, _ in page.evaluate(boxes, ".scene:not([hidden]) :is(button, input, td, p, canvas, .ol-valley, .path)"):
                assert left >= 0 and right <= width, f"{place}: {name} is not cut"
            for name, _, top, _, bottom in page.evaluate(boxes, ".scene:not([hidden]) .choices > *, .scene:not([hidden]) .ol-transport button"):
                assert top >= 0 and bottom <= bar["y"] + 12, f"{place}: {name} is in sight"
