"""A chapter in real JupyterLab with a live kernel, driven by a real browser."""
import json

import nbformat
import pytest
from test_site_exercises import EXERCISES, OF_PAGE, answer, said

from tools.jupyter import jupyterlab
from tools.notebooks import chapters

LAST = 'print("Python sees beta", lab.momentum_beta)'
SET = "lab.momentum_beta = 0.25"


@pytest.fixture
def page(browser, tmp_path):
    """The momentum chapter, with some cells more, in JupyterLab, with every cell run."""
    folder = tmp_path / "work"
    folder.mkdir()
    notebook = nbformat.read(next(chapter for chapter in chapters() if chapter.stem == "momentum"), as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(text) for text in (LAST, SET)]
    nbformat.write(notebook, folder / "momentum.ipynb")
    with jupyterlab(folder, tmp_path, OPTIMLIB_PROGRESS=str(tmp_path / "progress.json")) as address_of:
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(address_of("momentum.ipynb"))
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.locator(".jp-OutputArea-output", has_text="Python sees beta").get_by_text("Python sees beta 0.9").wait_for()
        yield page
        context.close()


def test_the_lab_lives_in_jupyterlab_and_python_sees_it(page):
    page.locator(".jp-CodeCell", has_text=SET).last.scroll_into_view_if_needed()
    page.locator(".jp-Notebook").evaluate("notebook => notebook.scrollTo(0, 0)")

    lab = page.locator(".ol-lab").first
    lab.scroll_into_view_if_needed()
    beta = lab.get_by_role("slider", name="beta of momentum")
    beta.wait_for()
    lab.locator(".ol-card.ol-momentum").get_by_text("0.25", exact=True).wait_for()  # Python set it, the lab shows it
    lab.get_by_role("slider", name="step", exact=True).fill("30")
    lab.get_by_text("step 30 of 60").wait_for()
    path = lab.locator(".ol-valley .ol-momentum .ol-bold")
    before = path.get_attribute("d")
    beta.press("ArrowRight")
    lab.locator(".ol-card.ol-momentum").get_by_text("0.26", exact=True).wait_for()
    assert path.get_attribute("d") != before

    cell = page.locator(".jp-CodeCell", has_text="Python sees beta").last
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    cell.get_by_text("Python sees beta 0.26").wait_for()  # the reader moved it, Python sees it

    # A rule of the reader's own: Python runs it apart, so that a loop without end ends.
    lab.get_by_role("button", name="Write your own rule").click()
    panel = lab.get_by_role("group", name="your own rule", exact=True)
    panel.get_by_role("button", name="Run").click()
    panel.get_by_text("It runs. At step 60").wait_for()
    panel.get_by_role("textbox").fill("while True: pass")
    panel.get_by_role("textbox").press("Control+Enter")
    panel.get_by_text("Stopped after 2 seconds").wait_for()
    panel.get_by_role("textbox").fill("print('hello')\ndef update(x, g, memory, t):\n    return x - 0.1 * g, memory")
    panel.get_by_role("button", name="Run").click()
    panel.get_by_text("It runs. At step 60").wait_for()
    panel.get_by_text("hello").first.wait_for()
    assert lab.locator(".ol-valley .ol-own .ol-faint").get_attribute("d").count("L") == 60


def test_the_exercises_of_a_chapter_can_be_solved_in_jupyterlab(page, tmp_path):
    line = page.locator(".ol-progress-line, .ol-progress").first
    line.scroll_into_view_if_needed()
    line.get_by_text("0 of 8 solved").wait_for()
    for name in OF_PAGE["momentum"]:
        data = EXERCISES[name]
        form = page.locator(".ol-exercise", has_text=data["question"].split("`")[0]).first
        form.scroll_into_view_if_needed()
        if data["kind"] != "code":
            answer(form, data, right=False)
            said(form).get_by_text("Not yet.").wait_for()
            answer(form, data)
            said(form).get_by_text("Right.").wait_for()
        else:
            cell = page.locator(".jp-CodeCell", has=page.locator(".cm-content", has_text=f'check("{name}"'))
            cell.get_by_text("Not started. The function still does what it did at first.").wait_for()
            cell.locator(".cm-content").click()
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(f'{data["reference"]}\ncheck("{name}", {data["function"]})')
            page.keyboard.press("Control+Enter")
            cell.get_by_text(f"Right. {data['right']}").wait_for()
        form.get_by_text("✓ solved").wait_for()
    line.scroll_into_view_if_needed()
    line.get_by_text("8 of 8 solved").wait_for()
    kept = json.loads((tmp_path / "progress.json").read_text(encoding="utf-8"))["exercises"]
    assert {name: entry["state"] for name, entry in kept.items()} == dict.fromkeys(OF_PAGE["momentum"], "solved")
