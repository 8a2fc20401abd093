"""Makes .venv and node_modules and fills them, where they are not there or older than what decides what is in them.

It uses the standard library alone: nothing is installed yet when it runs.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).parent.parent
VENV, NPM = ROOT / ".venv", ROOT / "node_modules"
PYTHON_OF = {"nt": "Scripts/python.exe", "posix": "bin/python"}  # where a venv has its Python, by os.name
PYTHON = VENV / PYTHON_OF[os.name]
# The same settings in every kernel and build, so that the outputs are the same bytes; and every file is UTF-8 also where the system's are not.
SETTINGS = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
WITHOUT = ("MPLBACKEND",)
# Asked of .venv each time: whether it is of this version and still works. One whose Python a system replaced by a newer
# one looks elsewhere for what is installed, and does not find pip.
WHICH = "import pip, sys; print(*sys.version_info[:2])"


class Failed(Exception):
    """A program ended with a code other than 0, which is the only argument. It has said why."""


def run(command, **settings):
    """Runs a program in the course's folder and returns when it ends. Raises Failed. settings: variables of its environment."""
    environment = {name: value for name, value in os.environ.items() if name not in WITHOUT} | SETTINGS | settings
    with subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment) as process:
        # Ctrl+C reaches the program, too, and it may have something to say or ask first; what ends this process ends it.
        before = {sign: signal.signal(sign, does) for sign, does in ((signal.SIGINT, lambda *_: None), (signal.SIGTERM, lambda *_: process.terminate()))}
        try:
            code = process.wait()
        finally:
            for sign, does in before.items():
                signal.signal(sign, does)
    if code:
        raise Failed(code)


def is_root():
    """Whether this process may do everything; where a system has no such user, it is none."""
    return getattr(os, "geteuid", lambda: 1)() == 0


def is_due(stamp, *sources):
    """Whether a stamp is missing, or older than what it vouches for."""
    return not stamp.exists() or any(source.stat().st_mtime_ns > stamp.stat().st_mtime_ns for source in sources)


def is_inside():
    """Whether this very Python is that of .venv, which cannot make itself anew."""
    return VENV.exists() and pathlib.Path(sys.prefix).resolve() == VENV.resolve()


def version_of(python):
    """The version of a Python that finds pip, as "3.11", or "" where it is not there or broken."""
    try:
        done = subprocess.run([str(python), "-c", WHICH], cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return ".".join(done.stdout.split()) if done.returncode == 0 else ""


def remove(path):
    """Removes a file, a link or a folder with all that is in it, if it is there."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def python_packages():
    """Makes .venv and installs into it what requirements.lock says, where that is due."""
    stamp = VENV / "installed"
    if not is_inside() and version_of(PYTHON) != ".".join(map(str, sys.version_info[:2])):
        remove(VENV)
        run([sys.executable, "-m", "venv", ".venv"])
    if is_due(stamp, VENV / "pyvenv.cfg", ROOT / "requirements.lock", ROOT / "pyproject.toml"):
        print("Installing into .venv (some minutes on a first run) ...", flush=True)
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "-r", "requirements.lock"])
        run([*pip, "--no-deps", "--no-build-isolation", "-e", "."])
        stamp.touch()


def npm_packages():
    """Installs what the site and its tests take from npm, where that is due. node itself comes with .venv."""
    stamp = NPM / "installed"
    if is_due(stamp, ROOT / "package-lock.json", VENV / "installed"):
        run([PYTHON, "-m", "tools.node", "npm", "ci", "--silent"])
        stamp.touch()


def apart(folder, pinned, *options):
    """Installs what a file of requirements says into a folder of its own, beside .venv, where that is due: not what that needs itself."""
    stamp = folder / "installed"
    if is_due(stamp, pinned):
        remove(folder)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        run([*pip, *options, "--target", folder, "-r", pinned])
        stamp.touch()


def clean():
    """Removes everything that was built or installed."""
    if os.name == "nt" and is_inside():
        sys.exit("This is the Python of .venv, which Windows does not let remove itself: run the same with the one that made it.")
    for name in ("_build", ".venv", "node_modules", ".pytest_cache", ".hypothesis"):
        remove(ROOT / name)
    for folder, below, _ in os.walk(ROOT):
        if "__pycache__" in below:
            below.remove("__pycache__")
            remove(pathlib.Path(folder, "__pycache__"))
