"""What the lab can do, on the built site in a real browser."""

import json
import re

import pytest
from library import CLASSES, RULES
from test_lab_layout import stands
from test_site import PHONE, awaited, base, drawn, first_lab, four_rules, framed, loaded, opened, shown_step  # noqa: F401

from optimlib import GradientDescent, Momentum, Quadratic, catalogue, descend, measures

# The signs and digits of a number for a reader, as Python has them.
PLAIN = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def part(lab, name):
    lab.get_by_role("button", name=name, exact=True).click()


def row(lab, name):
    """The measures of a rule, as texts."""
    return lab.locator(".ol-measures tbody tr", has=lab.page.get_by_role("rowheader", name=name, exact=True)).locator("td").all_inner_texts()


FINDINGS = [
    ("gradient-descent", "past-the-edge", ["gradient_descent"]),
    ("momentum", "momentum-worse", ["gradient_descent", "momentum"]),
    ("momentum", "momentum-better", ["gradient_descent", "momentum"]),
    ("momentum-or-rmsprop", "turned", ["momentum", "rmsprop"]),
    ("adagrad", "adagrad-stalls", ["adagrad", "gradient_descent"]),
    ("rmsprop", "rmsprop-leaves", ["rmsprop"]),
]


@pytest.mark.parametrize("chapter, finding, kinds", FINDINGS)
def test_a_finding_opens_from_the_sentence_that_it_proves(browser, files, chapter, finding, kinds):
    with opened(browser, f"{files}/chapters/{chapter}.html") as page:
        for host in page.locator(".optimlib-widget").all():
            host.scroll_into_view_if_needed()
        page.locator(".ol-lab").first.wait_for()
        page.locator(f"article a[href='#preset={finding}']").click()
        lab = page.locator(".ol-lab", has=page.locator(".ol-watch:not(:empty)"))
        lab.locator(".ol-watch").get_by_text("Watch").wait_for()
        assert lab.evaluate("lab => lab === document.activeElement"), "the next Tab goes on in the lab"
        awaited(page, lambda: shown_step(lab) > 0, "it plays")
        shown = [kind for kind in RULES if lab.locator(f".ol-valley .ol-{kind} .ol-faint:visible").count()]
        assert sorted(shown) == sorted(kinds)
        reset = lab.get_by_role("button", name="reset")
        reset.scroll_into_view_if_needed()
        stands(reset)  # the way back comes above it, once the link is out of sight
        reset.click()
        awaited(page, lambda: page.locator(".ol-watch:not(:empty)").count() == 0, "reset ends it")
        page.go_back()
        assert page.locator(f"article a[href='#preset={finding}']").count() == 1, "the way back leads to the same page"


