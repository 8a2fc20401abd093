"""What `make check` and `make test` say of themselves."""

import re
import sys

import pytest

from tools import testing


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Runs a program as if it were the tests, and gives its code and what was said."""
    monkeypatch.setattr(testing, "LAST", tmp_path / "build" / "tests.json")

    def run(program):
        monkeypatch.setitem(testing.WHAT, "check", ("a program", [[sys.executable, "-c", program]]))
        return testing.main("check"), capsys.readouterr().out

    return run


def test_what_it_took_is_told_the_next_time(check):
    code, said = check("pass")
    assert code == 0 and said.startswith("make check runs a program.\nHow long it takes here is not known yet.\n")
    code, said = check("pass")
    assert code == 0 and re.search(r"The last time here it took \d+ s\.\n", said)


def test_what_fails_says_so_and_sets_no_time(check):
    code, said = check("raise SystemExit(3)")
    assert code == 3 and "took" not in said
    assert "not known yet" in check("pass")[1]


@pytest.mark.parametrize("text", ["", "[]", "3", '{"check": "long"}', "\x00"])
def test_a_time_that_cannot_be_read_is_as_none(check, text):
    testing.LAST.parent.mkdir()
    testing.LAST.write_text(text, encoding="utf-8")
    assert "not known yet" in check("pass")[1]
    assert re.search(r"it took \d+ s", check("pass")[1])
