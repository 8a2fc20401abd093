"""A table of results: its numbers at three digits, its words as they are."""

import math

import numpy as np
import pytest

from optimlib import Table
from optimlib.tables import number


@pytest.mark.parametrize(
    "value, words",
    [
        (0, "0"),
        (-3, "−3"),
        (10_000, "10,000"),
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1.00"),
        (0.943467, "0.943"),
        (-0.0007188, "−0.000719"),
        (9.996, "10.0"),
        (999.6, "1,000"),
        (1673.365, "1,670"),
        (-2.802e18, "−2.8·10¹⁸"),
        (7.3e-6, "7.3·10⁻⁶"),
        (1e-12, "≈ 0"),
        (-1.4e-162, "≈ 0"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "not a number"),
        (1.125, "1.13"),
        (-998.5, "−999"),
        (999.5, "1,000"),
        (np.float64(0.5), "0.500"),
        (np.int64(7), "7"),
    ],
)
def test_a_number_for_a_reader(value, words):
    assert number(value) == words


def test_what_a_notebook_shows_is_a_table_and_escapes_its_words():
    shown = Table(["rule", "steps"], [["a < b", 3]])._repr_html_()
    assert shown.count("<tr>") == 2 and "a &lt; b" in shown and '<td style="text-align: right; white-space: nowrap">3</td>' in shown


def test_a_number_is_not_broken_and_words_are():
    shown = Table(["setting", "what it is"], [["1e-06", "inside the root"]])._repr_html_()
    assert '<td style="text-align: left; white-space: nowrap">1e-06</td><td style="text-align: left">inside the root</td>' in shown


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match=r"rows\[1\] must have 2 cells, one for each of the columns, not 1: \['b'\]"):
        Table(["rule", "steps"], [["a", 3], ["b"]])
