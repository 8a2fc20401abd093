"""Runs the tests, and says before how long that took last time here.

python -m tools.testing check     what needs no browser, no built book and no npm package (make check)
python -m tools.testing test      everything (make test)
"""

import json
import subprocess
import sys
import time

from tools.notebooks import ROOT

LAST = ROOT / "_build" / "tests.json"  # {"check": seconds, "test": seconds}: what each took when it was last green
PYTEST = [sys.executable, "-m", "pytest", "--numprocesses", "2", "--durations", "10", "--nbval", "--doctest-modules", "optimlib", "tests", "chapters"]
WHAT = {
    "check": ("every test that needs no browser, no built book and no npm package", [[*PYTEST, "-m", "not whole"]]),
    "test": (
        "every test: it reads the code (make lint), finds the browsers, builds the book, then tests the library, the chapters, the site and JupyterLab",
        [[sys.executable, "-m", "tools.lint"], [sys.executable, "-m", "tools.browsers"], [sys.executable, "-m", "tools.book"], PYTEST],
    ),
}


def last_times():
    """What the last green runs took. What stands there and cannot be read is as nothing."""
    try:
        times = json.loads(LAST.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: seconds for name, seconds in times.items() if isinstance(seconds, float)} if isinstance(times, dict) else {}


def words(seconds):
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.1f} minutes"


def main(name):
    what, commands = WHAT[name]
    last = last_times().get(name)
    print(f"make {name} runs {what}.")
    print(f"The last time here it took {words(last)}." if last else "How long it takes here is not known yet.", flush=True)
    began = time.perf_counter()
    for command in commands:
        if code := subprocess.run(command, cwd=ROOT).returncode:
            return code
    seconds = time.perf_counter() - began
    LAST.parent.mkdir(parents=True, exist_ok=True)
    LAST.write_text(json.dumps({**last_times(), name: seconds}), encoding="utf-8")
    print(f"make {name} took {words(seconds)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
