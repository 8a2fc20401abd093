"""The page with a lab and nothing else, as a frame in somebody else's page shows it."""

import gzip
import json

import pytest
from axe import violations
from test_site import DESKTOP, PHONE, awaited, base, drawn, four_rules, opened, shown_step  # noqa: F401

from tools.notebooks import ROOT
from tools.server import serving

FINDINGS = json.loads((ROOT / "optimlib" / "lab" / "findings.json").read_text(encoding="utf-8"))
BYTES = 60_000


FRAMES = json.loads((ROOT / "optimlib" / "lecture.json").read_text(encoding="utf-8"))["frames"]


def only_lab(page):
    lab = page.locator(".ol-lab")
    lab.wait_for(state="visible")
    return lab


@pytest.mark.parametrize("sandbox", ["", "sandbox='allow-scripts'"])
def test_in_a_page_of_another_origin_it_works_and_leaves_that_page_where_it_is(browser, server, tmp_path, sandbox):
    frame = f"<iframe {sandbox} src='{server}/lab.html#preset=narrow' width=640 height=420></iframe>"
    (tmp_path / "slides.html").write_text(f"<!DOCTYPE html><link rel=icon href='data:,'><p style='height: 700px'>slides</p>{frame}<p style='height: 2000px'>")
    with serving(tmp_path) as other:
        context = browser.new_context(**DESKTOP)
        page = context.new_page()
        complaints, asked = [], []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{other}/slides.html")
        inside = page.frames[1]
        lab = only_lab(inside)
        lab.get_by_text("Watch the way along").wait_for()
        lab.get_by_text("step 20 of 20").wait_for()
        assert page.evaluate("scrollY") == 0
        if sandbox:
            assert inside.evaluate("origin") == "null", "there is no storage"
        before = drawn(lab, "momentum")
        slider = lab.get_by_role("slider", name="condition number of the valley")
        slider.press("Home")
        awaited(page, lambda: drawn(lab, "momentum") != before, "the slider changes the path")
        inside.get_by_role("button", name="More", exact=True).click()
        lab.get_by_role("button", name="Plots", exact=True).click()
        lab.locator(".ol-plots").first.wait_for(state="visible")
        lab.get_by_role("button", name="Write your own rule").click()
        lab.get_by_role("button", name="Run", exact=True).click()
        lab.get_by_text("It runs.").wait_for()
        link = inside.get_by_role("link", name="Momentum or RMSProp?")
        assert link.get_attribute("target") == "_blank", "it leads out of the frame"
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith((server, other, "blob:"))] == []


