"""The exercises of the built site in a real browser: each can be answered, with no kernel and no server."""

import json
from itertools import permutations

import pytest
from axe import violations
from exercise_answers import ANSWERS
from exercise_variants import VARIANTS
from test_site import PHONE, awaited, base, framed, loaded, opened  # noqa: F401

from optimlib.exercises import loader
from optimlib.exercises.judge import LETTERS, judge
from optimlib.portable.judge_code import mistaken_code

EXERCISES = loader.exercises()
OF_PAGE = {chapter: [exercise["id"] for exercise in exercises] for chapter, exercises in loader.chapters().items()}


def form_of(page, name):
    # What is drawn late moves what stands below it, also away from under the mouse.
    page.wait_for_function("() => !document.querySelector('.optimlib-widget[data-model-id]:not(:has(.ol))')")
    place = page.locator(f"#exercise-{name}")
    place.scroll_into_view_if_needed()
    form = place.locator(".ol-exercise")
    form.wait_for()
    return form


def said(form):
    return form.get_by_role("status").filter(has=form.page.locator("strong"))


def write_code(form, text):
    """Types code into the editor, which becomes a better one when it is first used."""
    form.locator("textarea, .cm-content").first.focus()
    editor = form.locator(".cm-content")
    editor.wait_for()
    editor.fill(text)


def answer(form, data, right=True):
    """Gives an answer to an exercise: a right one, or one of its mistakes."""
    mistake = None if right else data.get("mistakes", [None])[0]
    if data["kind"] == "number":
        form.get_by_role("textbox").fill(repr(data["answer"] if right else mistake["value"]))
    elif data["kind"] == "choice":
        place = next(i for i, choice in enumerate(data["choices"]) if bool(choice.get("right")) == right)
        form.get_by_role("radio").nth(place).check()
    elif data["kind"] == "order":
        lines = form.locator(".ol-order li")
        orders = map("".join, permutations(LETTERS[: len(data["lines"])]))
        wanted = data["orders"][0] if right else next(order for order in orders if judge(data, order)["see"])
        for place, letter in enumerate(wanted):
            order = [line.get_attribute("data-letter") for line in lines.all()]
            for _ in range(order.index(letter) - place):
                form.get_by_role("button", name=f"move line {letter} up").click()
    elif data["kind"] == "predict":
        values = data["answer"] if right else mistake["value"]
        for box, value in zip(form.get_by_role("textbox").all(), values if isinstance(values, list) else [values], strict=True):
            box.fill(repr(value))
    else:
        write_code(form, data["reference"] if right else mistaken_code(data, mistake))
    form.get_by_role("button", name="Run" if data["kind"] == "code" else "Check", exact=True).click()


@pytest.mark.parametrize("chapter", OF_PAGE)
def test_every_exercise_of_a_page_can_be_solved(browser, files, chapter):
    with opened(browser, f"{files}/chapters/{chapter}.html") as page:
        for name in OF_PAGE[chapter]:
            form = form_of(page, name)
            answer(form, EXERCISES[name])
            said(form).get_by_text("Right.").wait_for()
            form.get_by_text("✓ solved").wait_for()


@pytest.mark.parametrize("chapter", OF_PAGE)
def test_a_mistake_is_named_without_the_answer_and_the_place_to_read_again_is_there(browser, server, site, chapter):
    with opened(browser, f"{server}/chapters/{chapter}.html") as page:
        for name in OF_PAGE[chapter]:
            data, form = EXERCISES[name], form_of(page, name)
            shown = form.inner_text() + json.dumps([box.input_value() for box in form.get_by_role("textbox").all() if data["kind"] != "code"])
            for hidden in (data.get("right"), data["hints"][1], data["solution"], *(mistake["feedback"] for mistake in data.get("mistakes", []))):
                assert not hidden or hidden.replace("`", "") not in shown, f"{name} shows this before an answer"
            answer(form, data, right=False)
            said(form).get_by_text("Not yet.").wait_for()
            link = said(form).get_by_role("link")
            target, _, anchor = link.evaluate("link => link.href").removeprefix(f"{server}/").partition("#")
            assert f'id="{anchor}"' in (site / target).read_text(encoding="utf-8"), (name, target, anchor)
            for summary in form.locator("summary").all():
                summary.click()
        assert violations(page, ".ol-exercise") == []


