"""The built site, a server for it, and a real browser."""

import contextlib
import os

import drivers
import hypothesis
import pytest
from nodejs import run_cpython, run_micropython

from tools import browsers, bundles
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
def cpython(npm_packages):
    return run_cpython


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
def playwright():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="session")
def browser(playwright):
    path = browsers.chromium()
    assert path, "no Chromium: run `python -m tools.browsers` (make test does)"
    running = playwright.chromium.launch(executable_path=path, args=browsers.ARGUMENTS)
    yield running
    running.close()


@pytest.fixture(scope="session")
def openers(request, browser):
    """A function that gives, for the name of a browser, what opens a page in it. Each starts when it is first wanted."""
    started = {}
    with contextlib.ExitStack() as stack:

        def opener(name):
            if name not in started:
                if name == "chromium":
                    started[name] = drivers.playwright_pages(browser)
                elif name == "firefox":
                    started[name] = drivers.playwright_pages(stack.enter_context(drivers.firefox(request.getfixturevalue("playwright"))))
                else:
                    started[name] = stack.enter_context(drivers.webkit())
            return started[name]

        yield opener


@pytest.fixture(scope="session")
def watched(site, tmp_path_factory):
    """The folder of a copy of the built site that keeps what its pages complain of."""
    return drivers.watched(site, tmp_path_factory.mktemp("watched"))


@pytest.fixture(params=list(browsers.PARTS))
def page(request, openers):
    """A page in each of the three browsers, in a fresh profile; at the end it must not have complained."""
    if reason := browsers.lacking(request.param):
        assert not browsers.is_in_ci(), reason
        pytest.skip(reason)
    with openers(request.param)() as opened:
        yield opened
        assert opened.heard() == []
