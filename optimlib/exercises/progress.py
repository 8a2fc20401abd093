"""What a reader has done of the course, kept in a small file.

The file is .optimlib/progress.json in the reader's home, or what the environment variable
OPTIMLIB_PROGRESS names; "off" keeps nothing beyond this process. It has an entry for each
exercise that was touched:

    {"format": "optimlib progress", "version": 1, "exercises":
        {"gd-edge": {"state": "solved", "hints": 1, "solution": false, "answer": "1/4",
            "tries": 2, "tried_at": "2026-11-28T09:30:00Z", "solved_at": "2026-11-28T09:31:00Z"}}}

tries counts the answers that were judged until one was right, tried_at and solved_at say when the first and when that one was.
What is exported has more: the reader's name, where one was given, the course's version, and a checksum of the text.

js/exercises/progress.js reads and writes the same in the browser, by the same progress.json. A file that cannot be used raises
nothing and stays as it is: what is done then is kept in memory, and load() says why.
"""

import json
import math
import os
import re
import sys
import zlib
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from weakref import WeakMethod

from .. import _needs

if sys.platform == "win32":
    from msvcrt import LK_LOCK, locking

    def _lock(file):
        locking(file.fileno(), LK_LOCK, 1)

else:
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:  # a browser's Python, which is alone with its files

        def _lock(file):
            pass

    else:

        def _lock(file):
            flock(file, LOCK_EX)


_DATA = _needs.data("exercises/progress.json")
_SAY = _DATA["sentences"]
FORMAT, VERSION = _DATA["format"], _DATA["version"]
STATES = tuple(_DATA["states"])

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_NO_LETTERS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
_TIMES = ("tried_at", "solved_at")
_CHECKSUM = re.compile(r'"checksum": "([0-9a-f]{8})"\s*\}\s*\Z')

_unsaved: dict[str, dict] = {}  # the entries that the file does not hold
_refused = ""  # why it could not be written, when it last was to be
_watchers: set[WeakMethod] = set()


# Entries


def sound(entry):
    """Whether a value is an entry, or a part of one. It may have more than this course knows."""
    return (
        isinstance(entry, dict)
        and _plain(entry, _DATA["deepest"])
        and entry.get("state", "untried") in list(STATES)
        and not isinstance(entry.get("hints"), bool)
        and entry.get("hints", 0) in range(_DATA["most_hints"] + 1)
        and isinstance(entry.get("solution", False), bool)
        and not isinstance(entry.get("tries"), bool)
        and entry.get("tries", 0) in range(_DATA["most_tries"] + 1)
        and all(isinstance(entry[name], str) and _TIME.fullmatch(entry[name]) for name in _TIMES if name in entry)
    )


def _plain(value, depth):
    """Whether JSON can carry a value, and it is not nested deeper than depth."""
    if isinstance(value, (dict, list)):
        inside = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_plain(one, depth - 1) for one in inside)
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, (str, int))


def updated(entry, change):
    """An entry after a change to a part of it. Solved stays solved, hints and tries never go down, and the first times stay."""
    both = (entry, change)
    counted = {"tries": max(one["tries"] for one in both if "tries" in one)} if any("tries" in one for one in both) else {}
    times = {name: min(one[name] for one in both if name in one) for name in _TIMES if any(name in one for one in both)}
    return {
        **entry,
        **change,
        **counted,
        **times,
        "state": max(entry.get("state", "untried"), change.get("state", "untried"), key=STATES.index),
        "hints": max(entry.get("hints", 0), change.get("hints", 0)),
        "solution": entry.get("solution", False) or change.get("solution", False),
    }


def merged(mine, theirs):
    """The best of two {id: entry}; answers are mine, where I have one."""
    return {**theirs, **{name: updated(theirs.get(name, {}), entry) for name, entry in mine.items()}}


def read_kept(text):
    """({id: entry}, fault): what can be used of a text, and what is wrong with it, such as "it is not JSON", or ""."""
    if not text:
        return {}, ""
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return {}, _SAY["not_json"]
    if not isinstance(found, dict) or found.get("format") != FORMAT or type(found.get("version")) not in (int, float):
        return {}, _SAY["not_ours"]
    if found["version"] > VERSION or not found.keys() <= set(_DATA["parts"]):
        return {}, _SAY["newer"]
    entries = found.get("exercises")
    if found["version"] != VERSION or not isinstance(entries, dict):
        return {}, _SAY["not_ours"]
    kept = {name: entry for name, entry in entries.items() if sound(entry)}
    lost = len(entries) - len(kept)
    return kept, (lost and _SAY["one_damaged" if lost == 1 else "some_damaged"].format(lost=lost)) or ""


def _refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def write_kept(kept):
    """The text of a file that holds these entries."""
    return json.dumps({"format": FORMAT, "version": VERSION, "exercises": kept}, indent=1) + "\n"


