"""The JupyterLite site that `make lite` builds, in Chromium, with the Pyodide that npm brings: its core alone, so that no package of it is there.

That a chapter runs to its end needs Pyodide's NumPy and Matplotlib, which no registry has: CONTRIBUTING.md says how that was tried.
"""

import re

from tools import lite
from tools.server import serving


def test_a_chapter_opens_and_its_kernel_takes_pyodide_from_where_it_was_told(browser, npm_packages, tmp_path, monkeypatch):
    monkeypatch.setattr(lite, "WORK", tmp_path / "work")
    lite.install()
    lite.build(tmp_path / "site", str(npm_packages / "pyodide"))
    whose, pyodides = lite.told(tmp_path / "site")
    assert "optimlib" not in whose and pyodides.endswith("from its own host, too")
    with serving(tmp_path / "site") as address:
        context = browser.new_context()
        asked = []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        # The notebook is there at once, with its saved outputs; its kernel starts, and asks for its first package: the installer of all others.
        with context.expect_event("request", lambda request: re.search(r"/micropip-[\d.]+-py3-none-any\.whl$", request.url), timeout=120_000):
            page.goto(f"{address}/notebooks/index.html?path=gradient-descent.ipynb")
            page.get_by_role("heading", name="Gradient descent").wait_for()
            page.locator(".jp-CodeCell", has_text="%pip install --quiet optimlib").wait_for()
        assert f"{address}/static/pyodide/pyodide.asm.wasm" in asked
        assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == [], "nobody else is asked"
        context.close()
