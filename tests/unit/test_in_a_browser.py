"""The library in a Python of a browser (Pyodide, JupyterLite): no locks, no processes, no threads."""

import subprocess
import sys

BROWSER = """
import subprocess, sys, threading

for name in ("fcntl", "msvcrt"):
    sys.modules[name] = None

def refuse(*arguments, **options):
    raise OSError(138, "Not supported")

subprocess.Popen.__init__ = refuse
"""
USED = """
import io
import matplotlib.pyplot as plt
from optimlib import *

path = descend(Quadratic(), RMSProp(0.4), (-5, -2), 20)
plots.contours(Quadratic(), {"RMSProp": path}).figure.savefig(io.BytesIO())
lab = Lab(Quadratic(), [Momentum(0.6, beta=0.5), RMSProp(0.4)], start=(-5, -2), steps=20)
def refuse_thread(self):
    raise RuntimeError("can't start new thread")
threading.Thread.start = refuse_thread
lab.own_rule = "def update(x, g, memory, t):\\n    return x - 0.4 * g, memory"
print(lab.own_rule_reply, len(lab.path("your rule").points), len(lab.still()) > 5000)
lab.own_rule = "while True: pass"
print(lab.own_rule_reply["stopped"])
exercise = Exercise("gd-edge")
exercise.answer = "0.2"
print(exercise.verdict, check("gd-edge", 0.2))
Progress()
"""


def test_all_of_it_can_be_imported_and_used(tmp_path):
    environment = {"OPTIMLIB_PROGRESS": str(tmp_path / "progress.json"), "MPLBACKEND": "agg", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", BROWSER + USED], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    first, stopped, second = done.stdout.splitlines()
    assert "stopped" not in first and first.endswith(" 21 True")
    assert stopped == "Stopped after 1000000 steps of Python. Does a loop run without end?"
    assert second.startswith("Right.")
    assert "gd-edge" in (tmp_path / "progress.json").read_text(encoding="utf-8")
