"""The lab: its widget (widget.Lab), the findings that it can open, and the process that runs a reader's own rule."""

from typing import Any


def __getattr__(name: str) -> Any:
    """`from optimlib.lab import Lab`, as notebooks of version 0.1 have it."""
    if name != "Lab":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .. import Lab  # it brings ipywidgets

    return Lab
