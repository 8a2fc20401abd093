"""A number for a reader is the same text in both languages."""

import math

import numpy as np
from nodejs import run_joined

from optimlib.tables import ROUNDING, number, short

CODE = """\
import { roundedText } from "./joined.mjs";

const SPECIAL = { nan: NaN, inf: Infinity, "-inf": -Infinity };
export default ({ values, rounding }) => values.map((value) => roundedText(SPECIAL[value] ?? value, rounding));
"""

# Edges of the three digits, of the plain form and of what is called 0; and halves, which binary numbers have without a remainder.
EDGES = [0.0, -0.0, 1.0, 10.0, 0.5, 9.995, 9.996, 99.95, 998.5, 999.4999, 999.5, 999.6, 1.125, 2.375, 1673.365, 12345.0, 999499.0, 999500.0, 1e6, 1e21]
SMALL = [0.001, 0.0001, 0.00009995, 0.0000999, 1e-5, 7.3e-6, 1.0001e-9, 1e-9, 9.999e-10, 1e-30, 5e-324, 1.7976931348623157e308]


def test_both_languages_write_the_same_number():
    drawn = np.random.default_rng(7)
    values = [*EDGES, *SMALL, *(drawn.choice([-1, 1], 3000) * 10 ** drawn.uniform(-12, 25, 3000)).tolist(), *(drawn.integers(0, 8000, 2000) / 8).tolist()]
    values += [-value for value in EDGES + SMALL]
    special = [math.nan, math.inf, -math.inf]
    theirs = run_joined(CODE, {"values": [*values, *map(str, special)], "rounding": ROUNDING})
    differ = [(value, said, short(value)) for value, said in zip([*values, *special], theirs, strict=True) if said != short(value)]
    assert differ == []


def test_a_column_has_the_same_digits_and_keeps_its_zeros():
    assert [(number(value), short(value)) for value in (10.0, 0.25, 999.5)] == [("10.0", "10"), ("0.250", "0.25"), ("1,000", "1,000")]
