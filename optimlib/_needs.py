"""What an installation needs beyond NumPy, and the sentence for one that lacks it: a package of an extra, or a file of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

# What pip knows it as (pyproject.toml): the registry's "optimlib" is another one's.
PACKAGE = "optimlib-course"

# The packages of the extras in pyproject.toml, by the names under which they are imported.
EXTRAS = {"matplotlib", "contourpy", "PIL", "IPython", "ipywidgets", "anywidget", "traitlets"}


class MissingFile(FileNotFoundError):
    """A file that comes with optimlib is not there, or not whole."""


@contextmanager
def told(what: str, extra: str) -> Iterator[None]:
    """Imports within this that lack a package of the extras say what needs it, and which extra brings it.

    what: what asked for it, such as "Lab".
    extra: "plots" or "widgets".

    >>> from optimlib._needs import told
    >>> with told("Lab", "widgets"):
    ...     raise ModuleNotFoundError("No module named 'anywidget'", name="anywidget")
    Traceback (most recent call last):
    ModuleNotFoundError: Lab needs anywidget, which is not installed. Type: pip install 'optimlib-course[widgets]'
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in EXTRAS:
            raise
        message = f"{what} needs {package}, which is not installed. Type: pip install '{PACKAGE}[{extra}]'"
        raise ModuleNotFoundError(message, name=error.name) from None


def text(name: str) -> str:
    """A file of optimlib, by its path in the package. Raises MissingFile where it is not there."""
    try:
        return (HERE / name).read_text(encoding="utf-8")
    except OSError as error:
        raise MissingFile(_broken(name, error.strerror or str(error))) from None


def data(name: str) -> Any:
    """What a file of JSON holds. Raises MissingFile where it is not there, or cut off."""
    try:
        return json.loads(text(name))
    except ValueError as error:
        raise MissingFile(_broken(name, str(error))) from None


def _broken(name, why):
    mend = f"pip install --force-reinstall --no-deps {PACKAGE}"
    if (HERE.parent / "Makefile").exists():  # the course's own folder
        mend = f"git checkout optimlib/{name}"
    return f"This installation of optimlib is broken: its file {HERE / name} cannot be read ({why}). Type: {mend}"
