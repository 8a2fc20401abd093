"""Which widgets a cell of a notebook has made: when it runs again, what it makes takes the place of what it made before.

A front end that tells the kernel which cell it runs, as JupyterLab and Notebook 7 do, gets this; in another one nothing is replaced.
"""

from itertools import count
from typing import Any, NamedTuple
from weakref import WeakSet, ref

import ipywidgets
from IPython import get_ipython
from ipywidgets.widgets import widget as _module


class Place(NamedTuple):
    """Where a widget was made: the id of the cell, and the how manieth of its kind it is there, from 0."""

    cell: str
    nth: int


class _Made(NamedTuple):
    """A widget that a run of a cell made: a weak reference to it, its place, and the call of interact's function that it was made in."""

    widget: ref
    kind: str
    place: Place
    call: tuple[str, str] | None


_runs: dict[str, tuple[str, list[_Made]]] = {}  # the id of a cell -> its last run, and what this made
_elsewhere: WeakSet = WeakSet()  # widgets that were shown by another cell than the one that made them
_interacts: dict[str, str] = {}  # the id of interact's Output -> the id of the cell in which it is


def running() -> tuple[str, str] | None:
    """The id of the cell that runs, and of this run of it; None where that is not known."""
    message = getattr(get_ipython(), "parent_header", None) or {}
    cell = message.get("metadata", {}).get("cellId")
    return (cell, message["header"]["msg_id"]) if cell else None


def _call():
    """The id of the Output into which interact shows what its function makes now, clearing it before, and of what led to that; or None."""
    for widget in _all_widgets():
        if isinstance(widget, ipywidgets.interactive) and widget.clear_output and hasattr(widget, "out") and widget.out.msg_id:
            return widget.out.model_id, widget.out.msg_id
    return None


def _now():
    """The id of the cell that runs, or to which interact belongs, the run of that cell, and the call of interact's function; the first two None where nothing is known."""
    (cell, run), call = running() or (None, None), _call()
    if call:
        belongs = _interacts.setdefault(call[0], cell or call[0])
        if belongs != cell:
            cell, run = belongs, _runs.get(belongs, ("", []))[0]
    return cell, run, call


def enter(widget: Any) -> Place | None:
    """Note a new widget, and close those whose place it takes, where they are seen nowhere else.

    Those are what an earlier run of its cell made, and what an earlier call of interact's function made.
    """
    cell, run, call = _now()
    if cell is None:
        return None
    _, made = _runs.setdefault(cell, (run, []))
    is_over = _runs[cell][0] != run
    over = [one for one in made if is_over or (call and one.call and one.call[0] == call[0] and one.call != call)]
    for one in over:
        _replace(one.widget())
    made = [one for one in made if one not in over]
    taken = {one.place.nth for one in made if one.kind == widget.drawn_as}
    place = Place(cell, next(nth for nth in count() if nth not in taken))
    _runs[cell] = (run, [*made, _Made(ref(widget), widget.drawn_as, place, call)])
    return place


def shown(widget: ipywidgets.Widget, place: Place | None) -> None:
    """Note that a widget that was made at this place is shown by the cell that runs."""
    if place is None or _now()[0] != place.cell:
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
