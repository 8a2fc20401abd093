"""Finds the browsers that the tests drive, and installs what is missing where it may.

    python -m tools.browsers     prints the path of each, or one line that says what to install

Chromium is needed. Firefox and WebKit, the engine of Safari, are tested where they are, and always in CI.
"""

import os
import pathlib
import shutil
import subprocess
import sys

from tools.node import NODE
from tools.set_up import is_root

# Playwright's own Node needs a library that a bare Debian lacks; this one does not.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]  # of Chromium
# What each browser consists of: for each part the names that it has on the path, or where Debian puts it.
PARTS = {
    "chromium": {"browser": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")},
    "firefox": {"browser": ("firefox-esr", "firefox")},
    "webkit": {
        "browser": tuple(f"/usr/lib/{machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser" for machine in ("x86_64", "aarch64")),
        "driver": ("WebKitWebDriver",),
        "screen": ("Xvfb",),  # it has no mode without a screen
    },
}
# Debian's packages of each, without what these recommend.
PACKAGES = {
    "chromium": ("chromium",),
    "firefox": ("firefox-esr",),
    "webkit": ("libwebkit2gtk-4.1-0", "webkit2gtk-driver", "xvfb"),
}


def is_in_ci():
    """Whether no browser may be left out."""
    return bool(os.environ.get("CI"))


def installed(name):
    """The paths of a browser's parts as the system has them, {part: path}, or None where one is missing."""
    paths = {part: next(filter(None, map(shutil.which, names)), None) for part, names in PARTS[name].items()}
    return paths if all(paths.values()) else None


def playwrights_own():
    """The path of the Chromium that Playwright downloaded, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = play.chromium.executable_path
    return path if pathlib.Path(path).exists() else None


def chromium():
    """The path of a Chromium that is installed, or None."""
    paths = installed("chromium")
    return paths["browser"] if paths else playwrights_own()


def lacking(name):
    """What to say of a browser that is not there, or "" where it is."""
    if chromium() if name == "chromium" else installed(name):
        return ""
    return f"{name} is not installed (Debian: apt install {' '.join(PACKAGES[name])})"


def attempt(*command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def install():
    """Installs what is missing: Debian's packages where root may, else Playwright's own Chromium. It says first what it installs."""
    missing = [package for name in PARTS if lacking(name) for package in PACKAGES[name]]
    if missing and shutil.which("apt-get") and is_root():
        print(f"Installing browsers into this system, as root: apt-get install {' '.join(missing)}, with the packages that they need ...", flush=True)
        attempt("apt-get", "update")
        attempt("apt-get", "install", "--yes", "--no-install-recommends", *missing)
    if not chromium():
        print("No Chromium found. Downloading Playwright's own, for this user alone: playwright install chromium ...", flush=True)
        attempt(sys.executable, "-m", "playwright", "install", "chromium")


def main():
    """Says of each browser whether it is there; the exit status tells whether those that must be are."""
    install()
    needed = PARTS if is_in_ci() else ("chromium",)
    for name in PARTS:
        reason = lacking(name)
        if reason and name in needed:
            return f"{reason}. The tests need it: install it, then run this again."
        print(f"{reason}: what is tested in it is skipped" if reason else f"Browser tests use {name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
