"""Formulas become HTML while the book is built: no script of the page sets them.

Sphinx has read all pages before it writes the first one: then all formulas of the book are set at once by one Node
(formulas.mjs), and the renderer that is registered here only takes what is ready.
"""

import json
import pathlib
import subprocess

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.math import get_node_equation_number

from tools import node

SCRIPT = pathlib.Path(__file__).with_suffix(".mjs")
ready = {}  # (text, whether it stands by itself) -> HTML


def set_with_katex(formulas):
    """What KaTeX makes of formulas: for each (text, whether it stands by itself) a dict with its html, or with an error."""
    given = json.dumps([{"text": text, "isDisplay": is_display} for text, is_display in formulas])
    done = subprocess.run([node.NODE, SCRIPT], input=given, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise ExtensionError(f"KaTeX did not run:\n{done.stderr}")
    return json.loads(done.stdout)


def key(formula):
    """What a formula of a page is found by."""
    return formula.astext(), isinstance(formula, nodes.math_block)


def formulas_of(doctree):
    """The formulas of a page."""
    return [key(one) for kind in (nodes.math, nodes.math_block) for one in doctree.findall(kind)]


def set_all(pages):
    """Sets all formulas of the pages, {name: formulas}; one that does not parse ends the build."""
    wanted = {formula: page for page, formulas in pages.items() for formula in formulas if formula not in ready}
    if not wanted:
        return
    for (formula, page), made in zip(wanted.items(), set_with_katex(list(wanted)), strict=True):
        if "error" in made:
            raise ExtensionError(f"{page}: the formula {formula[0]} cannot be set: {made['error']}")
        ready[formula] = made["html"]


def set_formulas(app, env):
    """Sphinx has read the pages, those that changed and those that did not."""
    set_all({name: formulas_of(env.get_doctree(name)) for name in sorted(env.found_docs)})


def visit_inline(self, formula):
    """Writes a formula in a line."""
    self.body += [self.starttag(formula, "span", "", CLASS="math"), ready[key(formula)], "</span>"]
    raise nodes.SkipNode


def visit_display(self, formula):
    """Writes a formula that stands by itself, and its number where it has one."""
    self.body.append(self.starttag(formula, "div", CLASS="math"))
    if formula["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, formula)})')
        self.add_permalink_ref(formula, "Permalink to this equation")
        self.body.append("</span>")
    self.body += [ready[key(formula)], "</div>"]
    raise nodes.SkipNode


def setup(app):
    """Registers the renderer, which _config.yml names."""
    app.add_html_math_renderer("formulas", (visit_inline, None), (visit_display, None))
    app.connect("env-updated", set_formulas)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
