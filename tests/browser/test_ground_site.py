"""Other grounds than the valley in the lab of the built site, driven as a reader would."""

import re

from axe import violations
from test_noise_site import number, readout
from test_own_rule_site import opener, run
from test_site import awaited, base, drawn, opened  # noqa: F401

from optimlib import GradientDescent, Momentum, Plateau, Quadratic, Saddle, TwoValleys, catalogue, descend

SADDLE = "lab.html#lab=1&v=1&steps=60&step=60&start=-2,0.05&ground={%22kind%22:%22saddle%22,%22curvature%22:1,%22drop%22:1}&show=valley,measures&add=momentum,1,0.1,0.9&add=gradient_descent,1,0.1"
RULES = {"momentum": Momentum(0.1, 0.9), "gradient descent": GradientDescent(0.1)}


def ends(lab, surface, start, rules=RULES):
    """Whether the cards say where Python's runs end."""
    for name, rule in rules.items():
        x1, x2 = descend(surface, rule, start, 60).points[-1]
        words = readout(lab, name)
        if abs(number(words[words.index("x₁") + 1]) - x1) > 0.006 or abs(number(words[words.index("x₂") + 1]) - x2) > 0.006:
            return False
    return True


def start_of(lab):
    said = lab.get_by_role("slider", name="start").get_attribute("aria-valuetext").replace("−", "-")
    return [float(text) for text in re.findall(r"-?[\d.]+(?:e-?\d+)?", re.sub("x[12] ", "", said))]


def choice(lab):
    return lab.get_by_role("combobox", name="ground")


def test_a_saddle_comes_alive_its_start_is_dragged_and_a_link_gives_it_back(browser, base):
    with opened(browser, f"{base}/{SADDLE}") as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # then what is copied stands in a box
        lab = page.locator(".ol-lab")
        awaited(page, lambda: lab.locator(".ol-contour").count() > 12 and ends(lab, Saddle(), (-2, 0.05)), "Python's numbers")
        assert lab.locator(".ol-floor").count() == 2 and choice(lab).input_value() == "saddle"
        assert lab.get_by_role("slider", name="condition number of the valley").is_hidden()
        row = lab.locator(".ol-measures tbody tr").last.locator("td").all_inner_texts()
        assert row[2] == "(0, 1)" and row[4] == "in the minimum at (0, 1)"
        handle = lab.get_by_role("slider", name="start")
        box = handle.locator(".ol-start-ring").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 50, steps=4)
        page.mouse.up()
        awaited(page, lambda: start_of(lab)[1] < 0, "it is dragged over to the other side")
        awaited(page, lambda: ends(lab, Saddle(), start_of(lab)), "the paths go down from there")
        assert lab.locator(".ol-measures tbody tr").last.locator("td").nth(2).inner_text() == "(0, −1)"
        start = start_of(lab)
        page.get_by_role("button", name="More").click()
        lab.get_by_role("button", name="Share").click()
        lab.get_by_role("button", name="Copy as Python").click()
        assert "surface = Saddle(curvature=1, drop=1)" in lab.locator(".ol-copied").input_value()
        lab.get_by_role("button", name="Copy link").click()
        link = lab.locator(".ol-copied").input_value()
    with opened(browser, link) as page:
        lab = page.locator(".ol-lab")
        awaited(page, lambda: start_of(lab) == start and ends(lab, Saddle(), start), "the link gives it back")


