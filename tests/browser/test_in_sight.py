"""What a reader opens is in sight, in a low window and on a phone too: below the valley that stays there, not behind it."""

import pytest
from test_lab_layout import LYING, part, stands
from test_site import PHONE, awaited, first_lab, four_rules, opened

LOW = {"viewport": {"width": 1280, "height": 600}}
LAPTOP = {"viewport": {"width": 1366, "height": 650}}
SIZES = pytest.mark.parametrize("size", [LOW, LAPTOP, LYING, PHONE], ids=["low", "laptop", "lying", "phone"])


def is_seen(locator):
    """Whether where an element begins lies in the window, with nothing over it."""
    return locator.evaluate("""element => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const at = document.elementFromPoint(left + Math.min(width / 2, 40), top + Math.min(height / 2, 12));
        return at !== null && element.contains(at);
    }""")


def plot(lab):
    """The size of the valley's picture, without its axes."""
    return lab.locator(".ol-valley .ol-plot").evaluate("plot => [plot.width.baseVal.value, plot.height.baseVal.value]")


@SIZES
def test_what_a_button_opens_begins_in_sight(browser, server, size):
    firsts = {
        "Arithmetic": ".ol-sums",
        "Valley": ".ol-valley-panel input",
        "Map": ".ol-map-panel select",
        "Predict": ".ol-predict-panel button",
        "Write your own rule": ".ol-own-panel .ol-code-editor, .ol-own-panel [contenteditable], .ol-own-panel textarea",
    }
    with opened(browser, f"{server}/chapters/question.html", **size) as page:
        lab = four_rules(page)
        for name, first in firsts.items():
            button = lab.get_by_role("button", name=name, exact=True)
            button.scroll_into_view_if_needed()
            button.click()
            control = lab.locator(first).first
            control.wait_for()
            stands(control)
            assert is_seen(control), name
            button.evaluate("button => button.click()")  # where it is by now


def test_a_question_stands_below_the_valley_in_a_low_window(browser, server):
    with opened(browser, f"{server}/chapters/question.html", **LOW) as page:
        lab = four_rules(page)
        part(lab, "Predict")
        part(lab, "Where will the ball be?")
        field = lab.get_by_role("textbox", name="your guess of x₁")
        field.wait_for()
        stands(field)
        assert is_seen(field) and is_seen(lab.locator(".ol-valley"))


@SIZES
def test_twelve_seeds_are_told_below_their_button(browser, server, size):
    with opened(browser, f"{server}/chapters/noise.html", **size) as page:
        lab = first_lab(page)  # its valley's panel is open
        seeds = lab.get_by_role("button", name="Twelve seeds at once", exact=True)
        seeds.wait_for()
        if seeds.get_attribute("aria-pressed") == "true":
            seeds.click()
            lab.locator(".ol-seeds-words:visible").wait_for(state="detached")
        seeds.scroll_into_view_if_needed()
        seeds.click()
        words = lab.get_by_text("12 seeds: faint paths")
        words.wait_for()
        stands(words)
        assert is_seen(words)
        assert words.bounding_box()["y"] > seeds.bounding_box()["y"]
        part(lab, "Valley")
        awaited(page, lambda: lab.locator(".ol-seeds-box").get_by_text("12 seeds: faint paths").is_visible(), "they are told under the valley")


@pytest.mark.parametrize("width, height", [(390, 844), (844, 390), (360, 640), (768, 1024)])
def test_full_screen_shows_more_of_the_valley_on_a_phone(browser, server, width, height):
    with opened(browser, f"{server}/chapters/question.html", **{**PHONE, "viewport": {"width": width, "height": height}}) as page:
        lab = four_rules(page)
        stands(lab)
        before = plot(lab)
        part(lab, "Full screen")
        awaited(page, lambda: lab.bounding_box()["width"] == width, "it fills the window")
        awaited(page, lambda: all(now >= then for now, then in zip(plot(lab), before, strict=True)), "it is no smaller than it was")
        assert lab.evaluate("lab => lab.scrollWidth") == width, "nothing lies beside it"


def test_a_step_that_there_is_not_cannot_be_taken(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        lab = four_rules(page)
        taken = {name: lab.get_by_role("button", name=name, exact=True) for name in ("to step 0", "step back", "step forward")}
        assert [name for name, button in taken.items() if button.is_disabled()] == ["step forward"]
        taken["to step 0"].click()
        awaited(page, lambda: [name for name, button in taken.items() if button.is_disabled()] == ["to step 0", "step back"], "it is at the start")
