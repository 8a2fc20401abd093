"""The rules of the library, from the catalogue: for tests of what holds for each of them."""

from dataclasses import replace

import numpy as np

import optimlib
from optimlib import catalogue

CLASSES = {kind: getattr(optimlib, known["class"]) for kind, known in catalogue.RULES.items()}
RULES = {kind: cls(**catalogue.RULES[kind]["settings"]) for kind, cls in CLASSES.items()}  # as "Add a rule" starts them


def remembering(*names):
    """The rules, by kind, that remember one of these: "velocity", "brake", or None."""
    kept = {kind: known["remembers"] or {None: 0} for kind, known in catalogue.RULES.items()}
    return {kind: rule for kind, rule in RULES.items() if kept[kind].keys() & set(names)}


def at(rule, **settings):
    """The rule with those of these settings that it has."""
    return replace(rule, **{name: value for name, value in settings.items() if hasattr(rule, name)})


def bits(numbers):
    """The bits of doubles, with one pattern for NaN."""
    numbers = np.asarray(numbers, dtype=float)
    return np.where(np.isnan(numbers), np.nan, numbers).view(np.uint64)
