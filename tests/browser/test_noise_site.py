"""Noise and Adam in the lab of the built site, driven as a reader would."""

from axe import violations
from test_site import awaited, drawn, opened

from optimlib import Adam, GradientDescent, Momentum, Noise, Quadratic, descend

NOISY = "lab.html#lab=1&v=1&steps=60&step=60&start=-5,-2&curvatures=0.2,4&angle=0&noise=1,1,3&show=valley&add=momentum,1,0.1,0.5&add=gradient_descent,1,0.2"


def readout(lab, name):
    return lab.get_by_role("group", name=name, exact=True).locator(".ol-where").inner_text().replace("−", "-").split()


def number(text):
    """A number as a card has it: "−9.77·10⁻¹⁴", or "≈ 0", of which the sign is a word of its own."""
    digits, _, power = text.partition("·10")
    return 0.0 if text == "≈" else float(digits) * 10.0 ** int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")) or 0)


def shown(lab, name, rule, noise):
    """Whether the card says where Python's run ends."""
    x1, x2 = descend(Quadratic(), rule, (-5, -2), 60, noise).points[60]
    words = readout(lab, name)
    return abs(number(words[words.index("x₁") + 1]) - x1) < 0.006 and abs(number(words[words.index("x₂") + 1]) - x2) < 0.006


def test_noise_is_set_by_sliders_and_another_seed_and_the_numbers_are_pythons(browser, server):
    with opened(browser, f"{server}/{NOISY}") as page:
        lab = page.locator(".ol-lab")
        size = lab.get_by_role("slider", name="noise of the gradient")
        size.wait_for()
        awaited(page, lambda: shown(lab, "momentum", Momentum(0.1, 0.5), Noise(1, 1, 3)), "seed 3")
        lab.get_by_role("button", name="Another seed").click()
        awaited(page, lambda: shown(lab, "momentum", Momentum(0.1, 0.5), Noise(1, 1, 4)), "seed 4")
        lab.get_by_text("seed 4", exact=True).wait_for()
        lab.get_by_role("slider", name="size of the minibatch").press("ArrowRight")
        awaited(page, lambda: shown(lab, "gradient descent", GradientDescent(0.2), Noise(1, 2, 4)), "minibatch 2")
        assert "noise σ 1, minibatch 2, seed 4" in lab.locator(".ol-paper").get_attribute("data-words")
        size.press("Home")
        awaited(page, lambda: shown(lab, "momentum", Momentum(0.1, 0.5), None), "no noise")
        assert lab.get_by_role("button", name="Another seed").is_hidden()


def test_twelve_seeds_are_seen_and_said_and_put_away(browser, server):
    with opened(browser, f"{server}/{NOISY}") as page:
        lab = page.locator(".ol-lab")
        seeds = lab.get_by_role("button", name="Twelve seeds at once")
        seeds.click()
        lab.get_by_text("12 seeds: faint paths").wait_for()
        ends = lab.locator(".ol-seed-ends")
        assert [path.get_attribute("d").count("M") for path in ends.all()] == [12, 12]
        assert [ellipse.is_visible() for ellipse in lab.locator(".ol-seed-spread").all()] == [True, True]
        assert seeds.get_attribute("aria-pressed") == "true"
        before = ends.first.get_attribute("d")
        lab.get_by_role("button", name="Another seed").click()
        awaited(page, lambda: ends.first.get_attribute("d") != before, "other seeds")
        lab.get_by_role("group", name="momentum", exact=True).get_by_role("checkbox", name="show momentum").uncheck()
        awaited(page, lambda: ends.count() == 1, "those of a rule that is shown")
        assert violations(page, ".ol-lab") == []
        seeds.click()
        awaited(page, lambda: not ends.first.is_visible(), "put away")


def test_adam_is_added_and_its_correction_switched_off(browser, server):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        lab = page.locator(".ol-lab").first
        lab.get_by_role("button", name="Add a rule").click()
        lab.get_by_role("button", name="Adam", exact=True).click()
        card = lab.get_by_role("group", name="Adam", exact=True)
        card.wait_for()
        before = drawn(lab, "adam")
        card.get_by_role("button", name="bias correction").click()
        card.get_by_text("The correction divides each by the share").wait_for()
        card.get_by_role("checkbox", name="bias correction of Adam").uncheck()
        awaited(page, lambda: drawn(lab, "adam") != before, "the path is another")
        steps = int(lab.locator(".ol-count").inner_text().split()[-1])
        x1, _ = descend(Quadratic(), Adam(0.4, correct_bias=False), (-5, -2), steps).points[-1]
        assert abs(number(readout(lab, "Adam")[1]) - x1) < 0.006
