"""A chapter in real JupyterLab with a live kernel, driven by a real browser."""

import contextlib
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request

import nbformat
import pytest
from nbclient import NotebookClient
from test_site import awaited
from test_site_exercises import EXERCISES, OF_PAGE, answer, said

from tools.jupyter import HOMES, jupyterlab
from tools.notebooks import chapters

LAST = 'print("Python sees beta", lab.momentum_beta)'
SET = "lab.momentum_beta = 0.25"
TURN = "lab.angle = 45"
ASK = 'print("Python sees", lab.angle, lab.start, lab.gradient_descent_on, lab.show, lab.added)'


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("jupyter")


@pytest.fixture(scope="module")
def address_of(home):
    """One JupyterLab for all tests here; each has a notebook, a kernel and a workspace of its own."""
    (home / "work").mkdir()
    with jupyterlab(home / "work", home, OPTIMLIB_PROGRESS=str(home / "progress.json")) as address_of:
        yield address_of


@contextlib.contextmanager
def run_all(browser, address):
    """The page of a notebook in JupyterLab, in a fresh browser profile, with every cell run."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(address)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    yield page
    context.close()


@pytest.fixture
def page(browser, home, address_of, request):
    """The momentum chapter, with some cells more, in JupyterLab, with every cell run."""
    notebook = nbformat.read(next(chapter for chapter in chapters() if chapter.stem == "momentum"), as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(text) for text in (LAST, SET, TURN, ASK)]
    name = f"{request.node.name}.ipynb"
    nbformat.write(notebook, home / "work" / name)
    with run_all(browser, address_of(name)) as page:
        page.locator(".jp-OutputArea-output", has_text="Python sees beta").get_by_text("Python sees beta 0.9").wait_for()
        yield page


def test_the_server_lets_nobody_in_without_its_token(address_of):
    server, query = address_of("momentum.ipynb").split("/lab/tree/momentum.ipynb?")
    urllib.request.urlopen(f"{server}/api/contents?{query}").close()
    for other in ("", "token=course", "token="):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"{server}/api/contents?{other}")


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


def run_cell(page, text):
    """Runs the cell with this text, and gives what it prints."""
    cell = page.locator(".jp-CodeCell", has_text=text).last
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    return cell.locator(".jp-OutputArea-output")


def test_what_moves_in_python_moves_in_the_lab_and_back(page):
    lab = page.locator(".ol-lab").first
    lab.scroll_into_view_if_needed()
    lab.get_by_role("button", name="reset").click()  # to what the lab was when it was first shown, before TURN ran
    ground = lab.locator(".ol-contours > g")
    straight = ground.get_attribute("transform")
    run_cell(page, TURN)
    lab.scroll_into_view_if_needed()
    awaited(page, lambda: ground.get_attribute("transform") != straight, "Python turns the valley")

    # Each part opens, and the keys are the lab's, not JupyterLab's.
    for name in ("Measures", "Add a rule", "Valley", "Findings", "Map", "Share"):
        lab.get_by_role("button", name=name, exact=True).click()
    lab.get_by_role("img", name="map of the steps").wait_for()
    assert lab.get_by_role("button", name="Copy link").count() == 0, "JupyterLab keeps the address for itself"
    lab.locator(".ol-add-panel").get_by_role("button", name="momentum").click()
    lab.get_by_role("checkbox", name="show momentum 2").wait_for()
    handle = lab.locator(".ol-valley .ol-start")
    handle.scroll_into_view_if_needed()
    box, before = handle.bounding_box(), handle.get_attribute("aria-valuetext")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] - 30, steps=5)
    page.mouse.up()
    awaited(page, lambda: handle.get_attribute("aria-valuetext") != before, "the start follows the mouse")
    dragged = [float(text.replace("−", "-")) for text in re.findall(r"x[12] ([\d.−]+)", handle.get_attribute("aria-valuetext"))]
    lab.focus()
    page.keyboard.press("1")
    lab.locator(".ol-valley .ol-gradient_descent .ol-faint").wait_for(state="hidden")
    said = run_cell(page, ASK)
    said.get_by_text(f"Python sees 45 {dragged} False").wait_for()
    for words in ("'map'", "{'kind': 'momentum', 'label': 'momentum 2', 'on': True, 'lr': 0.6, 'beta': 0.5}"):
        assert words in said.inner_text()

    lab.scroll_into_view_if_needed()
    lab.get_by_role("button", name="past the edge").click()
    lab.get_by_text("Watch the swing across").wait_for()
    run_cell(page, ASK).get_by_text("Python sees 0 [-5.0, -2.0] True").wait_for()

    # A link of the text opens a finding in the nearest lab, and in no other.
    page.locator("a[href*='preset=momentum-better']").first.click()
    page.get_by_text("Watch the zigzag").first.wait_for()
    assert page.locator(".ol-watch", has_text="Watch the zigzag").count() == 1


COUNT = """\
import gc, ipywidgets.widgets.widget as module
gc.collect()
print("open widgets:", len(module._instances), lab.number)"""


ALL = """\
from optimlib import *
valley, rules = Quadratic(), [Momentum(lr=0.6, beta=0.5), RMSProp(lr=0.4)]
lab = Lab(valley, rules)
display(lab, Exercise("gd-edge"), Pair(valley, rules), Strip(rules), Progress())"""
INTERACT = """\
import ipywidgets
from optimlib import *
@ipywidgets.interact(beta=(0, 0.875, 0.125))
def show(beta=0.5):
    display(Lab(Quadratic(), [Momentum(0.6, beta)]))"""


# JupyterLab holds the widgets of the last run until the next, and of each run a few nodes of its own. Those of ALL are 1450 nodes.
NODES_OF_A_RUN = 2000


def nodes(page):
    """How many nodes the page's memory holds once what is not needed was thrown away, seen or not."""
    for name in ("lab", "exercise", "pair", "strip", "progress"):
        page.locator(f".ol-{name}").wait_for()
    session = page.context.new_cdp_session(page)
    for _ in range(3):  # what was freed frees more
        session.send("HeapProfiler.collectGarbage")
        page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))")
    count = session.send("Memory.getDOMCounters")["nodes"]
    session.detach()
    return count


