"""The rules and schedules go where PyTorch's and optax's go: their paths were recorded, with their versions (tests/cases/record_frameworks.py)."""

import json
import pathlib

import numpy as np
import pytest

import optimlib

RECORDED = json.loads((pathlib.Path(__file__).parent.parent / "cases" / "frameworks.json").read_text(encoding="utf-8"))


def name(run):
    return f"{run['framework']}-{run['rule']}-{run['schedule'] or 'constant'}"


@pytest.mark.parametrize("run", RECORDED["runs"], ids=name)
def test_a_rule_goes_where_the_frameworks_go(run):
    lr = getattr(optimlib, run["schedule"])(run["lr"], **run["shape"]) if run["schedule"] else run["lr"]
    rule = getattr(optimlib, run["rule"])(lr, **run["settings"])
    theirs = np.array(run["points"])
    ours = optimlib.descend(optimlib.Quadratic(RECORDED["curvatures"]), rule, RECORDED["start"], steps=len(theirs) - 1).points
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=0)


def test_both_frameworks_and_each_rule_are_recorded_with_and_without_a_schedule():
    rules, schedules = ("Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam"), ("constant", "Exponential", "InverseTime", "WarmUp")
    wanted = {f"{framework}-{rule}-{schedule}" for framework in ("torch", "optax") for rule in rules for schedule in schedules}
    assert {name(run) for run in RECORDED["runs"]} == wanted
    assert set(RECORDED["versions"]) == {"torch", "optax", "jax"}
