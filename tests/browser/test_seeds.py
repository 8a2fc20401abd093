"""A link's seed: exercises that can vary ask with its numbers, on every page, and progress says which they were."""

import json

from axe import violations
from test_site import base, framed, opened  # noqa: F401
from test_site_exercises import answer, form_of, said

from optimlib.exercises import loader

NAME = "momentum-steady"
BOOKS, DRAWN = loader.exercise(NAME), loader.exercise(NAME, 7)
MOMENTUM, RMSPROP = "chapters/momentum.html", "chapters/rmsprop.html"


def kept(page):
    return json.loads(page.evaluate("localStorage.getItem('optimlib course progress')"))["exercises"][NAME]


def opened_anew(page, address):
    page.goto("about:blank")
    page.goto(address)
    framed(page)


def test_a_link_gives_other_numbers_here_and_on_the_other_pages_until_one_takes_them_back(browser, base):
    with opened(browser, f"{base}/{MOMENTUM}#seed=7") as page:
        form = form_of(page, NAME)
        form.get_by_text(DRAWN["question"]).wait_for()
        form.get_by_text("numbers no. 7").wait_for()
        assert page.get_by_text("numbers no. 7").count() == 2, "those of the page that can vary"
        answer(form, BOOKS)
        said(form).get_by_text("Not yet.").wait_for()
        answer(form, DRAWN)
        said(form).get_by_text("Right.").wait_for()
        assert kept(page)["state"] == "solved" and kept(page)["seed"] == 7
        assert base.startswith("file:") or violations(page, ".ol-exercise") == []
        opened_anew(page, f"{base}/{RMSPROP}")
        form_of(page, "rmsprop-bounce").get_by_text(loader.exercise("rmsprop-bounce", 7)["question"]).wait_for()
        opened_anew(page, f"{base}/{MOMENTUM}")
        said(form_of(page, NAME)).get_by_text("Right.").wait_for()
        assert form_of(page, NAME).get_by_role("textbox").input_value() == str(DRAWN["answer"])
        page.evaluate("location.hash = '#seed='")
        form_of(page, NAME).get_by_text(BOOKS["question"]).wait_for()
        assert form_of(page, NAME).get_by_role("textbox").input_value() == "", "that answer was to other numbers"
        form_of(page, NAME).get_by_text("✓ solved").wait_for()
        form_of(page, NAME).get_by_role("textbox").fill("12.5")
        form_of(page, NAME).get_by_text("Hint 1", exact=True).focus()
        opened_anew(page, f"{base}/{MOMENTUM}")
        assert form_of(page, NAME).get_by_role("textbox").input_value() == "12.5"
        opened_anew(page, f"{base}/{MOMENTUM}#seed=8")
        form_of(page, NAME).get_by_text(loader.exercise(NAME, 8)["question"]).wait_for()
        assert form_of(page, NAME).get_by_role("textbox").input_value() == "", "nor is a draft shown with others"


def test_a_seed_that_is_none_changes_nothing(browser, server):
    for wrong in ("1234567", "-1", "seven"):
        with opened(browser, f"{server}/{MOMENTUM}#seed={wrong}") as page:
            form_of(page, NAME).get_by_text(BOOKS["question"]).wait_for()
            assert page.get_by_text("numbers no.").count() == 0
