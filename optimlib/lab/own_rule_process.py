"""Runs a reader's own rule apart, in a process of its own: whatever it does, this one goes on."""

import faulthandler
import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from ..catalogue import CODE_LIMITS, CODE_WORDS
from ..portable.own_rule import own_path
from .budget import STEPS, Budget

# For how long the code may run, once its Python is there, and for how long that may take.
SECONDS, PATIENCE = CODE_LIMITS["seconds"], CODE_LIMITS["patience"]

_STOPPED = CODE_WORDS["stopped"].format(seconds=SECONDS)
_SPENT = f"Stopped after {STEPS} steps of Python. Does a loop run without end?"
_BROKE_DOWN = "Python broke down over this code. It said: nothing{}."
INTERRUPTED = "Stopped by an interrupt of the kernel."
CLOSED = "Stopped, since the lab was closed."
_ENDED = "The code ended Python itself, or took all its memory."
_MOST_PRINTED = CODE_LIMITS["printed"]

# What the process runs. It makes the package by hand, whose __init__ would load NumPy each time.
_PROGRAM = """\
import sys, types
sys.modules["optimlib"] = package = types.ModuleType("optimlib")
package.__path__ = [sys.argv[1]]
from optimlib.lab.own_rule_process import answer
answer()
"""


def play(source, curvatures, turn, start, steps, draws=None, ground=None, begun=lambda process: None):
    """What own_path gives for these arguments, or {"stopped": a sentence}; and what was "printed".

    begun(process) is called with the process that runs the code, which may be killed.
    """
    job = {"source": source, "curvatures": curvatures, "turn": turn, "start": start, "steps": steps, "draws": draws, "ground": ground}
    command = [sys.executable, "-c", _PROGRAM, str(Path(__file__).parent.parent)]
    try:
        started = subprocess.Popen(command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return play_here(job)
    begun(started)
    try:
        with started as process:
            try:
                first = _first_line(process)
                if first == b"" and process.wait(PATIENCE) == -signal.SIGINT:
                    return {"stopped": INTERRUPTED, "printed": ""}
                if not first:
                    return {"stopped": _BROKE_DOWN.format(f" for {PATIENCE} seconds" if first is None else ""), "printed": ""}
                said, _ = process.communicate(json.dumps(job).encode(), timeout=SECONDS)
            except subprocess.TimeoutExpired:
                return {"stopped": _STOPPED, "printed": ""}
            finally:
                process.kill()  # also when the reader interrupts the kernel
    except OSError as error:
        return {"stopped": f"The Python that ran the code could not be reached: {error.strerror}.", "printed": ""}
    if process.returncode == -signal.SIGINT:  # which goes to the kernel and to what it has started
        return {"stopped": INTERRUPTED, "printed": ""}
    try:
        return json.loads(said)
    except ValueError:
        return {"problem": _ENDED, "printed": ""}


def play_here(job):
    """The same in this Python, within a budget of steps."""
    printed = _Printed()
    budget = Budget(say=lambda text: printed.write(text + "\n"))
    reply = own_path(**job, run=budget.run)
    if budget.is_spent:
        reply = {"stopped": _SPENT}
    elif budget.ended:
        reply = {"problem": budget.ended}
    return {**reply, "printed": printed.beginning()}


def _first_line(process):
    """The first line that the process writes, which it does once it is there; None where it writes none for too long."""
    lines = []
    # In a thread, since a pipe is read without a limit of time. One that waits in vain is left: it ends with the pipe.
    reader = threading.Thread(target=lambda: lines.append(process.stdout.readline()), daemon=True)
    reader.start()
    reader.join(PATIENCE)
    return lines[0] if lines else None


def answer():
    """In the process: read the arguments, run the code, write what play returns."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # it ends at once, whatever the code catches; of a kernel that waits it would inherit to ignore it
    print(flush=True)
    job = json.load(sys.stdin)
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing else gets between
    # Whoever started this may be gone when its time is over, as a kernel that is restarted: then it ends by itself.
    faulthandler.dump_traceback_later(2 * SECONDS, exit=True, file=1)
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
        return self.text if len(self.text) <= _MOST_PRINTED else f"{self.text[:_MOST_PRINTED]}\n{CODE_WORDS['cut']}"
