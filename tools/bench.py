"""Measure what optimlib promises about speed and memory: `make bench`.

The sweep is 40,000 settings of momentum, 200 steps each, on a two-dimensional valley. The time is
the best of a few runs, as other programs only ever add to it. The memory is the most that this
whole process held, Python and NumPy included.
"""

import resource
import sys
import time

import numpy as np

from optimlib import Momentum, Quadratic, sweep

RUNS = 5
MOST_SECONDS = 0.3
MOST_MEGABYTES = 200


def main():
    rule = Momentum(lr=np.geomspace(1e-3, 2, 200)[:, None], beta=np.linspace(0, 0.99, 200))
    seconds = min(timed(rule) for _ in range(RUNS))
    megabytes = most_megabytes()
    print(f"sweep: {rule.lr.size * rule.beta.size:,} settings x 200 steps of momentum in 2-D, best of {RUNS} runs")
    print(f"  time    {seconds:6.3f} s   target {MOST_SECONDS} s   {verdict(seconds, MOST_SECONDS)}")
    print(f"  memory  {megabytes:6.0f} MB  target {MOST_MEGABYTES} MB  {verdict(megabytes, MOST_MEGABYTES)}")


def timed(rule):
    before = time.perf_counter()
    sweep(Quadratic(curvatures=(0.2, 4.0)), rule, start=(-5, -2), steps=200)
    return time.perf_counter() - before


def most_megabytes():
    """The largest this process has been; the system counts in kB, and that of macOS in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024) / 1e6


def verdict(measured, target):
    return "met" if measured <= target else "missed"


if __name__ == "__main__":
    main()
