"""The JavaScript tests of parity/js, in Node: what needs no page."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

from nodejs import run_node

ROOT = Path(__file__).resolve().parents[2]
JS = ROOT / "optimlib" / "js"
TESTS = sorted(Path(__file__).with_name("js").glob("*.test.mjs"))


def test_javascript():
    assert TESTS
    done = run_node("--test", "--test-reporter=tap", *TESTS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# tests 0" not in done.stdout


# Each room of optimlib/js, with the rooms that its modules may import from, beside itself.
ROOMS = {"core": "", "ui": "core", "valley": "core ui", "lab": "core ui valley", "exercises": "core ui valley", "strip": "core ui valley"}


def imports():
    """{module: the modules that it imports} of the rooms."""
    files = [path for room in ROOMS for path in (JS / room).glob("*.js")]
    return {
        path: [(path.parent / name).resolve() for name in re.findall(r'^import [^;]*? from "(\.[^"]+\.js)"', path.read_text(encoding="utf-8"), re.MULTILINE)]
        for path in files
    }


def test_a_room_imports_only_from_those_below_it():
    for path, imported in imports().items():
        room = path.parent.name
        assert {one.parent.name for one in imported} <= {room, *ROOMS[room].split()}, path


def test_no_module_needs_itself():
    TopologicalSorter(imports()).prepare()  # an error names the circle