def test_the_link_of_any_lab_opens_the_same_there(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        lab = four_rules(page)
        lab.get_by_role("checkbox", name="AdaGrad").uncheck()
        slider = lab.get_by_role("slider", name="learning rate of momentum")
        slider.press("ArrowRight")
        lab.get_by_role("button", name="Share", exact=True).click()
        lab.get_by_role("button", name="Copy link").click()
        link = lab.get_by_role("textbox", name="what was copied").input_value()
        places = lab.locator(".ol-where").all_inner_texts()
    assert "#lab=" in link
    with opened(browser, f"{server}/lab.html#{link.split('#')[1]}") as page:
        lab = only_lab(page)
        lab.locator(".ol-card").nth(3).wait_for()
        awaited(page, lambda: shown_step(lab) == 20, "it is drawn")
        assert lab.locator(".ol-where").all_inner_texts() == places
        assert not lab.get_by_role("checkbox", name="AdaGrad").is_checked()
        page.reload()
        only_lab(page).locator(".ol-card").nth(3).wait_for()
        assert lab.locator(".ol-where").all_inner_texts() == places, "its own address gives it back"


def test_every_finding_opens_from_a_file_and_another_address_opens_another(browser, files):
    with opened(browser, f"{files}/lab.html") as page:
        lab = only_lab(page)
        assert shown_step(lab) == 20 and lab.locator(".ol-watch").inner_text() == ""
        for finding in FINDINGS:
            page.evaluate("(hash) => (location.hash = hash)", f"preset={finding['id']}")
            lab.get_by_text(finding["watch"]).wait_for()
            assert lab.locator(".ol-card").count() == len(finding["rules"])
        page.evaluate("location.hash = 'preset=none'")
        lab.get_by_text("there is no such finding").wait_for()


@pytest.mark.parametrize("size", FRAMES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_in_a_frame_of_these_sizes_the_valley_its_buttons_and_all_sliders_are_seen(browser, server, size):
    view = {"viewport": {"width": size[0], "height": size[1]}, "reduced_motion": "reduce"}
    with opened(browser, f"{server}/lab.html", **view) as page:
        lab = only_lab(page)
        for finding in FINDINGS:
            page.evaluate("(hash) => (location.hash = hash)", f"preset={finding['id']}")
            lab.get_by_text(finding["watch"]).wait_for()
            awaited(page, lambda: lab.locator(".ol-panel:visible").count() == len({"valley", "rate"} & {*finding.get("show", [])}), "its panel is there")
            wanted = lab.locator(":is(.ol-valley > svg, .ol-transport :is(button, input), .ol-slider input, .ol-switch):visible")
            assert wanted.count() >= 8
            for one in wanted.all():
                box = one.bounding_box()
                assert box["x"] >= 0 and box["y"] >= 0, finding["id"]
                assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1], (finding["id"], one.evaluate("one => one.outerHTML")[:80])
            if not {"plots", "seeds"} & set(finding.get("show", [])):
                assert lab.locator(".ol-watch").bounding_box()["y"] < size[1] - 40, "what to watch begins in sight"
        page.get_by_role("button", name="More", exact=True).click()
        assert lab.get_by_role("button", name="Share", exact=True).is_visible()
        page.get_by_role("button", name="More", exact=True).click()
        assert not lab.get_by_role("button", name="Share", exact=True).is_visible()


def test_on_paper_it_is_its_picture_and_what_that_shows(browser, server):
    with opened(browser, f"{server}/lab.html#preset=narrow", color_scheme="dark", viewport={"width": 717, "height": 1000}) as page:
        lab = only_lab(page)
        lab.get_by_text("step 20 of 20").wait_for()
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(":is(button:not(.ol-about), input):visible").count() == 0, "there is nothing to press"
        assert lab.locator(".ol-valley > svg").bounding_box()["height"] > 200
        assert "step 20 of 20; condition number 860" in lab.locator(".ol-paper").first.evaluate("one => getComputedStyle(one, '::after').content")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_it_is_light(browser, server):
    context, answers = browser.new_context(), {}
    page = context.new_page()
    page.on("response", lambda response: answers.setdefault(response.url, response))
    page.goto(f"{server}/lab.html#preset=narrow")
    only_lab(page).get_by_text("Watch the way along").wait_for()
    weights = {url: len(gzip.compress(response.body())) for url, response in list(answers.items())}
    context.close()
    assert all(url.startswith(server) for url in weights)
    assert sum(weights.values()) <= BYTES, sorted(weights.items(), key=lambda item: -item[1])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_as_light_or_dark_as_the_system_and_axe_finds_nothing(browser, server, scheme):
    with opened(browser, f"{server}/lab.html#preset=turned", color_scheme=scheme) as page:
        only_lab(page).get_by_text("Watch where each one ends").wait_for()
        page.evaluate("localStorage.setItem('mode', 'light')")  # what was chosen in the course is not chosen here
        page.reload()
        only_lab(page).get_by_text("step 20 of 20").wait_for()
        paper = page.evaluate("getComputedStyle(document.querySelector('.alone')).backgroundColor")
        assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
        assert violations(page) == []


def test_a_small_phone_shows_it_without_scrolling_sideways(browser, server):
    with opened(browser, f"{server}/lab.html#preset=narrow", **{**PHONE, "viewport": {"width": 320, "height": 640}}) as page:
        only_lab(page)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_the_other_grounds_are_offered_where_no_chapter_is(browser, base):
    with opened(browser, f"{base}/lab.html") as page:
        lab = only_lab(page)
        page.get_by_role("button", name="More", exact=True).click()
        ground = lab.get_by_role("combobox", name="ground")  # in the valley's panel, which its usual finding opens, too
        ground.select_option(label="saddle")
        lab.get_by_role("slider", name="angle of the valley").wait_for(state="hidden")
        lab.get_by_role("button", name="Findings", exact=True).click()
        lab.get_by_role("button", name="a saddle holds up gradient descent").click()
        lab.get_by_text("Watch who leaves the saddle").wait_for()
        ground.select_option(label="quadratic valley")
        lab.get_by_role("slider", name="angle of the valley").wait_for()
        ground.select_option(label="plateau")
        lab.get_by_role("slider", name="angle of the valley").wait_for(state="hidden")
        lab.get_by_text("step 40 of 40").wait_for()
