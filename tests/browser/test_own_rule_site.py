"""A rule of the reader's own in a lab of the built site, in a real browser: written, run, drawn, played."""

from axe import OF_COLOURS, violations, violations_in_both_themes
from test_site import PHONE, awaited, base, drawn, four_rules, loaded, opened  # noqa: F401

from optimlib.portable.own_rule import own_path

PAGE = "chapters/question.html"  # its lab holds the four rules
MOMENTUM = "def update(x, g, memory, t):\n    v = 0.5 * memory + g\n    return x - 0.6 * v, v\n"


def opener(lab):
    return lab.get_by_role("button", name="Write your own rule")


def open_panel(lab):
    """Opens the panel, and gives it once its editor is the better one."""
    opener(lab).click()
    panel = lab.get_by_role("group", name="your own rule", exact=True)
    panel.locator(".cm-content").wait_for()
    return panel


def write(panel, text):
    panel.locator(".cm-content").fill(text)


def run(panel, text=None):
    if text is not None:
        write(panel, text)
    panel.get_by_role("button", name="Run").click()


def status(panel):
    return panel.locator(".ol-own-status")


def card(lab, kind="own"):
    return lab.locator(f".ol-card.ol-{kind} .ol-where")


def same_place(lab, kind):
    return card(lab).inner_text() == card(lab, kind).inner_text()


def test_a_rule_is_written_and_its_path_drawn(browser, base):
    with opened(browser, f"{base}/{PAGE}") as page:
        lab = four_rules(page)
        assert card(lab).is_hidden() and lab.locator(".ol-valley .ol-ball.ol-own").is_hidden()
        panel = open_panel(lab)
        run(panel)  # it opens with gradient descent
        status(panel).get_by_text("It runs. At step 20:").wait_for()
        awaited(page, lambda: same_place(lab, "gradient_descent"), "what it opens with goes down as gradient descent does")
        run(panel, MOMENTUM)
        awaited(page, lambda: same_place(lab, "momentum"), "momentum's own code goes down as momentum does")
        assert drawn(lab, "own") == drawn(lab, "momentum")


def test_it_scrubs_plays_and_hides_with_the_others(browser, server):
    with opened(browser, f"{server}/{PAGE}") as page:
        lab = four_rules(page)
        run(open_panel(lab), MOMENTUM)
        status(lab).get_by_text("It runs.").wait_for()
        lab.get_by_role("slider", name="step", exact=True).fill("7")
        lab.get_by_text("step 7 of 20").wait_for()
        awaited(page, lambda: same_place(lab, "momentum"), "both stand at step 7")
        lab.get_by_role("button", name="play").click()
        lab.get_by_text("step 20 of 20").wait_for()
        path = lab.locator(".ol-valley .ol-own .ol-faint")
        lab.get_by_role("checkbox", name="show your rule").uncheck()
        path.wait_for(state="hidden")
        lab.get_by_role("checkbox", name="show your rule").check()
        path.wait_for(state="visible")


def test_it_follows_the_start(browser, server):
    with opened(browser, f"{server}/{PAGE}") as page:
        lab = four_rules(page)
        panel = open_panel(lab)
        run(panel, MOMENTUM)
        awaited(page, lambda: same_place(lab, "momentum"), "it is drawn")
        before = card(lab).inner_text()
        for key in ["ArrowRight"] * 12 + ["ArrowUp"] * 3:
            lab.locator(".ol-start").press(key)
        awaited(page, lambda: card(lab).inner_text() != before and same_place(lab, "momentum"), "it follows")
        lab.get_by_role("button", name="reset").click()
        awaited(page, lambda: card(lab).inner_text() == before, "and comes back")
        assert panel.locator(".cm-content").inner_text().startswith("def update"), "reset keeps the text"


def test_what_is_wrong_is_said_and_the_page_lives_on(browser, files):
    with opened(browser, f"{files}/{PAGE}") as page:
        lab = four_rules(page)
        panel = open_panel(lab)
        for text, words in [
            ("def update(x, g, memory, t):\n    return y, memory", "Line 2: y has no value here: nothing above gives it one."),
            ("def update(x, g, memory, t)\n    return x, memory", "this is no Python"),
            ("def update(x, g):\n    return x", "must take four values: update(x, g, memory, t)."),
            ("def update(x, g, memory, t):\n    x - g", "It returned nothing."),
            ("import numpy", "Line 1: there is no module numpy here."),
            ("def update(x, g, memory, t):\n    return update(x, g, memory, t)", "calls itself without end."),
            ("while True:\n    pass", "Stopped after 2 seconds: is there a loop that never ends?"),
            ("", "There is no code yet."),
        ]:
            run(panel, text)
            if "without end" in words:
                page.get_by_role("button", name="Not now").click()
                status(panel).get_by_text("Not judged: this needs the whole Python").wait_for()
                run(panel)
                page.get_by_role("button", name="Fetch it").click()
            status(panel).get_by_text(words).wait_for()
            assert drawn(lab, "own") is None or lab.locator(".ol-valley .ol-own .ol-bold").is_hidden()
        run(panel, "print('from', 'here')\n" + MOMENTUM)
        panel.get_by_text("from here").wait_for()
        awaited(page, lambda: same_place(lab, "momentum"), "the next is drawn")


