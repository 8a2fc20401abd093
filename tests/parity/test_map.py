"""The map of steps to converge: the numbers of optimlib.sweep, and the lines of optimlib.theory."""
import random
from decimal import Decimal

import numpy as np
from nodejs import run_joined

from optimlib import Momentum, Quadratic, RMSProp, sweep, theory

RUNNER = """\
import { MAP_LRS, MAP_VALUES, betaBorder, stabilityEdge, sweepRows } from "./joined.mjs";

const counted = (job) => {
  const [first, stays] = [0, 1].map(() => new Int16Array(job.lrs.length * job.values.length));
  const rows = [...sweepRows(job, first, stays)];
  return { rows, first: [...first], stays: [...stays] };
};
const lines = ([lr, curvature, beta]) => [stabilityEdge(curvature, beta), betaBorder(lr, curvature)];
export default ({ jobs, points }) => ({ counted: jobs.map(counted), lines: points.map(lines), lrs: MAP_LRS, values: MAP_VALUES });
"""


def test_the_map_counts_what_sweep_counts_and_draws_what_theory_says():
    chance = random.Random(4)
    jobs = [
        {
            "kind": kind, "name": name, "eps": chance.choice([0, 1e-12, 1e-6]), "steps": chance.choice([0, 1, 60, 300]),
            "curvatures": [10 ** chance.uniform(-2, 2) for _ in range(2)], "angle": chance.choice([0, 45, 90, 180, chance.randint(-400, 400)]),
            "start": [chance.uniform(-9, 9), chance.choice([0.0, chance.uniform(-9, 9)])],
            "lrs": [10 ** chance.uniform(-3, 2) for _ in range(12)], "values": [0.0, *(chance.random() for _ in range(7)), 0.999],
        }
        for kind, name in [("momentum", "beta"), ("rmsprop", "rho")] * 25
    ]
    points = [[10 ** chance.uniform(-3, 1), 10 ** chance.uniform(-2, 2), chance.random()] for _ in range(500)]
    result = run_joined(RUNNER, {"jobs": jobs, "points": points})
    found = 0
    for job, theirs in zip(jobs, result["counted"]):
        lrs, values = np.array(job["lrs"]), np.array(job["values"])[:, None]
        rule = Momentum(lrs, values) if job["kind"] == "momentum" else RMSProp(lrs, values, job["eps"])
        grid = sweep(Quadratic(job["curvatures"], job["angle"]), rule, job["start"], job["steps"])
        assert theirs["rows"] == list(range(9))
        assert theirs["first"] == grid.first_below.ravel().tolist(), job
        assert theirs["stays"] == grid.stays_below.ravel().tolist(), job
        found += (grid.stays_below >= 0).sum() + (grid.first_below < 0).sum()
    assert found > 1000, "both sorts are there"
    for (lr, curvature, beta), (edge, border) in zip(points, result["lines"]):
        assert (edge, border) == (theory.stability_edge(curvature, beta), theory.beta_border(lr, curvature))
    # From 0.01 to 10 by a constant factor, to three digits: here worked out in decimals.
    assert result["lrs"] == [float(f"{Decimal(10) ** (Decimal(i) / 21 - 2):.2e}") for i in range(64)]
    assert (len(result["values"]), result["values"][0], result["values"][-1]) == (64, 0, 0.98)