def test_a_cell_that_runs_again_keeps_its_lab_1_and_leaves_nothing_behind(browser, home, address_of):
    """Neither in the kernel nor in the page: not an element of a widget that is gone, which a timer or a listener left over would hold, too."""
    notebook = nbformat.read(next(iter(chapters())), as_version=4)  # for its kernel
    notebook.cells = [nbformat.v4.new_code_cell(text) for text in (ALL, COUNT)]
    nbformat.write(notebook, home / "work" / "again.ipynb")
    with run_all(browser, address_of("again.ipynb")) as page:
        counted = page.locator(".jp-OutputArea-output", has_text="open widgets:")
        counted.last.wait_for()
        before = counted.last.inner_text().strip()
        assert before.endswith(" 1")
        run_cell(page, "display(lab")  # from here on it has the focus: JupyterLab keeps hundreds of nodes where that changes
        for run in range(3, 12):
            if run == 6:
                held = nodes(page)
            page.keyboard.press("Control+Enter")
            page.locator(".jp-CodeCell").first.get_by_text(f"[{run + 1}]:").wait_for()
        assert nodes(page) - held < NODES_OF_A_RUN
        page.get_by_role("group", name="lab 1: momentum").wait_for()
        run_cell(page, COUNT.splitlines()[-1])
        assert counted.last.inner_text().strip() == before
        assert page.locator(".ol-lab").count() == 1
        assert page.get_by_text("Error displaying widget").count() == 0


