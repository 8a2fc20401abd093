"""A site whose teacher shows solutions after a try, or never: the built page, with its exercises as _config.yml would make them."""

import contextlib
import json
import re

import pytest
from axe import violations
from test_site import opened
from test_site_exercises import EXERCISES, answer, form_of, said

from optimlib.exercises import loader
from tools.server import serving

PAGE = "chapters/gradient-descent.html"
STATE = re.compile(r'(<script type="application/vnd.jupyter.widget-state\+json">)(.*?)(</script>)', flags=re.DOTALL)


@pytest.fixture
def address_with(site, tmp_path):
    """A function that serves the page with its exercises after a teacher's choice, and gives its address."""
    with contextlib.ExitStack() as stack:

        def serve(solutions):
            def changed(found):
                saved = json.loads(found[2])
                for model in saved["state"].values():
                    if "exercise" in model["state"]:
                        model["state"]["exercise"] = loader.shown(loader.exercise(model["state"]["exercise"]["id"]), solutions)
                return found[1] + json.dumps(saved) + found[3]

            folder = tmp_path / solutions
            (folder / PAGE).parent.mkdir(parents=True)
            for path in site.iterdir():
                if path.name != "chapters":
                    (folder / path.name).symlink_to(path)
            text, count = STATE.subn(changed, (site / PAGE).read_text(encoding="utf-8"))
            assert count == 1
            (folder / PAGE).write_text(text, encoding="utf-8")
            return f"{stack.enter_context(serving(folder))}/{PAGE}"

        yield serve


def folds(form):
    return form.locator(".ol-folds > *").all_inner_texts()


LATER = "Solution: after a try of your own"


def test_after_a_try_the_solution_comes_with_the_first_answer_that_is_judged(browser, address_with):
    with opened(browser, address_with("after_a_try")) as page:
        form = form_of(page, "gd-edge")
        assert folds(form) == ["Hint 1", "Hint 2", LATER]
        assert violations(page, ".ol-exercise") == []
        form.get_by_role("textbox").fill("what?")
        form.get_by_role("button", name="Check", exact=True).click()
        said(form).get_by_text("Not clear.").wait_for()
        assert folds(form)[-1] == LATER, "that is no try"
        answer(form, EXERCISES["gd-edge"], right=False)
        said(form).get_by_text("Not yet.").wait_for()
        form.get_by_text("Solution", exact=True).click()
        form.get_by_text(EXERCISES["gd-edge"]["solution"].replace("`", "")[:20]).wait_for()
        assert folds(form_of(page, "gd-steps"))[-1] == LATER, "each for itself"
        page.reload()
        assert folds(form_of(page, "gd-edge"))[-1] == "Solution", "a try is remembered"


def test_never_there_is_no_solution(browser, address_with):
    with opened(browser, address_with("never")) as page:
        form = form_of(page, "gd-edge")
        answer(form, EXERCISES["gd-edge"])
        said(form).get_by_text("Right.").wait_for()
        assert folds(form) == ["Hint 1", "Hint 2"]
        assert EXERCISES["gd-edge"]["solution"][:30] not in page.content()
