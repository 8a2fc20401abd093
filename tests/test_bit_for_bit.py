"""The lab's JavaScript computes the doubles that Python computes: not one bit differs."""

import base64
import json
import math
import random

import numpy as np
import pytest
from nodejs import run_node

from optimlib import AdaGrad, GradientDescent, Momentum, Quadratic, RMSProp, descend, measures, scripts

CASES = 1200
TOLERANCES = (1e-6, 0.1, 0.0)

# Reads the cases, runs the joined module, and writes for each case its doubles, in base64.
RUNNER = """\
import { readFileSync } from "node:fs";
import { RULES, bouncing, crossings, descend, progress, quadratic, stepsToReach, stepsToStay, sumOfSquares } from "./module.mjs";

const results = JSON.parse(readFileSync(0, "utf8")).map(({ curvatures, angle, kind, settings, start, steps, tolerances }) => {
  const run = descend(quadratic(curvatures, angle), RULES[kind], settings, start, steps);
  const series = start.map((_, i) => run.points.map((x) => x[i]));
  const numbers = [
    run.points, run.losses, run.gradients, Object.values(run.state), run.divergedAt ?? -1,
    tolerances.map((tolerance) => [stepsToReach(run.losses, tolerance) ?? -1, stepsToStay(run.losses, tolerance) ?? -1]),
    series.map((one) => [crossings(one), sumOfSquares(one), progress(one), bouncing(one) ?? -1]),
  ];
  return Buffer.from(Float64Array.from(numbers.flat(Infinity)).buffer).toString("base64");
});
process.stdout.write(JSON.stringify(results));
"""


def make_case(chance):
    """The settings of one run, drawn so that many diverge and some never move."""
    dimension = chance.choice([1, 2, 2, 2, 2, 2, 3])
    kind, rule = chance.choice(
        [("gradient_descent", GradientDescent), ("momentum", Momentum), ("adagrad", AdaGrad), ("rmsprop", RMSProp)]
    )
    settings = {
        "lr": 10 ** chance.uniform(-3, 2),
        "beta": chance.choice([0.0, chance.random(), 0.999]),
        "rho": chance.choice([0.0, chance.random(), 0.999]),
        "eps": chance.choice([0.0, 1e-12, 1e-6, 1.0]),
    }
    return {
        "curvatures": [10 ** chance.uniform(-3, 2) for _ in range(dimension)],
        "angle": chance.choice([0, 45, 90, 180, 270, chance.randint(-720, 720)]) if dimension == 2 else 0,
        "kind": kind,
        "settings": {name: settings[name] for name in rule.__dataclass_fields__},
        "start": [chance.choice([0.0, chance.uniform(-10, 10), chance.uniform(-10, 10)]) for _ in range(dimension)],
        "steps": chance.choice([0, 1, chance.randint(2, 60), chance.randint(60, 300)]),
        "tolerances": TOLERANCES,
    }, rule


def python_numbers(case, rule):
    """All that Python computes in a case, in the order of the runner."""
    path = descend(Quadratic(case["curvatures"], case["angle"]), rule(**case["settings"]), case["start"], case["steps"])
    numbers = [path.points, path.losses, path.gradients, *path.state.values(), or_minus_one(path.diverged_at)]
    for tolerance in case["tolerances"]:
        numbers += [or_minus_one(f(path.losses, tolerance)) for f in (measures.steps_to_reach, measures.steps_to_stay)]
    for series in path.points.T:
        progress = measures.progress(series) if series[0] != 0 else math.nan
        numbers += [measures.crossings(series), measures.sum_of_squares(series), progress, or_minus_one(measures.bouncing(series))]
    return np.concatenate([np.ravel(np.asarray(number, dtype=float)) for number in numbers])


def or_minus_one(step):
    return -1 if step is None else step


def bits(numbers):
    """The bits of doubles, with one pattern for NaN."""
    return np.where(np.isnan(numbers), np.nan, numbers).view(np.uint64)


@pytest.fixture(scope="module")
def cases():
    chance = random.Random(20)
    return [make_case(chance) for _ in range(CASES)]


@pytest.fixture(scope="module")
def javascript(cases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("joined")
    (folder / "module.mjs").write_text(scripts.module(), encoding="utf-8")
    (folder / "run.mjs").write_text(RUNNER, encoding="utf-8")
    # Python writes, and JavaScript reads, the shortest decimals that give back the same doubles.
    done = run_node(folder / "run.mjs", input=json.dumps([case for case, _ in cases]))
    assert done.returncode == 0, done.stderr
    return [np.frombuffer(base64.b64decode(result)) for result in json.loads(done.stdout)]


def test_the_cases_are_of_every_sort(cases):
    runs = [(case, descend(Quadratic(case["curvatures"], case["angle"]), rule(**case["settings"]), case["start"], case["steps"])) for case, rule in cases]
    assert sum(run.diverged_at is not None for _, run in runs) > 100
    assert sum(not np.isfinite(run.points).all() for _, run in runs) > 10
    assert sum(case["settings"].get("eps") == 0 and 0.0 in case["start"] for case, _ in runs) > 20
    assert sum(measures.bouncing(series) is not None for _, run in runs for series in run.points.T) > 10
    assert {rule for _, rule in cases} == {GradientDescent, Momentum, AdaGrad, RMSProp}


def test_python_and_javascript_agree_to_the_last_bit(cases, javascript):
    assert len(javascript) == CASES
    for (case, rule), theirs in zip(cases, javascript):
        ours = python_numbers(case, rule)
        assert ours.shape == theirs.shape, case
        differ = np.flatnonzero(bits(ours) != bits(theirs))
        assert differ.size == 0, f"{case}: number {differ[0]} is {ours[differ[0]]!r} here and {theirs[differ[0]]!r} there"


def test_a_single_bit_would_be_seen():
    x = np.array([1.0, 0.0, np.nan])
    assert (bits(x) == bits(x.copy())).all()
    assert (bits(x) != bits(np.array([np.nextafter(1.0, 2.0), -0.0, 0.0]))).all()
