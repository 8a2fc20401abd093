"""The commands by name: python -m tools book, which is what make book runs.

To add one, add its line to COMMANDS: the Makefile passes on whatever it is asked for.
"""

import dataclasses
import os
import re
import sys
from collections.abc import Callable

from tools import set_up

# No reader's progress is read or written.
OFF = {"OPTIMLIB_PROGRESS": "off"}


@dataclasses.dataclass(frozen=True)
class Command:
    """What a command is for, the Python it runs, or a function, and what must be there before."""

    about: str
    does: tuple[str, ...] | Callable[[], None]
    needs: tuple[Callable[[], None], ...] = ()  # what is installed first
    after: str = ""  # the command that comes first
    settings: dict[str, str] = dataclasses.field(default_factory=dict)


def module(name, *arguments):
    return ("-m", name, *arguments)


PYTHON = (set_up.python_packages,)
ALL = (*PYTHON, set_up.npm_packages)
WATCH = ("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--watch-path=optimlib/js", "tools/site/bundle.mjs", "notebook", "optimlib/built")

COMMANDS = {
    "help": Command("list these commands", lambda: print(table())),
    "book": Command("build the site in _build/html, executing what changed", module("tools.book"), ALL),
    "pdf": Command(
        "print the book as one PDF, _build/course.pdf; the site's first page links to it (needs Chromium)", module("tools.downloads.pdf"), ALL, after="book"
    ),
    "zip": Command(
        "pack the site for reading offline, _build/course.zip; the site's first page links to it", module("tools.downloads.archive"), ALL, after="book"
    ),
    "check": Command("run the tests that need no browser and no built book: at most a minute", module("tools.testing", "check"), PYTHON, settings=OFF),
    "test": Command("run every test: library, notebooks, JavaScript, site, JupyterLab", module("tools.testing", "test"), ALL, settings=OFF),
    "test-versions": Command(
        "run the library's tests with every Python, and the oldest and newest packages, that it says it takes", module("tools.versions"), PYTHON
    ),
    "lint": Command("read the code for faults, form and types", module("tools.lint"), ALL),
    "mend": Command("the same, and mend what has one right way", module("tools.lint", "mend"), ALL),
    "lab": Command("open the chapters in JupyterLab", module("jupyterlab", "chapters", *["--allow-root"] * set_up.is_root()), PYTHON),
    "serve": Command("serve the built site on localhost", module("tools.server", "_build/html")),
    "lite": Command("build a JupyterLite site in _build/lite, whose notebooks run in the browser; PYODIDE=address or folder", module("tools.lite"), PYTHON),
    "front-ends": Command(
        "try the library in Notebook 7, nbclassic, Voilà and marimo, installed in _build/front-ends", module("tools.front_ends"), ALL, settings=OFF
    ),
    "notebooks": Command("execute every chapter again and write its outputs into chapters/", module("tools.notebooks"), PYTHON),
    "widgets": Command("build optimlib/built, the widgets of a notebook, from optimlib/js", module("tools.bundles"), ALL),
    "watch": Command(
        "build it whenever a file changes; with ANYWIDGET_HMR=1 before lab that comes into an open notebook", module("tools.node", "node", *WATCH), ALL
    ),
    "bench": Command("measure speed, memory and size", module("tools.bench"), ALL),
    "release": Command("build the library's sdist and wheel in _build/dist, and try both in clean environments", module("tools.release"), PYTHON),
    "lock": Command("resolve requirements*.txt again and write requirements.lock", module("tools.lock"), PYTHON),
    "clean": Command("remove everything that was built or installed", set_up.clean),
}


def table():
    """The commands, a line each."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {command.about}" for name, command in COMMANDS.items()]
    return "\n".join(["make COMMAND, or on a system without make: python -m tools COMMAND", *lines])


def in_order(names):
    """The commands of these names, each once, and before each what comes first."""
    order = {}
    for name in names:
        for due in (COMMANDS[name].after, name):
            if due:
                order[due] = COMMANDS[due]
    return list(order.values())


def main(words):
    """Runs the commands of these names; NAME=value among them sets a variable of the environment, as make does. Returns the exit code."""
    settings = [word for word in words if re.match(r"[A-Z_]+=", word)]
    names = [word for word in words if word not in settings] or ["help"]
    os.environ.update(word.split("=", 1) for word in settings)
    if unknown := [name for name in names if name not in COMMANDS]:
        print(f"There is no command {', '.join(unknown)}. These there are:\n{table()}", file=sys.stderr)
        return 2
    try:
        for command in in_order(names):
            for install in command.needs:
                install()
            if callable(command.does):
                command.does()
            else:
                set_up.run([set_up.PYTHON if command.needs else sys.executable, *command.does], **command.settings)
    except set_up.Failed as failure:
        return failure.args[0]
    except KeyboardInterrupt:
        return 130
    return 0
