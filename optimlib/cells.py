"""Which widgets a cell of a notebook has made: when it runs again, what it makes takes the place of what it made before.

A front end that tells the kernel which cell it runs, as JupyterLab and Notebook 7 do, gets this; in another one nothing is replaced.
"""

from typing import Any, NamedTuple
from weakref import WeakSet, ref

import ipywidgets
from IPython import get_ipython
from ipywidgets.widgets import widget as _module


class Place(NamedTuple):
    """Where a widget was made: the id of the cell, and the how manieth of its kind it is there, from 0."""

    cell: str
    nth: int


_runs: dict[str, tuple[str, list[ref]]] = {}  # the id of a cell -> its last run, and the widgets that this made
_elsewhere: WeakSet = WeakSet()  # widgets that were shown by another cell than the one that made them


def running() -> tuple[str, str] | None:
    """The id of the cell that runs, and of this run of it; None where that is not known."""
    message = getattr(get_ipython(), "parent_header", None) or {}
    cell = message.get("metadata", {}).get("cellId")
    return (cell, message["header"]["msg_id"]) if cell else None


def enter(widget: Any) -> Place | None:
    """Note a new widget, and close those that an earlier run of its cell made and that are seen nowhere else."""
    now = running()
    if now is None:
        return None
    cell, run = now
    if cell in _runs and _runs[cell][0] != run:
        for earlier in _runs.pop(cell)[1]:
            _replace(earlier())
    made = _runs.setdefault(cell, (run, []))[1]
    nth = sum(getattr(other(), "drawn_as", None) == widget.drawn_as for other in made)
    made.append(ref(widget))
    return Place(cell, nth)


def shown(widget: ipywidgets.Widget, place: Place | None) -> None:
    """Note that a widget that was made at this place is shown by the cell that runs."""
    now = running()
    if place is None or now is None or now[0] != place.cell:
        _elsewhere.add(widget)


def _replace(widget):
    if widget is None or widget in _elsewhere or any(widget in getattr(other, "children", ()) for other in _all_widgets()):
        return
    widget.close()
    widget.layout.close()


def _all_widgets():
    """All widgets of this kernel that are open. ipywidgets 8 has no public list of them that does not warn."""
    known = _module._instances if hasattr(_module, "_instances") else ipywidgets.Widget.widgets
    return list(known.values())