def test_a_lab_that_interact_makes_takes_the_place_of_the_last(browser, home, address_of):
    notebook = nbformat.read(next(iter(chapters())), as_version=4)  # for its kernel
    notebook.cells = [nbformat.v4.new_code_cell(INTERACT)]
    nbformat.write(notebook, home / "work" / "interact.ipynb")
    with run_all(browser, address_of("interact.ipynb")) as page:
        for beta in ("0.5", "0.625", "0.75", "0.875"):
            page.get_by_role("group", name="lab 1: momentum").locator(".ol-card").get_by_text(beta, exact=True).wait_for()
            assert page.locator(".ol-lab").count() == 1
            page.locator(".noUi-handle").first.press("ArrowRight")


def test_the_exercises_of_a_chapter_can_be_solved_in_jupyterlab(page, home):
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
    kept = json.loads((home / "progress.json").read_text(encoding="utf-8"))["exercises"]
    assert {name: entry["state"] for name, entry in kept.items()} == dict.fromkeys(OF_PAGE["momentum"], "solved")


BOTH = [
    "from optimlib import *\nseen = []",
    "pair = Pair(Quadratic(), [Momentum(lr=0.6, beta=0.5), RMSProp(lr=0.4)])\npair.observe(lambda change: seen.append(change.name))\npair",
    "strip = Strip([Momentum(lr=0.1, beta=0.9), RMSProp(lr=0.1)])\nstrip.observe(lambda change: seen.append(change.name))\nstrip",
    'print("Python sees", pair.condition, pair.angle, pair.step, strip.pattern, strip.size, strip.step, *sorted(name for name in set(seen) if name[0] != "_"))',
    'pair.angle, strip.pattern, strip.step = 10, "flipping", 40',
]


def test_python_observes_each_control_of_the_pair_and_the_strip(browser, home, address_of):
    path = home / "work" / "both.ipynb"
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    cells = [nbformat.v4.new_code_cell(text) for text in BOTH[:4]]
    nbformat.write(nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell("# " + BOTH[4])], metadata={"kernelspec": kernel}), path)
    with run_all(browser, address_of(path.name)) as page:
        pair, strip = page.locator(".ol-pair"), page.locator(".ol-strip")
        pair.get_by_role("slider", name="condition number of both valleys").wait_for()
        paths = lambda: pair.locator(".ol-bold").evaluate_all("paths => paths.map(path => path.getAttribute('d')).join()")  # noqa: E731
        bars = lambda: strip.locator(".ol-momentum .ol-bar-values").get_attribute("d")  # noqa: E731
        for widget, picture, name, key in [
            (pair, paths, "condition number of both valleys", "End"),
            (pair, paths, "angle of the second valley", "ArrowRight"),
            (pair, paths, "step", "ArrowLeft"),
            (strip, bars, "size of the gradients", "Home"),
            (strip, bars, "step", "ArrowLeft"),
        ]:
            before = picture()
            widget.get_by_role("slider", name=name, exact=True).press(key)
            awaited(page, lambda picture=picture, before=before: picture() != before, f"{name}: the picture follows")
        size = strip.get_by_role("slider", name="size of the gradients")
        size.scroll_into_view_if_needed()
        box = size.bounding_box()
        page.mouse.click(box["x"] + box["width"] * 0.995, box["y"] + box["height"] / 2)
        strip.get_by_role("button", name="steady").click()
        strip.get_by_role("slider", name="step", exact=True).press("Home")
        strip.get_by_text("No step is taken yet.").wait_for()
        pair.get_by_role("status").get_by_text("Condition number 1000, after 19 steps").wait_for(state="attached")
        said = run_cell(page, "Python sees")
        said.get_by_text("Python sees 1000.0 46 19 steady 1.0 0 angle condition pattern size step").wait_for()

        cell = page.locator(".jp-CodeCell", has_text="pair.angle, strip.pattern").last
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(BOTH[4])
        page.keyboard.press("Control+Enter")
        pair.get_by_text("Turned by 10°").first.wait_for()
        strip.get_by_text("flips between 7 and −7").wait_for()  # Python sets them, both show it


CELLS = ["from optimlib import *\nLab(Quadratic(), [Momentum(0.6, beta=0.5)], start=(-5, -2), steps=20)", 'Exercise("gd-edge")']
LINE = "Run this cell to bring it to life."


