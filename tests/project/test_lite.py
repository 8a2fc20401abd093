"""What `make lite` puts into its site, and that Pyodide and these wheels are all that the library needs there."""

import json
import re
import tomllib
from importlib.metadata import requires

import nbformat
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lite
from tools.notebooks import ROOT

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
IN_A_BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "python_version": "3.14", "python_full_version": "3.14.2"}


def wanted():
    """What the library declares, with all extras, as requirements."""
    project = tomllib.loads(PYPROJECT)["project"]
    lists = [project["dependencies"], *project.get("optional-dependencies", {}).values()]
    found = [Requirement(text) for texts in lists for text in texts]
    return [one for one in found if canonicalize_name(one.name) != canonicalize_name(project["name"])]


def test_the_site_has_what_pyodide_does_not_bring(npm_packages):
    brought = json.loads((npm_packages / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    # comm is asked for by the kernel; of widgetsnbextension it has one of its own, which stands in for a classic notebook's.
    needed, due = {"comm"}, wanted()
    while due:
        one = due.pop()
        name = canonicalize_name(one.name)
        if name in brought:
            assert one.specifier.contains(brought[name]["version"]), f"Pyodide brings {name} {brought[name]['version']}"
        elif name not in needed | {"widgetsnbextension"}:
            needed.add(name)
            further = [Requirement(text) for text in requires(name) or []]
            due += [more for more in further if more.marker is None or more.marker.evaluate({**IN_A_BROWSER, "extra": ""})]
    assert needed == set(lite.WHEELS)


def test_what_it_takes_from_the_registry_is_pinned():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = lite.locked(lock, lite.WHEELS)
    assert [re.match(r"[\w.-]+", line)[0] for line in lines.splitlines() if not line.startswith(" ")] == list(lite.WHEELS)
    assert lines.count("--hash=sha256:") >= len(lite.WHEELS)
    with pytest.raises(AssertionError, match="no-such"):
        lite.locked(lock, ["no-such"])
    pins = re.sub(r"^#.*\n", "", lite.PINNED.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert re.fullmatch(r"([\w.-]+==[\w.]+ \\\n    --hash=sha256:[0-9a-f]{64}  # \w.+\n)+", pins), "a version, its bytes and a reason each"


def test_a_chapter_begins_with_the_library():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title"), nbformat.v4.new_code_cell("1", id="one")])
    first = lite.with_install(notebook, "optimlib==1.0").cells[0]
    assert first.source.splitlines()[-1] == "%pip install --quiet optimlib==1.0"
    assert [cell.id for cell in lite.with_install(notebook, "optimlib==1.0").cells].count(first.id) == 1, "once"
    assert len(lite.with_install(nbformat.v4.new_notebook(cells=notebook.cells[1:2]), "optimlib==1.0").cells) == 1, "not where nothing runs"


def test_pyodide_is_the_hosts_choice(tmp_path):
    def kernel(pyodide):
        return lite.settings(pyodide)["jupyter-config-data"]["litePluginSettings"][lite.KERNEL]

    assert kernel("") == {"disablePyPIFallback": True}
    assert kernel("https://host/pyodide.mjs")["pyodideUrl"] == "https://host/pyodide.mjs"
    assert lite.fault_of("") == lite.fault_of("https://host/v1/pyodide.mjs") == ""
    assert lite.fault_of("https://host/v1/") == "PYODIDE=https://host/v1/ must be the address of pyodide.mjs, or a folder."
    assert lite.fault_of(str(tmp_path)) == f"PYODIDE={tmp_path} must be a folder with a Pyodide distribution, and has no pyodide.mjs."
    for name in ("pyodide.mjs", "pyodide-lock.json"):
        (tmp_path / name).touch()
    assert lite.fault_of(str(tmp_path)) == ""
