"""What is said before a Chromium is installed. Nothing is installed here."""
import pytest

from tools import chromium


@pytest.fixture
def told(monkeypatch, capsys):
    """A machine without Chromium: the function gives what was said and what was run, in their order."""
    def on(user, has_apt, succeeds=True):
        found = []

        def attempt(*command):
            print("ran", *command[:2] if command[0] == "apt-get" else command[2:])
            found.append(succeeds and "install" in command)
            return True

        monkeypatch.setattr(chromium, "find", lambda: "/somewhere" if any(found) else None)
        monkeypatch.setattr(chromium, "attempt", attempt)
        monkeypatch.setattr(chromium.shutil, "which", lambda name: "/usr/bin/apt-get" if has_apt and name == "apt-get" else None)
        monkeypatch.setattr(chromium.os, "geteuid", lambda: user)
        chromium.install()
        return capsys.readouterr().out.splitlines()

    return on


APT = "No Chromium found. Installing it into this system, as root: apt-get install chromium, with the packages that it needs ..."
OWN = "No Chromium found. Downloading Playwright's own, for this user alone: playwright install chromium ..."


def test_what_will_be_installed_is_said_first(told):
    assert told(user=0, has_apt=True) == [APT, "ran apt-get update", "ran apt-get install"]
    assert told(user=1000, has_apt=True) == told(user=0, has_apt=False) == [OWN, "ran playwright install chromium"]


def test_where_the_system_has_none_the_next_try_is_said_too(told):
    assert told(user=0, has_apt=True, succeeds=False) == [APT, "ran apt-get update", "ran apt-get install", OWN, "ran playwright install chromium"]