def test_what_was_saved_shows_a_picture_and_a_line_without_its_kernel(browser, home, address_of):
    """A notebook is run, saved, and opened again in a new browser, its kernel gone."""
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    cells = [nbformat.v4.new_code_cell(text) for text in CELLS]
    path = home / "work" / "saved.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    with run_all(browser, address_of(path.name)) as page:
        page.locator(".ol-lab .ol-valley").wait_for()
        page.locator(".ol-exercise").wait_for()
        assert [line.is_visible() for line in page.locator(".ol-run-line").all()] == [False, False]
        assert [still.is_visible() for still in page.locator(".jp-RenderedImage, .jp-RenderedMarkdown[data-mime-type='text/markdown']").all()] == [False, False]
        page.keyboard.press("Escape")
        page.keyboard.press("Control+s")
        awaited(page, lambda: len(nbformat.read(path, as_version=4).cells[1].outputs) == 3, "it is saved")
    server, query = address_of(path.name).split(f"/lab/tree/{path.name}?")
    token = query.split("&")[0]
    for session in json.load(urllib.request.urlopen(f"{server}/api/sessions?{token}")):
        if session["path"] == path.name:
            urllib.request.urlopen(urllib.request.Request(f"{server}/api/sessions/{session['id']}?{token}", method="DELETE")).close()
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(address_of(path.name))
    page.locator(".jupyter-widgets", has_text="Error displaying widget").nth(1).wait_for(state="attached")
    outputs = page.locator(".jp-CodeCell .jp-OutputArea")
    assert outputs.nth(0).locator("img").evaluate("image => image.naturalWidth") == 640
    assert outputs.nth(0).inner_text().strip() == LINE
    assert outputs.nth(1).inner_text().startswith("The edge. A valley has the curvatures 0.8 and 10.")
    assert outputs.nth(1).inner_text().strip().endswith(LINE)
    assert path.stat().st_size < 30_000
    context.close()


def saved(path, cells, store_widget_state=False):
    """Writes the notebook of these cells with its outputs, and gives it. No server has signed it, so JupyterLab does not trust it."""
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel})
    NotebookClient(notebook, store_widget_state=store_widget_state).execute()
    nbformat.write(notebook, path)
    return notebook


def test_a_notebook_that_jupyterlab_does_not_trust_shows_the_picture_and_the_line_and_no_error(browser, home, address_of):
    saved(home / "work" / "foreign.ipynb", CELLS)
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(address_of("foreign.ipynb"))
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    outputs = page.locator(".jp-CodeCell .jp-OutputArea")
    outputs.nth(1).get_by_text(LINE).wait_for()
    assert outputs.nth(0).locator("img").evaluate("image => image.naturalWidth") == 640
    assert outputs.nth(0).inner_text().strip() == LINE
    assert outputs.nth(1).inner_text().count("A valley has the curvatures") == 1
    assert page.get_by_text("Error displaying widget").count() == 0
    context.close()


def test_a_saved_widget_is_small_and_a_damaged_one_says_to_run_the_cell(browser, home, address_of):
    """The script is saved once and in no widget; where a trait is damaged, nothing is red."""
    path = home / "work" / "damaged.ipynb"
    notebook = saved(path, CELLS, store_widget_state=True)
    models = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    assert sum("code" in model["state"] for model in models) == 1
    for model in models:
        if "_esm" in model["state"]:
            assert len(json.dumps(model)) < 5_000
            model["state"].update({"rules": None, "exercise": None})
    nbformat.write(notebook, path)
    folders = {name: str(home / name.lower()) for name in HOMES}
    subprocess.run([sys.executable, "-m", "jupyter", "trust", path], env={**os.environ, **folders}, check=True, capture_output=True)
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(address_of("damaged.ipynb"))
    damaged = page.get_by_text("This cannot be drawn as it was saved. Run its cell again.")
    damaged.nth(1).wait_for()
    assert page.locator(".jp-CodeCell .jp-OutputArea img").is_visible(), "the picture stays"
    assert page.get_by_text(re.compile("Error|Traceback")).count() == 0
    context.close()


