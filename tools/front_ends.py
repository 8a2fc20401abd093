"""Installs Jupyter Notebook, nbclassic, Voilà and marimo apart, and tries the library in each: python -m tools front-ends.

They lie in _build/front-ends, beside what requirements.lock installs, which they use: in the environment itself they would
bring buttons and pages of theirs into every reader's JupyterLab.
"""

import os
import shutil
import subprocess
import sys

from tools.notebooks import ROOT
from tools.set_up import is_due

PINNED = ROOT / "requirements-front-ends.txt"
PACKAGES = ROOT / "_build" / "front-ends"
STAMP = PACKAGES / "installed"


def are_installed():
    return STAMP.exists()


def install():
    """Installs what requirements-front-ends.txt says, where that is due."""
    if is_due(STAMP, PINNED):
        shutil.rmtree(PACKAGES, ignore_errors=True)
        print("Installing the front ends into _build/front-ends ...", flush=True)
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--no-deps", "--target", PACKAGES, "-r", PINNED], check=True)
        STAMP.touch()


def variables():
    """What a process needs in its environment to find them, and their files."""
    return {
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, PACKAGES))),
        "JUPYTER_PATH": str(PACKAGES / "share" / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(PACKAGES / "etc" / "jupyter"),
    }


def main():
    install()
    return subprocess.run([sys.executable, "-m", "pytest", "--numprocesses", "2", "tests/front_ends"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