def test_an_endless_loop_ends_with_a_word_and_the_page_lives(browser, files):
    with opened(browser, f"{files}/chapters/gradient-descent.html") as page:
        form = form_of(page, "gd-step")
        write_code(form, "def gd_step(x, g, lr):\n    while True:\n        pass\n")
        form.get_by_role("button", name="Run", exact=True).click()
        other = form_of(page, "gd-edge")
        answer(other, EXERCISES["gd-edge"])
        said(other).get_by_text("Right.").wait_for()  # while the loop runs
        said(form).get_by_text("Stopped after 2 seconds").wait_for()
        answer(form, EXERCISES["gd-step"])
        said(form).get_by_text("Right.").wait_for()


def test_code_that_prints_and_code_that_breaks(browser, server):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        form = form_of(page, "gd-step")
        for code, words in [
            ("def gd_step(x, g, lr):\n    print('at', x)\n    return x - lr * g\n", "at -5"),
            ("def gd_step(x, g, lr)\n    return x\n", "Line 1: this is no Python"),
            ("import numpy\n", "there is no module numpy here"),
            ("def gd_step(x, g, lr):\n    return gd_step(x, g, lr)\n", "calls itself without end"),
            ("def gd_step(x, g, lr):\n    return [0] * 10**9\n", "MemoryError"),
            ("def gd_step(x, g, lr):\n    return '<img src=x onerror=alert(1)>'\n", "it returns a text"),
            ("def gd_step(x, g, lr):\n    return x - 3 * g\n", "With x = -5, g = -1, lr = 0.4 it returns -2; expected: -4.6."),
        ]:
            write_code(form, code)
            form.get_by_role("button", name="Run", exact=True).click()
            if "without end" in words:  # how deep is too deep, CPython knows
                page.get_by_role("dialog", name="the whole Python").get_by_role("button", name="Fetch it (6 MB)").click()
            form.get_by_role("status").get_by_text(words).first.wait_for()
        assert page.locator(".ol-exercise img").count() == 0


def test_right_code_in_other_words_is_right_in_the_page(browser, server):
    with opened(browser, f"{server}/chapters/rmsprop.html") as page:
        form = form_of(page, "rmsprop-step")
        for source in VARIANTS["rmsprop-step"]:
            write_code(form, "x = 1\n")
            form.get_by_role("button", name="Run", exact=True).click()
            said(form).get_by_text("There is no function").wait_for()
            write_code(form, source)
            form.get_by_role("button", name="Run", exact=True).click()
            said(form).get_by_text("Right.").wait_for()


def test_python_comes_with_the_first_run_and_not_before(browser, server):
    with opened(browser, f"{server}/chapters/rmsprop.html") as page:
        for name in OF_PAGE["rmsprop"]:
            form_of(page, name)
        assert not {"python.js", "editor.js"} & set(loaded(page))
        form = form_of(page, "rmsprop-step")
        answer(form, EXERCISES["rmsprop-step"])
        said(form).get_by_text("Right.").wait_for()
        assert {"python.js", "editor.js"} <= set(loaded(page))


def test_a_guess_is_clicked_dragged_and_moved_by_keys(browser, server):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        form = form_of(page, "gd-predict")
        plot = form.locator(".ol-ground")
        box = plot.bounding_box()
        page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5)
        awaited(page, lambda: all(box.input_value() for box in form.get_by_role("textbox").all()), "a click is an answer")
        guess = form.get_by_role("slider", name="your guess")
        before = form.get_by_role("textbox").first.input_value()
        guess.focus()
        guess.press("ArrowRight")
        awaited(page, lambda: form.get_by_role("textbox").first.input_value() != before, "the arrows move it")
        form.get_by_role("button", name="Check").click()
        said(form).get_by_text("away").wait_for()
        faint = form.locator(".ol-faint").get_attribute("d")
        assert faint.count("L") == EXERCISES["gd-predict"]["run"]["shown"]
        answer(form, EXERCISES["gd-predict"])
        awaited(page, lambda: form.locator(".ol-faint").get_attribute("d").count("L") == 10, "the path is shown when it is right")


