"""A lab under a finger, on phones and tablets in both orientations: what scrolls the page, and what moves a control."""

import pytest
from test_site import awaited, first_lab, opened

SIZES = [(320, 568), (390, 844), (820, 1180)]
ALL_DRAWN = "!document.querySelector('.optimlib-widget[data-model-id]:not(:has(.ol))')"
# Brings an element to the middle of the window, and ends when it has stood still there for some frames.
MIDDLE = """async (element) => {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const place = () => `${scrollY} ${element.getBoundingClientRect().top}`;
    for (let still = 0, was = place(); still < 10; ) {
        await new Promise(requestAnimationFrame);
        still = place() === was ? still + 1 : 0;
        was = place();
    }
}"""


def swipe(page, element, across=0, down=0):
    """A finger put in the middle of an element, and moved by so many pixels; gives how far the page was scrolled before."""
    element.evaluate(MIDDLE)
    box = element.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = scrolled(page)
    session = page.context.new_cdp_session(page)
    for kind, part in [("touchStart", 0), *(("touchMove", step / 10) for step in range(1, 11))]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + part * across, "y": y + part * down}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    return before


def scrolled(page):
    return page.evaluate("scrollY")


@pytest.mark.parametrize("width, height", [*SIZES, *((height, width) for width, height in SIZES)])
def test_a_finger_scrolls_the_page_or_moves_a_control_and_never_both(browser, server, width, height):
    with opened(browser, f"{server}/chapters/momentum.html", viewport={"width": width, "height": height}, has_touch=True, is_mobile=True) as page:
        lab = first_lab(page)
        page.wait_for_function(ALL_DRAWN)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        slider, start = lab.get_by_role("slider", name="beta of momentum"), lab.locator(".ol-start")
        for element, value in [(slider, slider.input_value), (lab.locator(".ol-valley svg").first, lambda: start.get_attribute("transform"))]:
            was = value()
            before = swipe(page, element, down=-height / 5)
            awaited(page, lambda: scrolled(page) > before, "a swipe upwards scrolls the page")
            assert value() == was
        was = slider.input_value()
        before = swipe(page, slider, across=-slider.bounding_box()["width"] / 4)
        awaited(page, lambda: slider.input_value() != was, "a swipe across moves the slider")
        assert scrolled(page) == before
        place = start.get_attribute("transform")
        before = swipe(page, start, across=30, down=-20)
        awaited(page, lambda: start.get_attribute("transform") != place, "the start follows the finger")
        assert scrolled(page) == before
