"""The set-up that `make` and `python -m tools` do: which Python they take, and when .venv is made anew. No Python here installs anything:
each only writes down what it is asked."""

import ast
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

import pytest

from tools import commands, node, set_up
from tools.set_up import ROOT

# A Python of some version. Code and `-m tools` run in the Python of this test, which is told that version; what else it is asked it writes down.
# As a .venv it makes a folder with itself in it. BROKEN stands for one that no longer finds its packages.
PYTHON = """\
#!/bin/sh
case "$1 $2" in
    -c*) exec "{real}" -c 'import sys; sys.version_info = ({numbers}, 9, "final", 0); exec(sys.argv[1])' "{broken}$2" ;;
    "-m tools") shift 2; exec "{real}" -c '{as_told}' "$0" "$@" ;;
    "-m venv") mkdir -p "$3/bin" && touch "$3/pyvenv.cfg" && cp "$0" "$3/bin/python" && echo "venv {version}" >> asked ;;
    "-m tools.node") mkdir -p node_modules && echo "{version} $*" >> asked ;;
    "-m fails") exit 7 ;;
    *) echo "{version} $*" >> asked ;;
esac
"""
AS_TOLD = 'import runpy, sys; sys.version_info = ({numbers}, 9, "final", 0); sys.executable = sys.argv.pop(1); runpy.run_module("tools", run_name="__main__")'
SET_UP = ("tools/__init__.py", "tools/__main__.py", "tools/commands.py", "tools/set_up.py")
MAKE, TOOLS = "make", "python -m tools"


@pytest.fixture
def folder(tmp_path):
    """A folder with the Makefile, what it calls, and the files that decide what is installed."""
    (tmp_path / "tools").mkdir()
    for name in ("Makefile", "requirements.lock", "package-lock.json", "pyproject.toml", *SET_UP):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def a_python(path, version, broken=""):
    numbers = version.replace(".", ", ")
    as_told = AS_TOLD.format(numbers=numbers)
    path.write_text(PYTHON.format(version=version, numbers=numbers, real=sys.executable, broken=broken, as_told=as_told), encoding="utf-8")
    path.chmod(0o755)
    return path


