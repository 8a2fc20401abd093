"""What would not run, or not look the same, on Windows: files read in the system's own encoding, modules that only some systems have,
commands that are batch files there, names that it does not allow. The library is also run where the system knows no letter beyond ASCII."""

import ast
import os
import re
import subprocess
import sys

import pytest

from tools.set_up import ROOT

# Called by these names, a function reads or writes text, unless a mode in the place that is given here says "b".
MODE_AT = {"open": 1, "fdopen": 1, "read_text": None, "write_text": None, "TemporaryFile": 0, "NamedTemporaryFile": 0}
BINARY_BY_DEFAULT = {"TemporaryFile", "NamedTemporaryFile"}
OPEN_ELSE = {"Image", "os", "gzip", "tarfile", "zipfile", "webbrowser", "self", "layout"}  # what has an `open` of its own that takes no text
RUN = {"run", "Popen", "check_output", "call", "check_call"}
# Modules and functions that Windows, or all but Windows, lacks.
SOME = {"fcntl", "grp", "msvcrt", "pty", "pwd", "resource", "syslog", "termios", "tty", "winreg", "_winapi"}
LACKING = {
    "fork",
    "forkpty",
    "geteuid",
    "getegid",
    "getuid",
    "getgid",
    "getpgid",
    "killpg",
    "mkfifo",
    "setsid",
    "uname",
    "pause",
    "SIGKILL",
    "SIGALRM",
    "alarm",
}
# Everything that reads a file, starts a process or prints.
USED = """
import io, locale
from optimlib import *
assert locale.getpreferredencoding(False).upper() != "UTF-8"
plots.contours(Quadratic(), {"RMSProp": descend(Quadratic(), RMSProp(0.4), (-5, -2), 20)}).figure.savefig(io.BytesIO())
lab = Lab(Quadratic(), [Momentum(0.6, beta=0.5), RMSProp(0.4)], start=(-5, -2), steps=20)
lab.own_rule = "def update(x, g, memory, t):\\n    print('η₁')\\n    return x - 0.4 * g, memory"
assert lab.own_rule_reply["printed"].startswith("η₁"), lab.own_rule_reply
Exercise("gd-edge").answer = "½"
Progress()
print(check("gd-edge", 0.2))
"""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST = 120  # of the 260 characters that a path may have there, the rest is for the folder


def faults(code):
    """What in a Python program depends on the system: [(line, what)]."""
    tree = ast.parse(code)
    guarded = {id(node) for block in ast.walk(tree) if isinstance(block, (ast.Try, ast.If, ast.With)) for node in ast.walk(block)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found += [(node.lineno, fault) for fault in call_faults(node)]
        elif isinstance(node, (ast.Import, ast.ImportFrom)) and id(node) not in guarded:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            found += [(node.lineno, f"{name} is not on every system") for name in names if name in SOME]
        elif isinstance(node, ast.Attribute) and node.attr in LACKING and isinstance(node.value, ast.Name) and node.value.id in ("os", "signal"):
            found.append((node.lineno, f"{node.value.id}.{node.attr} is not on every system"))
    return sorted(found)


def call_faults(call):
    """What one call leaves to the system."""
    owner = getattr(call.func, "value", None)
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in RUN and {"text", "universal_newlines"} & given.keys() and "encoding" not in given:
        yield f"{name}(text=True) without an encoding"
    if "shell" in given:
        yield "a shell is another one on every system"
    if name in MODE_AT and not (name == "open" and getattr(owner, "id", getattr(owner, "attr", "")) in OPEN_ELSE) and "encoding" not in given:
        place = 0 if name == "open" and owner is not None else MODE_AT[name]  # path.open(mode)
        mode = given.get("mode", call.args[place] if place is not None and place < len(call.args) else None)
        is_binary = "b" in ast.unparse(mode) if mode is not None else name in BINARY_BY_DEFAULT
        # write_text(text, encoding) and read_text(encoding) are given it by place, too.
        if not is_binary and len(call.args) < {"read_text": 1, "write_text": 2}.get(name, 99):
            yield f"{name} without an encoding"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("open('x')", "open without an encoding"),
        ("with open(p / 'x', 'w') as f: pass", "open without an encoding"),
        ("p.write_text('x')", "write_text without an encoding"),
        ("subprocess.run(c, text=True)", "run(text=True) without an encoding"),
        ("import resource", "resource is not on every system"),
        ("from fcntl import flock", "fcntl is not on every system"),
        ("os.geteuid()", "os.geteuid is not on every system"),
        ("subprocess.run('ls', shell=True)", "a shell is another one on every system"),
    ],
)
def test_each_kind_is_found(code, fault):
    assert [what for _, what in faults(code)] == [fault]


@pytest.mark.parametrize(
    "code",
    [
        "open('x', 'rb')",
        "p.open('wb')",
        "open('x', encoding='utf-8')",
        "Image.open(x)",
        "p.read_text('utf-8')",
        "try:\n    import fcntl\nexcept ImportError: pass",
        "getattr(os, 'geteuid', None)",
    ],
)
def test_what_every_system_does_alike_is_none(code):
    assert faults(code) == []


def test_our_python_is_the_same_on_every_system():
    paths = [path for folder in ("optimlib", "tools") for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts]
    assert len(paths) > 50
    found = {path.relative_to(ROOT).as_posix(): faults(path.read_text(encoding="utf-8")) for path in paths}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_command_is_a_batch_file_on_windows():
    """npm and what stands in node_modules/.bin are none elsewhere: we give their scripts to Node."""
    for path in (ROOT / "tools").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert '".bin"' not in text and not re.search(r'\[\s*"(npm|npx)"', text), path


# The names of files, and their lines


def git(*arguments):
    done = subprocess.run(["git", "-c", "core.quotePath=off", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8")
    if done.returncode:
        pytest.skip("this is no copy that git knows")
    return done.stdout.splitlines()


def test_every_system_allows_the_names_of_our_files():
    names = git("ls-files")
    assert [name for name in names if re.search(r'[<>:"|?*\\\x00-\x1f]|[ .](/|$)', name) or len(name) > LONGEST] == []
    assert [name for name in names if any(RESERVED.fullmatch(part) for part in name.split("/"))] == []
    assert len({name.lower() for name in names}) == len(names), "two differ by capitals alone"
    assert [line for line in git("ls-files", "--stage") if line.startswith("120000")] == [], "links"


def test_git_brings_the_same_bytes_to_every_system():
    for line in git("ls-files", "--eol"):
        index, _, attribute = line.split("\t")[0].split(maxsplit=2)
        assert index in ("i/lf", "i/none", "i/-text") and attribute.strip() == "attr/text=auto eol=lf", line


# Without UTF-8


def without_utf8():
    """An environment in which Python reads and writes ASCII where no encoding is named, and prints as a Windows console of western Europe."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONUTF8"))}
    return {**environment, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252", "MPLBACKEND": "agg"}


def test_the_library_runs_where_the_system_has_no_utf8(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(USED, encoding="utf-8")
    environment = {**without_utf8(), "OPTIMLIB_PROGRESS": str(tmp_path / "progress.json"), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, program], env=environment, cwd=tmp_path, capture_output=True, encoding="cp1252")
    assert done.returncode == 0, done.stderr


def test_the_commands_are_told_where_the_system_has_no_utf8():
    done = subprocess.run([sys.executable, "-m", "tools", "help"], env=without_utf8(), cwd=ROOT, capture_output=True, encoding="cp1252")
    assert done.returncode == 0 and "  book " in done.stdout, done.stderr