def test_the_measures_are_those_of_the_library(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
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


def add(lab, label):
    if lab.locator(".ol-add-panel").is_hidden():
        part(lab, "Add a rule")
    lab.locator(".ol-add-panel").get_by_role("button", name=label).click()


def dash(lab, name):
    """The dash of a rule's line, on its card."""
    return lab.get_by_role("group", name=name, exact=True).locator(".ol-sample .ol-bold").get_attribute("stroke-dasharray")


def test_a_rule_is_added_and_removed(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        for _ in range(4):
            add(lab, "momentum")
        lab.get_by_role("checkbox", name="show momentum 5").wait_for()
        lab.get_by_text("6 rules are the most").wait_for()
        assert lab.locator(".ol-add-panel").get_by_role("button", name="momentum").get_attribute("aria-disabled") == "true"
        lab.get_by_role("slider", name="beta of momentum 4").press("ArrowRight")
        lab.get_by_role("group", name="momentum 4").get_by_text("0.51").wait_for()
        dashes = [dash(lab, f"momentum {number}") for number in (2, 4, 5)]
        lab.get_by_role("button", name="remove momentum 3").click()
        awaited(page, lambda: lab.locator(".ol-card").count() == 5, "one is gone")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "show momentum 4", "the focus is on the next"
        assert [dash(lab, f"momentum {number}") for number in (2, 4, 5)] == dashes and len(set(dashes)) == 3, "the others stay as they are"
        lab.get_by_role("group", name="momentum 4").get_by_text("0.51").wait_for()
        assert lab.locator(".ol-valley .ol-ball:visible").count() == 5
        add(lab, "momentum")
        lab.get_by_role("checkbox", name="show momentum 3").wait_for()
        lab.get_by_role("button", name="reset").click()
        awaited(page, lambda: lab.locator(".ol-card").count() == 2, "reset takes away what was added")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_rule_of_the_library_is_added_drawn_mapped_and_taken_along(browser, server, theme):
    address = f"{server}/chapters/momentum.html"
    with opened(browser, address, color_scheme=theme) as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # then what is copied stands in a box
        lab = first_lab(page)
        lab.get_by_role("checkbox", name="show gradient descent").uncheck()
        lab.get_by_role("checkbox", name="show momentum").uncheck()
        added = {kind: known["label"] + (" 2" if kind in ("gradient_descent", "momentum") else "") for kind, known in list(catalogue.RULES.items())[-4:]}
        for kind, label in added.items():
            add(lab, catalogue.RULES[kind]["label"])
            card = lab.get_by_role("group", name=label, exact=True)
            card.wait_for()
            channels = [int(catalogue.RULES[kind]["colour"][theme == "dark"][i : i + 2], 16) for i in (1, 3, 5)]
            assert card.locator(".ol-sample .ol-bold").evaluate("line => getComputedStyle(line).stroke") == f"rgb({', '.join(map(str, channels))})"
            end = descend(Quadratic(), RULES[kind], (-5, -2), 60).points[-1]
            where = [
                float(text.translate(PLAIN).replace("·10", "e").replace("≈ ", "").split()[1]) for text in card.locator(".ol-where span").all_inner_texts()[:2]
            ]
            assert where == pytest.approx(end, rel=0.006, abs=1e-15)  # three digits, and ≈ 0 for less
        part(lab, "Map")
        choice = lab.get_by_role("combobox", name="the map's rule")
        choice.wait_for()
        mapped = {known["label"]: known["map"]["over"] for known in catalogue.RULES.values() if "map" in known}
        assert choice.locator("option").all_inner_texts() == list(mapped)
        for label, over in mapped.items():
            choice.select_option(label=label)
            lab.locator(".ol-map-said").get_by_text(over).wait_for()
            awaited(page, lambda: lab.locator(".ol-map[aria-busy]").count() == 0, "it is drawn")
        part(lab, "Share")
        lab.get_by_role("button", name="Copy as Python").click()
        code = lab.locator(".ol-copied").input_value()
        assert all(f'"{label}": {CLASSES[kind].__name__}(lr={RULES[kind].lr:g}' in code for kind, label in added.items())
        lab.get_by_role("button", name="Copy link").click()
        link = lab.locator(".ol-copied").input_value()
    with opened(browser, link) as page:
        lab = first_lab(page)
        for label in added.values():
            assert lab.get_by_role("checkbox", name=f"show {label}", exact=True).is_checked()


def hollow(lab, name, kind, run):
    """Whether a rule's markers are hollow: on its card, on its path, and its ball; run: how many of its kind stand before it."""
    card = lab.get_by_role("group", name=name, exact=True).locator(".ol-sample.ol-hollow").count() == 1
    path = "ol-hollow" in lab.locator(f".ol-plot g.ol-{kind}:has(.ol-marks)").nth(run).get_attribute("class")
    ball = "ol-outside" in lab.locator(f".ol-valley .ol-ball.ol-{kind}").nth(run).get_attribute("class")
    return [card, path, ball]


def test_every_second_run_of_a_rule_is_hollow_also_once_another_is_removed(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        for _ in range(3):
            add(lab, "RMSProp")
        lab.get_by_role("checkbox", name="show RMSProp 3").wait_for()
        filled, second = [False] * 3, [True] * 3
        names = ["RMSProp", "RMSProp 2", "RMSProp 3"]
        assert [hollow(lab, name, "rmsprop", i) for i, name in enumerate(names)] == [filled, second, filled]
        lab.get_by_role("button", name="remove RMSProp", exact=True).click()
        awaited(page, lambda: lab.locator(".ol-card").count() == 4, "one is gone")
        assert [hollow(lab, name, "rmsprop", i) for i, name in enumerate(names[1:])] == [filled, second]


def test_the_valley_turns_and_its_start_with_it(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
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


def test_a_link_brings_everything_back(browser, base):
    with opened(browser, f"{base}/chapters/momentum.html", permissions=[]) as page:
        lab = first_lab(page)
        part(lab, "Plots")
        add(lab, "RMSProp")
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


def test_a_link_to_a_lab_that_is_shown_twice_leads_to_the_first(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        views = page.locator(".ol-lab[aria-label^='lab 1:']")
        awaited(page, lambda: views.count() == 2, "the page shows it twice")
        page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")  # the first is far above
        page.evaluate("location.hash = 'lab=1&v=1&steps=33&step=9&start=-5,-2&curvatures=0.2,4&angle=0'")
        for view in views.all():
            view.get_by_text("step 9 of 33").wait_for()
        seen = "view => { const { top, bottom } = view.getBoundingClientRect(); return top < innerHeight && bottom > 0; }"
        awaited(page, lambda: [view.evaluate(seen) for view in views.all()] == [True, False], "the first is in sight")


def test_the_arithmetic_is_copied_with_its_step_and_the_button_says_so(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (text) => { window.copied = text; } } })")
        lab = four_rules(page)
        part(lab, "Arithmetic")
        lab.get_by_role("button", name="Copy the arithmetic").click()
        lab.get_by_text("The arithmetic is copied.").wait_for()
        first, _, second, *_ = page.evaluate("window.copied").split("\n")
        assert "with the numbers put in" in first and "step" in first
        assert second == "gradient descent"
        lab.get_by_role("button", name="step back", exact=True).click()
        lab.get_by_text("The arithmetic is copied.").wait_for(state="detached")  # it was another step's
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        lab.get_by_role("button", name="Copy the arithmetic").click()
        lab.get_by_text("This page may not copy").wait_for()
        assert page.evaluate("getSelection().toString()").startswith("gradient descent")


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
        words = ["gradient descent, lr 0.1", "momentum, lr 0.1, beta 0.9", "step 60 of 60; condition number 20, angle 0°"]
        assert text.startswith("<svg") and f"<title>{'; '.join(words)}</title>" in text
        assert all(f">{word}</text>" in text for word in words), "it says what is seen"
        assert text.count("stroke: rgb(") > 10, "it needs no style sheet"


def test_the_map_runs_what_is_clicked(browser, files):
    with opened(browser, f"{files}/chapters/momentum.html") as page:
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
        # What the lab has need not be a place of the map's grid: the mark and the words say it nevertheless.
        was = handle.get_attribute("transform")
        sliders = [lab.get_by_role("slider", name=f"{name} of momentum") for name in ("learning rate", "beta")]
        for slider, first in zip(sliders, (lr, beta)):
            slider.press("ArrowRight")
            awaited(page, lambda slider=slider, first=first: slider.get_attribute("aria-valuetext") != first, "it is moved")
        now = [slider.get_attribute("aria-valuetext") for slider in sliders]
        awaited(page, lambda: said.inner_text().startswith(f"lr {now[0]}, beta {now[1]}: "), "it says what the sliders have")
        assert handle.get_attribute("aria-valuetext") == said.inner_text() and handle.get_attribute("transform") != was
        path = descend(Quadratic(), Momentum(*map(float, now)), (-5, -2), 300)
        assert measures.steps_to_stay(path.losses) == int(said.inner_text().split(": ")[1].split()[0])
        picture.click(position={"x": box["width"] * 0.55, "y": box["height"] * 0.45})
        awaited(page, lambda: handle.get_attribute("transform") == was, "a click is a place of the grid again")
        lab.get_by_text(re.compile(rf"of {max(60, int(steps))}$")).wait_for()  # it runs until it gets there
        before = said.inner_text()
        page.keyboard.press("ArrowUp")
        awaited(page, lambda: said.inner_text() != before, "keys move it, too, where it was clicked")
        before, at = said.inner_text(), handle.bounding_box()
        page.mouse.move(at["x"] + 22, at["y"] + 22)
        page.mouse.down()
        page.mouse.move(at["x"] - 60, at["y"] + 60, steps=4)
        awaited(page, lambda: said.inner_text() != before, "it follows the mouse")
        page.mouse.up()


def test_the_map_shows_the_rule_that_is_chosen(browser, server):
    with opened(browser, f"{server}/chapters/rmsprop.html") as page:
        lab = first_lab(page)
        part(lab, "Map")
        choice = lab.get_by_role("combobox", name="the map's rule")
        choice.select_option("momentum")
        lab.get_by_text("the stability edge").wait_for()
        assert choice.input_value() == "momentum"
        lab.locator(".ol-map-said").get_by_text("beta").wait_for()


def test_it_asks_before_it_shows(browser, server):
    with opened(browser, f"{server}/chapters/momentum-or-rmsprop.html") as page:
        lab = first_lab(page)
        lab.get_by_text("Where will momentum be after 20 steps?").wait_for()
        assert "L" not in lab.locator(".ol-valley .ol-momentum .ol-faint").get_attribute("d")
        lab.focus()
        page.keyboard.press("Space")
        page.keyboard.press("End")
        assert lab.get_by_role("button", name="play", exact=True).is_disabled(), "keys do not tell, either"
        plot = lab.locator(".ol-plot")
        box = plot.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        lab.locator(".ol-guess").wait_for(state="visible")
        lab.get_by_role("button", name="Play and see").click()
        lab.get_by_text("After 20 steps momentum is at").first.wait_for()
        assert "L" in lab.locator(".ol-valley .ol-momentum .ol-faint").get_attribute("d")
        part(lab, "Predict")
        lab.locator(".ol-predict-panel").wait_for(state="hidden")
        lab.locator(".ol-guess").wait_for(state="hidden")
        part(lab, "Predict")
        lab.get_by_role("button", name="Which rule gets there first?").click()
        chosen = lab.get_by_role("combobox", name="which rule gets there first")
        chosen.select_option("RMSProp")
        lab.get_by_role("checkbox", name="show RMSProp").uncheck()
        go = lab.get_by_role("button", name="Play and see")
        awaited(page, go.is_disabled, "a guess of a rule that is gone does not count")
        lab.get_by_role("button", name="Show it without a guess").click()
        lab.get_by_text("None gets there within 20 steps.").wait_for()
        assert page.evaluate("document.activeElement.textContent") == "None gets there within 20 steps."


def test_keys_do_everything(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
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
        lab.get_by_role("button", name="Valley", exact=True).click()
        slider = lab.get_by_role("slider", name="angle of the valley")
        slider.wait_for()
        box = slider.bounding_box()
        assert box["width"] > 100 and 0 <= box["y"] < 900, "what opens is in sight, with room"
        page.keyboard.press("Home")
        awaited(page, lambda: shown_step(lab) == 0, "the keys are the lab's again after a click")
        before = page.evaluate("scrollY")
        page.keyboard.press("f")
        awaited(page, lambda: lab.bounding_box()["width"] < 1280, "and comes back")
        awaited(page, lambda: page.evaluate("scrollY") == before, "it is where it was")
        handle = lab.locator(".ol-valley .ol-start")
        handle.press("End")
        awaited(page, lambda: shown_step(lab) == 60, "also from the start's handle, rather than scroll the page")


def test_hovering_a_plot_moves_all_and_leaving_brings_it_back(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        canvas = lab.get_by_role("img", name="loss over the steps")
        canvas.scroll_into_view_if_needed()
        canvas.hover(position={"x": 100, "y": 40})
        awaited(page, lambda: 0 < shown_step(lab) < 60, "the step follows")
        page.mouse.move(2, 2)
        awaited(page, lambda: shown_step(lab) == 60, "and comes back")
        box = canvas.bounding_box()
        page.mouse.click(box["x"] + 100, box["y"] + 40)
        awaited(page, lambda: 0 < shown_step(lab) < 60, "the step follows again")
        page.mouse.move(2, 2)
        framed(page)
        framed(page)  # by then the lab would have gone back
        assert 0 < shown_step(lab) < 60, "a click keeps it"


def test_those_who_do_not_see_it_are_told(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        lab = four_rules(page)
        lab.get_by_role("slider", name="step", exact=True).fill("19")
        lab.get_by_role("slider", name="step", exact=True).fill("20")
        lab.get_by_role("slider", name="step", exact=True).fill("10")
        status = lab.locator(".ol-unseen[role=status]")
        awaited(page, lambda: "After 10 steps gradient descent is at" in status.inner_text(), "it is said")
        assert "momentum is at" in status.inner_text() and "; loss " in status.inner_text()
        lab.get_by_role("button", name="play", exact=True).click()
        awaited(page, lambda: "After 20 steps" in status.inner_text(), "where it ends is said, too")
        part(lab, "Plots")
        lab.get_by_role("img", name="at step 20: gradient descent 0.089; momentum").wait_for()


def with_lab_state(site, chapter="momentum", **values):
    """A handler of a chapter, in which the first lab was saved with these values."""

    def fulfill(route):
        text = (site / "chapters" / f"{chapter}.html").read_text(encoding="utf-8")
        name = re.search(r'data-model-id="([^"]*)"><img', text)[1]
        saved = re.search(r'widget-state\+json">(.*?)</script>', text, re.DOTALL)[1]
        state = json.loads(saved)
        state["state"][name]["state"].update(values)
        route.fulfill(body=text.replace(saved, json.dumps(state)), content_type="text/html")

    return fulfill


SEE_STEPS = """lab => {
    const count = lab.querySelector(".ol-count");
    window.seen = [];
    new MutationObserver(() => seen.push(count.textContent)).observe(count, { childList: true, characterData: true, subtree: true });
}"""


def test_with_reduced_motion_a_guess_is_shown_at_once(browser, server):
    with opened(browser, f"{server}/chapters/momentum-or-rmsprop.html", reduced_motion="reduce") as page:
        for host in page.locator(".optimlib-widget").all():
            host.scroll_into_view_if_needed()
        lab = page.locator(".ol-lab", has_text="Where will momentum be after 20 steps?")
        lab.get_by_role("textbox", name="your guess of x₁").fill("0")
        lab.get_by_role("textbox", name="your guess of x₂").fill("0")
        lab.get_by_role("slider", name="step", exact=True).wait_for()
        lab.evaluate(SEE_STEPS)
        lab.get_by_role("button", name="Play and see").click()
        lab.get_by_text("After 20 steps momentum is at").first.wait_for()
        lab.get_by_text("step 20 of 20").wait_for()
        assert set(page.evaluate("seen")) <= {"step 20 of 20"}, "no step between"


def test_with_reduced_motion_a_ball_goes_from_step_to_step_at_once(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html", reduced_motion="reduce") as page:
        lab = first_lab(page)
        lab.evaluate("""lab => {
            window.places = new Set(); // to which it has moved
            const ball = lab.querySelector(".ol-ball");
            new MutationObserver(([{ oldValue }]) => {
                const now = ball.getAttribute("transform");
                if (now !== oldValue) places.add(now);
            }).observe(ball, { attributeFilter: ["transform"], attributeOldValue: true });
        }""")
        lab.get_by_role("button", name="play", exact=True).click()
        # It plays on meanwhile: the step is read with the places. The ball may be a frame, and so a place, ahead of it.
        seen = page.wait_for_function("""() => {
            const step = Number(document.querySelector(".ol-lab .ol-count").textContent.match(/\\d+/)[0]);
            return places.size > 4 && { step, places: places.size };
        }""").json_value()
        assert seen["places"] <= seen["step"] + 2, "a place for each step, and none between"


def test_with_reduced_motion_what_was_saved_playing_stands(browser, site, server):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script("""
        window.seen = new Set();
        new MutationObserver(() => seen.add(document.querySelector(".ol-lab .ol-count")?.textContent)).observe(document, { childList: true, subtree: true });
    """)
    chapter = "momentum-or-rmsprop"  # where nothing is linked to the lab
    page.route(f"**/{chapter}.html", with_lab_state(site, chapter, playing=True, step=0))
    page.goto(f"{server}/chapters/{chapter}.html")
    lab = first_lab(page)
    lab.get_by_role("button", name="play", exact=True).wait_for()
    assert page.evaluate("[...seen].filter(Boolean)") == [f"step {shown_step(lab)} of 20"]
    context.close()


def test_one_broken_lab_does_not_stop_the_others(browser, site, server):
    context = browser.new_context()
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/momentum.html", with_lab_state(site, rules=7))
    page.goto(f"{server}/chapters/momentum.html")
    page.get_by_text("This lab has no list of rules").first.wait_for()
    for host in page.locator(".optimlib-widget").all():
        host.scroll_into_view_if_needed()
    page.locator(".ol-lab").first.wait_for()
    assert errors == []
    context.close()


def test_what_is_played_ends_though_the_steps_are_cut(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        part(lab, "Valley")
        steps = lab.get_by_role("slider", name="number of steps")
        steps.wait_for()
        lab.get_by_role("slider", name="step", exact=True).fill("0")
        lab.get_by_role("button", name="play", exact=True).click()
        lab.get_by_role("button", name="pause").wait_for()
        steps.fill("20")
        lab.get_by_text(re.compile(r"step (\d+) of \1$")).wait_for()
        lab.get_by_role("button", name="play", exact=True).wait_for()


def test_reset_brings_all_of_it_back(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        ticks = lab.locator(".ol-valley .ol-axes").text_content()
        page.evaluate("location.hash = 'lab=1&v=1&start=-500,-200&steps=33&step=3&angle=x'")
        lab.get_by_text("angle in the link was not usable").wait_for()
        assert lab.locator(".ol-valley .ol-axes").text_content() != ticks
        lab.get_by_role("button", name="reset").click()
        lab.get_by_text("step 60 of 60").wait_for()
        awaited(page, lambda: lab.locator(".ol-valley .ol-axes").text_content() == ticks, "the axes are as they were")
        assert lab.get_by_text("was not usable").count() == 0


def test_a_link_of_a_finding_says_what_to_watch_and_one_with_code_asks_for_run(browser, server):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        lab = first_lab(page)
        part(lab, "Findings")
        lab.get_by_role("button", name="past the edge").click()
        lab.get_by_text("Watch the swing").wait_for()
        part(lab, "Share")
        lab.get_by_role("button", name="Copy link").click()
        link = lab.get_by_role("textbox", name="what was copied").input_value()
    with opened(browser, f"{link}&own=def%20update(x,g,memory,t):%20return%20x,memory") as page:
        lab = first_lab(page)
        lab.get_by_text("Watch the swing").wait_for()
        lab.get_by_text("The link brings a rule that somebody wrote").wait_for()
        assert lab.locator(".ol-share-panel").is_hidden()
        written = "[...box.querySelectorAll('textarea, .cm-content')].map((one) => one.value ?? one.textContent).join()"
        awaited(page, lambda: "def update(x,g,memory,t): return x,memory" in lab.locator(".ol-own-panel").evaluate(f"(box) => {written}"), "the code is shown")
        assert lab.locator(".ol-card").count() == 1 and "python.js" not in loaded(page), "code of others does not run by itself"
    with opened(browser, f"{server}/chapters/gradient-descent.html#preset=nothing-of-the-kind") as page:
        first_lab(page).get_by_text("there is no such finding").wait_for()


def test_a_link_of_the_text_that_leads_elsewhere_is_left_alone(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        first_lab(page)
        link = page.locator("article a", has_text="Open it in the lab").first
        with page.context.expect_page() as other:
            link.click(modifiers=["Control"])
        other.value.close()
        page.wait_for_load_state("networkidle")  # leaving would break off what is on its way
        link.evaluate("link => link.href = 'rmsprop.html#preset=rmsprop-leaves'")
        link.click()
        page.wait_for_url("**/rmsprop.html#preset=rmsprop-leaves")
        page.get_by_text("Watch the lowest point").first.wait_for()


def test_a_part_that_cannot_be_had_is_asked_for_once_a_click(browser, files):
    # As files: there no service worker has it already.
    context = browser.new_context()
    page, asked = context.new_page(), []
    page.route("**/parts.js*", lambda route: (asked.append(1), route.abort()))
    page.goto(f"{files}/chapters/gradient-descent.html")
    lab = first_lab(page)
    lab.get_by_text("could not load parts.js").wait_for()
    page.wait_for_load_state("networkidle")  # each lab of the page whose arrows are open has asked by itself
    before = len(asked)
    part(lab, "Map")
    awaited(page, lambda: len(asked) == before + 1, "it is asked for again")
    lab.get_by_role("slider", name="step", exact=True).fill("5")
    lab.get_by_text("step 5 of 20").wait_for()
    assert len(asked) == before + 1
    page.unroute("**/parts.js*")
    part(lab, "Measures")
    lab.get_by_role("rowheader", name="gradient descent").wait_for()
    lab.get_by_role("img", name="map of the steps").wait_for()
    context.close()


SIGHT = """lab => new Promise((resolve) => {
    const sight = new IntersectionObserver((entries) => entries.at(-1).isIntersecting || (sight.disconnect(), resolve()), { rootMargin: "100px" });
    sight.observe(lab);
})"""


def test_parts_that_come_late_are_drawn_out_of_sight(browser, site, server):
    """Drawn only in sight, they would push away what is being read."""
    context = browser.new_context(viewport={"width": 800, "height": 400}, service_workers="block")
    page, held = context.new_page(), []
    page.route("**/parts.js*", lambda route: held.append(route))
    page.route("**/momentum.html", with_lab_state(site, show=["plots"]))
    page.goto(f"{server}/chapters/momentum.html", wait_until="domcontentloaded")  # until the parts are there, it is not loaded whole
    lab = first_lab(page)
    awaited(page, lambda: held, "the lab asks for its parts")
    page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    # The lab's own observer, which is older, has told the lab by then.
    lab.evaluate(SIGHT)
    plot = lab.get_by_role("img", name="loss over the steps")
    assert plot.count() == 0
    held[0].continue_()
    plot.wait_for(state="attached")
    assert lab.evaluate("lab => lab.getBoundingClientRect().bottom < -100"), "it is out of sight"
    context.close()


def test_the_angle_goes_round_without_a_jump(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        part(lab, "Valley")
        angle = lab.get_by_role("slider", name="angle of the valley")
        angle.press("End")
        awaited(page, lambda: angle.get_attribute("aria-valuetext") == "179°", "the end of the scale")
        assert angle.input_value() == "179"


def test_pictures_follow_the_theme(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html", color_scheme="light") as page:
        lab = first_lab(page)
        part(lab, "Map")
        canvases = [lab.get_by_role("img", name=name) for name in ("map of the steps", "loss over the steps")]
        canvases[0].wait_for()
        awaited(page, lambda: lab.locator(".ol-map[aria-busy]").count() == 0, "it is drawn")
        light = [canvas.evaluate("canvas => canvas.toDataURL()") for canvas in canvases]
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        for canvas, before in zip(canvases, light):
            awaited(page, lambda: canvas.evaluate("canvas => canvas.toDataURL()") != before, "it is drawn for the dark at once")


def test_a_model_that_is_shown_twice_plays_at_one_pace(browser, server):
    # The same widget stands twice on the page; both are in sight of each other.
    def twice(route):
        text = route.fetch().text()
        start = text.index('<div class="optimlib-widget"')
        place = text[start : text.index("</div>", start) + len("</div>")]
        route.fulfill(body=text.replace(place, f'<div style="display: grid; grid-template-columns: 1fr 1fr">{place}{place}</div>', 1), content_type="text/html")

    context = browser.new_context()
    page = context.new_page()
    page.route("**/momentum.html", twice)
    page.goto(f"{server}/chapters/momentum.html")
    labs = page.locator(".ol-lab")
    labs.nth(1).wait_for()
    labs.first.scroll_into_view_if_needed()
    took = page.evaluate("""async () => {
        const [first] = document.querySelectorAll(".ol-lab");
        const frame = () => new Promise(requestAnimationFrame);
        first.querySelector("[aria-label=play]").click();
        const count = () => Number(first.querySelector(".ol-count").textContent.split(" ")[1]);
        let begun;
        for (const end = performance.now() + 60000; performance.now() < end; ) {
            const now = await frame();
            if (begun === undefined && count() >= 1 && count() < 40) begun = { now, count: count() };
            if (begun !== undefined && count() >= 50) return (now - begun.now) / (count() - begun.count);
        }
    }""")
    assert took > 65, "60 steps take 83 ms each, and not half of it"
    context.close()


def swiped(page, x, y, by):
    """A finger that swipes up by so many pixels."""
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for i in range(1, 11):
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - by * i / 10}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("name", ["learning rate of momentum", "loss over the steps"])
def test_a_swipe_scrolls_the_page_and_changes_nothing(browser, server, name):
    with opened(browser, f"{server}/chapters/momentum.html", **PHONE) as page:
        lab = first_lab(page)
        target = lab.locator(f"[aria-label^='{name}']")
        target.evaluate("node => node.scrollIntoView({ block: 'center', behavior: 'instant' })")
        before = page.evaluate("scrollY")
        box = target.bounding_box()
        swiped(page, box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, 150)
        awaited(page, lambda: page.evaluate("scrollY") > before + 60, "the page scrolls")
        lab.get_by_text("step 60 of 60").wait_for()
        assert lab.locator(".ol-card.ol-momentum .ol-value").first.inner_text() == "0.1"


AXES = """(picture) => {
    const boxes = [...picture.querySelectorAll(".ol-axes text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 3 && b.top < a.bottom - 3; // letters have room above
    const whole = picture.getBoundingClientRect();
    return {
        texts: boxes.map(([text]) => text),
        collide: boxes.flatMap(([one, a], i) => boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => [one, other])),
        cut: boxes.filter(([, box]) => box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 1 || box.bottom > whole.bottom + 1).map(([text]) => text),
        letters: Math.min(...[...picture.querySelectorAll("text")].map((text) => text.getBoundingClientRect().height).filter((height) => height > 0)),
        line: parseFloat(getComputedStyle(picture.querySelector(".ol-bold")).strokeWidth),
    };
}"""


@pytest.mark.parametrize("options, is_class", [({"viewport": {"width": 1920, "height": 1080}}, True), ({"viewport": {"width": 390, "height": 844}}, False)])
def test_the_numbers_of_the_axes_stand_apart_and_whole(browser, server, options, is_class):
    with opened(browser, f"{server}/chapters/momentum.html", **options) as page:
        lab = first_lab(page)
        if is_class:
            lab.press("f")
            awaited(page, lambda: lab.bounding_box()["width"] == 1920, "it fills the window")
        picture = lab.locator(".ol-valley > svg")
        for start in ("-5,-2", "-0.00005,-0.00002", "-500,-2", "0,-1", "-0.7,0.3", "12000,-9000"):
            before = picture.evaluate(AXES)["texts"]
            page.evaluate("hash => (location.hash = hash)", f"lab=1&v=1&steps=60&step=3&start={start}&curvatures=0.2,4&angle=0&show=arrows")
            if start != "-5,-2":
                awaited(page, lambda: picture.evaluate(AXES)["texts"] != before, "it is another frame")
            axes = picture.evaluate(AXES)
            assert (axes["collide"], axes["cut"]) == ([], []), start
            assert len(axes["texts"]) > 5 and not any("-" in text for text in axes["texts"]), "one minus sign"
        if is_class:
            assert axes["letters"] >= 20 and axes["line"] >= 3, "to be seen from the last row"


def test_a_round_valley_is_drawn_with_circles_and_what_comes_is_not_told_while_it_plays(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        page.evaluate("location.hash = 'lab=1&v=1&steps=60&step=3&start=-5,-2&curvatures=4,4&angle=0&show=arrows'")
        ring = lab.locator(".ol-contours ellipse").last
        awaited(page, lambda: abs(ring.bounding_box()["width"] - ring.bounding_box()["height"]) < 0.5, "a circle is a circle")
        ahead = lab.locator(".ol-valley .ol-momentum .ol-faint")
        opacity = "path => Number(getComputedStyle(path).strokeOpacity)"
        assert 0 < ahead.evaluate(opacity) < 0.4
        lab.get_by_role("button", name="play", exact=True).click()
        awaited(page, lambda: ahead.evaluate(opacity) == 0, "it is gone")
        lab.get_by_role("button", name="pause").click()
        awaited(page, lambda: ahead.evaluate(opacity) > 0, "it is there again")


# Counts how often the ball of a rule, and what tells of the step, change: until all have told three steps, or the playing ends.
WATCHED = """lab => new Promise((resolve) => {
    const seen = { ball: 0, card: 0, steps: 0, plot: 0, measures: 0 };
    const count = (name, element) =>
        new MutationObserver(() => (seen[name] += 1)).observe(element, { attributes: true, childList: true, subtree: true });
    count("ball", lab.querySelector(".ol-ball.ol-momentum"));
    count("card", lab.querySelector(".ol-card.ol-momentum .ol-where"));
    count("steps", lab.querySelector(".ol-count"));
    count("plot", lab.querySelector(".ol-now"));
    count("measures", lab.querySelector(".ol-measures caption"));
    const until = performance.now() + 30000;
    const isOver = () => Object.values(seen).every((times) => times > 2) || lab.querySelector("[aria-label=play]") || performance.now() > until;
    const end = () => (isOver() ? resolve(seen) : requestAnimationFrame(end));
    requestAnimationFrame(end);
})"""


def test_the_balls_move_between_two_steps_and_what_is_changed_while_it_plays_is_drawn(browser, server):
    opening = "#lab=1&v=1&steps=20&step=0&start=-5,-2&curvatures=0.2,4&angle=0&show=arrows,plots,measures"
    with opened(browser, f"{server}/chapters/momentum.html{opening}") as page:
        lab = first_lab(page)
        lab.get_by_text("step 0 of 20").wait_for()
        lab.get_by_role("button", name="half speed").click()
        lab.get_by_role("button", name="play", exact=True).click()
        lab.get_by_role("button", name="pause").wait_for()
        seen = lab.evaluate(WATCHED)
        assert seen.pop("ball") > 9, "in between"
        assert set(seen.values()) <= {3, 4}, f"each step once; one may be told before all are: {seen}"
        path = lab.locator(".ol-valley .ol-momentum .ol-faint")
        before = path.get_attribute("d")
        lab.get_by_role("slider", name="beta of momentum").fill("20")
        awaited(page, lambda: path.get_attribute("d") != before, "another beta is another path")
        lab.get_by_text("step 20 of 20").wait_for()  # it plays on


# Plays a lab to its end. Gives, of all frames, where the two parts of a rule's walked line were not its path up to the ball or the dashes
# did not go on, how many segments the part had that stands, and that of another rule's line, and the most that were drawn again.
PARTS = """lab => new Promise((resolve) => {
    const partsOf = (rule) => ["faint", "bold", "recent"].map((name) => lab.querySelector(`.ol-valley .ol-${rule} .ol-${name}`));
    const [whole, stands, end] = partsOf("momentum");
    const other = partsOf("gradient_descent")[1];
    const stepOf = (line) => line.getAttribute("d").split("L").length - 1;
    const [torn, stood, otherStood] = [[], new Set(), new Set()];
    let drawn = 0;
    const look = () => {
        const [path, old, recent] = [whole, stands, end].map((line) => line.getAttribute("d"));
        const lines = recent.split("L");
        const walked = old + lines.slice(1, -1).map((point) => `L${point}`).join("");
        const isOne = path.startsWith(walked) && `M${old.split(/[ML]/).at(-1)}` === lines[0];
        const goesOn = Math.abs(end.getAttribute("stroke-dashoffset") - stands.getTotalLength()) < 0.1;
        if (lab.querySelector("[aria-label=play]")) return resolve({ torn, stood: [...stood], otherStood: [...otherStood], drawn });
        if (!isOne || !goesOn) torn.push([old, recent]);
        stood.add(stepOf(stands));
        otherStood.add(stepOf(other));
        drawn = Math.max(drawn, lines.length - 1);
        requestAnimationFrame(look);
    };
    new MutationObserver((_, watcher) => {
        watcher.disconnect();
        requestAnimationFrame(look);
    }).observe(lab.querySelector("[aria-label=play]"), { attributeFilter: ["aria-label"] });
    lab.querySelector("[aria-label=play]").click();
})"""


def test_only_the_end_of_a_walked_line_is_drawn_again_while_it_plays(browser, server):
    opening = "#lab=1&v=1&steps=80&step=0&start=-5,-2&curvatures=0.2,4&angle=0&show=arrows"
    with opened(browser, f"{server}/chapters/momentum.html{opening}") as page:
        lab = first_lab(page)
        lab.get_by_text("step 0 of 80").wait_for()
        lab.get_by_role("button", name="half speed").click()
        seen = lab.evaluate(PARTS)
        assert seen["torn"] == []
        assert set(seen["stood"]) == {0, 33, 66} and 20 < seen["drawn"] <= 34, "what was walked long ago stands"
        assert set(seen["otherStood"]) == {0, 32, 64}, "and no frame draws the whole of two lines"
        line = lab.locator(".ol-valley .ol-momentum")
        bold, recent = (line.locator(f".ol-{name}").get_attribute("d") for name in ("bold", "recent"))
        assert bold == line.locator(".ol-faint").get_attribute("d"), "at rest it is one line"
        place = bold.split("L")[-1]
        assert recent == f"M{place}L{place}", "and its end is no way"


def test_another_theme_is_seen_in_the_plots_while_a_lab_plays(browser, server):
    opening = "#lab=1&v=1&steps=20&step=0&start=-5,-2&curvatures=0.2,4&angle=0&show=plots"
    with opened(browser, f"{server}/chapters/momentum.html{opening}") as page:
        lab = first_lab(page)
        lab.get_by_role("button", name="half speed").click()
        lab.get_by_role("button", name="play", exact=True).click()
        lab.get_by_text(re.compile(r"step [1-9]\d* of 20")).wait_for()
        picture = "lab => lab.querySelector('.ol-plots canvas').toDataURL()"
        before = lab.evaluate(picture)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        awaited(page, lambda: lab.evaluate(picture) != before, "its letters are light")
        lab.get_by_role("button", name="pause").wait_for()  # it plays on


def test_the_arrows_of_the_last_step_are_said_to_be_those_of_the_step_that_was_made(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        lab.get_by_text("the last step, from where it began").wait_for()
        lab.get_by_text("too short to be seen").wait_for()
        page.evaluate("location.hash = 'lab=1&v=1&steps=5&step=5&start=-5,-2&curvatures=0.2,4&angle=0&show=arrows'")
        push = lab.locator(".ol-arrow-velocity[d^=M]").first
        push.wait_for()
        lab.get_by_text("the last step, from where it began").wait_for()
        assert lab.get_by_text("too short to be seen").count() == 0
        assert lab.locator(".ol-arrow-name").all_text_contents().count("push") == 1
        lab.press("Home")
        lab.get_by_text("the next step").wait_for()