def test_every_ground_is_chosen_and_a_finding_leads_back_to_the_valley(browser, server):
    with opened(browser, f"{server}/{SADDLE}") as page:
        lab = page.locator(".ol-lab")
        choice(lab).wait_for()
        assert choice(lab).locator("option").all_inner_texts() == ["quadratic valley", *(known["label"] for known in catalogue.GROUNDS.values())]
        for kind, surface in {"plateau": Plateau(), "two_valleys": TwoValleys()}.items():
            before = drawn(lab, "momentum")
            choice(lab).select_option(value=kind)
            awaited(page, lambda: drawn(lab, "momentum") != before, "another path")
            assert start_of(lab) == catalogue.GROUNDS[kind]["start"] and ends(lab, surface, start_of(lab))
        assert violations(page, ".ol-lab") == []
        choice(lab).select_option(value="")
        awaited(page, lambda: lab.locator(".ol-contours ellipse").count() == 10 and ends(lab, Quadratic(), (-5, -2)), "the valley")
        assert lab.get_by_role("slider", name="condition number of the valley").is_visible()
        choice(lab).select_option(value="bend")
        page.get_by_role("button", name="More").click()
        lab.get_by_role("button", name="Findings").click()
        assert lab.get_by_role("button", name="a plateau, where the gradient fades").is_visible()
        lab.get_by_role("button", name="momentum runs over the ridge").click()
        lab.get_by_text("Watch where each ends").wait_for()
        awaited(page, lambda: choice(lab).input_value() == "two_valleys" and start_of(lab) == [-2.3, 1.5], "a finding of another ground")
        lab.get_by_role("button", name="past the edge").click()
        lab.get_by_text("Watch the swing across").wait_for()
        awaited(page, lambda: choice(lab).input_value() == "" and lab.locator(".ol-contours ellipse").count() == 10, "a finding of the valley")
        lab.get_by_role("button", name="Reset settings").click()
        awaited(page, lambda: choice(lab).input_value() == "saddle" and ends(lab, Saddle(), (-2, 0.05)), "how it was opened")


def test_on_the_saddle_nothing_moves_and_the_lab_says_why(browser, server):
    with opened(browser, f"{server}/{SADDLE.replace('-2,0.05', '0,0')}") as page:
        lab = page.locator(".ol-lab")
        lab.get_by_text("The start is on the saddle, where the gradient is 0: without noise no rule moves.").wait_for()
        lab.get_by_role("slider", name="noise of the gradient").press("ArrowRight")
        awaited(page, lambda: lab.get_by_text("The start is on the saddle").count() == 0, "noise moves it")


def test_an_own_rule_and_a_map_are_of_the_ground_too(browser, server):
    with opened(browser, f"{server}/{SADDLE.replace('show=valley,measures', 'show=map')}") as page:
        lab = page.locator(".ol-lab")
        page.get_by_role("button", name="More").click()
        opener(lab).click()
        panel = lab.get_by_role("group", name="your own rule", exact=True)
        panel.locator("textarea").fill("def update(x, g, memory, t):\n    v = 0.9 * memory + g\n    return x - 0.1 * v, v\n")
        run(panel)
        awaited(page, lambda: lab.locator(".ol-card.ol-own .ol-where").count() == 1 and drawn(lab, "own") == drawn(lab, "momentum"), "momentum's path")
        lab.get_by_text("on this ground there are none").wait_for()
        awaited(page, lambda: lab.locator(".ol-map[aria-busy]").count() == 0 and "steps" in lab.locator(".ol-map-said").inner_text(), "it is counted")
        assert lab.locator(".ol-edge, .ol-border").count() == 0


def test_a_lab_of_the_valley_offers_no_other_ground(browser, server):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        lab = page.locator(".ol-lab").first
        lab.get_by_role("button", name="Valley", exact=True).click()
        lab.get_by_role("slider", name="condition number of the valley").wait_for()
        assert choice(lab).count() == 0 or choice(lab).is_hidden()
        assert lab.locator(".ol-contours ellipse").count() == 10
        lab.get_by_role("button", name="Findings").click()
        lab.get_by_role("button", name="past the edge").wait_for()
        assert lab.get_by_role("button", name="a plateau, where the gradient fades").is_hidden()


def test_an_address_brings_another_ground_to_a_lab_of_the_valley_which_then_has_the_choice(browser, base):
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        page.locator(".ol-contours ellipse").first.wait_for()
        assert not page.evaluate("'optimlibGrounds' in globalThis"), "who stays in the valley does not load it"
    with opened(browser, f"{base}/chapters/momentum.html#preset=saddle", reduced_motion="reduce") as page:
        lab = page.locator(".ol-lab").first
        lab.get_by_text("Watch who leaves the saddle").wait_for()
        choice(lab).wait_for()
        awaited(page, lambda: choice(lab).input_value() == "saddle" and start_of(lab) == [-2, 0.001] and lab.locator(".ol-contour").count() > 12, "the saddle")
        choice(lab).select_option(value="")
        awaited(page, lambda: lab.locator(".ol-contours ellipse").count() == 10 and choice(lab).is_hidden(), "back in the valley")
