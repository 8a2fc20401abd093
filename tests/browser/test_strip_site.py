"""The strip of gradients and the pair of valleys on the built site, in a real browser."""

import re

from axe import violations_in_both_themes
from test_site import PHONE, awaited, base, loaded, opened  # noqa: F401

PAGE = "chapters/question.html"


def shown(page, kind):
    """The widget of this kind, once it is drawn and in sight."""
    page.locator(".ol-lab").first.wait_for()
    widget = page.locator(f".ol-{kind}")
    widget.scroll_into_view_if_needed()
    return widget


def bars(strip, look):
    return strip.locator(f".ol-bar-row.{look} .ol-bar-values").get_attribute("d")


def test_the_strip_feeds_the_same_gradients_to_both(browser, base):
    with opened(browser, f"{base}/{PAGE}") as page:
        strip = shown(page, "strip")
        said = strip.get_by_role("status")
        said.get_by_text("momentum makes drift 10, swing 3.68").wait_for()
        strip.get_by_role("button", name="steady").press("Enter")
        said.get_by_text("momentum’s step is 10, RMSProp’s step is 1").wait_for()
        assert strip.get_by_role("button", name="steady").get_attribute("aria-pressed") == "true"
        assert strip.get_by_role("button", name="both").get_attribute("aria-pressed") == "false"
        strip.get_by_role("button", name="flipping").click()
        said.get_by_text("momentum’s step is 3.68 to and fro, RMSProp’s step is 1 to and fro").wait_for()


def test_smaller_gradients_shrink_momentums_bars_and_not_those_of_rmsprop(browser, server):
    with opened(browser, f"{server}/{PAGE}") as page:
        strip = shown(page, "strip")
        before = {look: bars(strip, look) for look in ("ol-fed", "ol-momentum", "ol-rmsprop")}
        strip.get_by_role("slider", name="size of the gradients").press("ArrowLeft")
        awaited(page, lambda: bars(strip, "ol-momentum") != before["ol-momentum"], "momentum's change")
        assert bars(strip, "ol-fed") != before["ol-fed"]
        assert bars(strip, "ol-rmsprop") == before["ol-rmsprop"]


def test_it_plays_to_the_end_and_steps(browser, server):
    with opened(browser, f"{server}/{PAGE}", reduced_motion="reduce") as page:
        strip = shown(page, "strip")
        strip.get_by_role("button", name="One step").click()
        strip.get_by_text("step 0 of 40").wait_for()
        strip.get_by_role("button", name="One step").click()
        strip.get_by_role("status").get_by_text("Step 1: the gradient is 8; over η, momentum’s step is 8, RMSProp’s step is 3.16.").wait_for()
        strip.get_by_role("slider", name="step", exact=True).fill("38")
        strip.get_by_role("button", name="Play").click()
        strip.get_by_role("button", name="Pause").wait_for()
        strip.get_by_text("step 40 of 40").wait_for()
        strip.get_by_role("button", name="Play").wait_for()
        strip.get_by_role("status").get_by_text("In the end").wait_for()


def to_go(pair):
    """The shares that the bars of both valleys say, as texts."""
    return pair.locator(".ol-to-go .ol-value").all_inner_texts()


def test_the_answer_shows_three_things(browser, base):
    """The links of the text below the pair: what they open is what the text says."""
    with opened(browser, f"{base}/{PAGE}") as page:
        pair = shown(page, "pair")
        for link, condition, shares in [
            ("Condition number 860", "860", ["83 %", "0.22 %", "83 %", "90 %"]),
            ("Condition number 20", "20", ["0.14 %", "0.2 %", "0.14 %", "22 %"]),
        ]:
            page.get_by_role("link", name=link, exact=True).click()
            awaited(page, lambda: to_go(pair) == shares, f"{link}: {shares}")
            assert pair.get_by_role("slider", name="condition number of both valleys").get_attribute("aria-valuetext") == condition
        pair.get_by_role("slider", name="angle of the second valley").press("Home")
        awaited(page, lambda: to_go(pair)[2:] == to_go(pair)[:2], "turned by no degree both are the same")
        pair.get_by_role("status").get_by_text("Turned by 0°: momentum 0.14 %, RMSProp 0.2 %").wait_for(state="attached")
        page.get_by_role("link", name="Condition number 20, turned by 45 degrees", exact=True).click()
        awaited(page, lambda: to_go(pair)[3] == "22 %", "turned again")
        assert "#" not in page.url, "a link that sets the pair leads nowhere"


def test_a_link_to_the_page_sets_the_pair(browser, server):
    with opened(browser, f"{server}/{PAGE}#pair=860,10") as page:
        pair = shown(page, "pair")
        awaited(page, lambda: to_go(pair)[0] == "83 %", "it is narrow")
        assert pair.get_by_role("slider", name="angle of the second valley").get_attribute("aria-valuetext") == "10°"


def test_both_fit_a_screen_with_their_controls(browser, server):
    for options, height in ((PHONE | {"viewport": {"width": 390, "height": 844}}, 844 - 56), ({"viewport": {"width": 1280, "height": 800}}, 800 - 48)):
        with opened(browser, f"{server}/{PAGE}", **options) as page:
            for kind in ("pair", "strip"):
                assert shown(page, kind).bounding_box()["height"] <= height, kind


def test_nothing_is_cut_on_a_small_phone(browser, server):
    with opened(browser, f"{server}/{PAGE}", **PHONE | {"viewport": {"width": 320, "height": 640}}) as page:
        pair = shown(page, "pair")
        for line in pair.locator(".ol-to-go").all():
            room = line.bounding_box()
            for part in line.locator("> span").all():
                box = part.bounding_box()
                assert room["x"] <= box["x"] and box["x"] + box["width"] <= room["x"] + room["width"] + 0.5, part.inner_text()


def test_other_pages_load_no_script_for_them(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        page.locator(".ol-exercise").last.wait_for()
        assert "exercises.js" in loaded(page) and "strip.js" not in loaded(page)


def test_without_scripts_both_are_pictures(site):
    text = (site / PAGE).read_text(encoding="utf-8")
    for words in ("drift 10, swing 3.68", "Bars of the distance still to go"):
        assert re.search(rf'<div class="optimlib-widget[^>]*><img src="[^"]+" alt="[^"]*{words}', text), words


def test_axe_finds_nothing_in_them(browser, server):
    with opened(browser, f"{server}/{PAGE}", color_scheme="light") as page:
        shown(page, "pair")
        shown(page, "strip").get_by_role("button", name="steady").click()
        assert violations_in_both_themes(page) == []