def ask(folder, python, *words, by=MAKE):
    """What is given with this Python: (the exit status, the lines of complaint, what any Python was asked, in short)."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONPATH")}
    command = ["make", *words, f"PYTHON={python}"] if by == MAKE else [python, "-m", "tools", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
    asked = folder / "asked"
    lines = asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []
    asked.unlink(missing_ok=True)
    return done.returncode, done.stderr.splitlines(), [" ".join(line.split()[:3]) for line in lines]


def everything(version):
    """What is asked where all is made and installed, before a command runs."""
    return [f"venv {version}", f"{version} -m pip", f"{version} -m pip", f"{version} -m tools.node"]


@pytest.mark.parametrize("by", [MAKE, TOOLS])
@pytest.mark.parametrize("version", ["2.7", "3.9", "3.10"])
def test_a_python_that_is_too_old_ends_it_with_one_line(folder, version, by):
    old = a_python(folder / "old", version)
    status, complaints, asked = ask(folder, old, "lint", by=by)
    assert status != 0 and asked == [] and not (folder / ".venv").exists()
    assert complaints[0] == (
        f"Python 3.11 or later is needed, and {old} says: Python {version}.9. Name another one, as in: make PYTHON=python3.12 book, or python3.12 -m tools book"
    )
    assert len(complaints) == (2 if by == MAKE else 1) and all("***" in line for line in complaints[1:]), "and make's own"


def test_what_says_so_can_be_read_by_an_old_python():
    tree = ast.parse((ROOT / "tools" / "__main__.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    assert not [node for node in ast.walk(tree) if isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.Starred, ast.keyword))]
    assert (ROOT / "tools" / "__init__.py").read_bytes() == b""


def test_no_python_at_all_ends_it_with_such_a_line(folder):
    status, complaints, _ = ask(folder, folder / "none", "lint")
    assert status != 0 and complaints[0].startswith(f"Python 3.11 or later is needed, and {folder / 'none'} is not there. ")
    assert complaints[0].endswith("as in: make PYTHON=python3.12 book") and len(complaints) == 2


@pytest.mark.parametrize("by", [MAKE, TOOLS])
def test_what_is_installed_is_not_installed_again(folder, by):
    python = a_python(folder / "python", "3.11")
    assert ask(folder, python, "lint", by=by) == (0, [], [*everything("3.11"), "3.11 -m tools.lint"])
    assert ask(folder, python, "lint", by=by) == (0, [], ["3.11 -m tools.lint"])
    os.utime(folder / ".venv" / "installed", (0, 0))  # older than what decides what is installed
    assert ask(folder, python, "lint", by=by) == (0, [], [*everything("3.11")[1:], "3.11 -m tools.lint"]), "into the same .venv"


def test_what_npm_brings_is_not_needed_for_the_rest(folder):
    python = a_python(folder / "python", "3.11")
    assert ask(folder, python, "check") == (0, [], [*everything("3.11")[:-1], "3.11 -m tools.testing"])
    assert not (folder / "node_modules").exists()


def test_a_venv_of_another_python_is_made_anew(folder):
    ask(folder, a_python(folder / "python", "3.11"), "lint")
    (folder / ".venv" / "left").touch()
    assert ask(folder, a_python(folder / "other", "3.12"), "lint") == (0, [], [*everything("3.12"), "3.12 -m tools.lint"])
    assert not (folder / ".venv" / "left").exists()


def test_a_venv_whose_python_is_gone_is_made_anew(folder):
    python = a_python(folder / "python", "3.11")
    ask(folder, python, "lint")
    inside = folder / ".venv" / "bin" / "python"
    inside.unlink()
    inside.symlink_to(folder / "none")
    assert ask(folder, python, "lint") == (0, [], [*everything("3.11"), "3.11 -m tools.lint"])


def test_a_venv_whose_python_was_replaced_by_a_newer_one_is_made_anew(folder):
    ask(folder, a_python(folder / "python", "3.11"), "lint")
    # As a system does that is brought up to date: the same name leads to another version, which looks for its packages elsewhere.
    a_python(folder / ".venv" / "bin" / "python", "3.12", broken="import sys; sys.modules['pip'] = None; ")
    assert ask(folder, a_python(folder / "python", "3.12"), "lint") == (0, [], [*everything("3.12"), "3.12 -m tools.lint"])


def test_what_comes_first_runs_once(folder):
    python = a_python(folder / "python", "3.11")
    ask(folder, python, "lint")
    status, complaints, asked = ask(folder, python, "pdf", "zip")
    assert (status, complaints) == (0, []) and asked == [f"3.11 -m tools.{name}" for name in ("book", "downloads.pdf", "downloads.archive")]


@pytest.mark.parametrize("by", [MAKE, TOOLS])
def test_a_command_that_is_none_says_which_there_are(folder, by):
    status, complaints, asked = ask(folder, a_python(folder / "python", "3.11"), "boko", by=by)
    assert status == 2 and asked == [] and complaints[0] == "There is no command boko. These there are:"
    assert any(line.startswith("  book ") for line in complaints)


def test_the_code_of_what_fails_is_passed_on(folder, monkeypatch):
    a_python(folder / "python", "3.11")
    monkeypatch.setattr(commands.sys, "executable", folder / "python")
    monkeypatch.setitem(commands.COMMANDS, "fails", commands.Command("fail", ("-m", "fails")))
    assert commands.main(["fails"]) == 7


def test_every_command_runs_a_module_that_is_there():
    ours = [command.does[1] for command in commands.COMMANDS.values() if not callable(command.does) and command.does[1].startswith("tools.")]
    assert len(ours) > 10
    for name in ours:
        path = ROOT / name.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), name
    assert named() <= set(commands.COMMANDS), "what the README names"


def named():
    """The commands that the README and CONTRIBUTING.md name."""
    texts = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    return set(re.findall(r"(?:`|^    )(?:make|python -m tools) ([a-z-]+)", texts, flags=re.MULTILINE))


def test_the_settings_are_the_same_for_each_command(tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "no such thing")
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    code = "import os; open('said', 'w', encoding='utf-8').write(repr([os.environ.get(n) for n in ('PYTHONHASHSEED', 'PYTHONUTF8', 'MPLBACKEND', 'MORE')]))"
    set_up.run([sys.executable, "-c", code], MORE="more")
    assert (tmp_path / "said").read_text(encoding="utf-8") == "['0', '1', None, 'more']"


def test_a_program_answers_ctrl_c_itself():
    code = "import os, signal, sys\ntry: os.kill(os.getppid(), signal.SIGINT); os.kill(os.getpid(), signal.SIGINT); signal.pause()\nexcept KeyboardInterrupt: sys.exit(5)"
    with pytest.raises(set_up.Failed, match="5"):
        set_up.run([sys.executable, "-c", code])
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_python_and_node_are_looked_for_where_windows_has_them():
    assert set_up.PYTHON_OF["nt"] == "Scripts/python.exe" and node.NODE_OF["nt"] == "node.exe"
    assert set_up.PYTHON.parent.parent == set_up.VENV and node.NODE.is_file() and node.NPM.is_file()


def test_all_that_was_built_is_removed(folder, monkeypatch):
    monkeypatch.setattr(set_up, "ROOT", folder)
    elsewhere = folder / "elsewhere"
    for name in ("_build/html", "tools/__pycache__", "chapters", "elsewhere"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / ".venv").symlink_to(elsewhere, target_is_directory=True)
    set_up.clean()
    assert not any((folder / name).exists() for name in ("_build", ".venv", "tools/__pycache__"))
    assert (folder / "chapters").is_dir() and elsewhere.is_dir() and (folder / pathlib.Path(SET_UP[1])).is_file()
