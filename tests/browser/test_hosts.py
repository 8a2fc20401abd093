"""The built site as any host serves it: below a folder, with a strict policy, in a sandbox."""

import contextlib
import json
import re

from test_site import DESKTOP, PATIENCE, first_lab, opened
from test_site_exercises import EXERCISES, answer, form_of, said

from tools.server import QuietHandler, serving

STRICT = "default-src 'self' 'unsafe-inline' data:"
SANDBOX = "sandbox allow-scripts"


def under(policy):
    """A handler that serves each file with a Content-Security-Policy."""

    class Handler(QuietHandler):
        def end_headers(self):
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    return Handler


def search(page, words):
    """Searches as a reader does."""
    page.keyboard.press("Control+k")
    page.locator(".search-button__search-container input[type=search]").fill(words)
    page.keyboard.press("Enter")
    page.locator("#search-results .search-summary:not(:empty)").wait_for()


def use_all(page):
    """Uses what a page of the course has, except for its Python."""
    lab = first_lab(page)
    lab.get_by_role("button", name="play").click()
    lab.get_by_role("button", name="pause").wait_for()
    lab.get_by_text("step 20 of 20").wait_for()
    page.get_by_role("link", name="Condition number 860").click()
    lab.get_by_role("button", name="Map", exact=True).click()
    lab.get_by_role("img", name="map of the steps").wait_for()
    lab.get_by_role("button", name="Share", exact=True).click()
    for name, words in (("Copy as Python", "copied|the clipboard"), ("Copy link", "copied|the clipboard"), ("Save picture", "saved|an SVG")):
        lab.get_by_role("button", name=name).click()
        lab.locator(".ol-share-panel [role=status]").filter(has_text=re.compile(words)).wait_for()
    before = page.locator("html").get_attribute("data-mode")
    page.get_by_role("button", name="light/dark").click()
    page.locator(f"html:not([data-mode={before}])").wait_for(state="attached")
    page.goto(page.url.replace("question.html", "momentum.html").split("#")[0])
    for name in ("momentum-steady", "momentum-regime", "momentum-order", "momentum-predict"):
        answer(form_of(page, name), EXERCISES[name])
        said(form_of(page, name)).get_by_text("Right.").wait_for()
    box = form_of(page, "momentum-steady").get_by_role("textbox")
    box.fill("1")
    box.press("Enter")
    said(form_of(page, "momentum-steady")).get_by_text("Not yet.").wait_for()
    form_of(page, "momentum-step").locator("textarea").focus()
    form_of(page, "momentum-step").locator(".cm-content").wait_for()
    search(page, "curvature")
    assert page.locator("#search-results li a", has_text="Gradient descent").count() >= 1


def test_below_a_folder_and_under_a_strict_policy_all_works(browser, site, tmp_path):
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "course").symlink_to(site, target_is_directory=True)
    with serving(tmp_path, under(STRICT)) as address, opened(browser, f"{address}/some/course/chapters/question.html") as page:
        use_all(page)


def test_in_a_sandbox_all_works_but_nothing_is_kept(browser, site):
    with serving(site, under(SANDBOX)) as address, contextlib.closing(browser.new_context(**DESKTOP)) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        thrown = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(f"{address}/chapters/question.html")
        assert page.evaluate("origin") == "null"
        use_all(page)
        page.goto(f"{address}/chapters/momentum.html")
        form = form_of(page, "momentum-steady")
        answer(form, EXERCISES["momentum-steady"])
        said(form).get_by_text("Your progress is not being kept").wait_for()
        line = page.locator(".ol-progress")
        line.get_by_text("Your progress is not being kept").wait_for()
        line.get_by_role("button", name="Export").click()
        written = json.loads(line.get_by_role("textbox", name="what was saved").input_value())
        assert written["exercises"]["momentum-steady"]["state"] == "solved"
        page.goto(f"{address}/chapters/progress.html")
        page.locator(".ol-progress").get_by_text("Your progress is not being kept").wait_for()
        assert thrown == []


def test_github_pages_serves_the_files_of_the_site(site):
    assert (site / ".nojekyll").exists()


def test_no_browser_translates_code_or_a_formula(browser, files):
    with opened(browser, f"{files}/chapters/momentum.html") as page:
        form_of(page, "momentum-order")
        for element in ("pre", ".math", ".ol-order code", ".ol-exercise legend code", ".ol-editor textarea"):
            found = page.locator(element).evaluate_all("all => all.map(one => one.translate)")
            assert found and not any(found), element
