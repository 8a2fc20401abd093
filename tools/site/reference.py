"""The page of the library's names: from a docstring to what autodoc reads, and links from code to that page.

Docstrings are plain text (CONTRIBUTING.md): paragraphs, lines such as "lr: the learning rate", whose rest is indented, and examples.
"""

import inspect
import re
from types import ModuleType

import optimlib

PAGE = "chapters/api"
MODULES = ("measures", "theory", "plots")

MARKUP = re.compile(r"([\\*`|_])")  # what reStructuredText takes for more than a letter
CODE = re.compile(r"`([^`]+)`")
NAMED = re.compile(r"([a-z<][\w<>]*(?:(?:, | and )[a-z<][\w<>]*)*): ")


# From a docstring to reStructuredText


def names_of(module):
    """The public functions and classes that a module defines, in its order."""
    return [name for name, value in vars(module).items() if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__]


def public():
    """Every public name, as one writes it after importing it from optimlib: "descend", "plots", "plots.losses"."""
    return [*optimlib.__all__, *(f"{name}.{one}" for name in MODULES for one in names_of(getattr(optimlib, name)))]


def known(thing):
    """The names that a docstring may explain in a line of their own: parameters and attributes."""
    try:
        parameters = set(inspect.signature(thing).parameters)
    except (TypeError, ValueError):
        parameters = set()
    return parameters | {name for name in dir(thing) if not name.startswith("__")}


def escaped(text):
    """A text as reStructuredText that says just that; what stands in backquotes is code."""
    parts = CODE.split(text)
    return "".join(f"``{part}``" if i % 2 else MARKUP.sub(r"\\\1", part) for i, part in enumerate(parts))


def as_markup(lines, names):
    """The lines of a docstring as reStructuredText: a definition for each line that explains one of these names; what is raised has a paragraph."""
    made, example, inside = [], False, False
    for line in lines:
        example = line.startswith(">>>") or (example and line.strip() != "")
        found = None if example else NAMED.match(line)
        explains = found is not None and all(one in names or "<" in one for one in re.split(r", | and ", found[1]))
        if example:
            made.append(line)
        elif explains:
            made += [
                "" if inside else "\n",
                " and ".join(f"**{escaped(one)}**" for one in re.split(r", | and ", found[1])),
                f"    {escaped(line[found.end() :])}",
            ]
        elif inside and line.startswith(" "):
            made.append(f"    {escaped(line.strip())}")
        else:
            made += [*([""] if inside or line.startswith("Raises ") else []), escaped(line.strip())]
        inside = explains or (inside and line.startswith(" "))
    return "\n".join(made).split("\n")


def read_docstring(app, what, name, thing, options, lines):
    lines[:] = as_markup(lines, known(thing) if not isinstance(thing, ModuleType) else set())


def signature(app, what, name, thing, options, arguments, returned):
    """That of a class is that of its __init__: autodoc takes a widget's from its base class, which takes anything."""
    if what != "class":
        return None
    found = inspect.signature(thing)
    plain = [one.replace(annotation=one.empty) for one in found.parameters.values()]
    return str(found.replace(parameters=plain, return_annotation=found.empty)), None


# Links from code to the page


IMPORT = re.compile(r"^from optimlib import (\([^)]*\)|.+)$", re.MULTILINE)
NAME = re.compile(
    r'(?<!<span class="o">\.</span>)<span class="n">(\w+)</span>(?:<span class="o">\.</span><span class="n">(\w+)</span>)?(?!\s*<span class="o">=</span>)'
)
IMPORTS = '<span class="kn">'


class Links:
    """The links of one page to the page of the names: from the first use of each name, other than where it is imported.

    address: that of the page of the names, from this one.
    source: the text of the page's code, whose imports say which names are the library's.
    """

    def __init__(self, address, source):
        self.address = address
        self.imported = {name for names in IMPORT.findall(source) for name in re.findall(r"\w+", names)}
        self.left = set(public())

    def link(self, name, inside):
        self.left.discard(name)
        anchor = f"module-optimlib.{name}" if name in MODULES else f"optimlib.{name}"
        return f'<a class="ol-name-link" href="{self.address}#{anchor}">{inside}</a>'

    def in_code(self, highlighted):
        """The HTML of a block of code, with links."""

        def linked(found):
            first, second = found[1], found[2]
            both = f"{first}.{second}"
            if first not in self.imported:
                return found[0]
            if second and both in self.left:
                return self.link(both, found[0])
            if first in self.left and first not in MODULES:
                span = f'<span class="n">{first}</span>'
                return found[0].replace(span, self.link(first, span), 1)
            return found[0]

        return "\n".join(line if line.startswith(IMPORTS) else NAME.sub(linked, line) for line in highlighted.split("\n"))


def setup(app):
    """Has autodoc read this library's docstrings."""
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-process-docstring", read_docstring)
    app.connect("autodoc-process-signature", signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
