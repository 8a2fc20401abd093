"""Finds the Chromium that the browser tests drive, and installs one where it may.

    python -m tools.chromium     prints its path, or one line that says what to install
"""

import os
import pathlib
import shutil
import subprocess
import sys

from tools.node import NODE

# Playwright's own Node needs a library that a bare Debian lacks; this one does not.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def on_path():
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwrights_own():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = play.chromium.executable_path
    return path if pathlib.Path(path).exists() else None


def attempt(*command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def find():
    """The path of a Chromium that is installed, or None."""
    return on_path() or playwrights_own()


def install():
    """Debian's package where root may install it, else Playwright's own; the path, or None. It says first what it installs."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("No Chromium found. Installing it into this system, as root: apt-get install chromium, with the packages that it needs ...", flush=True)
        attempt("apt-get", "update")
        attempt("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    if not find():
        print("No Chromium found. Downloading Playwright's own, for this user alone: playwright install chromium ...", flush=True)
        attempt(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


if __name__ == "__main__":
    path = find() or install()
    if not path:
        sys.exit("The browser tests need Chromium: install it (Debian: apt install chromium), then run this again.")
    print(f"Browser tests use {path}")
