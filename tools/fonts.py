"""Matplotlib's list of fonts, made once, before any kernel starts.

A kernel in which Matplotlib has to make its list first, or finds no folder to keep it in, may say so on stderr: such
words would stand among the outputs of a chapter, and are no fault of it.
"""

import os
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).parent.parent / "_build" / "matplotlib"


def prepare():
    """What this process starts from now on finds Matplotlib's list of fonts in _build, complete."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ["MPLCONFIGDIR"] = str(FOLDER)
    # Matplotlib makes the list where it is missing or of another version; what it says about that is of no use here.
    subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], check=True, stderr=subprocess.DEVNULL)