def boxes_of(form):
    return [box.input_value() for box in form.get_by_role("textbox").all()]


def kept_draft(page, name):
    return page.evaluate("name => JSON.parse(localStorage.getItem('optimlib course progress'))?.exercises[name]?.draft ?? null", name)


def test_a_guess_that_was_emptied_is_no_guess(browser, server):
    """After one that was judged: neither its words nor its mark stay, and Check says what is missing."""
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        form, data = form_of(page, "gd-predict"), EXERCISES["gd-predict"]
        guess, check = form.get_by_role("slider", name="your guess"), form.get_by_role("button", name="Check")
        assert guess.get_attribute("aria-valuetext") == "no guess yet"
        answer(form, data)
        said(form).get_by_text("Right.").wait_for()
        assert guess.get_attribute("aria-valuetext") == "x1 −1.947, x2 −0.2147"
        first, second = form.get_by_role("textbox").all()
        for box, words in [(second, "There is no x2 yet."), (first, "There is no answer yet.")]:
            box.fill("")
            awaited(page, lambda: guess.get_attribute("aria-valuetext") == "no guess yet", "the mark says that it is none")
            check.click()
            said(form).get_by_text(words).wait_for()
        assert boxes_of(form) == ["", ""]
        second.fill("-0.2")
        check.click()
        said(form).get_by_text("There is no x1 yet.").wait_for()
        first.fill("-1,95")  # read as the judge reads it
        awaited(page, lambda: guess.get_attribute("aria-valuetext") == "x1 −1.95, x2 −0.2", "a comma as the decimal mark")
        form.get_by_text("✓ solved").wait_for()


def test_what_was_emptied_stays_empty_while_the_other_box_is_filled(browser, base):
    """Also longer than the pause after which a draft is kept, and after a reload."""
    with opened(browser, f"{base}/chapters/gradient-descent.html") as page:
        form = form_of(page, "gd-predict")
        first, second = form.get_by_role("textbox").all()
        first.fill("5")
        second.fill("-3")
        form.get_by_role("button", name="Check").click()
        said(form).get_by_text("Not yet.").wait_for()
        second.fill("")
        first.fill("")
        second.click()
        assert boxes_of(form) == ["", ""]
        awaited(page, lambda: kept_draft(page, "gd-predict") == ["", ""], "that it was emptied is kept")
        first.click()
        page.keyboard.type("0.03")
        second.click()
        awaited(page, lambda: kept_draft(page, "gd-predict") == ["0.03", ""], "half of a guess is kept")
        assert boxes_of(form) == ["0.03", ""]
        first.fill("")
        second.click()
        page.reload()
        framed(page)
        assert boxes_of(form_of(page, "gd-predict")) == ["", ""]


def test_a_loss_that_was_emptied_is_no_guess(browser, server):
    with opened(browser, f"{server}/chapters/rmsprop.html") as page:
        form = form_of(page, "rmsprop-predict")
        guess, box = form.get_by_role("slider", name="your guess of the loss"), form.get_by_role("textbox")
        answer(form, EXERCISES["rmsprop-predict"])
        said(form).get_by_text("Right.").wait_for()
        box.fill("")
        assert guess.get_attribute("aria-valuetext") == "no guess yet"
        form.get_by_role("button", name="Check").click()
        said(form).get_by_text("There is no answer yet.").wait_for()
        assert box.input_value() == ""


def test_a_loss_is_clicked(browser, server):
    with opened(browser, f"{server}/chapters/rmsprop.html") as page:
        form = form_of(page, "rmsprop-predict")
        box = form.locator(".ol-losses svg").bounding_box()
        page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
        awaited(page, lambda: float(form.get_by_role("textbox").input_value()) > 0, "a click is an answer")
        slider = form.get_by_role("slider", name="your guess of the loss")
        before = form.get_by_role("textbox").input_value()
        slider.focus()
        slider.press("ArrowUp")
        awaited(page, lambda: form.get_by_role("textbox").input_value() != before, "the arrows move it")


