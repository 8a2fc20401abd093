"""A chapter in real JupyterLab with a live kernel, driven by a real browser."""
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest

from tools.notebooks import chapters

TOKEN = "course"
LAST = 'print("Python sees beta", lab.momentum_beta)'
SET = "lab.momentum_beta = 0.25"


@pytest.fixture
def jupyterlab(tmp_path):
    """The address of JupyterLab on a copy of the momentum chapter with two cells more."""
    path = tmp_path / "work" / "momentum.ipynb"
    path.parent.mkdir()
    shutil.copy(next(chapter for chapter in chapters() if chapter.stem == "momentum"), path)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(LAST), nbformat.v4.new_code_cell(SET)]
    nbformat.write(notebook, path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tracker = tmp_path / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}')  # every cell stands in the page, also far below
    settings = {name: str(tmp_path / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    log = open(tmp_path / "log", "w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
         f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={path.parent}", "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
        env={**os.environ, **settings, "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings")}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            assert server.poll() is None, (tmp_path / "log").read_text()
            try:
                urllib.request.urlopen(f"{address}/api?token={TOKEN}").close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()
        log.close()


def test_the_lab_lives_in_jupyterlab_and_python_sees_it(browser, jupyterlab):
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{jupyterlab}/lab/tree/momentum.ipynb?token={TOKEN}")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    said = page.locator(".jp-OutputArea-output", has_text="Python sees beta")
    said.get_by_text("Python sees beta 0.9").wait_for()
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

    form = page.locator(".ol-exercise", has_text="beta 0.8").first
    form.scroll_into_view_if_needed()
    form.get_by_role("textbox").fill("30")
    form.get_by_role("button", name="Check").click()
    form.get_by_role("status").get_by_text(re.compile("Not yet")).wait_for()
    context.close()
