"""The set-up that make does: which Python it takes, and when .venv is made anew. No Python here installs anything: each only writes down what it is asked."""

import os
import shutil
import subprocess
import sys

import pytest

from tools.notebooks import ROOT

# A Python of some version. Code runs in the Python of this test, which is told that version; what else it is asked it writes down.
# As a .venv it makes a folder with itself in it. BROKEN stands for one that no longer finds its packages.
PYTHON = """\
#!/bin/sh
case "$1 $2" in
    --version*) echo "Python {version}.9" ;;
    -c*) exec "{real}" -c 'import sys; sys.version_info = ({numbers}, 9, "final", 0); exec(sys.argv[1])' "{broken}$2" ;;
    "-m venv") mkdir -p "$3/bin" && touch "$3/pyvenv.cfg" && cp "$0" "$3/bin/python" && echo "venv {version}" >> asked ;;
    "-m tools.node") mkdir -p node_modules && echo "{version} $*" >> asked ;;
    *) echo "{version} $*" >> asked ;;
esac
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with the Makefile and the files that decide what is installed."""
    for name in ("Makefile", "requirements.lock", "package-lock.json", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def a_python(path, version, broken=""):
    path.write_text(PYTHON.format(version=version, numbers=version.replace(".", ", "), real=sys.executable, broken=broken))
    path.chmod(0o755)
    return path


def make(folder, python, target="node_modules/installed"):
    """What make gives with this Python: (its exit status, its lines of complaint, what any Python was asked, in short)."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(["make", target, f"PYTHON={python}"], cwd=folder, env=environment, capture_output=True, text=True)
    asked = folder / "asked"
    lines = asked.read_text().splitlines() if asked.exists() else []
    asked.unlink(missing_ok=True)
    return done.returncode, done.stderr.splitlines(), [" ".join(line.split()[:3]) for line in lines]


def everything(version):
    """What is asked where all is made and installed."""
    return [f"venv {version}", f"{version} -m pip", f"{version} -m pip", f"{version} -m tools.node"]


@pytest.mark.parametrize("version", ["2.7", "3.9", "3.10"])
def test_a_python_that_is_too_old_ends_it_with_one_line(folder, version):
    old = a_python(folder / "old", version)
    status, complaints, asked = make(folder, old)
    assert status != 0 and asked == [] and not (folder / ".venv").exists()
    assert complaints[0] == f"Python 3.11 or later is needed, and {old} says: Python {version}.9. Name another one, as in: make PYTHON=python3.12 book"
    assert len(complaints) == 2 and "***" in complaints[1], "and make's own"


def test_no_python_at_all_ends_it_with_the_same_line(folder):
    status, complaints, _ = make(folder, folder / "none")
    assert status != 0 and complaints[0].startswith(f"Python 3.11 or later is needed, and {folder / 'none'} says: ")
    assert complaints[0].endswith("as in: make PYTHON=python3.12 book") and len(complaints) == 2


def test_what_is_installed_is_not_installed_again(folder):
    python = a_python(folder / "python", "3.11")
    assert make(folder, python) == (0, [], everything("3.11"))
    assert make(folder, python) == (0, [], [])
    os.utime(folder / ".venv" / "installed", (0, 0))  # older than what decides what is installed
    assert make(folder, python) == (0, [], everything("3.11")[1:]), "into the same .venv"


def test_what_npm_brings_is_not_needed_for_the_rest(folder):
    python = a_python(folder / "python", "3.11")
    assert make(folder, python, ".venv/installed") == (0, [], everything("3.11")[:-1])
    assert not (folder / "node_modules").exists()


def test_a_venv_of_another_python_is_made_anew(folder):
    make(folder, a_python(folder / "python", "3.11"))
    (folder / ".venv" / "left").touch()
    assert make(folder, a_python(folder / "other", "3.12")) == (0, [], everything("3.12"))
    assert not (folder / ".venv" / "left").exists()


def test_a_venv_whose_python_is_gone_is_made_anew(folder):
    python = a_python(folder / "python", "3.11")
    make(folder, python)
    inside = folder / ".venv" / "bin" / "python"
    inside.unlink()
    inside.symlink_to(folder / "none")
    assert make(folder, python) == (0, [], everything("3.11"))


def test_a_venv_whose_python_was_replaced_by_a_newer_one_is_made_anew(folder):
    make(folder, a_python(folder / "python", "3.11"))
    # As a system does that is brought up to date: the same name leads to another version, which looks for its packages elsewhere.
    a_python(folder / ".venv" / "bin" / "python", "3.12", broken="import sys; sys.modules['pip'] = None; ")
    assert make(folder, a_python(folder / "python", "3.12")) == (0, [], everything("3.12"))
