"""A table of results, as a notebook and a page show it, and its numbers at three digits."""

import decimal
import html
import math
from collections.abc import Iterable, Sequence
from numbers import Integral
from typing import Any

# Below this a number of this course is what rounding leaves: its lengths, losses and rates are around 1.
ROUNDING = 1e-9
# Rounded as on paper, and as JavaScript rounds: a half goes away from 0.
_THREE_DIGITS = decimal.Context(prec=3, rounding=decimal.ROUND_HALF_UP)
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float) -> str:
    """A number for a reader: whole ones as they are, others at three digits, ≈ 0 for what is rounding.

    >>> from optimlib.tables import number
    >>> [number(value) for value in (20, 0.0, -0.943467, 1673.365, 2.802e18, 1.7e-162)]
    ['20', '0', '−0.943', '1,670', '2.8·10¹⁸', '≈ 0']
    """
    if isinstance(value, Integral):
        return f"{int(value):,}".replace("-", "−")
    value = float(value)
    if not math.isfinite(value):
        return {math.inf: "∞", -math.inf: "−∞"}.get(value, "not a number")
    if value == 0:
        return "0"
    if abs(value) < ROUNDING:
        return "≈ 0"
    rounded = _THREE_DIGITS.create_decimal_from_float(value)
    digits, power = f"{rounded:.2e}".split("e")
    if -5 < int(power) < 6:
        return f"{rounded:,.{max(0, 2 - int(power))}f}".replace("-", "−")
    return f"{float(digits):g}·10{str(int(power)).translate(SUPERSCRIPT)}".replace("-", "−")


def short(value: float) -> str:
    """A number in a sentence: as `number` gives it for a column, without the zeros at its end that only make digits line up.

    >>> from optimlib.tables import short
    >>> [short(value) for value in (10.0, 0.5, 999.5, -2.802e18)]
    ['10', '0.5', '1,000', '−2.8·10¹⁸']
    """
    text = number(value)
    return text.rstrip("0").rstrip(".") if "." in text and "·" not in text else text


class Table:
    """Rows under names of columns. A notebook and a page show it as a table, `print` as text.

    columns are the names; rows hold as many cells each, a word or a number. Words stand left and
    numbers right.

    >>> from optimlib import Table
    >>> print(Table(["rule", "x1"], [["gradient descent", -0.943467], ["momentum", 0.007188]]))
    rule                    x1
    gradient descent    −0.943
    momentum           0.00719

    Raises ValueError for a row that is longer or shorter than the columns.
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]):
        rows = [list(row) for row in rows]
        for at, row in enumerate(rows):
            if len(row) != len(columns):
                raise ValueError(f"rows[{at}] must have {len(columns)} cells, one for each of the columns, not {len(row)}: {row!r}")
        self.columns = list(columns)
        self.rows = [[cell if isinstance(cell, str) else number(cell) for cell in row] for row in rows]
        self._words = [any(isinstance(row[at], str) for row in rows) for at in range(len(columns))]

    def __repr__(self):
        lines = [self.columns, *self.rows]
        widths = [max(len(line[at]) for line in lines) for at in range(len(self.columns))]
        aligned = [[cell.ljust(width) if words else cell.rjust(width) for cell, width, words in zip(line, widths, self._words, strict=True)] for line in lines]
        return "\n".join("   ".join(line).rstrip() for line in aligned)

    def _repr_html_(self):
        # "dataframe" is the class that Jupyter's front ends and the site's theme style as a table of data.
        head, body = self._row("th", self.columns), "".join(self._row("td", row) for row in self.rows)
        return f'<table class="dataframe"><thead>{head}</thead><tbody>{body}</tbody></table>'

    def _row(self, tag, cells):
        sides = ["left" if words else "right" for words in self._words]
        # A number, as 1e-06 is one, is never broken at its hyphen.
        whole = ["" if " " in cell else "; white-space: nowrap" for cell in cells]
        parts = [f'<{tag} style="text-align: {side}{rest}">{html.escape(cell)}</{tag}>' for cell, side, rest in zip(cells, sides, whole, strict=True)]
        return f"<tr>{''.join(parts)}</tr>"
