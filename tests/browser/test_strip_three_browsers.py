"""Each control of the strip and the pair, moved as a reader moves it in Chromium, Firefox and WebKit: the picture and the words follow."""

import pytest
from test_site import PHONE, awaited, opened
from test_strip_site import bars, shown, to_go
from test_three_browsers import IS_DRAWN, focus
from test_three_browsers import opened as opened_in
from test_touch import swipe

from tools.server import serving

SAID = "(kind) => document.querySelector(`.ol-${kind} [role=status]`).textContent"
# What is drawn: the bars of the strip, the paths and the bars of the pair.
DRAWN = """(kind) => [...document.querySelectorAll(`.ol-${kind} :is(.ol-bar-values, .ol-bold, .ol-ball)`)]
    .map((path) => path.getAttribute("d") ?? path.getAttribute("transform")).join()"""


@pytest.fixture(scope="module")
def server(watched):
    with serving(watched) as address:
        yield address


@pytest.fixture
def question(page, server):
    """The page that has both, in each of the three browsers."""
    opened_in(page, f"{server}/chapters/question.html")
    page.until("() => document.querySelector('.ol-strip') && document.querySelector('.ol-pair')", what="both are drawn")
    return page


class Follows:
    """Waits, after what is done in it, until the picture of a widget and its words are others."""

    def __init__(self, page, kind, what):
        self.page, self.kind, self.what = page, kind, what

    def __enter__(self):
        self.before = [self.page.run(one, self.kind) for one in (DRAWN, SAID)]

    def __exit__(self, kind, *error):
        if kind is None:
            for one, before, name in zip((DRAWN, SAID), self.before, ("picture", "words")):
                self.page.until(f"(kind, before) => ({one})(kind) !== before", self.kind, before, what=f"{self.what}: the {name} follow")


def pressed(page, selector, *keys):
    focus(page, selector)
    for key in keys:
        page.press(key)


def moved(page, selector, share):
    """A press of the mouse on a slider, at a share of its length."""
    page.middle(selector)
    x, y, width = page.run(
        "(selector) => { const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect(); return [left, top + height / 2, width]; }",
        selector,
    )
    page.move(x + share * width, y)
    page.down()
    page.up()


SIZE, STEP = ".ol-strip [aria-label='size of the gradients']", "[aria-label=step]"
CONDITION, ANGLE = ".ol-pair [aria-label='condition number of both valleys']", ".ol-pair [aria-label='angle of the second valley']"


def test_every_control_of_the_strip_follows_mouse_and_keys(question):
    page = question
    for name, told in [("steady", "Where the gradient stays 1"), ("flipping", "flips between 7 and −7"), ("both", "In the end")]:
        with Follows(page, "strip", f"a click on {name}"):
            page.click(".ol-strip button", name)
        page.shows(".ol-strip [role=status]", told)
    with Follows(page, "strip", "Enter on steady"):
        pressed(page, ".ol-strip [role=group] button", "Enter")
    with Follows(page, "strip", "the size by mouse"):
        moved(page, SIZE, 0.3)
    with Follows(page, "strip", "the size by keys"):
        pressed(page, SIZE, "Home")
    page.shows(".ol-strip [role=status]", "Where the gradient stays 0.1")
    with Follows(page, "strip", "the step by keys"):
        pressed(page, f".ol-strip {STEP}", "Home", "ArrowRight")
    page.shows(".ol-strip [role=status]", "Step 1: the gradient is 0.1")
    with Follows(page, "strip", "the step by mouse"):
        moved(page, f".ol-strip {STEP}", 0.5)
    with Follows(page, "strip", "one step"):
        page.click(".ol-strip button", "One step")
    pressed(page, f".ol-strip {STEP}", "End", "ArrowLeft", "ArrowLeft")
    page.shows(".ol-strip .ol-count", "step 38 of 40")
    page.shows(".ol-strip [role=status]", "Step 38")
    with Follows(page, "strip", "it plays"):
        page.click(".ol-strip button", "Play")
    page.shows(".ol-strip .ol-count", "step 40 of 40")


def test_every_control_of_the_pair_follows_mouse_and_keys(question):
    page = question
    with Follows(page, "pair", "the condition number by keys"):
        pressed(page, CONDITION, "End")
    page.shows(".ol-pair [role=status]", "Condition number 1000")
    with Follows(page, "pair", "the condition number by mouse"):
        moved(page, CONDITION, 0.4)
    with Follows(page, "pair", "the angle by mouse"):
        moved(page, ANGLE, 0.2)
    with Follows(page, "pair", "the angle by keys"):
        pressed(page, ANGLE, "Home")
    page.shows(".ol-pair-name", "Turned by 0°")
    with Follows(page, "pair", "the step by keys"):
        pressed(page, f".ol-pair {STEP}", "Home")
    page.shows(".ol-pair [role=status]", "after 0 steps")
    with Follows(page, "pair", "one step"):
        page.click(".ol-pair button", "One step")
    with Follows(page, "pair", "the step by mouse"):
        moved(page, f".ol-pair {STEP}", 0.6)
    pressed(page, f".ol-pair {STEP}", "End", "ArrowLeft", "ArrowLeft")
    page.shows(".ol-pair [role=status]", "after 18 steps")
    with Follows(page, "pair", "it plays"):
        page.click(".ol-pair button", "Play")
    page.shows(".ol-pair .ol-count", "step 20 of 20")
    with Follows(page, "pair", "a link of the text"):
        page.click("article a[href='#pair=860,45']")


def test_a_finger_moves_each_slider_of_both(browser, server):
    with opened(browser, f"{server}/chapters/question.html", **PHONE) as page:
        shown(page, "pair")
        page.wait_for_function(IS_DRAWN)
        sliders = {"pair": ("condition number of both valleys", "angle of the second valley", "step"), "strip": ("size of the gradients", "step")}
        for kind, names in sliders.items():
            widget = page.locator(f".ol-{kind}")
            picture = (lambda: to_go(widget)) if kind == "pair" else (lambda: bars(widget, "ol-momentum"))
            for name in names:
                slider = widget.get_by_role("slider", name=name, exact=True)
                before = [slider.input_value(), picture(), widget.locator("p[role=status]").inner_text()]
                towards = 1 if name == names[0] == "condition number of both valleys" else -1
                swipe(page, slider, across=towards * slider.bounding_box()["width"] / 4)
                awaited(page, lambda: slider.input_value() != before[0] and picture() != before[1], f"{name} follows the finger, and the picture")
                awaited(page, lambda: widget.locator("p[role=status]").inner_text() != before[2], f"{name}: the words follow")
        strip = page.locator(".ol-strip")
        for name in ("steady", "flipping"):
            before = bars(strip, "ol-momentum")
            strip.get_by_role("button", name=name).tap()
            awaited(page, lambda: bars(strip, "ol-momentum") != before, f"a tap on {name}")
