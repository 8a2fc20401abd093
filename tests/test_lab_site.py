"""What the lab can do, on the built site in a real browser."""
import json
import re

import pytest
from test_site import awaited, base, drawn, first_lab, opened, shown_step  # noqa: F401

from optimlib import GradientDescent, Momentum, Quadratic, descend, measures


def part(lab, name):
    lab.get_by_role("button", name=name, exact=True).click()


def row(lab, name):
    """The measures of a rule, as texts."""
    return lab.locator(".ol-measures tbody tr", has=lab.page.get_by_role("rowheader", name=name, exact=True)).locator("td").all_inner_texts()


FINDINGS = [
    ("gradient-descent", "past-the-edge", ["gradient_descent"]), ("momentum", "momentum-worse", ["gradient_descent", "momentum"]),
    ("momentum", "momentum-better", ["gradient_descent", "momentum"]), ("momentum-or-rmsprop", "turned", ["momentum", "rmsprop"]),
    ("adagrad", "adagrad-stalls", ["adagrad", "gradient_descent"]), ("rmsprop", "rmsprop-leaves", ["rmsprop"]),
]


@pytest.mark.parametrize("chapter, finding, kinds", FINDINGS)
def test_a_finding_opens_from_the_sentence_that_it_proves(browser, base, chapter, finding, kinds):  # noqa: F811
    with opened(browser, f"{base}/chapters/{chapter}.html") as page:
        for host in page.locator(".optimlib-widget").all():
            host.scroll_into_view_if_needed()
        page.locator(".ol-lab").first.wait_for()
        page.locator(f"article a[href='#preset={finding}']").click()
        lab = page.locator(".ol-lab", has=page.locator(".ol-watch:not(:empty)"))
        lab.locator(".ol-watch").get_by_text("Watch").wait_for()
        shown = [kind for kind in ("gradient_descent", "momentum", "adagrad", "rmsprop") if lab.locator(f".ol-valley .ol-{kind} .ol-faint:visible").count()]
        assert sorted(shown) == sorted(kinds)
        lab.get_by_role("button", name="reset").click()
        awaited(page, lambda: page.locator(".ol-watch:not(:empty)").count() == 0, "reset ends it")


