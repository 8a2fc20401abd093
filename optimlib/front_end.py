"""What the widgets are in a browser: one script and one style sheet, which all widgets of a notebook share.

They are built from optimlib/js by tools/site/bundle.mjs (make widgets) and committed in optimlib/built, so that a
`pip install` needs no Node. Each widget carries only built/loader.js, which finds the shared ones.
With ANYWIDGET_HMR=1 in the environment a widget carries all, and anywidget brings a file's change into the open notebook:
watchfiles, of requirements-dev.txt, tells it of one.
"""

import os
from pathlib import Path

import anywidget
import ipywidgets
import traitlets

BUILT = Path(__file__).with_name("built")
_IS_DEVELOPED = os.environ.get("ANYWIDGET_HMR") == "1"


class Shared(ipywidgets.Widget):
    """The script and the style of all widgets of a kernel: a widget without a view, so that a notebook saves it once."""

    code = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


_shared = None


def shared():
    """The one Shared of this kernel. One that was closed, as Widget.close_all() does, is made again."""
    global _shared
    if _shared is None or _shared.comm is None:
        _shared = Shared(code=_built("notebook.js"), style=_built("notebook.css"))
    return _shared


def _built(name):
    return (BUILT / name).read_text(encoding="utf-8")


class CourseWidget(anywidget.AnyWidget):
    """A widget that js/notebook.js draws, by the name that its class gives as `drawn_as`."""

    if _IS_DEVELOPED:
        _esm = BUILT / "notebook.js"
        _css = BUILT / "notebook.css"
    else:
        _esm = BUILT / "loader.js"

    drawn_as = ""
    shared = traitlets.Instance(Shared, allow_none=True).tag(sync=True, **ipywidgets.widget_serialization)

    def __init__(self, **values):
        super().__init__(_anywidget_id=self.drawn_as, shared=None if _IS_DEVELOPED else shared(), **values)
        self.on_msg(self._tell_shared)

    def _tell_shared(self, widget, content, buffers):
        """Answer a front end that cannot see the shared widget."""
        if content == {"ask": "shared"}:
            self.send({"code": shared().code, "style": shared().style})
