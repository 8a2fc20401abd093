"""Where the parts of a lab stand, and what stays in sight while one uses them."""

import pytest
from test_site import PHONE, awaited, first_lab, four_rules, opened, shown_step

WIDE = {"viewport": {"width": 1920, "height": 1080}}
LYING = {**PHONE, "viewport": {"width": 844, "height": 390}}


def part(lab, name):
    lab.get_by_role("button", name=name, exact=True).click()


def valley_is_seen(lab):
    """Whether all of the valley lies in the window, below the page's header."""
    return lab.locator(".ol-valley").evaluate(
        """valley => {
            const { top, bottom } = valley.getBoundingClientRect();
            const header = document.querySelector(".bd-header-article").getBoundingClientRect();
            return top >= Math.max(header.bottom, 0) - 1 && bottom <= innerHeight;
        }"""
    )


def stands(locator):
    """Where an element stands, once it does."""
    return locator.evaluate(
        """async element => {
            let before = null;
            for (;;) {
                const { x, y } = element.getBoundingClientRect();
                if (before === `${x},${y}`) return [x, y];
                before = `${x},${y}`;
                for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
            }
        }"""
    )


def test_on_a_wide_screen_the_controls_stand_beside_the_valley(browser, server):
    with opened(browser, f"{server}/chapters/question.html", **WIDE) as page:
        lab = four_rules(page)
        valley, card = (lab.locator(name).first.bounding_box() for name in (".ol-valley", ".ol-card"))
        assert card["x"] >= valley["x"] + valley["width"] and card["y"] < valley["y"] + 100
        assert lab.bounding_box()["width"] > 1200, "it takes the width that there is"
        text, contents = (page.locator(name).first.bounding_box() for name in ("article p", ".bd-sidebar-secondary"))
        assert text["width"] < 850, "a line of text does not"
        assert lab.bounding_box()["x"] + lab.bounding_box()["width"] <= contents["x"], "and nothing else is hidden"


@pytest.mark.parametrize("size", [{}, WIDE, PHONE, LYING], ids=["desktop", "wide", "phone", "lying"])
def test_the_valley_and_the_button_stay_in_sight_when_a_part_opens(browser, server, size):
    with opened(browser, f"{server}/chapters/question.html", **size) as page:
        lab = four_rules(page)
        for name, look in [("Plots", ".ol-plots canvas"), ("Measures", ".ol-measures")]:
            button = lab.get_by_role("button", name=name, exact=True)
            button.click()
            lab.locator(look).first.wait_for()
            _, y = stands(button)
            assert 0 <= y <= page.viewport_size["height"] - 20, f"{name} is where it was pressed, or above"
            assert button.evaluate("""button => {
                const { left, top, width, height } = button.getBoundingClientRect();
                return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
            }"""), "and nothing lies over it"
            assert valley_is_seen(lab)


@pytest.mark.parametrize("size", [{}, PHONE, LYING], ids=["desktop", "phone", "lying"])
def test_what_a_click_in_the_map_changes_is_in_sight(browser, server, size):
    with opened(browser, f"{server}/chapters/question.html", **size) as page:
        lab = four_rules(page)
        part(lab, "Map")
        chart = lab.get_by_role("group", name="steps to converge")
        chart.wait_for()
        lab.locator(".ol-map:not([aria-busy])").wait_for()
        value = lab.get_by_role("slider", name="learning rate of momentum")
        before = value.get_attribute("aria-valuetext")
        stands(chart)
        chart.evaluate("chart => chart.scrollIntoView({ block: 'end', behavior: 'instant' })")
        chart.click(position={"x": 120, "y": 60})
        awaited(page, lambda: value.get_attribute("aria-valuetext") != before, "the run is another")
        assert valley_is_seen(lab)
        picture, panel = chart.bounding_box(), lab.locator(".ol-map-panel").bounding_box()
        assert picture["x"] + picture["width"] <= panel["x"] + panel["width"], "the map is not cut"