def test_the_measures_are_those_of_the_library(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        lab = first_lab(page)
        part(lab, "Measures")
        lab.locator(".ol-measures").wait_for()
        for name, rule in [("gradient descent", GradientDescent(0.1)), ("momentum", Momentum(0.1, 0.9))]:
            path = descend(Quadratic(), rule, (-5, -2), 60)
            across = path.points[:, 1]
            assert measures.steps_to_reach(path.losses) is None
            texts = row(lab, name)
            assert texts[:3] == ["no", "no", str(measures.crossings(across))]
            assert float(texts[3]) == pytest.approx(measures.sum_of_squares(across), rel=1e-3)


def test_a_rule_is_added_and_removed(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        lab = first_lab(page)
        adder = lab.get_by_role("combobox", name="add a rule")
        for _ in range(4):
            adder.select_option("momentum")
        lab.get_by_role("checkbox", name="show momentum 5").wait_for()
        assert adder.is_hidden(), "six are enough"
        lab.get_by_role("slider", name="beta of momentum 2").press("ArrowRight")
        lab.get_by_role("group", name="momentum 2").get_by_text("0.51").wait_for()
        lab.get_by_role("button", name="remove momentum 3").click()
        awaited(page, lambda: lab.locator(".ol-card").count() == 5, "one is gone")
        lab.get_by_role("group", name="momentum 2").get_by_text("0.51").wait_for()
        assert lab.locator(".ol-valley .ol-ball:visible").count() == 5


def test_the_valley_turns_and_its_start_with_it(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        lab = first_lab(page)
        part(lab, "Valley")
        part(lab, "Measures")
        angle = lab.get_by_role("slider", name="angle of the valley")
        angle.wait_for()
        before = row(lab, "momentum")
        handle = lab.locator(".ol-valley .ol-start")
        start = handle.get_attribute("aria-valuetext")
        angle.fill("45")
        awaited(page, lambda: handle.get_attribute("aria-valuetext") != start, "the start turns")
        assert row(lab, "momentum") == before, "momentum does not notice"
        angle.fill("0")
        awaited(page, lambda: handle.get_attribute("aria-valuetext") == start, "and comes back exactly")
        lab.get_by_role("slider", name="condition number of the valley").fill("0")
        awaited(page, lambda: row(lab, "momentum") != before, "a round valley is another one")


def test_a_link_brings_everything_back(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/momentum.html", permissions=[]) as page:
        lab = first_lab(page)
        part(lab, "Plots")
        lab.get_by_role("combobox", name="add a rule").select_option("rmsprop")
        lab.get_by_role("slider", name="beta of momentum").press("ArrowLeft")
        lab.get_by_role("slider", name="step", exact=True).fill("7")
        lab.get_by_text("step 7 of 60").wait_for()
        part(lab, "Share")
        lab.get_by_role("button", name="Copy link").click()
        box = lab.get_by_role("textbox", name="what was copied")
        box.wait_for()
        link = box.input_value()
        paths = [drawn(lab, kind) for kind in ("gradient_descent", "momentum", "rmsprop")]
    with opened(browser, link) as page:
        lab = first_lab(page)
        lab.get_by_text("step 7 of 60").wait_for()
        assert [drawn(lab, kind) for kind in ("gradient_descent", "momentum", "rmsprop")] == paths


def test_without_a_clipboard_the_button_says_so(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        lab = first_lab(page)
        part(lab, "Share")
        lab.get_by_role("button", name="Copy as Python").click()
        lab.get_by_text("The clipboard is not allowed here").wait_for()
        assert "Momentum(lr=0.1, beta=0.9)" in lab.get_by_role("textbox", name="what was copied").input_value()


def test_the_picture_is_saved(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        part(lab, "Share")
        with page.expect_download() as download:
            lab.get_by_role("button", name="Save picture").click()
        text = download.value.path().read_text(encoding="utf-8")
        assert text.startswith("<svg") and "<title>gradient descent, momentum: step 60 of 60</title>" in text
        assert text.count("stroke: rgb(") > 10, "it needs no style sheet"


def test_the_map_runs_what_is_clicked(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        lab = first_lab(page)
        part(lab, "Map")
        picture = lab.locator(".ol-map-picture svg")
        picture.wait_for()
        awaited(page, lambda: lab.locator(".ol-map[aria-busy]").count() == 0, "it is drawn")
        assert lab.locator(".ol-map .ol-edge").get_attribute("d").count("L") > 20 < lab.locator(".ol-map .ol-border").get_attribute("d").count("L")
        box = picture.bounding_box()
        picture.click(position={"x": box["width"] * 0.55, "y": box["height"] * 0.45})
        said = lab.locator(".ol-map-said")
        lr, beta, steps = re.fullmatch(r"lr ([\d.]+), beta ([\d.]+): (\d+) steps", said.inner_text()).groups()
        card = lab.get_by_role("group", name="momentum", exact=True)
        card.get_by_text(lr, exact=True).first.wait_for()
        path = descend(Quadratic(), Momentum(float(lr), float(beta)), (-5, -2), 300)
        assert measures.steps_to_stay(path.losses) == int(steps)
        handle = lab.locator(".ol-map .ol-start")
        before = said.inner_text()
        handle.press("ArrowUp")
        awaited(page, lambda: said.inner_text() != before, "keys move it, too")


def test_it_asks_before_it_shows(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/momentum-or-rmsprop.html") as page:
        for host in page.locator(".optimlib-widget").all():
            host.scroll_into_view_if_needed()
        lab = page.locator(".ol-lab", has_text="Where will momentum be after 20 steps?")
        lab.scroll_into_view_if_needed()
        assert "L" not in lab.locator(".ol-valley .ol-momentum .ol-faint").get_attribute("d")
        plot = lab.locator(".ol-plot")
        box = plot.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        lab.locator(".ol-guess").wait_for(state="visible")
        lab.get_by_role("button", name="Play and see").click()
        lab.get_by_text("After 20 steps momentum is at").first.wait_for(timeout=20_000)
        assert "L" in lab.locator(".ol-valley .ol-momentum .ol-faint").get_attribute("d")


def test_keys_do_everything(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        lab = first_lab(page)
        lab.focus()
        for key, step in [("ArrowLeft", 59), ("Home", 0), ("ArrowRight", 1), ("End", 60)]:
            page.keyboard.press(key)
            awaited(page, lambda: shown_step(lab) == step, f"{key} leads to step {step}")
        page.keyboard.press("1")
        lab.locator(".ol-valley .ol-gradient_descent .ol-faint").wait_for(state="hidden")
        page.keyboard.press("r")
        lab.locator(".ol-valley .ol-gradient_descent .ol-faint").wait_for(state="visible")
        page.keyboard.press("?")
        lab.get_by_text("full screen, for a class").wait_for()
        page.keyboard.press("Space")
        lab.get_by_role("button", name="pause").wait_for()
        page.keyboard.press("Space")
        page.keyboard.press("f")
        awaited(page, lambda: lab.bounding_box()["width"] == 1280, "it fills the window")
        assert lab.locator(".ol-count").evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 20
        page.keyboard.press("f")
        awaited(page, lambda: lab.bounding_box()["width"] < 1280, "and comes back")


def test_hovering_a_plot_moves_all_and_leaving_brings_it_back(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        lab = first_lab(page)
        canvas = lab.get_by_role("img", name="loss over the steps")
        canvas.scroll_into_view_if_needed()
        canvas.hover(position={"x": 100, "y": 40})
        awaited(page, lambda: 0 < shown_step(lab) < 60, "the step follows")
        page.mouse.move(2, 2)
        awaited(page, lambda: shown_step(lab) == 60, "and comes back")
        box = canvas.bounding_box()
        page.mouse.click(box["x"] + 100, box["y"] + 40)
        page.mouse.move(2, 2)
        awaited(page, lambda: 0 < shown_step(lab) < 60, "a click keeps it")


def test_those_who_do_not_see_it_are_told(browser, base):  # noqa: F811
    with opened(browser, f"{base}/chapters/question.html") as page:
        lab = first_lab(page)
        lab.get_by_role("slider", name="step", exact=True).fill("19")
        lab.get_by_role("slider", name="step", exact=True).fill("20")
        lab.get_by_role("slider", name="step", exact=True).fill("10")
        status = lab.locator(".ol-unseen[role=status]")
        awaited(page, lambda: "After 10 steps gradient descent is at" in status.inner_text(), "it is said")
        assert "momentum is at" in status.inner_text() and "; loss " in status.inner_text()


def test_with_reduced_motion_nothing_moves_by_itself(browser, server):
    with opened(browser, f"{server}/chapters/momentum-or-rmsprop.html", reduced_motion="reduce") as page:
        for host in page.locator(".optimlib-widget").all():
            host.scroll_into_view_if_needed()
        lab = page.locator(".ol-lab", has_text="Where will momentum be after 20 steps?")
        lab.get_by_role("textbox", name="your guess of x₁").fill("0")
        lab.get_by_role("textbox", name="your guess of x₂").fill("0")
        lab.get_by_role("button", name="Play and see").click()
        lab.get_by_text("step 20 of 20").wait_for()
        lab.get_by_role("button", name="play", exact=True).wait_for()


def test_one_broken_lab_does_not_stop_the_others(browser, site, server):
    def break_first(route):
        text = (site / "chapters" / "momentum.html").read_text(encoding="utf-8")
        name = re.search(r'data-model-id="([^"]*)"><img', text)[1]
        saved = re.search(r'widget-state\+json">(.*?)</script>', text, re.DOTALL)[1]
        state = json.loads(saved)
        state["state"][name]["state"]["rules"] = 7
        broken = text.replace(saved, json.dumps(state))
        route.fulfill(body=broken, content_type="text/html")

    context = browser.new_context()
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/momentum.html", break_first)
    page.goto(f"{server}/chapters/momentum.html")
    page.get_by_text("This lab has no list of rules").first.wait_for()
    for host in page.locator(".optimlib-widget").all():
        host.scroll_into_view_if_needed()
    page.locator(".ol-lab").first.wait_for()
    assert errors == []
    context.close()
