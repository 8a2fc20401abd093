"""Installs Jupyter Notebook, nbclassic, Voilà and marimo apart, and tries the library in each: python -m tools front-ends.

They lie in _build/front-ends, beside what requirements.lock installs, which they use: in the environment itself they would
bring buttons and pages of theirs into every reader's JupyterLab.
"""

import os
import subprocess
import sys

from tools.notebooks import ROOT
from tools.set_up import apart

PINNED = ROOT / "requirements-front-ends.txt"
PACKAGES = ROOT / "_build" / "front-ends"


def are_installed():
    return (PACKAGES / "installed").exists()


def variables():
    """What a process needs in its environment to find them, and their files."""
    return {
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, PACKAGES))),
        "JUPYTER_PATH": str(PACKAGES / "share" / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(PACKAGES / "etc" / "jupyter"),
    }


def main():
    print("Installing the front ends into _build/front-ends, where that is due ...", flush=True)
    apart(PACKAGES, PINNED)
    return subprocess.run([sys.executable, "-m", "pytest", "--numprocesses", "2", "tests/front_ends"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
