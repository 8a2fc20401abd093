"""The schedule of a lab's rule as plain data, [kind, value]: its trait holds it, and so do links and findings."""

from dataclasses import replace
from typing import Any

import numpy as np

from .. import catalogue, schedules
from ..rules import is_schedule

CONSTANT = ["constant", 1]

# The classes of the schedules that a lab knows, and the name of the one setting of each, by kind.
CLASSES = {kind: getattr(schedules, known["class"]) for kind, known in catalogue.SCHEDULES.items() if "class" in known}
_SETTING = {kind: catalogue.SCHEDULES[kind]["setting"] for kind in CLASSES}


def check(name: str, value: Any) -> list:
    """value as [kind, value]; None is constant, and the value of "constant" says nothing."""
    if value is None:
        return list(CONSTANT)
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise TypeError(f"{name} must be [kind, value], such as ['exponential', 0.98], or None, not {value!r}")
    kind, setting = value
    if not isinstance(kind, str) or kind not in catalogue.SCHEDULES:
        raise ValueError(f"{name} must be of kind {', '.join(catalogue.SCHEDULES)}, not {kind!r}")
    if kind not in CLASSES:
        return list(CONSTANT)
    try:
        return [kind, _setting_of(kind, CLASSES[kind](1.0, setting))]
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None


def taken_apart(label: str, rule: Any) -> tuple[Any, list]:
    """The rule of the library with a number for its lr, and its schedule."""
    if not is_schedule(rule.lr):
        return rule, list(CONSTANT)
    for kind, cls in CLASSES.items():
        if type(rule.lr) is cls:
            if np.ndim(rule.lr.lr) > 0:
                raise TypeError(f"lr of {label!r} must be one number in a Lab, not {rule.lr.lr!r}")
            return replace(rule, lr=rule.lr.lr), [kind, _setting_of(kind, rule.lr)]
    known = ", ".join(cls.__name__ for cls in CLASSES.values())
    raise TypeError(f"lr of {label!r} must be a number or one of {known} in a Lab, not {rule.lr!r}")


def put_together(rule: Any, schedule: list) -> Any:
    """The rule at its lr with this schedule."""
    kind, setting = schedule
    return replace(rule, lr=CLASSES[kind](rule.lr, setting)) if kind in CLASSES else rule


def _setting_of(kind, made):
    """The setting of a schedule, as the browser has it."""
    name = _SETTING[kind]
    value = getattr(made, name)
    if np.ndim(value) > 0:
        raise TypeError(f"{name} must be one number in a Lab, not {value!r}")
    if value > catalogue.LIMITS["far"]:
        raise ValueError(f"{name} must be at most {catalogue.LIMITS['far']:g} in a Lab, not {value!r}")
    return value
