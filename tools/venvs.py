"""Environments in other folders, to try the library in as one who installed it has it."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tools.notebooks import COLOUR_CODES

UV = [sys.executable, "-m", "uv", "--quiet"]
# What would let the library be found in this repository, or change what it does.
OURS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "MPLBACKEND", "ANYWIDGET_HMR", "OPTIMLIB_SOLUTIONS", "OPTIMLIB_SEED")


class Failed(Exception):
    """A command did not do what it should; the message is what it said."""


def clean(**more):
    """The environment variables for a command in such an environment, with others: no reader's progress is read or written."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith(("PYTEST_", "COV_"))}
    return {**kept, "OPTIMLIB_PROGRESS": "off", "MPLBACKEND": "agg", **more}


def run(command, folder, **more):
    """What a command says, run in this folder. Raises Failed where it fails."""
    done = subprocess.run([str(part) for part in command], cwd=folder, env=clean(**more), capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Failed(COLOUR_CODES.sub("", done.stdout + done.stderr).strip() or f"{command[0]} ended with {done.returncode}")
    return done.stdout


def find(version):
    """The newest Python of a version, such as "3.12", that pyenv has (uv does not look there); without one, the version."""
    found = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(f"versions/{version}.*/bin/python")
    return max(found, key=lambda path: [int(part) for part in re.findall(r"\d+", path.parts[-3])], default=version)


def make(folder, python=sys.executable, options=()):
    """The Python of a new environment in this folder. Raises Failed where there is no such Python and none can be had."""
    run([*UV, "venv", "--clear", "--python", python, *options, folder], Path(folder).parent)
    return Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(python, *what):
    """Installs with uv, which keeps what it fetched."""
    run([*UV, "pip", "install", "--python", python, *what], Path(python).parent)
