"""Executes the chapters and normalises what they hold.

    python -m tools.notebooks            executes every chapter again, in place (make notebooks)
    python -m tools.notebooks install    writes the first cell of every chapter, which installs the library, and executes nothing

The book is built from executed copies in _build/executed (`executed`): a chapter runs again
only when its code, optimlib or the installed packages changed.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import sys
import time
import tomllib

import nbformat
import yaml
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools import fonts

ROOT = pathlib.Path(__file__).parent.parent
CHAPTERS = ROOT / "chapters"
EXECUTED = ROOT / "_build" / "executed"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")


class CellFailed(Exception):
    """A cell of a chapter raised; the message names the chapter, the cell and shows the traceback."""


def chapters():
    """The chapters' paths, in the order of the book. A page that is no notebook is none."""
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    return [path for name in re.findall(r"(?:root|file): (\S+)", toc) if (path := ROOT / f"{name}.ipynb").exists()]


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def title(notebook):
    """The cell that a chapter's page begins with."""
    return next(cell for cell in notebook.cells if cell.cell_type == "markdown")


# The first cell of a chapter: whoever downloaded it, or opened it on Colab, has no library


INSTALL = "install"  # its id
INSTALL_CELL = """\
# Installs the course's library where it is missing, as on Colab. Where it is there, this does nothing.
try:
    import optimlib
except ModuleNotFoundError:
    %pip install --quiet "{requirement}"
"""


def project():
    """What pyproject.toml says of the library."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def this_version():
    """What installs this version of the library with all that the chapters use."""
    return f"{project()['name']}[all]=={project()['version']}"


def requirement():
    """What installs the library of this book: from the repository where _config.yml has one, else this version from the registry."""
    repository = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]
    if repository["url"]:
        return f"{project()['name']}[all] @ git+{repository['url']}@{repository['branch']}"
    return this_version()


def put_install_cell(notebook):
    """Puts that cell first, in place of one that is there, in a chapter with code; its cells are counted as they run."""
    cells = [cell for cell in notebook.cells if cell.id != INSTALL]
    if any(cell.cell_type == "code" for cell in cells):
        source = INSTALL_CELL.format(requirement=requirement()).strip()
        cells.insert(0, nbformat.v4.new_code_cell(source, id=INSTALL, metadata={"tags": ["remove-cell"]}))
    notebook.cells = cells
    for count, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    return notebook


def put_install_cells():
    for path in chapters():
        write(put_install_cell(read(path)), path)


# Executing


def execute(path):
    """The notebook at `path`, executed in a fresh kernel and normalised. Raises CellFailed."""
    notebook = read(path)
    client = NotebookClient(
        notebook,
        timeout=600,
        startup_timeout=600,
        kernel_name="python3",
        coalesce_streams=True,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    failed = []
    client.on_cell_error = lambda cell, cell_index, execute_reply: failed.append(cell_index)
    try:
        # Neither a reader's own progress nor what a teacher set in the environment is part of the book.
        client.execute(env={**os.environ, "OPTIMLIB_PROGRESS": "off", "OPTIMLIB_SOLUTIONS": "shown", "OPTIMLIB_SEED": ""})
    except CellExecutionError as error:
        number = failed[0] + 1 if failed else "?"
        raise CellFailed(f"{path.relative_to(ROOT)}, cell {number} failed:\n{COLOUR_CODES.sub('', str(error))}") from None
    return normalise(notebook, path.stem)


def execute_all(paths):
    """Executes several chapters at once, one a core, and says how each went. Yields (path, notebook)."""
    paths = list(paths)
    if paths:
        fonts.prepare()
    # Windows can wait for 61 processes, no more.
    with concurrent.futures.ProcessPoolExecutor(max_workers=min(os.cpu_count() or 1, 61)) as pool:
        began = time.perf_counter()
        # The last chapter computes most: it starts first, so that the others run beside it.
        running = {pool.submit(execute, path): path for path in reversed(paths)}
        try:
            for done in concurrent.futures.as_completed(running):
                path, notebook = running[done], done.result()
                print(f"  executed {path.relative_to(ROOT)} ({time.perf_counter() - began:.1f} s)", flush=True)
                yield path, notebook
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


# Normalising: two runs of the same notebook give the same bytes


def normalise(notebook, name):
    """The executed notebook without what differs from run to run or machine to machine."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
            **({"widgets": notebook.metadata.widgets} if "widgets" in notebook.metadata else {}),
        }
    )
    for cell in code_cells(notebook):
        cell.metadata.pop("execution", None)
    for model in widget_models(notebook).values():
        without_script(model["state"])
    return with_fixed_ids(notebook, name)


def widget_models(notebook):
    """The saved widget models by id."""
    return notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})


def without_script(state):
    """Empties the script and the style that the widgets share (optimlib/front_end.py): a cell that runs brings its own."""
    if state.keys() >= {"code", "style"}:
        state.update(code="", style="")


def with_fixed_ids(notebook, name):
    """Numbers the widget models in the order in which the notebook made them."""
    text = nbformat.writes(notebook)
    for number, old in enumerate(widget_models(notebook), start=1):
        text = text.replace(old, f"{name}-{number:03d}")
    return nbformat.reads(text, as_version=4)


def write(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook, indent=1) + "\n", encoding="utf-8", newline="\n")


# Executed copies for the book


def key(path):
    """Changes when the chapter's code, optimlib or the installed packages change."""
    digest = hashlib.sha256(sys.version.encode())
    parts = [ROOT / "requirements.lock", ROOT / "tools" / "notebooks.py", *sorted(p for p in (ROOT / "optimlib").rglob("*") if p.suffix in (".py", ".json"))]
    for part in parts:
        digest.update(str(part.relative_to(ROOT)).encode() + b"\0" + part.read_bytes() + b"\0")
    digest.update(json.dumps([cell.source if cell.id != INSTALL else "" for cell in code_cells(read(path))]).encode())
    return digest.hexdigest()


def kept(path):
    """Where the executed copy of a chapter is kept, by the key of what it ran."""
    return EXECUTED / f"{path.stem}-{key(path)[:16]}.ipynb"


def keep(notebook, path):
    """Keeps the executed copy of a chapter, in place of the last one."""
    for old in EXECUTED.glob(f"{path.stem}-{'?' * 16}.ipynb"):
        old.unlink()
    write(notebook, kept(path))


def execute_changed():
    """Executes the chapters that have no executed copy yet."""
    due = [path for path in chapters() if not kept(path).exists()]
    if due:
        print(f"Executing {len(due)} of {len(chapters())} chapters ...", flush=True)
    for path, notebook in execute_all(due):
        keep(notebook, path)


def executed(path):
    """The chapter as it reads now, with the outputs of its executed copy."""
    notebook, copy = read(path), read(kept(path))
    for cell, ran in zip(code_cells(notebook), code_cells(copy), strict=True):
        cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
    notebook.metadata = copy.metadata
    return notebook


def main(what=""):
    put_install_cells()
    if what == INSTALL:
        return
    try:
        for path, notebook in execute_all(chapters()):
            write(notebook, path)
            keep(notebook, path)
    except CellFailed as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
