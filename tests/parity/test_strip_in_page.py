"""The strip and the pair: what a page shows is what Python computes."""

import numpy as np
import pytest
from library import CLASSES, RULES, bits
from nodejs import run_joined

from optimlib import Momentum, Pair, Quadratic, RMSProp, Strip
from optimlib.lab import strip

FED = """\
import { endOf, gradientsOf, movesOf } from "./joined.mjs";

export default (cases) => cases.map(({ pattern, size, count, rule }) => {
  const moves = movesOf(rule, gradientsOf(pattern, size, count));
  return [gradientsOf(pattern, size, count), moves, Object.values(endOf(moves))];
});
"""

SHOWN = """\
import { pairViews, pairWords, stripRows, stripWords } from "./joined.mjs";

export default ({ strips, pairs }) => ({
  strips: strips.map((state) => [stripRows(state), stripWords(state, stripRows(state))]),
  pairs: pairs.map((state) => [pairViews(state).map(({ toGo }) => toGo), pairWords(state, pairViews(state))]),
});
"""


TRAITS = ("pattern", "size", "step", "steps", "settled", "patterns", "rules", "condition", "angle", "steepest", "start")


def state(widget):
    """What the page gets of a widget."""
    return {name: value for name, value in widget.get_state().items() if name in TRAITS}


def test_each_rule_makes_the_same_of_a_row_bit_for_bit():
    cases = [
        {
            "pattern": pattern,
            "size": size,
            "count": strip.SETTLED,
            "rule": {"kind": kind, "settings": {name: getattr(rule, name) for name in rule.__dataclass_fields__}},
        }
        for pattern in strip.PATTERNS.values()
        for size in (0.1, 0.37, 1.0)
        for kind, rule in RULES.items()
    ]
    assert len(cases) == 9 * len(CLASSES)
    for case, (row, moves, end) in zip(cases, run_joined(FED, cases)):
        name = next(name for name, parts in strip.PATTERNS.items() if parts == case["pattern"])
        ours = strip.gradients(name, case["size"], case["count"])
        made = strip.moves(RULES[case["rule"]["kind"]], ours)
        for theirs, mine in ((row, ours), (moves, made), (end, strip.end(made))):
            np.testing.assert_array_equal(bits(theirs), bits(mine))


@pytest.fixture
def shown():
    rules = [Momentum(lr=0.1, beta=0.9), RMSProp(lr=0.1, rho=0.9)]
    strips, pairs = [Strip(rules) for _ in range(5)], [Pair(Quadratic(), [Momentum(lr=0.6, beta=0.5), RMSProp(lr=0.4)]) for _ in range(3)]
    for one, (pattern, size, step) in zip(strips, [("steady", 1, 40), ("flipping", 1, 40), ("both", 1, 40), ("both", 0.1, 40), ("both", 1, 2)]):
        one.pattern, one.size, one.step = pattern, size, step
    for one, (condition, angle, step) in zip(pairs, [(20, 45, 20), (860, 0, 20), (20, 90, 3)]):
        one.condition, one.angle, one.step = condition, angle, step
    return strips, pairs, run_joined(SHOWN, {"strips": [state(one) for one in strips], "pairs": [state(one) for one in pairs]})


def test_the_strip_says_what_the_steps_come_to(shown):
    strips, _, found = shown
    for one, (rows, _) in zip(strips, found["strips"]):
        assert [(row["end"]["drift"], row["end"]["swing"]) for row in rows[1:]] == list(one.ends().values())
    words = [said for _, said in found["strips"]]
    assert words[0] == "Where the gradient stays 1: in the end momentum’s step is 10, RMSProp’s step is 1, over η."
    assert words[1] == "Where the gradient flips between 7 and −7: in the end momentum’s step is 3.68 to and fro, RMSProp’s step is 1 to and fro, over η."
    assert "momentum makes drift 10, swing 3.68: its steps lead on. RMSProp makes drift 0.134, swing 0.989: its steps go to and fro." in words[2]
    assert "momentum makes drift 1, swing 0.368" in words[3] and "RMSProp makes drift 0.134, swing 0.989" in words[3], "RMSProp's do not change"
    assert words[4] == "Step 2: the gradient is −6; over η, momentum’s step is 1.2, RMSProp’s step is −1.96."


def test_bars_that_can_be_compared_have_one_scale_and_the_others_say_so(shown):
    for _, (fed, momentum, rmsprop) in ((one, rows) for one, (rows, _) in zip(shown[0], shown[2]["strips"])):
        assert fed["limit"] == momentum["limit"] and (fed["scale"], momentum["scale"]) == ("", "to the scale of the gradients")
        assert rmsprop["limit"] < fed["limit"] and rmsprop["scale"] == "not to scale with the gradients"
        assert fed["limit"] == max(abs(strip.moves(Momentum(lr=0.1, beta=0.9), strip.gradients("both"))))


def test_the_bars_of_the_pair_are_the_distances_to_go(shown):
    _, pairs, found = shown
    for one, (shares, _) in zip(pairs, found["pairs"]):
        assert shares == [pytest.approx(list(one.to_go(turned).values()), rel=1e-12) for turned in (False, True)]
    assert found["pairs"][0][1] == (
        "Condition number 20, after 20 steps. Still to go, of the start's distance. "
        "Straight: momentum 0.14 %, RMSProp 0.2 %. Turned by 45°: momentum 0.14 %, RMSProp 22 %."
    )
    assert pairs[2].to_go(True) == pytest.approx(pairs[2].to_go()), "turned by 90 degrees the coordinates only change places"