def test_a_rule_that_diverges_is_told_so(browser, server):
    with opened(browser, f"{server}/{PAGE}") as page:
        lab = four_rules(page)
        panel = open_panel(lab)
        run(panel, "def update(x, g, memory, t):\n    return x - 0.6 * g, memory")
        status(panel).get_by_text("It diverged at step 11.").wait_for()
        lab.locator(".ol-card.ol-own").get_by_text("⚠ diverged at step 11").wait_for()


def test_by_keys_alone(browser, server):
    with opened(browser, f"{server}/{PAGE}") as page:
        lab = four_rules(page)
        opener(lab).focus()
        page.keyboard.press("Enter")
        panel = lab.get_by_role("group", name="your own rule", exact=True)
        panel.locator(".cm-content").wait_for()
        awaited(page, lambda: page.evaluate("document.activeElement.classList.contains('cm-content')"), "the editor has the focus")
        before = panel.locator(".cm-content").inner_text()
        page.keyboard.press("Control+Enter")
        status(panel).get_by_text("It runs.").wait_for()
        assert panel.locator(".cm-content").inner_text() == before, "no line is put in"
        page.keyboard.press("Escape")
        assert panel.is_visible(), "Escape is the editor's"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Run"
        page.keyboard.press("Escape")
        panel.wait_for(state="hidden")
        assert page.evaluate("document.activeElement.textContent") == "Write your own rule"
        assert opener(lab).get_attribute("aria-expanded") == "false"
        assert card(lab).is_visible(), "the path stays"
        page.keyboard.press("Enter")
        panel.wait_for()
        assert panel.locator(".cm-content").inner_text() == before, "and the text"


def test_the_panel_is_accessible(browser, server):
    with opened(browser, f"{server}/{PAGE}", color_scheme="light") as page:
        lab = four_rules(page)
        panel = open_panel(lab)
        run(panel, "print(1)\n" + MOMENTUM)
        status(panel).get_by_text("It runs.").wait_for()
        assert violations(page, ".ol-own-panel") == []
        run(panel, "stop")
        status(panel).get_by_text("stop has no value here").wait_for()
        assert violations_in_both_themes(page, ".ol-own-panel") == []
        run(panel, "print(1)\n" + MOMENTUM)
        status(panel).get_by_text("It runs.").wait_for()
        assert violations(page, ".ol-own-panel", OF_COLOURS) == []


def test_it_fits_on_a_phone(browser, server):
    with opened(browser, f"{server}/{PAGE}", **PHONE) as page:
        lab = four_rules(page)
        panel = open_panel(lab)
        run(panel, f"print('x' * 500)\n# {'long ' * 50}\n{MOMENTUM}")
        status(panel).get_by_text("It runs.").wait_for()
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1]
        for button in lab.locator(".ol-own-panel button").all():
            assert button.bounding_box()["height"] >= 44


def test_python_is_loaded_on_the_first_run_and_not_before(browser, server):
    with opened(browser, f"{server}/{PAGE}") as page:
        panel = open_panel(four_rules(page))
        assert "editor.js" in loaded(page) and "python.js" not in loaded(page)
        run(panel)
        status(panel).get_by_text("It runs.").wait_for()
        assert loaded(page).count("python.js") == 1


def test_what_runs_in_jupyter_runs_in_the_page_to_the_same_bit(browser, server):
    source = (
        "import random\nfrom dataclasses import dataclass\n\n@dataclass\nclass State:\n    v: float = 0.0\n\nmemory = State()\nchance = random.Random(3)\n\n"
        "def update(x, g, memory, t):\n    update.calls = getattr(update, 'calls', 0) + 1\n    memory = State(0.5 * memory.v + g)\n"
        "    return x - 0.3 * memory.v * (1 + 0.01 * chance.random()), memory\n"
    )
    with opened(browser, f"{server}/{PAGE}") as page:
        lab = four_rules(page)
        panel = open_panel(lab)
        run(panel, source)
        page.get_by_role("button", name="Fetch it").click()
        status(panel).get_by_text("It runs. At step 20:").wait_for()
        end = own_path(source, [0.2, 4.0], None, [-5.0, -2.0], 20)["points"][-1]
        shown = [text.split(" ")[-1].replace("−", "-") for text in card(lab).locator("span").all_inner_texts()[:2]]
        assert [abs(float(text) - x) <= 0.002 * abs(x) for text, x in zip(shown, end)] == [True, True], (shown, end)
        assert page.evaluate("localStorage.getItem('optimlib whole python')") == "yes"
        before = card(lab).inner_text()
        lab.locator(".ol-start").press("ArrowRight")
        awaited(page, lambda: card(lab).inner_text() != before, "it follows the start, and nobody is asked again")


def test_what_needs_cpython_is_asked_where_the_reader_is(browser, server):
    with opened(browser, f"{server}/{PAGE}") as page:
        lab = four_rules(page)
        panel = open_panel(lab)
        lab.get_by_role("button", name="Full screen").click()
        page.wait_for_function("document.fullscreenElement")
        run(panel, f"class State:\n    pass\n\n{MOMENTUM}")
        offer = page.get_by_role("dialog", name="the whole Python")
        offer.get_by_text("because of class.").wait_for()
        assert offer.evaluate("(bar) => document.fullscreenElement.contains(bar)")
        assert violations_in_both_themes(page, ".ol-offer") == []
        page.keyboard.press("Escape")
        status(panel).get_by_text("Not judged").wait_for()
        assert offer.count() == 0 and "python-0.js" not in loaded(page)
