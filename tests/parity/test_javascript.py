"""The JavaScript tests of parity/js, in Node: what needs no page."""

from pathlib import Path

from nodejs import run_node

TESTS = sorted(Path(__file__).with_name("js").glob("*.test.mjs"))


def test_javascript():
    assert TESTS
    done = run_node("--test", "--test-reporter=tap", *TESTS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# tests 0" not in done.stdout
