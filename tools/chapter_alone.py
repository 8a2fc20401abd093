"""Runs chapters as one does who downloaded them: each alone in an empty folder, in a clean environment with Jupyter's kernel and no library.

The first cell of the first one installs the library, from the wheel of a folder; the others find it there.
"""

import json
import sys

from tools import venvs
from tools.notebooks import chapters, code_cells, read, write

WIDGET = "application/vnd.jupyter.widget-view+json"


def kernel(python, folder):
    """Makes a kernel, "alone", of the environment of this Python, which is known where JUPYTER_PATH is this folder."""
    spec = folder / "kernels" / "alone"
    spec.mkdir(parents=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "alone", "language": "python"}), encoding="utf-8")


def widgets(notebook):
    """How many widgets each code cell shows."""
    return [sum(WIDGET in output.get("data", {}) for output in cell.outputs) for cell in code_cells(notebook)]


def run(path, folder, **more):
    """Runs a chapter from its first cell to its end, and gives what the first one said. Raises Failed where a cell fails, or shows other widgets than here."""
    folder.mkdir()
    copy = folder / path.name
    notebook = read(path)
    shown = widgets(notebook)
    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    write(notebook, copy)
    venvs.run([sys.executable, "-m", "jupyter", "execute", "--inplace", "--kernel_name=alone", "--startup_timeout=600", copy.name], folder, **more)
    notebook = read(copy)
    if widgets(notebook) != shown:
        raise venvs.Failed(f"{path.name} alone shows other widgets than it did here: {widgets(notebook)}, not {shown}")
    return "".join(output.get("text", "") for output in notebook.cells[0].outputs)


def try_all(wheels, folder):
    """Tries every chapter with code, with the wheel in the folder `wheels`; in `folder`, which is another one."""
    python = venvs.make(folder / "alone", options=["--seed"])  # with pip, which %pip asks
    venvs.install(python, "ipykernel")
    kernel(python, folder)
    where = {"JUPYTER_PATH": str(folder), "PIP_FIND_LINKS": str(wheels), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    for count, path in enumerate(path for path in chapters() if code_cells(read(path))):
        said = run(path, folder / path.stem, **where)
        print(f"  {path.name}{'' if count else ' installs the library'}", flush=True)
        if bool(said) != (count == 0):
            raise venvs.Failed(f"its first cell says: {said!r}")