@pytest.mark.parametrize("with_state", [False, True])
def test_nbconvert_shows_the_picture_and_says_each_thing_once(browser, tmp_path, with_state):
    """Also with the saved state of the widgets, where its script, which comes from a CDN, cannot be had."""
    saved(tmp_path / "shared.ipynb", CELLS, store_widget_state=with_state)
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", "shared.ipynb"], cwd=tmp_path, check=True, capture_output=True)
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "shared.html").as_uri())
    outputs = page.locator(".jp-OutputArea")
    assert outputs.nth(0).locator("img").evaluate("image => image.naturalWidth") == 640
    assert [output.inner_text().count(LINE) for output in outputs.all()] == [1, 1]
    assert outputs.nth(0).inner_text().strip() == LINE
    assert outputs.nth(1).inner_text().count("A valley has the curvatures") == 1
    assert "rror" not in page.locator("main").inner_text()
    context.close()


def test_two_views_of_a_lab_live_in_step_and_one_outlives_the_other(browser, home, address_of):
    notebook = nbformat.read(next(iter(chapters())), as_version=4)  # for its kernel
    notebook.cells = [nbformat.v4.new_code_cell(CELLS[0])]
    nbformat.write(notebook, home / "work" / "views.ipynb")
    with run_all(browser, address_of("views.ipynb")) as page:
        page.locator(".ol-lab .ol-valley").wait_for()
        page.locator(".jp-OutputArea-output .ol-lab h3, .jp-OutputArea-output .ol-lab").first.click(button="right", position={"x": 3, "y": 3})
        page.get_by_role("menuitem", name="Create New View for Cell Output").click()
        page.locator(".ol-lab").nth(1).wait_for()
        view = page.locator(".jp-LinkedOutputView .ol-lab")
        first = page.locator(".jp-Notebook .ol-lab")
        view.get_by_role("slider", name="beta of momentum").press("ArrowRight")
        first.locator(".ol-card.ol-momentum").get_by_text("0.51", exact=True).wait_for()
        first.get_by_role("slider", name="step", exact=True).fill("7")
        view.get_by_text("step 7 of 20").wait_for()
        page.locator(".lm-TabBar-tab", has_text="Output View").locator(".lm-TabBar-tabCloseIcon").click()
        view.wait_for(state="detached")
        first.get_by_role("slider", name="beta of momentum").press("ArrowRight")
        first.locator(".ol-card.ol-momentum").get_by_text("0.52", exact=True).wait_for()


def test_a_lab_comes_to_life_again_once_its_kernel_was_restarted(browser, home, address_of):
    notebook = nbformat.read(next(iter(chapters())), as_version=4)  # for its kernel
    notebook.cells = [nbformat.v4.new_code_cell(CELLS[0])]
    nbformat.write(notebook, home / "work" / "restarted.ipynb")
    with run_all(browser, address_of("restarted.ipynb")) as page:
        page.locator(".ol-lab .ol-valley").wait_for()
        page.get_by_role("menuitem", name="Kernel", exact=True).click()
        page.get_by_role("menuitem", name="Restart Kernel").first.click()
        page.locator(".jp-Dialog .jp-mod-accept").click()
        page.locator(".jp-Dialog").wait_for(state="detached")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        assert page.get_by_text("Error displaying widget").count() == 0
        assert page.locator(".ol-lab .ol-valley").is_visible() or page.locator(".ol-run-line").is_visible()
        run_cell(page, "Lab(")
        beta = page.locator(".ol-lab").get_by_role("slider", name="beta of momentum")
        beta.press("ArrowRight")
        page.locator(".ol-lab .ol-card.ol-momentum").get_by_text("0.51", exact=True).wait_for()
        assert page.locator(".ol-lab").count() == 1


