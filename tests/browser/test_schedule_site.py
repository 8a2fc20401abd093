"""Learning rates that change over time, in the lab of the built site, as a reader sets them."""

import contextlib
import io

from axe import violations
from test_noise_site import number, readout
from test_site import awaited, drawn, opened

from optimlib import Exponential, Quadratic, RMSProp, WarmUp, descend

LINK = "lab.html#lab=1&v=1&steps=40&step=40&start=-5,-2&curvatures=0.2,4&angle=0&show=rate,sums,share&add=rmsprop,1,0.4,0.9,0.000001"
START = (-5, -2)


def at_the_end(lab, rule, label="RMSProp"):
    """Whether the card says where Python's run ends."""
    x1, _ = descend(Quadratic(), rule, START, 40).points[40]
    words = readout(lab, label)
    return abs(number(words[words.index("x₁") + 1]) - x1) <= 0.006 * max(1, abs(x1))


def printed(code):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {"__name__": "__main__"})
    return out.getvalue()


def test_a_schedule_is_chosen_its_curve_is_seen_and_what_leaves_the_lab_has_it(browser, server):
    with opened(browser, f"{server}/{LINK}") as page:
        lab = page.locator(".ol-lab")
        choice = lab.get_by_role("combobox", name="learning rate over time")
        choice.wait_for()
        awaited(page, lambda: at_the_end(lab, RMSProp(0.4)), "constant")
        before = drawn(lab, "rmsprop")
        choice.select_option("times γ at each step")
        awaited(page, lambda: at_the_end(lab, RMSProp(Exponential(0.4, gamma=0.95))), "γ 0.95")
        assert drawn(lab, "rmsprop") != before
        curve = lab.get_by_role("img", name="learning rate of the next step over the steps")
        assert curve.get_attribute("aria-label").endswith("at step 40: RMSProp 0.0541")
        lab.get_by_text("RMSProp: 0.4 in the first step, 0.0541 in the last.").wait_for()
        slider = lab.get_by_role("slider", name="γ, of the learning rate times γ at each step")
        slider.press("ArrowLeft")
        awaited(page, lambda: at_the_end(lab, RMSProp(Exponential(0.4, gamma=0.945))), "γ 0.945")
        lab.get_by_role("slider", name="first rate; γ 0.945 of RMSProp").wait_for()
        lab.get_by_role("slider", name="step", exact=True).fill("1")
        awaited(page, lambda: curve.get_attribute("aria-label").endswith("at step 1: RMSProp 0.378"), "the step is marked")
        assert violations(page, ".ol-lab") == []
        lab.get_by_role("button", name="Copy as Python").click()
        code = lab.locator(".ol-copied").input_value()
        assert "RMSProp(lr=Exponential(lr=0.4, gamma=0.945), rho=0.9, eps=0.000001)" in code
        assert printed(code).startswith(f"RMSProp {descend(Quadratic(), RMSProp(Exponential(0.4, 0.945)), START, 40).points[1].tolist()}")
        lab.get_by_role("button", name="Copy link").click()
        link = lab.locator(".ol-copied").input_value()
    with opened(browser, link) as page:
        lab = page.locator(".ol-lab")
        lab.get_by_role("slider", name="step", exact=True).fill("40")
        awaited(page, lambda: at_the_end(lab, RMSProp(Exponential(0.4, gamma=0.945))), "the link has it")


def test_it_is_for_all_rules_and_a_reset_takes_it_away(browser, files):
    with opened(browser, f"{files}/{LINK}&add=rmsprop,1,0.1,0.9,0,warm_up,8") as page:
        lab = page.locator(".ol-lab")
        lab.get_by_text("The rates of these rules change in different ways").wait_for()
        assert lab.get_by_role("combobox", name="learning rate over time").input_value() == ""
        lab.get_by_role("combobox", name="learning rate over time").select_option("warm-up")
        for label, rule in {"RMSProp": RMSProp(WarmUp(0.4, length=10)), "RMSProp 2": RMSProp(WarmUp(0.1, length=10), eps=0)}.items():
            awaited(page, lambda label=label, rule=rule: at_the_end(lab, rule, label), label)
        lab.get_by_text("η = 0.4, the rate of this step").wait_for()
        lab.press("r")
        awaited(page, lambda: at_the_end(lab, RMSProp(0.4)) and at_the_end(lab, RMSProp(WarmUp(0.1, length=8), eps=0), "RMSProp 2"), "as it came")
