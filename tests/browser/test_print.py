"""The built site on paper, as a browser prints it."""

import pytest
from test_site import PAGES, awaited, opened

PAPER = {"width": 717, "height": 1000}  # the pixels that the margins leave of A4

# What is seen of a page, and where. A page has no more width than its sheet.
LOOK = """() => {
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
    const brief = (one) => one.outerHTML.slice(0, 120);
    const light = (colour) => Math.max(...colour.match(/[\\d.]+/g).slice(0, 3).map(Number));
    const wide = (one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1;
    return {
        theme: document.documentElement.dataset.theme,
        pale: seen("article :is(p, li, td, th, h2, pre, code, summary, a)").filter((one) => light(getComputedStyle(one).color) > 190).map(brief),
        ground: getComputedStyle(document.body).backgroundColor,
        closed: [...document.querySelectorAll("article details:not([open])")].filter((one) => !one.closest(".ol-exercise")).map(brief),
        controls: seen("button:not(.ol-about), select, textarea, summary:not(details > summary), input:not([type=radio]), nav, header, footer .prev-next-area, .bd-sidebar-primary, .bd-sidebar-secondary").map(brief),
        given: seen(".ol-exercise :is(details, .ol-feedback, .ol-check)").map(brief),
        cut: seen("article :is(pre, table, img, svg:not(svg *), .katex-html, .ol-card, .ol-choice)").filter((one) => wide(one) || (one.tagName === "PRE" && one.scrollWidth > one.clientWidth + 1)).map(brief),
        labs: seen(".ol-lab").map((lab) => [lab.querySelector(".ol-valley > svg").checkVisibility(), lab.querySelector(".ol-paper").checkVisibility() && getComputedStyle(lab.querySelector(".ol-paper"), "::after").content.slice(1), lab.querySelectorAll(".ol-card .ol-value").length]),
        rooms: seen(".ol-exercise .ol-answer").map((answer) => [
            answer.querySelectorAll(".ol-choice, .ol-order li").length, parseFloat(getComputedStyle(answer, "::after").height) || 0, answer.querySelector("pre.ol-paper")?.checkVisibility() ?? null,
        ]),
    };
}"""


@pytest.mark.parametrize("name", PAGES)
def test_every_page_prints_dark_on_white_whole_and_without_controls(browser, server, name):
    with opened(browser, f"{server}/{name}", color_scheme="dark", viewport=PAPER) as page:
        page.wait_for_function("() => !document.querySelector('.optimlib-widget[data-model-id]:not(:has(.ol))')")
        page.locator("html[data-theme=dark]").wait_for(state="attached")
        folds = "details => details.map(({ open }) => open)"
        before = page.locator("details").evaluate_all(folds)
        labs, exercises = page.locator(".ol-lab").count(), page.locator(".ol-exercise").count()
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        look = page.evaluate(LOOK)
        assert look["theme"] == "light" and look["ground"] == "rgb(255, 255, 255)"
        for nothing in ("pale", "closed", "controls", "given", "cut"):
            assert look[nothing] == [], nothing
        assert len(look["labs"]) == labs and all(seen and words.startswith("Lab ") and "step" in words and settings for seen, words, settings in look["labs"])
        assert len(look["rooms"]) == exercises
        assert all(lines >= 2 or (room >= 25 and (stub is None or (stub and room > 150))) for lines, room, stub in look["rooms"])
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        assert page.locator("details").evaluate_all(folds) == before
        assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_real_print_opens_the_folds_and_counts_no_help(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html", color_scheme="dark") as page:
        page.wait_for_function("() => !document.querySelector('.optimlib-widget[data-model-id]:not(:has(.ol))')")
        page.evaluate("""() => {
            window.told = [];
            for (const name of ["beforeprint", "afterprint"]) addEventListener(name, () => told.push([name, document.documentElement.dataset.theme, document.querySelectorAll("article section > details:not([open])").length]));
        }""")
        closed = page.locator("article section > details:not([open])").count()
        assert closed > 0
        assert len(page.pdf(format="A4")) > 100_000
        awaited(page, lambda: len(page.evaluate("told")) == 2, "the print is over")
        assert page.evaluate("told") == [["beforeprint", "light", 0], ["afterprint", "dark", closed]]
        assert page.evaluate("localStorage.getItem('optimlib course progress')") is None