def test_an_answer_is_still_there_after_a_reload(browser, base):
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        chosen = ["momentum-order", "momentum-steady", "momentum-predict", "momentum-regime", "momentum-step"]
        for name in chosen:
            form = form_of(page, name)
            answer(form, EXERCISES[name])
            said(form).get_by_text("Right.").wait_for()
        form = form_of(page, "momentum-bug")
        write_code(form, "# half done\n")
        form_of(page, "momentum-steady").get_by_role("textbox").focus()
        page.reload()
        framed(page)
        for name in chosen:
            form_of(page, name).get_by_text("✓ solved").wait_for()
        assert form_of(page, "momentum-steady").get_by_role("textbox").input_value() == "15"
        assert form_of(page, "momentum-step").get_by_role("textbox").input_value() == EXERCISES["momentum-step"]["reference"]
        assert form_of(page, "momentum-bug").get_by_role("textbox").input_value() == "# half done\n"


def test_a_hint_leaves_alone_what_is_being_written(browser, server):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        form = form_of(page, "gd-edge")
        form.get_by_role("textbox").fill("14")
        form.locator("details").first.evaluate("fold => { fold.open = true; }")  # before the pause that keeps a draft
        page.wait_for_function("localStorage.getItem('optimlib course progress')?.includes('hints')")
        assert form.get_by_role("textbox").input_value() == "14"


def test_what_is_being_written_survives_a_reload(browser, base):
    with opened(browser, f"{base}/chapters/momentum.html") as page:
        typed = form_of(page, "momentum-steady").get_by_role("textbox")
        typed.fill("14")
        form_of(page, "momentum-regime").get_by_role("radio").nth(2).check()
        form_of(page, "momentum-order").get_by_role("button", name="move line c up").click()
        write_code(form_of(page, "momentum-step"), "# half done\n")  # and the caret stays there
        page.reload()
        framed(page)
        assert form_of(page, "momentum-steady").get_by_role("textbox").input_value() == "14"
        assert form_of(page, "momentum-regime").get_by_role("radio").nth(2).is_checked()
        assert form_of(page, "momentum-order").locator("li").nth(1).get_attribute("data-letter") == "c"
        assert form_of(page, "momentum-step").get_by_role("textbox").input_value() == "# half done\n"
        assert page.get_by_text("Not yet.").count() == 0


def test_a_wrong_answer_after_a_right_one_takes_nothing_away(browser, server):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        form = form_of(page, "gd-edge")
        answer(form, EXERCISES["gd-edge"])
        said(form).get_by_text("Right.").wait_for()
        answer(form, EXERCISES["gd-edge"], right=False)
        said(form).get_by_text("Not yet.").wait_for()
        kept = page.evaluate("JSON.parse(localStorage.getItem('optimlib course progress')).exercises['gd-edge']")
        assert kept["state"] == "solved" and kept["answer"] == "0.2"


def test_code_that_was_taken_away_can_be_brought_back(browser, server):
    with opened(browser, f"{server}/chapters/gradient-descent.html") as page:
        form = form_of(page, "gd-step")
        answer(form, EXERCISES["gd-step"])
        said(form).get_by_text("Right.").wait_for()
        form.get_by_role("button", name="Start again").click()
        assert said(form).count() == 0, "what was said of other code is gone"
        assert form.locator(".cm-content").inner_text().strip().endswith("return x")
        form.get_by_role("button", name="Bring my code back").click()
        assert "x - lr * g" in form.locator(".cm-content").inner_text()
        form.get_by_role("button", name="Start again").wait_for()


@pytest.mark.parametrize("chapter", ["momentum", "rmsprop"])
def test_every_control_of_an_exercise_is_within_reach_on_a_phone(browser, server, chapter):
    with opened(browser, f"{server}/chapters/{chapter}.html", **PHONE) as page:
        for width in (320, 360, 430):
            page.set_viewport_size({"width": width, "height": 740})
            for name in OF_PAGE[chapter]:
                # All at once: what is far below does not move meanwhile.
                boxes = (
                    form_of(page, name)
                    .locator("button, input, textarea, summary")
                    .evaluate_all("""controls => controls.map(control => {
                    const { left, right } = control.getBoundingClientRect();
                    return [left, right, control.outerHTML.slice(0, 100)];
                })""")
                )
                assert boxes
                for left, right, control in boxes:
                    assert left >= 0 and right <= width, (width, name, control)


