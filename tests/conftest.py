"""The built site, a server for it, and a real browser."""
import os

import hypothesis
import pytest
from nodejs import run_micropython

from tools import bundles, chromium
from tools.notebooks import ROOT
from tools.server import serving

# No reader's progress is read or written, neither here nor by what the tests start.
os.environ["OPTIMLIB_PROGRESS"] = "off"

# The same examples on every machine, however slow it is.
hypothesis.settings.register_profile("course", deadline=None, derandomize=True)
hypothesis.settings.load_profile("course")


def pytest_runtest_logreport(report):
    """What failed is told at once: a run that is broken off still says what it knew."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\n{report.nodeid} failed in its {report.when}:\n{report.longreprtext}", flush=True)


SITE = ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def npm_packages():
    """The folder of npm's packages."""
    assert bundles.are_installed(), "no npm packages: run `make book` first (make test does)"
    return ROOT / "node_modules"


@pytest.fixture(scope="session")
def micropython(npm_packages):
    return run_micropython


@pytest.fixture(scope="session")
def site():
    """The folder of the built site."""
    assert (SITE / "index.html").exists(), "no built site: run `make book` first (make test does)"
    return SITE


@pytest.fixture(scope="session")
def files(site):
    """The address of the built site as files, without a server."""
    return site.as_uri()


@pytest.fixture(scope="session")
def server(site):
    """The address of a server of the built site, on this machine."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    assert path, "no Chromium: run `python -m tools.chromium` (make test does)"
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield running
        running.close()
