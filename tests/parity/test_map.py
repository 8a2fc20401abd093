"""The map of steps to converge: the numbers of optimlib.sweep, and the lines of optimlib.theory."""

import random
from dataclasses import replace
from decimal import Decimal

import numpy as np
from library import RULES, at
from nodejs import run_joined

from optimlib import Quadratic, catalogue, sweep, theory
from optimlib.lab import schedule_data

RUNNER = """\
import { MAP_LRS, MAP_VALUES, THEORY, noiseSpread, rmspropSpread, sweepRows } from "./joined.mjs";

const counted = (job) => {
  const [first, stays] = [0, 1].map(() => new Int16Array(job.lrs.length * job.values.length));
  const rows = [...sweepRows(job, first, stays)];
  return { rows, first: [...first], stays: [...stays] };
};
const lines = ([kind, lr, curvature, beta]) => [THEORY[kind].edge(curvature, beta), THEORY[kind].border(lr, curvature)];
export default ({ jobs, points, noisy }) => ({
  spreads: noisy.map(([lr, curvature, sd, beta]) => [noiseSpread(lr, curvature, sd, beta), rmspropSpread(lr, curvature, sd)]),
  counted: jobs.map(counted), lines: points.map(lines), lrs: MAP_LRS, values: MAP_VALUES });
"""


def test_the_map_counts_what_sweep_counts_and_draws_what_theory_says():
    chance = random.Random(4)
    jobs = [
        {
            "kind": kind,
            "name": known["map"]["over"],
            "settings": {**known["settings"], **({"eps": chance.choice([0, 1e-12, 1e-6])} if "eps" in known["settings"] else {})},
            "steps": chance.choice([0, 1, 60, 300]),
            "curvatures": [10 ** chance.uniform(-2, 2) for _ in range(2)],
            "angle": chance.choice([0, 45, 90, 180, chance.randint(-400, 400)]),
            "start": [chance.uniform(-9, 9), chance.choice([0.0, chance.uniform(-9, 9)])],
            "lrs": [10 ** chance.uniform(-3, 2) for _ in range(12)],
            "values": [0.0, *(chance.random() for _ in range(7)), 0.999],
            "schedule": chance.choice([["constant", 1], ["exponential", chance.uniform(0.5, 1)], ["inverse_time", chance.uniform(1, 50)], ["warm_up", 9]]),
        }
        for kind, known in list(catalogue.RULES.items()) * 25
        if "map" in known
    ]
    points = [[kind, 10 ** chance.uniform(-3, 1), 10 ** chance.uniform(-2, 2), chance.random()] for kind in ("momentum", "nesterov") * 250]
    noisy = [[10 ** chance.uniform(-3, 0), 10 ** chance.uniform(-2, 0.2), chance.uniform(0, 4), chance.random()] for _ in range(300)]
    result = run_joined(RUNNER, {"jobs": jobs, "points": points, "noisy": noisy})
    spreads = [[theory.noise_spread(lr, curvature, sd, beta), theory.rmsprop_spread(lr, curvature, sd)] for lr, curvature, sd, beta in noisy]
    assert result["spreads"] == [[spread if np.isfinite(spread) else None for spread in one] for one in spreads]
    found = 0
    for job, theirs in zip(jobs, result["counted"]):
        lrs, values = np.array(job["lrs"]), np.array(job["values"])[:, None]
        rule = schedule_data.put_together(replace(at(RULES[job["kind"]], **job["settings"]), lr=lrs, **{job["name"]: values}), job["schedule"])
        grid = sweep(Quadratic(job["curvatures"], job["angle"]), rule, job["start"], job["steps"])
        assert theirs["rows"] == list(range(9))
        assert theirs["first"] == grid.first_below.ravel().tolist(), job
        assert theirs["stays"] == grid.stays_below.ravel().tolist(), job
        found += (grid.stays_below >= 0).sum() + (grid.first_below < 0).sum()
    assert found > 1000, "both sorts are there"
    for (kind, lr, curvature, beta), (edge, border) in zip(points, result["lines"]):
        nesterov = kind == "nesterov"
        assert (edge, border) == (theory.stability_edge(curvature, beta, nesterov), theory.beta_border(lr, curvature, nesterov))
    # From 0.01 to 10 by a constant factor, to three digits: here worked out in decimals.
    assert result["lrs"] == [float(f"{Decimal(10) ** (Decimal(i) / 21 - 2):.2e}") for i in range(64)]
    assert (len(result["values"]), result["values"][0], result["values"][-1]) == (64, 0, 0.98)
