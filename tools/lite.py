"""Builds a JupyterLite site in _build/lite, the chapters as notebooks that run in the browser: python -m tools.lite (make lite).

Any static host can serve it. Its Python is Pyodide, which is not part of the site unless one asks for it:

    make lite                                   the one that the kernel names, from its CDN
    make lite PYODIDE=https://host/pyodide.mjs  one of another host
    make lite PYODIDE=folder                    a copy of a folder with a whole Pyodide distribution, which the site then serves itself

The library and what it needs beyond Pyodide's own packages are wheels of the site: it asks no registry.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import nbformat

from tools.notebooks import INSTALL, ROOT, chapters, code_cells, read, this_version
from tools.set_up import apart

PINNED = ROOT / "requirements-lite.txt"
PACKAGES = ROOT / "_build" / "lite-tools"  # with what the site is built
WORK = ROOT / "_build" / "lite-work"  # from what
SITE = ROOT / "_build" / "lite"
# What the library needs and Pyodide does not bring, from the registry at the version of requirements.lock.
WHEELS = ("anywidget", "comm", "ipywidgets", "jupyterlab-widgets", "psygnal")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


def run(*command, folder=ROOT, **variables):
    """Runs a program in a folder, and ends with what it said when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=folder, env={**os.environ, **variables}, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nThe JupyterLite site was not built; the last good one, if any, is still in _build/lite.")


def install():
    """Installs what the site is built with, where that is due."""
    apart(PACKAGES, PINNED, "--require-hashes")


# What the site holds


def locked(lock, names):
    """The lines of a lock that pin these packages, with their hashes."""
    entries = re.findall(r"^[\w.-]+==.*(?:\n    .*)*", lock, flags=re.MULTILINE)
    found = [entry for entry in entries if entry.partition("==")[0] in names]
    assert len(found) == len(names), f"requirements.lock has not all of {names}"
    return "\n".join(found) + "\n"


def wheels(folder):
    """Brings the wheels of the library and of what it needs into a folder; those that are there stay. Returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pins = locked((ROOT / "requirements.lock").read_text(encoding="utf-8"), WHEELS)
    wanted = folder / "wanted.txt"
    if not wanted.exists() or wanted.read_text(encoding="utf-8") != pins:
        shutil.rmtree(folder)
        folder.mkdir()
        (folder / "asked.txt").write_text(pins, encoding="utf-8")
        pure = ["--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none", "--python-version", "3.14"]
        run(*PIP, "download", "--no-deps", "--require-hashes", *pure, "--dest", folder, "-r", folder / "asked.txt")
        (folder / "asked.txt").rename(wanted)
    for old in folder.glob("optimlib*.whl"):
        old.unlink()
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    return sorted(folder.glob("*.whl"))


def with_install(notebook, wanted):
    """A chapter whose first cell brings the library, where it runs code at all."""
    notebook.cells = [cell for cell in notebook.cells if cell.get("id") != INSTALL]
    if code_cells(notebook):
        source = f"# The library, from this site. The first time it takes a while: Pyodide brings NumPy and Matplotlib, too.\n%pip install --quiet {wanted}"
        notebook.cells.insert(0, nbformat.v4.new_code_cell(source, id=INSTALL))
    return notebook


def contents(folder):
    """Copies the chapters into a folder, their texts in one piece each: JupyterLite hands them on as they are, and its contents list wants strings."""
    wanted = this_version()
    folder.mkdir(parents=True)
    for path in chapters():
        (folder / path.name).write_text(json.dumps(with_install(read(path), wanted)), encoding="utf-8")


def settings(pyodide):
    """jupyter-lite.json: what the site is called, and where its kernel takes Pyodide from, where that is an address."""
    kernel = {"disablePyPIFallback": True, **({"pyodideUrl": pyodide} if is_address(pyodide) else {})}
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {"appName": "Momentum or RMSProp?", "litePluginSettings": {KERNEL: kernel}},
    }


# Pyodide


def is_address(pyodide):
    return re.match(r"https?://", pyodide) is not None


def fault_of(pyodide):
    """What is wrong with a choice of Pyodide, or ""."""
    if not pyodide:
        return ""
    if is_address(pyodide):
        return "" if re.search(r"\.m?js$", pyodide) else f"PYODIDE={pyodide} must be the address of pyodide.mjs, or a folder."
    missing = [name for name in ("pyodide.mjs", "pyodide-lock.json") if not pathlib.Path(pyodide, name).is_file()]
    return f"PYODIDE={pyodide} must be a folder with a Pyodide distribution, and has no {missing[0]}." if missing else ""


def told(site):
    """From where a reader's browser takes what, a line each."""
    config = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    own = config["litePluginSettings"][KERNEL].get("pyodideUrl")
    schema = site / "extensions" / "@jupyterlite" / "pyodide-kernel-extension" / "static" / "schema" / "kernel.v0.schema.json"
    address = own or json.loads(schema.read_text(encoding="utf-8"))["properties"]["pyodideUrl"]["default"]
    whose = "its own host, too" if not is_address(address) else address.rpartition("/")[0]
    megabytes = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6
    return [
        f"  JupyterLab, the chapters, the library and {', '.join(WHEELS)}: from the host of the site ({megabytes:.0f} MB)",
        f"  Python, NumPy, Matplotlib, Pillow and IPython, which are Pyodide's: from {whose}",
    ]


# Building


def build(site, pyodide):
    """Builds the site into a folder that is not there."""
    shutil.rmtree(WORK, ignore_errors=True)
    contents(WORK / "contents")
    (WORK / "jupyter-lite.json").write_text(json.dumps(settings(pyodide)), encoding="utf-8")
    if pyodide and not is_address(pyodide):
        shutil.copytree(pyodide, WORK / "static" / "pyodide")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", WORK, "--contents", WORK / "contents", "--output-dir", site]
    command += ["--apps", "lab", "--apps", "notebooks", "--no-sourcemaps"]
    command += [part for path in wheels(ROOT / "_build" / "lite-wheels") for part in ("--piplite-wheels", path)]
    command += [f"--FederatedExtensionAddon.extra_labextensions_path={PACKAGES / 'share' / 'jupyter' / 'labextensions'}"]
    run(*command, folder=WORK, PYTHONPATH=str(PACKAGES))  # there it notes what it did, which must not count for the next site


def main():
    pyodide = os.environ.get("PYODIDE", "")
    if fault := fault_of(pyodide):
        sys.exit(fault)
    print("Building the JupyterLite site ...", flush=True)
    install()
    fresh = SITE.with_name("lite-new")
    shutil.rmtree(fresh, ignore_errors=True)
    build(fresh, pyodide)
    shutil.rmtree(SITE, ignore_errors=True)
    fresh.rename(SITE)
    print("Done. A reader's browser takes", *told(SITE), sep="\n")
    print(f"A host serves the folder {SITE}; here: {pathlib.Path(sys.executable).name} -m tools.server _build/lite")
    print(f"It begins at lab/index.html?path={chapters()[0].name}")


if __name__ == "__main__":
    main()
