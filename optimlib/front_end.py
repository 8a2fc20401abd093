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
from IPython.display import publish_display_data

from . import _needs, cells

BUILT = Path(__file__).with_name("built")
# Marks an output that stands in for the widget after it, where that does not live.
STILL = {"optimlib": "still"}
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_LINE = "Run this cell to bring it to life."
# The style takes away what JupyterLab says of a widget whose model is gone; js/style.css takes away the still and the line where it lives.
_LINE_HTML = f"""<p class="ol-run-line"><em>{_LINE}</em></p>
<style>
.jp-OutputArea-child:has(.ol-run-line) + .jp-OutputArea-child :is(.jupyter-widgets:not(:has(*)), .ol-waiting) {{ display: none; }}
</style>"""

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
    return _needs.text(f"built/{name}")


class CourseWidget(anywidget.AnyWidget):
    """A widget that js/notebook.js draws, by the name that its class gives as `drawn_as`."""

    if _IS_DEVELOPED:
        _esm: Path | str = BUILT / "notebook.js"
        _css = BUILT / "notebook.css"
    else:
        _esm = _needs.text("built/loader.js")

    drawn_as = ""
    shared = traitlets.Instance(Shared, allow_none=True).tag(sync=True, **ipywidgets.widget_serialization)

    def __init__(self, **values):
        super().__init__(_anywidget_id=self.drawn_as, shared=None if _IS_DEVELOPED else shared(), **values)
        self.on_msg(self._tell_shared)
        self._place = cells.enter(self)

    def _ipython_display_(self):
        """Show what can be seen without a kernel, a line that says to run the cell, and the widget.

        Jupyter saves all three. Of one output in several forms it would show the widget, also where that is no more.
        One that was closed, since its cell ran again, is opened again.
        """
        if self.comm is None:
            vars(self).pop("_repr_mimebundle_", None)
            self.layout.open()
            self.open()
        cells.shown(self, self._place)
        bundle, metadata = self._repr_mimebundle_()
        # The empty form is for who shows no widgets, as nbconvert and GitHub, and JupyterLab where it does not trust: the still has said it.
        others = {"text/html": "", "text/plain": bundle["text/plain"]}
        still = {form: data for form, data in bundle.items() if form != _WIDGET_VIEW}
        publish_display_data(still, metadata=STILL)
        publish_display_data({"text/html": _LINE_HTML, "text/plain": _LINE}, metadata=STILL)
        publish_display_data({_WIDGET_VIEW: bundle[_WIDGET_VIEW], **others}, metadata=metadata)

    def close(self):
        super().close()
        vars(self).pop("_ipython_display_", None)  # ipywidgets 7 takes it away from what is closed, which can be shown again here

    def _tell_shared(self, widget, content, buffers):
        """Answer a front end that cannot see the shared widget."""
        if content == {"ask": "shared"}:
            self.send({"code": shared().code, "style": shared().style})
