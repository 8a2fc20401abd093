"""Runs a reader's own rule apart, in a process of its own: whatever it does, this one goes on."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

# For how long the code may run, once its Python is there.
SECONDS = 2

_STOPPED = "Stopped after 2 seconds: is there a loop that never ends?"
_ENDED = "The code ended Python itself, or took all its memory."
_MOST_PRINTED = 2000

# What the process runs. It makes the package by hand, whose __init__ would load NumPy each time.
_PROGRAM = """\
import sys, types
sys.modules["optimlib"] = package = types.ModuleType("optimlib")
package.__path__ = [sys.argv[1]]
from optimlib.apart import answer
answer()
"""


def play(source, curvatures, turn, start, steps):
    """What own_path gives for these arguments, or {"stopped": a sentence}; and what was "printed"."""
    job = {"source": source, "curvatures": curvatures, "turn": turn, "start": start, "steps": steps}
    command = [sys.executable, "-c", _PROGRAM, str(Path(__file__).parent)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        with subprocess.Popen(command, bufsize=0, **pipes) as process:
            try:
                process.stdout.readline()  # it is there
                said, _ = process.communicate(json.dumps(job).encode(), timeout=SECONDS)
            except subprocess.TimeoutExpired:
                return {"stopped": _STOPPED, "printed": ""}
            finally:
                process.kill()  # also when the reader interrupts the kernel
    except OSError as error:
        return {"stopped": f"No Python could be started to run the code: {error.strerror}.", "printed": ""}
    try:
        return json.loads(said)
    except ValueError:
        return {"problem": _ENDED, "printed": ""}


def answer():
    """In the process: read the arguments, run the code, write what play returns."""
    from .own_rule import own_path

    print(flush=True)
    job = json.load(sys.stdin)
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else gets between
    sys.stdout = printed = _Printed()
    reply = own_path(**job)
    json.dump({**reply, "printed": printed.beginning()}, replies)
    replies.flush()
    os._exit(0)  # also where the code left something running


class _Printed(io.TextIOBase):
    """Keeps the beginning of what is printed."""

    text = ""

    def write(self, text):
        self.text = (self.text + text)[: _MOST_PRINTED + 1]
        return len(text)

    def beginning(self):
        return self.text if len(self.text) <= _MOST_PRINTED else self.text[:_MOST_PRINTED] + "\n… The rest is cut off."
