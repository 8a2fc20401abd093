"""Builds the site: python -m tools.book (make book).

Jupyter Book builds into _build/book; the finished site replaces _build/html only when
everything went well, so the last good book stays in place.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time

from tools import node
from tools.downloads.offer import offer
from tools.notebooks import ROOT, CellFailed, execute_changed

JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
WORK = ROOT / "_build" / "book"
BUILT = WORK / "_build" / "html"
SITE = ROOT / "_build" / "html"


def jupyter_book():
    """Runs Jupyter Book with warnings as errors; True when it went well."""
    command = [*JUPYTER_BOOK, "build", str(ROOT), "--path-output", str(WORK), "--warningiserror", "--keep-going", "--nitpick", "--quiet"]
    return subprocess.run(command, cwd=ROOT, env=node.environment()).returncode == 0


def replace_site():
    """Puts the new site, with the downloads that were made of it, where the last one was, in one rename."""
    fresh, last = SITE.with_name("html.new"), SITE.with_name("html.old")
    for leftover in (fresh, last):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(BUILT, fresh)
    for name in offer(BUILT, fresh):
        print(f"_build/{name} is of an earlier book, and not in the site: make {name.rpartition('.')[2]} makes it anew.")
    if SITE.exists():
        os.rename(SITE, last)
    os.rename(fresh, SITE)
    shutil.rmtree(last, ignore_errors=True)


def main():
    began = time.perf_counter()
    try:
        execute_changed()
    except CellFailed as error:
        sys.exit(f"{error}\nThe book was not built; the last good one, if any, is still in _build/html.")
    print("Building the site ...", flush=True)
    if not jupyter_book():
        shutil.rmtree(WORK, ignore_errors=True)  # a warning is told once: the next build must read every page again
        sys.exit("The book was not built; the last good one, if any, is still in _build/html.")
    replace_site()
    print(f"Done in {time.perf_counter() - began:.0f} s. Open this file in a browser:\n  {pathlib.Path(SITE / 'index.html')}")


if __name__ == "__main__":
    main()
