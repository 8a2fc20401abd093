"""What the built site asks its own Python, and what it is answered.

The same file runs in CPython and in MicroPython: in the page, a worker (tools/site/worker.js) calls
reply, and the page reads and writes the same texts (tools/site/python.js).
"""

import json
import struct

from .common_part import uncommon
from .errors import IN_MICROPYTHON, Ask
from .faults import fault
from .judge_code import HUGE, judge_source
from .own_rule import own_path


def answer(job, exercises):
    """What a job gives. Its "task" is a name in TASKS; the rest is what that task needs.

    exercises: {id: data} with at least the exercise that the job names.

    The rule for when MicroPython answers: where the code is no Python for certain (faults.py), or
    lies in the part of Python that both run alike (common.py) and meets no error that CPython would
    word otherwise (errors.py). Else it gives {"ask": why}, and CPython is to be given the job.
    """
    try:
        if IN_MICROPYTHON:
            why = uncommon(job["source"])
            if why and not fault(job["source"]):
                raise Ask(why)
        return TASKS[job["task"]](job, exercises)
    except Ask as why:
        return {"ask": str(why)}


def reply(job, exercises):
    """The same, from packed texts to a packed text."""
    return packed(answer(unpacked(job), unpacked(exercises)))


def _judge(job, exercises):
    return judge_source(exercises[job["exercise"]], job["source"])


def _path(job, exercises):
    reply = own_path(job["source"], job["curvatures"], job["turn"], job["start"], job["steps"], job.get("draws"), job.get("ground"))
    if IN_MICROPYTHON and "**" in job["source"] and not all([abs(x) < HUGE for point in reply.get("points", []) for x in point]):
        raise Ask("a power of a huge number")
    return reply


TASKS = {"judge": _judge, "path": _path}


def packed(data):
    """Plain data as a JSON text that loses no bit, no NaN and no infinity on any side.

    A float is written as the hex digits of its eight bytes, a list of floats as all of theirs with
    a [ before them, and a text has a ' put before it.

    >>> from optimlib.portable.job import packed
    >>> packed({"x": [1.0, 2.0], "g": 1.0, "steps": 20, "name": "a"})
    '{"x": "[000000000000f03f0000000000000040", "g": "000000000000f03f", "steps": 20, "name": "\\'a"}'
    """
    if isinstance(data, dict):
        return "{" + ", ".join([json.dumps(name) + ": " + packed(value) for name, value in data.items()]) + "}"
    if isinstance(data, (list, tuple)):
        if data and all(isinstance(value, float) for value in data):
            return '"[' + _digits(data) + '"'  # much the fastest, and a path has thousands
        return "[" + ", ".join([packed(value) for value in data]) + "]"
    if isinstance(data, float):
        return '"' + _digits([data]) + '"'
    return json.dumps("'" + data if isinstance(data, str) else data)


def unpacked(text):
    """The data of a packed text."""
    return _unmarked(json.loads(text))


def _unmarked(data):
    if isinstance(data, dict):
        return {name: _unmarked(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_unmarked(value) for value in data]
    if not isinstance(data, str):
        return data
    if data[0] == "'":
        return data[1:]
    return list(_floats(data[1:])) if data[0] == "[" else _floats(data)[0]


def _digits(floats):
    return struct.pack("<" + str(len(floats)) + "d", *floats).hex()


def _floats(digits):
    return struct.unpack("<" + str(len(digits) // 16) + "d", bytes.fromhex(digits))
