"""Reads the code for faults, form and types: `make lint`, a part of `make test`.

python -m tools.lint          says what is wrong
python -m tools.lint mend     mends what it can: the form, and what has one right way
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tools import node
from tools.notebooks import ROOT

BIN = ROOT / "node_modules"
BIOME = [node.NODE, BIN / "@biomejs" / "biome" / "bin" / "biome"]
TSC = [node.NODE, BIN / "typescript" / "bin" / "tsc"]
ZIZMOR = shutil.which("zizmor", path=Path(sys.executable).parent) or "zizmor"  # on Windows it ends in .exe
RUFF, MYPY = ([sys.executable, "-m", name] for name in ("ruff", "mypy"))
LOOK = {
    "faults in Python": [*RUFF, "check", "--quiet"],
    "form of Python": [*RUFF, "format", "--check", "--quiet"],
    "types of Python": [*MYPY, "--no-error-summary"],
    "faults and form of JavaScript and CSS": [*BIOME, "ci", "--error-on-warnings", "--colors=off"],
    "types of JavaScript": [*TSC, "--project", "."],
    "types of the service worker": [*TSC, "--project", "tsconfig.worker.json"],
    "workflows": [ZIZMOR, "--offline", "--quiet", "--no-progress", ".github/workflows"],
}
MEND = [[*RUFF, "check", "--fix", "--quiet"], [*RUFF, "format", "--quiet"], [*BIOME, "check", "--write", "--log-level=warn"]]


def main(what=""):
    if what == "mend":
        for command in MEND:
            subprocess.run(command, cwd=ROOT)
    faults = 0
    for name, command in LOOK.items():
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
        if done.returncode:
            faults += 1
            print(f"{name}:\n{done.stdout}{done.stderr}")
    if faults:
        sys.exit("make lint found faults. `make mend` mends what has one right way.")
    print("make lint found nothing.")


if __name__ == "__main__":
    main(*sys.argv[1:])
