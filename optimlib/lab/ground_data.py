"""The ground of a lab as plain data, {"kind", and its settings}, {} for a quadratic valley: its trait holds it, and so do links and findings."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import catalogue, other_ground

# The kinds of the surfaces that a lab knows, by their classes.
KINDS = {getattr(other_ground, known["class"]): kind for kind, known in catalogue.GROUNDS.items()}

_FARTHEST = catalogue.LIMITS["far"]


def check(name: str, value: Any) -> dict:
    """A ground as plain data, {"kind", and its settings}; {} for a quadratic valley. A Saddle and the like will do, too."""
    surface = value if type(value) in KINDS else surface_of(name, value)
    if surface is None:
        return {}
    if surface.dimension != 2:
        raise ValueError(f"{name} must have two dimensions in a Lab, not {surface!r}")
    kind = KINDS[type(surface)]
    settings = {setting: getattr(surface, setting) for setting in catalogue.GROUNDS[kind]["settings"]}
    for setting, values in settings.items():
        least = -_FARTHEST if setting == "end" else 1 / _FARTHEST
        if not all(least <= number <= _FARTHEST for number in np.ravel(values)):
            raise ValueError(f"{name}: {setting} must be from {least:g} to {_FARTHEST:g} in a Lab, not {values!r}")
    return {"kind": kind, **{setting: list(values) if isinstance(values, tuple) else values for setting, values in settings.items()}}


def surface_of(name: str, described: Any) -> Any:
    """The surface that a ground as plain data describes; None for {}."""
    if not isinstance(described, dict):
        raise TypeError(f"{name} must be a surface such as Saddle(), a dict of its kind and settings, or {{}} for a Quadratic, not {described!r}")
    if not described:
        return None
    kinds = {kind: cls for cls, kind in KINDS.items()}
    kind, settings = described.get("kind"), {setting: value for setting, value in described.items() if setting != "kind"}
    if not isinstance(kind, str) or kind not in kinds:
        raise ValueError(f"{name} must have a kind of {', '.join(kinds)}, not {kind!r}")
    try:
        return kinds[kind](**settings)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None


def seen(ground: dict, start: Sequence[float]) -> dict:
    """The limits of a picture of a ground, which hold its minima and the start, as plots takes them; {} for a quadratic valley."""
    if not ground:
        return {}
    frame = catalogue.GROUNDS[ground["kind"]]["frame"]
    sides = []
    for (low, high), inside in zip((frame["x"], frame["y"]), np.array([start, *surface_of("ground", ground).minima]).T):
        room = 0.08 * (high - low)
        sides.append((min(low, inside.min() - room), max(high, inside.max() + room)))
    return {"xlim": sides[0], "ylim": sides[1]}
