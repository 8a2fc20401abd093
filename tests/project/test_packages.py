"""What is taken from the two registries, of Python and of npm: all that is imported is declared, once, pinned, with a reason."""

import ast
import fnmatch
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import yaml

from optimlib import _needs
from tools.notebooks import ROOT, chapters, code_cells, read

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCKED = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# Run by hand, with the frameworks that it names, in an environment of its own.
RECORDER = ROOT / "tests" / "cases" / "record_frameworks.py"
OURS = {"optimlib", "tools", *(path.stem for path in (ROOT / "tests").rglob("*.py"))}


def normal(name):
    """A package's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lines_of(file):
    """The lines of a file of requirements that name a package."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-e"))]


def named(lines):
    """The packages that these lines name."""
    return {normal(re.match(r"[\w.-]+", line)[0]) for line in lines}


PROJECT = tomllib.loads(PYPROJECT)["project"]
EXTRAS = {extra: named(lines) - {_needs.PACKAGE} for extra, lines in PROJECT["optional-dependencies"].items()}
LIBRARY = named(PROJECT["dependencies"]).union(*EXTRAS.values())
READER, DEVELOPER = named(lines_of("requirements.txt")), named(lines_of("requirements-dev.txt"))


def imported(code):
    """The modules of others that code in Python imports, by the first part of their names."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module)
    return {name.split(".")[0] for name in found} - sys.stdlib_module_names - OURS


def undeclared(codes, declared):
    """The modules that these imports take and no declared package brings: {where: modules}."""
    brought_by = packages_distributions()
    missing = {}
    for where, code in codes.items():
        names = {name for name in imported(code) if not declared & {normal(package) for package in brought_by.get(name, [])}}
        if names:
            missing[where] = names
    return missing


def python_in(folder):
    codes = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob("*.py") if path != RECORDER}
    assert codes
    return codes


def test_what_is_imported_is_found_wherever_it_stands():
    assert imported("import json, yaml\ndef f():\n    from PIL import Image\nfrom . import x\nimport optimlib.lab.widget") == {"yaml", "PIL"}
    assert undeclared({"here": "import yaml, numpy"}, {"numpy"}) == {"here": {"yaml"}}
    assert undeclared({"here": "import no_such_module"}, {"no-such-module"}) == {"here": {"no_such_module"}}


def test_the_library_declares_what_it_imports():
    assert undeclared(python_in("optimlib"), LIBRARY) == {}
    assert set() == LIBRARY - READER, "requirements.txt pins what optimlib needs"


def test_the_core_needs_numpy_alone_and_who_lacks_more_is_told_of_every_package():
    assert PROJECT["name"] == _needs.PACKAGE
    assert named(PROJECT["dependencies"]) == {"numpy"}
    brought_by = packages_distributions()
    assert {normal(package) for name in _needs.EXTRAS for package in brought_by[name]} == set().union(*EXTRAS.values())


def test_the_package_says_where_the_repository_is():
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert PROJECT["urls"].get("Repository", "") == config["repository"]["url"]


def test_the_chapters_import_what_a_reader_installs():
    # What begins with % is for IPython.
    codes = {path.name: "\n".join(re.sub(r"^( *)%.*", r"\1pass", cell.source, flags=re.MULTILINE) for cell in code_cells(read(path))) for path in chapters()}
    assert any(imported(code) for code in codes.values())
    assert undeclared(codes, READER) == {}


def test_tools_and_tests_import_what_is_declared():
    assert undeclared(python_in("tools") | python_in("tests"), READER | DEVELOPER) == {}


def test_every_python_package_has_one_version_and_a_reason():
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in lines_of(file):
            assert re.search(r"\s# \w", line), line
            pinned = line.split("#")[0].strip()
            assert re.fullmatch(r"[\w.-]+==[\w.]+( ?; ?python_version [<>=]+ \"[\d.]+\")?", pinned), line
            assert re.search(rf"^{re.escape(pinned.split(';')[0].strip())} ", LOCKED, flags=re.MULTILINE), f"{pinned} is not in requirements.lock"
    assert set() == READER & DEVELOPER
    lists = re.findall(r"^(?:dependencies|plots|widgets|all) = \[\n(.*?)\n\]", PYPROJECT, flags=re.MULTILINE | re.DOTALL)
    listed = [line for part in lists for line in part.splitlines()]
    assert named(re.findall(r'"(.+)"', "\n".join(listed))) == LIBRARY | {_needs.PACKAGE}
    assert all(re.search(r'",\s+# \w', line) for line in listed), listed


PACKAGES = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]


def test_every_package_has_one_version_and_a_reason():
    wanted = PACKAGES["dependencies"] | PACKAGES["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    reasons = [name for names in PACKAGES["why"] for name in names.split(", ")]
    assert [name for name in wanted if not any(fnmatch.fnmatch(name, reason) for reason in reasons)] == []
    assert [reason for reason in reasons if not fnmatch.filter(wanted, reason)] == []


def test_the_lock_holds_the_bytes_and_names_no_registry():
    packages = {path: package for path, package in LOCK.items() if path}
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages.values())
    esbuilds = [path for path in packages if path.startswith("node_modules/@esbuild/")]
    assert {f"node_modules/@esbuild/{system}" for system in ("linux-x64", "linux-arm64", "darwin-arm64", "win32-x64")} < set(esbuilds)


def test_what_the_site_serves_is_free():
    licences = {path: package["license"] for path, package in LOCK.items() if not package.get("dev")}
    assert licences.pop("node_modules/pyodide") == "MPL-2.0", "it may be served as it is, with a word on where its source is"
    assert set(licences.values()) == {"MIT"}


def test_the_scripts_import_what_is_declared():
    def taken(*patterns):
        """The npm packages that scripts import."""
        texts = [path.read_text(encoding="utf-8") for pattern in patterns for path in ROOT.glob(pattern)]
        assert texts
        names = {name for text in texts for name in re.findall(r'(?:\bfrom|\bimport|\bimport\() ?"([^".\s][^"\s]*)"', text)}
        return {re.match(r"(?:@[^/]+/)?[^/]+", name)[0] for name in names if not name.startswith("node:")}

    assert taken("optimlib/js/*/*.js") == set(), "a notebook has nothing but the library"
    assert "@codemirror/view" in taken("tools/site/*.js") and taken("tools/site/*.js") <= set(PACKAGES["dependencies"])
    assert taken("tests/helpers/*.mjs", "tests/parity/js/*.mjs") <= {*PACKAGES["dependencies"], *PACKAGES["devDependencies"]}
    auditor = json.loads((ROOT / "tools/bench/lighthouse/package.json").read_text(encoding="utf-8"))
    assert taken("tools/bench/lighthouse/*.mjs") <= set(auditor["devDependencies"])
