"""Each front end that the Python Package Index has: a small notebook runs in it, lives, and Python sees what a reader moves.

`python -m tools front-ends` installs them, apart, and runs this; a plain run of all tests leaves it out.
"""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys

import nbformat
import pytest
from test_site import awaited

from optimlib import _needs
from tools import front_ends
from tools.jupyter import HOMES, await_answer
from tools.set_up import is_root

pytestmark = pytest.mark.skipif(not front_ends.are_installed(), reason="python -m tools front-ends installs the other front ends, and runs this")

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
LAB = "lab = Lab(Quadratic(), [Momentum(lr=0.6, beta=0.5)], start=(-5, -2), steps=20)"
PAIR = "Pair(Quadratic(), [Momentum(lr=0.6, beta=0.5), RMSProp(lr=0.4)])"
STRIP = "Strip([Momentum(lr=0.1, beta=0.9), RMSProp(lr=0.1)])"
STEP = json.loads(_needs.text("exercises/data/momentum.json"))
STEP = next(data for data in STEP["exercises"] if data["id"] == "momentum-step")
CHECK = f"{chr(10).join(STEP['reference'])}\n\n\ncheck('momentum-step', {STEP['function']})"
SEES = """\
said = ipywidgets.Label()
def tell(change):
    said.value = f"Python sees {lab.momentum_beta} {lab.angle}"
lab.observe(tell, ["momentum_beta", "angle"])
said"""
LINKED = "slider = ipywidgets.FloatSlider(max=90, step=5, description='angle')\nlink = ipywidgets.jslink((slider, 'value'), (lab, 'angle'))\nslider"
CELLS = ["import ipywidgets\nfrom optimlib import *", f"{LAB}\nlab", SEES, LINKED, PAIR, STRIP, 'Exercise("gd-edge")', CHECK, "Progress()"]
MARIMO = f"""\
import marimo

app = marimo.App()

with app.setup:
    import marimo as mo
    from optimlib import Exercise, Lab, Momentum, Pair, Progress, Quadratic, RMSProp, Strip

@app.cell
def _():
    {LAB}
    shown = mo.ui.anywidget(lab)
    shown
    return lab, shown

@app.cell
def _(shown):
    mo.md(f"Python sees {{shown.value['momentum_beta']}} {{shown.value['angle']}}")

@app.cell
def _():
    mo.ui.anywidget({PAIR})

@app.cell
def _():
    mo.ui.anywidget({STRIP})

@app.cell
def _():
    mo.ui.anywidget(Exercise("gd-edge"))

@app.cell
def _():
    mo.ui.anywidget(Progress())
"""


@pytest.fixture
def serving(tmp_path):
    """A function that starts a front end in an empty folder, and gives its address."""
    with contextlib.ExitStack() as stack:

        def started(module, *arguments, answers="/"):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            parts = [sys.executable, "-m", module, *(part.format(port=port) for part in arguments)]
            homes = {name: str(tmp_path / name.lower()) for name in HOMES}
            own = {"OPTIMLIB_PROGRESS": str(tmp_path / "progress.json"), "HOME": str(tmp_path)}
            log = stack.enter_context(open(tmp_path / "log", "w", encoding="utf-8"))
            server = stack.enter_context(
                subprocess.Popen(parts, cwd=tmp_path, env={**os.environ, **front_ends.variables(), **homes, **own}, stdout=log, stderr=log)
            )
            stack.callback(server.terminate)
            address = f"http://127.0.0.1:{port}"
            await_answer(address + answers, server, tmp_path / "log")
            return address

        yield started


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def write(folder):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS], metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, folder / "all.ipynb")