def judged(entry, state):
    """The change that one more answer makes to an entry: state is "solved" where it is right, else "tried"."""
    if entry.get("state") == "solved":
        return {"state": state}
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"state": state, "tries": entry.get("tries", 0) + 1, "tried_at": now, **({"solved_at": now} if state == "solved" else {})}


def about(text):
    """The "name" and the "course" that an exported text gives, in one line and without what is no letter to anybody."""
    found = json.loads(text)
    return {part: " ".join(_NO_LETTERS.sub(" ", found[part]).split())[:200] for part in ("name", "course") if isinstance(found.get(part), str)}


def checked(text):
    """What the checksum of an exported text says: "whole", "changed", or "" where it has none.

    It is the CRC-32 of the text in UTF-8, with line ends as they were written and with eight 0 in its own place.
    """
    text = text.replace("\r\n", "\n")
    found = _CHECKSUM.search(text)
    if not found:
        return ""
    plain = f"{text[: found.start(1)]}00000000{text[found.end(1) :]}"
    return "whole" if f"{zlib.crc32(plain.encode('utf-8', 'replace')):08x}" == found[1] else "changed"


# The file


def load():
    """({id: entry}, problem): what is kept, and a sentence that says why nothing more is, or ""."""
    kept, problem = _found(_path())
    return merged(_unsaved, kept), problem or _refused


def record(exercise_id, /, **changes):
    """Keep what a reader did in one exercise: state, hints, solution, answer, or some of them."""
    keep({exercise_id: changes})


def keep(entries):
    """Add these entries, or parts of them, to what is kept, and tell the watchers. Empty ones change nothing.

    Raises ValueError for what is no entry.
    """
    global _unsaved, _refused
    for name, entry in entries.items():
        if not isinstance(name, str) or not sound(entry):
            raise ValueError(f"what is kept must be like {{'gd-edge': {{'state': 'tried', 'hints': 1}}}}, not {{{name!r}: {entry!r}}}")
    path = _path()
    kept, _ = _found(path)
    known = merged(_unsaved, kept)
    wanted = merged({name: entry for name, entry in entries.items() if entry}, known)
    if wanted == known:
        return
    _unsaved = {name: entry for name, entry in wanted.items() if entry != kept.get(name)}
    if path:
        try:
            with _alone(path):
                kept, problem = _found(path)  # again: another kernel may just have written
                if not problem:
                    _write(path, write_kept(merged(_unsaved, kept)))
                    _unsaved = {}
            _refused = ""
        except OSError as error:
            _refused = f"{_SAY['not_kept']}: {path} cannot be written ({_reason(error)})."
    _tell()


def reset():
    """Forget all, and tell the watchers. A file that cannot be used is moved aside and not lost."""
    global _unsaved, _refused
    _unsaved, _refused = {}, ""
    path = _path()
    try:
        if path and path.is_file():
            if _found(path)[1]:
                os.rename(path, next(aside for n in count(1) if not (aside := path.with_name(f"{path.name}.old{n}")).exists()))
            else:
                path.unlink()
    except OSError as error:
        _refused = f"Your progress cannot be forgotten: {path} cannot be removed ({_reason(error)})."
    _tell()


def _path():
    """Where the file is, or None where nothing is to be kept."""
    place = os.environ.get("OPTIMLIB_PROGRESS") or "~/.optimlib/progress.json"
    return None if place == "off" else Path(os.path.realpath(os.path.expanduser(place)))


def _found(path):
    """({id: entry}, problem) of what the file holds."""
    if not path:
        return {}, ""
    try:
        kept, fault = read_kept(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}, ""
    except UnicodeDecodeError:
        kept, fault = {}, _SAY["not_json"]
    except OSError as error:
        return {}, f"{_SAY['not_kept']}: {path} cannot be read ({_reason(error)})."
    return kept, fault and f"{_SAY['not_kept']}: {path} cannot be used, since {fault}. It stays as it is; a reset moves it aside."


def _reason(error):
    return error.strerror or type(error).__name__


@contextmanager
def _alone(path):
    """Hold a lock beside the file: of two kernels one writes after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_name(f"{path.name}.lock"), "ab") as file:
        with suppress(OSError):  # where a file system has no locks, better to write without
            _lock(file)
        yield


def _write(path, text):
    """Write the file in one rename: whoever reads it finds the old one or the new one, whole."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise


# Who wants to know


def watch(method):
    """Call this method of an object with load() now and after every change, as long as the object lives."""
    _watchers.add(WeakMethod(method))
    method(*load())


def _tell():
    for watcher in list(_watchers):
        method = watcher()
        if method:
            method(*load())
        else:
            _watchers.discard(watcher)
