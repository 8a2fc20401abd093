"""What holds for every test, also for those of a plain `pytest --nbval chapters`: which tests `make check` leaves to
`make test`, in what order all run, and what kernels need."""

import collections

import pytest
from nbval.plugin import IPyNbCell
from xdist.scheduler import LoadScopeScheduling

from tools import fonts

# What records the frameworks' paths needs the frameworks, which only the one who runs it has: it holds no test.
collect_ignore = ["tests/cases/record_frameworks.py"]
# A test with one of these needs the built book, a browser or npm's packages.
FIXTURES_OF_WHOLE = {"site", "browser", "npm_packages"}
# The tests of such a file go to one worker, one after the other, since they share what is slow to make: a kernel, JupyterLab.
TOGETHER = (".ipynb", "test_bit_for_bit.py", "test_jupyterlab.py", "test_own_rule.py", "test_python_in_page.py")
SECONDS = "optimlib/seconds"  # in pytest's cache: what each group of tests took when it last ran here
took = collections.defaultdict(float)  # the same of this run


def is_worker(config):
    """Whether this is one of xdist's workers. A pytest that a test starts is none, though its environment says so."""
    return hasattr(config, "workerinput")


def pytest_configure(config):
    config.addinivalue_line("markers", "whole: for `make test` only, since it takes long or needs more than .venv (given by itself where a fixture tells)")
    if not is_worker(config):
        fonts.prepare()
    # A kernel may start slowly, and its words may come late: neither is a fault of a chapter.
    config.option.nbval_kernel_startup_timeout = 600


def pytest_itemcollected(item):
    if FIXTURES_OF_WHOLE & set(getattr(item, "fixturenames", ())):
        item.add_marker("whole")
    if isinstance(item, IPyNbCell):
        item.output_timeout = 60


def group_of(nodeid):
    """What runs together: mostly a test alone, so that the workers share the work evenly."""
    file = nodeid.partition("::")[0]
    return file if file.endswith(TOGETHER) else nodeid


class Groups(LoadScopeScheduling):
    """Gives each free worker the next group."""

    _split_scope = staticmethod(group_of)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False  # the order is that of pytest_collection_modifyitems
    return Groups(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What took longest comes first, so that no worker is left alone with it at the end; what is new comes before all."""
    cache = getattr(config, "cache", None)  # there is none with -p no:cacheprovider
    seconds = cache.get(SECONDS, {}) if cache else {}
    items.sort(key=lambda item: -seconds.get(group_of(item.nodeid), 1e9))


def pytest_runtest_logreport(report):
    took[group_of(report.nodeid)] += report.duration


def pytest_sessionfinish(session):
    cache = getattr(session.config, "cache", None)
    if cache and not is_worker(session.config):
        cache.set(SECONDS, {**cache.get(SECONDS, {}), **took})