# Counts the frames and the timers that a widget's script asks for, which Jupyter loads from a blob.
COUNT_CALLS = """() => {
  globalThis.asked = 0;
  for (const name of ["requestAnimationFrame", "setTimeout", "setInterval"]) {
    const ask = globalThis[name].bind(globalThis);
    globalThis[name] = (...given) => {
      if (new Error().stack.includes("blob:")) globalThis.asked += 1;
      return ask(...given);
    };
  }
}"""
FORTY_FRAMES = "async () => { const before = asked; for (let i = 0; i < 40; i++) await new Promise(requestAnimationFrame); return asked - before; }"
FAR = "\n\n".join(["A line of text."] * 60)
PLAYED = "from optimlib import *\nlab = Lab(Quadratic(), [Momentum(0.6, beta=0.5)], start=(-5, -2), steps=1000)\nlab"
PAIR_AND_STRIP = "pair, strip = Pair(Quadratic(), [Momentum(0.6, 0.5)], steps=400), Strip([Momentum(0.1, 0.9)])\ndisplay(pair, strip)"


def test_a_lab_that_plays_rests_out_of_sight_is_reached_by_a_link_and_ends_when_it_is_closed(browser, home, address_of):
    cells = [nbformat.v4.new_code_cell(text) for text in (PLAYED, "lab.close()", PAIR_AND_STRIP)]
    far = [nbformat.v4.new_markdown_cell(FAR), nbformat.v4.new_markdown_cell("[narrow](#preset=narrow)")]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    cells[1].source = "0  # " + cells[1].source
    nbformat.write(nbformat.v4.new_notebook(cells=[*cells[:1], *far, *cells[1:]], metadata={"kernelspec": kernel}), home / "work" / "far.ipynb")
    with run_all(browser, address_of("far.ipynb")) as page:
        page.locator(".ol-pair").wait_for()
        page.evaluate(COUNT_CALLS)
        lab, count = page.locator(".ol-lab"), page.locator(".ol-lab .ol-count")
        stands = lambda: int(count.text_content().split()[1])  # noqa: E731
        lab.scroll_into_view_if_needed()
        lab.get_by_role("button", name="play", exact=True).click()
        awaited(page, lambda: 0 < stands() < 1000, "it plays")

        page.locator(".ol-strip").scroll_into_view_if_needed()
        awaited(page, lambda: page.evaluate(FORTY_FRAMES) == 0, "it rests where nobody sees it")
        rested = stands()
        lab.scroll_into_view_if_needed()
        awaited(page, lambda: rested < stands() < 1000, "it goes on")

        link = page.get_by_role("link", name="narrow")
        link.scroll_into_view_if_needed()
        link.click()
        lab.get_by_text("Watch").first.wait_for()
        box = lab.bounding_box()
        assert box["y"] + box["height"] > 0 and box["y"] < 1000, "the link leads to the lab"

        cell = page.locator(".jp-CodeCell").nth(1)
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("lab.steps, lab.step, lab.playing = 1000, 0, True")
        page.keyboard.press("Control+Enter")
        lab.scroll_into_view_if_needed()
        awaited(page, lambda: 0 < stands() < 1000, "it plays again")
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("lab.close()")
        page.keyboard.press("Control+Enter")
        lab.wait_for(state="detached")
        assert page.evaluate(FORTY_FRAMES) == 0, "nothing goes on of a lab that is closed"

        for name in ("pair", "strip"):
            page.locator(f".ol-{name}").scroll_into_view_if_needed()
            page.locator(f".ol-{name}").get_by_role("button", name="Play", exact=True).click()
        awaited(page, lambda: page.evaluate(FORTY_FRAMES) > 0, "both play")
        page.locator(".jp-CodeCell").nth(2).locator(".cm-content").click()
        page.get_by_role("menuitem", name="Edit", exact=True).click()
        page.get_by_role("menuitem", name="Clear Cell Output", exact=True).click()
        page.locator(".ol-pair").wait_for(state="detached")
        assert page.evaluate(FORTY_FRAMES) == 0, "nothing goes on of an output that is cleared"
