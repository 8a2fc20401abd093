"""What a page costs its reader: bytes, the width of a small phone, and what keeps some readers out."""

import gzip

import pytest
from axe import violations_in_both_themes
from test_site import PAGES, PHONE, opened

from optimlib.exercises import loader

PARTS = ("Plots", "Measures", "Add a rule", "Valley", "Rate over time", "Findings", "Map", "Predict", "Share")
PAGE_BYTES, PICTURE_BYTES, LAB_BYTES = 250_000, 60_000, 20_000


def draw_all(page):
    for host in page.locator(".optimlib-widget").all():
        host.scroll_into_view_if_needed()
        host.locator(".ol-lab, .ol-exercise, .ol-progress, .ol-strip, .ol-pair").first.wait_for(state="visible")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light(browser, server, name):
    context, answers = browser.new_context(), {}
    page = context.new_page()
    page.on("response", lambda response: answers.setdefault(response.url, response))
    page.goto(f"{server}/{name}")
    draw_all(page)
    page.wait_for_load_state("networkidle")
    weights = {url: len(gzip.compress(response.body())) for url, response in list(answers.items())}
    has_exercises = name.removeprefix("chapters/").removesuffix(".html") in (*loader.TITLES, "progress")
    assert any("exercises.js" in url for url in weights) == has_exercises, "all that a reader gets without opening anything"
    context.close()
    assert all(url.startswith(server) for url in weights)
    rest = {url: weight for url, weight in weights.items() if not url.endswith(".png")}
    assert sum(rest.values()) <= PAGE_BYTES, sorted(rest.items(), key=lambda item: -item[1])
    assert sum("optimlib.js" in url for url in rest) == 1, "the lab's script comes once"


def test_the_pictures_are_small_and_come_late(site):
    pictures = [*(site / "_images").glob("*.png"), *(site / "_static" / "stills").glob("*.png")]
    assert pictures and max(path.stat().st_size for path in pictures) <= PICTURE_BYTES
    for name in PAGES:
        images = [part.split(">")[0] for part in (site / name).read_text(encoding="utf-8").split("<img")[1:]]
        assert all('loading="lazy"' in image and 'width="' in image for image in images if ".png" in image), name


def test_the_labs_own_script_is_small(site):
    assert len(gzip.compress((site / "_static" / "optimlib.js").read_bytes())) <= LAB_BYTES


@pytest.mark.parametrize("name", [*PAGES, "search.html"])
def test_axe_finds_nothing(browser, server, name):
    with opened(browser, f"{server}/{name}", color_scheme="light") as page:
        draw_all(page)
        for lab in page.locator(".ol-lab").all()[:1]:
            for part in PARTS:
                button = lab.get_by_role("button", name=part, exact=True)
                if "true" not in (button.get_attribute("aria-pressed"), button.get_attribute("aria-expanded")):
                    button.click()
            lab.get_by_role("img", name="map of the steps").wait_for()
        assert violations_in_both_themes(page) == []


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("name", [*PAGES, "search.html"])
def test_no_page_scrolls_sideways_at_320_pixels(browser, server, name):
    # 320 pixels is also what a window of 1280 has left at 400 % zoom.
    with opened(browser, f"{server}/{name}", **{**PHONE, "viewport": {"width": 320, "height": 640}}) as page:
        draw_all(page)
        assert not scrolls_sideways(page)
        cut = """formulas => formulas.filter(formula =>
            formula.querySelector(".katex-html").getBoundingClientRect().left < formula.getBoundingClientRect().left - 1).length"""
        assert page.locator("div.math").evaluate_all(cut) == 0, "a formula that is too wide begins at its beginning"
        for lab in page.locator(".ol-lab").all()[:1]:
            for part in PARTS:
                lab.get_by_role("button", name=part, exact=True).click()
            for control in lab.locator("button:visible, select:visible").all():
                box = control.bounding_box()
                assert box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 320, control.evaluate("node => node.outerHTML")
        assert not scrolls_sideways(page), "nor with every part of a lab open"
