"""The still picture of a widget: what is seen of it without a kernel, and on paper."""

import base64
import io

from matplotlib.figure import Figure
from PIL import Image

from ..front_end import CourseWidget


class Pictured(CourseWidget):
    """A widget whose still() gives a picture as PNG bytes."""

    def still(self) -> bytes:
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": repr(self), "image/png": base64.b64encode(self.still()).decode("ascii")}, metadata


def png(figure: Figure, transparent: bool = False) -> bytes:
    """A figure in 64 colours: a quarter of the bytes, and notebooks keep a picture for each widget."""
    drawn, few = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=100, transparent=transparent)
    Image.open(drawn).quantize(64, method=Image.Quantize.FASTOCTREE).save(few, format="png", optimize=True)
    return few.getvalue()
