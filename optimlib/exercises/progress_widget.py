"""The widget that shows a reader's progress."""

from difflib import get_close_matches
from importlib import metadata

import traitlets

from .._needs import PACKAGE
from ..front_end import CourseWidget
from . import loader, progress


def _version():
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return ""


class Progress(CourseWidget):
    """How far you are with the exercises: all of them, with export, import and reset, or one chapter in a line.

    chapter: the name of a chapter, such as "rmsprop"; None for all. Raises ValueError for a name that
        there is not, with the nearest that there is.

    Its traits: course, the chapters that it shows; chapter; kept, {exercise: entry}, to which entries can be
    added, while None forgets all; problem, why progress is not being kept, or ""; version, that of the course, which an
        export names.

    >>> from optimlib import Progress
    >>> Progress("question")
    Progress in question: 4 exercises
    """

    drawn_as = "optimlib.progress_widget.Progress"

    course: traitlets.List = traitlets.List(read_only=True).tag(sync=True)
    chapter = traitlets.Unicode(read_only=True).tag(sync=True)
    kept = traitlets.Dict(allow_none=True).tag(sync=True)
    problem = traitlets.Unicode(read_only=True).tag(sync=True)
    version = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, chapter=None):
        contents = loader.contents()
        if chapter is not None:
            contents = [one for one in contents if isinstance(chapter, str) and one["chapter"] == chapter]
        if not contents:
            near = get_close_matches(str(chapter), loader.TITLES, n=1, cutoff=0)
            raise ValueError(f"chapter must be the name of a chapter, not {chapter!r}; the nearest is {near[0]!r}")
        super().__init__()
        self.set_trait("course", contents)
        self.set_trait("chapter", chapter or "")
        self.set_trait("version", _version())
        progress.watch(self._show_progress)
        self.observe(self._keep, "kept")

    def _show_progress(self, kept, problem):
        self.set_trait("problem", problem)
        self.kept = kept

    def _keep(self, change):
        if self.kept is None:
            progress.reset()
        else:
            progress.keep(self.kept)
        self._show_progress(*progress.load())

    @traitlets.validate("kept")
    def _refuse_what_is_no_entry(self, proposal):
        for name, entry in (proposal["value"] or {}).items():
            if not isinstance(name, str) or not progress.sound(entry):
                raise traitlets.TraitError(f"kept must be like {{'gd-edge': {{'state': 'tried', 'hints': 1}}}}, not {{{name!r}: {entry!r}}}")
        return proposal["value"]

    def __repr__(self):
        number = sum(len(chapter["exercises"]) for chapter in self.course)
        return f"Progress{f' in {self.chapter}' if self.chapter else ''}: {number} exercises"

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        numbers = ", ".join(f"{chapter['title']} {len(chapter['exercises'])}" for chapter in self.course)
        return {**data, "text/plain": repr(self), "text/markdown": f"**Progress.** Exercises: {numbers}."}, metadata