@pytest.mark.parametrize("end", ["#%", "#%E0%A4%A", "#nowhere", "#exercise-none", "?x=%#<b>"])
def test_a_strange_address_breaks_no_page(browser, base, end):
    with opened(browser, f"{base}/chapters/gradient-descent.html{end}") as page:
        form_of(page, "gd-edge").get_by_role("button", name="Check").wait_for()


def test_a_link_from_another_page_leads_to_its_heading(browser, server):
    for address in ("momentum.html#deeper-two-ways-of-writing-it", "momentum-or-rmsprop.html#how-much-does-it-cost", "rmsprop.html#exercises"):
        with opened(browser, f"{server}/chapters/{address}") as page:
            heading = page.locator(f"#{address.partition('#')[2]} > :is(h2, h3)").first
            page.wait_for_function("document.readyState === 'complete'")
            awaited(page, lambda: 0 <= heading.bounding_box()["y"] <= 300, f"{address} is in view")
            for place in page.locator(".optimlib-widget").all():
                place.locator(".ol").first.wait_for()
            assert 0 <= heading.bounding_box()["y"] <= 300, f"{address} stays in view"


def test_everything_goes_by_keyboard(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        form = form_of(page, "momentum-order")
        up = form.get_by_role("button", name="move line c up")
        up.focus()
        for _ in range(2):
            up.press("Enter")
        assert form.locator(".ol-order li").first.get_attribute("data-letter") == "c"
        assert up.evaluate("button => button === document.activeElement")
        form = form_of(page, "momentum-step")
        write_code(form, EXERCISES["momentum-step"]["reference"])
        page.keyboard.press("Control+Enter")
        said(form).get_by_text("Right.").wait_for()
        form = form_of(page, "momentum-steady")
        form.get_by_role("textbox").fill("15")
        form.get_by_role("textbox").press("Enter")
        said(form).get_by_text("Right.").wait_for()
        hint = form.get_by_text("Hint 1")
        hint.focus()
        hint.press("Enter")
        form.get_by_text(EXERCISES["momentum-steady"]["hints"][0].split("`")[0]).wait_for()


@pytest.mark.parametrize("chapter", OF_PAGE)
def test_axe_finds_nothing_in_the_exercises_on_a_dark_phone(browser, server, chapter):
    with opened(browser, f"{server}/chapters/{chapter}.html", **PHONE, color_scheme="dark") as page:
        for name in OF_PAGE[chapter]:
            data, form = EXERCISES[name], form_of(page, name)
            for summary in form.locator("summary").all():
                summary.click()
            answer(form, data, right=False)
            said(form).get_by_text("Not yet.").wait_for()
        assert violations(page, ".ol-exercise") == []


def test_many_hostile_answers_break_nothing_in_the_page(browser, server):
    texts = [text for text in ANSWERS if isinstance(text, str)]
    texts += [
        "<script>document.title = 'x'</script>",
        "<img src=x onerror=\"document.title='x'\">",
        "x" * 10_000,
        "‮",
        "\u0000",
        "javascript:1",
        "${1}",
        "'; --",
        "\\",
    ]
    count = 0
    with opened(browser, f"{server}/chapters/adagrad.html") as page:
        for name in ("adagrad-root", "adagrad-one-brake", "adagrad-step-25"):
            form = form_of(page, name)
            count += form.evaluate(
                """(form, texts) => {
                const input = form.querySelector("input[type=text]");
                let sentences = 0;
                for (const text of texts) {
                    input.value = text;
                    form.querySelector(".ol-check").click();
                    const said = form.querySelector(".ol-feedback").textContent;
                    if (/^[✓✗?](Right|Not yet|Not clear)\\. .*[.?]$/s.test(said)) sentences++;
                }
                return sentences;
            }""",
                texts,
            )
        assert count == 3 * len(texts) > 300
        assert page.title() != "x"
        form = form_of(page, "adagrad-root")
        answer(form, EXERCISES["adagrad-root"])
        said(form).get_by_text("Right.").wait_for()