def try_all(page, linked=True):
    """Does what a reader does: moves a slider, plays, answers, and looks whether Python saw it. linked: what only Jupyter has, jslink and check."""
    lab = page.locator(".ol-lab")
    beta = lab.get_by_role("slider", name="beta of momentum")
    beta.press("ArrowRight")
    page.get_by_text("Python sees 0.51 0").wait_for()
    lab.get_by_role("button", name="play", exact=True).click()
    lab.get_by_text(re.compile(r"step ([1-9]|1\d) of 20")).wait_for()

    # A rule of the reader's own: Python runs it beside the kernel, and answers when it has run.
    lab.get_by_role("button", name="Write your own rule").click()
    panel = lab.get_by_role("group", name="your own rule", exact=True)
    panel.get_by_role("textbox").fill("print('hello')\ndef update(x, g, memory, t):\n    return x - 0.1 * g, memory")
    panel.get_by_role("button", name="Run").click()
    panel.get_by_text("It runs. At step 20").wait_for()
    panel.get_by_text("hello").first.wait_for()
    panel.get_by_role("textbox").fill("while True: pass")
    panel.get_by_role("button", name="Run").click()
    panel.get_by_text("Stopped after 2 seconds").wait_for()
    if linked:
        ground = lab.locator(".ol-contours > g")
        straight = ground.get_attribute("transform")
        slider = page.locator(".noUi-target").first
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.get_by_text(re.compile(r"^Python sees 0.51 [1-9]")).wait_for()
        awaited(page, lambda: ground.get_attribute("transform") != straight, "the valley turns")

    page.locator(".ol-pair").get_by_role("slider", name="step", exact=True).press("Home")
    page.locator(".ol-strip").get_by_role("button", name="flipping").click()
    form = page.locator(".ol-exercise", has_text="What is the learning rate at the edge").first
    form.get_by_role("textbox").fill("0.2")
    form.get_by_role("button", name="Check", exact=True).click()
    form.get_by_text("The steep direction sets the edge: 2/10.").wait_for()
    if linked:
        page.get_by_text(f"Right. {STEP['right']}").wait_for()
    page.locator(".ol-progress, .ol-progress-line").first.wait_for()
    assert page.get_by_text("Error displaying widget").count() == 0


def stills(page):
    """The pictures and lines, which stand in for what does not live, that are to be seen all the same."""
    return [line.inner_text() for line in page.get_by_text("Run this cell to bring it to life.").all() if line.is_visible()] + [
        image.get_attribute("alt") for image in page.locator("img[src^='data:image/png']").all() if image.is_visible()
    ]


JUPYTER = ["--no-browser", *["--allow-root"] * is_root(), "--ServerApp.ip=127.0.0.1", "--ServerApp.port={port}", "--IdentityProvider.token=t"]


def test_notebook_7(page, serving, tmp_path):
    write(tmp_path)
    page.goto(f"{serving('notebook', *JUPYTER, answers='/api?token=t')}/notebooks/all.ipynb?token=t")
    page.get_by_text("Python 3 (ipykernel)").first.wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    try_all(page)
    assert not stills(page)


def test_nbclassic(page, serving, tmp_path):
    write(tmp_path)
    page.goto(f"{serving('nbclassic', *JUPYTER, answers='/api?token=t')}/nbclassic/notebooks/all.ipynb?token=t")
    page.locator("#kernel_indicator_icon.kernel_idle_icon").wait_for()
    page.get_by_role("menuitem", name="Cell", exact=True).or_(page.locator("#celllink")).first.click()
    page.locator("#run_all_cells").click()
    try_all(page)
    assert not stills(page)


def test_voila(page, serving, tmp_path):
    write(tmp_path)
    page.goto(serving("voila", "all.ipynb", "--no-browser", "--port={port}", answers="/voila/static/voila.js"))
    try_all(page)
    assert not stills(page)


def test_marimo(page, serving, tmp_path):
    (tmp_path / "app.py").write_text(MARIMO, encoding="utf-8")
    page.goto(serving("marimo", "-q", "run", "app.py", "--headless", "--no-token", "--host=127.0.0.1", "--port={port}", answers="/health"))
    try_all(page, linked=False)
    assert not stills(page)