def test_leaving_full_screen_leads_back_to_the_button_below_the_lab(browser, server):
    with opened(browser, f"{server}/chapters/question.html", viewport={"width": 1280, "height": 800}) as page:
        lab = four_rules(page)
        enter = lab.get_by_role("button", name="Full screen", exact=True)
        enter.scroll_into_view_if_needed()
        before = stands(enter)
        enter.click()
        leave = lab.get_by_role("button", name="Leave full screen")
        awaited(page, lambda: lab.bounding_box()["width"] == 1280, "it fills the window")
        stands(leave)
        stage = lab.locator(".ol-stage").bounding_box()
        transport = lab.locator(".ol-transport").bounding_box()
        assert stage["height"] > 760 and transport["y"] + transport["height"] > 760, "and the valley its height"
        leave.click()
        awaited(page, lambda: lab.bounding_box()["width"] < 1280, "it is left")
        assert stands(enter) == before


def test_a_setting_says_what_it_is(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        lab = four_rules(page)
        card = lab.get_by_role("group", name="RMSProp", exact=True)
        name = card.get_by_role("button", name="rho", exact=True)
        name.press("Enter")
        card.get_by_text("memory of squared gradients").wait_for()
        assert name.get_attribute("aria-expanded") == "true"
        name.press("Enter")
        assert card.get_by_text("memory of squared gradients").count() == 1 and not card.get_by_text("memory of squared gradients").is_visible()


def test_what_is_written_of_a_rule_is_there_after_a_reload(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        for text in ("# mine", ""):
            lab = four_rules(page)
            part(lab, "Write your own rule")
            editor = lab.locator(".ol-own-panel").get_by_role("textbox").first
            editor.wait_for()
            if not text:
                break
            editor.press("Control+End")
            editor.press_sequentially(text)
            page.reload()
        lab.locator(".ol-own-panel").get_by_text("# mine").wait_for()


def test_step_0_and_the_settings_have_each_a_button(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        lab = four_rules(page)
        rate = lab.get_by_role("slider", name="learning rate of momentum")
        before = rate.get_attribute("aria-valuetext")
        rate.press("ArrowRight")
        awaited(page, lambda: rate.get_attribute("aria-valuetext") != before, "the rate is another")
        part(lab, "to step 0")
        awaited(page, lambda: lab.locator(".ol-count").inner_text().startswith("step 0"), "it is at the start")
        assert rate.get_attribute("aria-valuetext") != before, "with the settings that it had"
        part(lab, "Reset settings")
        awaited(page, lambda: rate.get_attribute("aria-valuetext") == before, "which another button gives back")


@pytest.mark.parametrize("width, height", [(1280, 720), (1920, 1080)])
def test_the_valley_keeps_a_full_screen_with_every_part_open(browser, server, width, height):
    with opened(browser, f"{server}/chapters/momentum.html", viewport={"width": width, "height": height}) as page:
        lab = first_lab(page)
        for name in ("Arrows", "Plots", "Measures", "Valley", "Findings", "Map"):
            button = lab.get_by_role("button", name=name, exact=True)
            if "true" not in (button.get_attribute("aria-pressed"), button.get_attribute("aria-expanded")):
                button.click()
        looks = "buttons => new Set(buttons.map(button => [getComputedStyle(button).backgroundColor, getComputedStyle(button).color].join())).size"
        assert lab.locator(".ol-chip:is([aria-pressed=true], [aria-expanded=true])").evaluate_all(looks) == 1, "what is open looks open"
        part(lab, "Full screen")
        awaited(page, lambda: lab.bounding_box()["width"] == width, "it fills the window")
        stands(lab.locator(".ol-transport"))
        valley, slow, scrub = (lab.locator(name).bounding_box() for name in (".ol-valley", "[aria-label^='half speed']", "[aria-label=step]"))
        assert valley["height"] > 0.65 * height and valley["width"] > 0.6 * width
        assert slow["x"] + slow["width"] + 12 <= scrub["x"]
        side = lab.locator(".ol-side").bounding_box()
        for name in (".ol-plots canvas", ".ol-measures", ".ol-map canvas"):
            box = lab.locator(name).first
            box.scroll_into_view_if_needed()
            box = box.bounding_box()
            assert side["x"] <= box["x"] and box["x"] + box["width"] <= side["x"] + side["width"] + 1, f"{name} is beside the valley, and not cut"
        part(lab, "Leave full screen")
        awaited(page, lambda: lab.bounding_box()["width"] < width, "it is left")
        assert lab.locator(".ol-stage > .ol-plots-box + .ol-measures-box").count() == 1, "what was below the valley is there again"


def test_a_link_that_leads_to_a_lab_far_away_has_a_way_back(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        link = page.locator("article a[href='#preset=momentum-better']").first
        link.evaluate("(link) => (document.querySelector('#exercises p') ?? document.querySelector('#exercises')).append(link)")  # far from every lab
        back = page.get_by_role("button", name="Back to where you were")
        for way in ("mouse", "key"):
            link.scroll_into_view_if_needed()
            before = stands(link)
            assert back.count() == 0 or not back.is_visible()
            link.click()
            back.wait_for()
            stands(back)
            if way == "mouse":
                back.click()
            else:
                page.keyboard.press("b")
            awaited(page, lambda: link.evaluate("link => document.activeElement === link"), "the link has the focus again")
            assert abs(stands(link)[1] - before[1]) < page.viewport_size["height"] / 2 and link.is_visible()
            assert not back.is_visible()
        assert lab.count() == 1


def test_the_way_back_gives_back_the_settings_and_the_address(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        rate = lab.get_by_role("slider", name="learning rate of momentum").first
        rate.press("ArrowRight")
        part(lab, "Plots")
        part(lab, "step back")
        link = page.locator("article a[href='#preset=momentum-better']").first
        link.scroll_into_view_if_needed()
        state = "lab => [...lab.querySelectorAll('input, [aria-pressed]')].map((one) => one.ariaPressed ?? (one.type === 'checkbox' ? one.checked : one.value)).join()"
        before, place, address = lab.evaluate(state), stands(link), page.url
        link.click()
        back = page.get_by_role("button", name="Back to where you were")
        back.wait_for()
        awaited(page, lambda: lab.evaluate(state) != before and page.url != address, "the link has set the lab")
        back.click()
        awaited(page, lambda: lab.evaluate(state) == before, "it has what it had")
        assert stands(link) == place and page.url == address


def test_a_link_from_a_lab_that_asks_asks_too(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        lab = four_rules(page)
        part(lab, "Share")
        part(lab, "Predict")
        part(lab, "Where will the ball be?")
        question = "Where will gradient descent be after 20 steps?"
        lab.get_by_text(question).wait_for()
        part(lab, "Copy link")
        link = lab.locator(".ol-copied").input_value()
        part(lab, "Show it without a guess")
        awaited(page, lambda: shown_step(lab) == 20, "it is answered")
        part(lab, "Copy link")
        answered = lab.locator(".ol-copied").input_value()
        page.goto("about:blank")
        page.goto(link)
        first_lab(page).get_by_text(question).wait_for()
        assert shown_step(first_lab(page)) == 0
        page.goto("about:blank")
        page.goto(answered)
        awaited(page, lambda: shown_step(first_lab(page)) == 20, "it is at the end")
        assert not first_lab(page).get_by_text(question).is_visible()


def test_a_link_beside_its_lab_needs_no_way_back(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        first_lab(page)
        link = page.get_by_role("link", name="Condition number 860", exact=True)
        link.scroll_into_view_if_needed()
        stands(link)
        link.click()
        page.locator(".ol-pair").get_by_text("83 %").first.wait_for()
        assert not page.get_by_role("button", name="Back to where you were").is_visible()
