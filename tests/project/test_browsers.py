"""What is said before a browser is installed, and of one that is not there. Nothing is installed here."""

import pytest

from tools import browsers


@pytest.fixture
def told(monkeypatch, capsys):
    """A machine without browsers: the function gives what was said and what was run, in their order, and the end of it."""

    def on(user, has_apt, succeeds=True, ci=""):
        found = set()

        def attempt(*command):
            print("ran", *command[:2] if command[0] == "apt-get" else command[2:])
            if succeeds and "install" in command:
                found.update(name for name in browsers.PARTS if name in " ".join(command))
            return True

        monkeypatch.setenv("CI", ci)
        monkeypatch.setattr(browsers, "installed", lambda name: {"browser": "/somewhere"} if name in found else None)
        monkeypatch.setattr(browsers, "playwrights_own", lambda: None)
        monkeypatch.setattr(browsers, "attempt", attempt)
        monkeypatch.setattr(browsers.shutil, "which", lambda name: "/usr/bin/apt-get" if has_apt and name == "apt-get" else None)
        monkeypatch.setattr(browsers.os, "geteuid", lambda: user)
        status = browsers.main()
        return capsys.readouterr().out.splitlines(), status

    return on


ALL = "chromium firefox-esr libwebkit2gtk-4.1-0 webkit2gtk-driver xvfb"
APT = [
    f"Installing browsers into this system, as root: apt-get install {ALL}, with the packages that they need ...",
    "ran apt-get update",
    "ran apt-get install",
]
OWN = ["No Chromium found. Downloading Playwright's own, for this user alone: playwright install chromium ...", "ran playwright install chromium"]
SKIPPED = [
    "firefox is not installed (Debian: apt install firefox-esr): what is tested in it is skipped",
    "webkit is not installed (Debian: apt install libwebkit2gtk-4.1-0 webkit2gtk-driver xvfb): what is tested in it is skipped",
]
NO_CHROMIUM = "chromium is not installed (Debian: apt install chromium). The tests need it: install it, then run this again."


def test_what_will_be_installed_is_said_first(told):
    assert told(user=0, has_apt=True) == ([*APT, *(f"Browser tests use {name}" for name in ("chromium", "firefox", "webkit"))], 0)


def test_where_root_may_not_install_chromium_is_downloaded_and_the_others_are_left(told):
    for user, has_apt in ((1000, True), (0, False)):
        assert told(user, has_apt) == ([*OWN, "Browser tests use chromium", *SKIPPED], 0)


def test_where_the_system_has_none_the_next_try_is_said_too(told):
    assert told(user=0, has_apt=True, succeeds=False) == ([*APT, *OWN], NO_CHROMIUM)


def test_in_ci_none_is_left_out(told):
    said, status = told(user=1000, has_apt=True, ci="true")
    assert said == [*OWN, "Browser tests use chromium"]
    assert status == "firefox is not installed (Debian: apt install firefox-esr). The tests need it: install it, then run this again."


def test_a_browser_lacks_nothing_only_with_all_its_parts(monkeypatch):
    there = {"WebKitWebDriver", "Xvfb", "firefox"}
    monkeypatch.setattr(browsers.shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    assert browsers.installed("firefox") == {"browser": "/usr/bin/firefox"}
    assert browsers.installed("webkit") is None
