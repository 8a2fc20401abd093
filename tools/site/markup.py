"""What Sphinx writes of the text of a page, where the course wants something else."""

import html
import pathlib
import re

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput
from sphinx.util.images import get_image_size
from sphinx.writers.html5 import HTML5Translator

from tools.notebooks import ROOT, code_cells, read
from tools.site.reference import PAGE, Links

SMALL_NUMBER = re.compile(r"\d[\d.]*e[-−]\d+")
AS_THEY_ARE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block)


class CourseTranslator(HTML5Translator):
    """Writes a page in HTML; the theme adds to it."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        page = self.builder.current_docname
        path = ROOT / f"{page}.ipynb"
        linked = path.exists() and PAGE in self.builder.env.found_docs
        self.links = Links(self.builder.get_relative_uri(page, PAGE), "\n".join(cell.source for cell in code_cells(read(path)))) if linked else None

    def visit_literal_block(self, node):
        """Names of the library lead to what they are, where a page first uses them."""
        try:
            super().visit_literal_block(node)
        except nodes.SkipNode:
            if self.links:
                self.body[-1] = self.links.in_code(self.body[-1])
            raise

    def visit_image(self, node):
        """A figure has its size, so that the page does not move when it comes, and comes when it is near."""
        node["loading"] = "lazy"
        node["pixels"] = get_image_size(pathlib.Path(self.builder.srcdir) / node["uri"])
        super().visit_image(node)

    def visit_Text(self, node):
        """A number such as 1e-6 stays on one line: else a browser may break it at its hyphen."""
        super().visit_Text(node)
        if not isinstance(node.parent, AS_THEY_ARE) and SMALL_NUMBER.search(self.body[-1]):
            self.body[-1] = SMALL_NUMBER.sub(r'<span class="whole">\g<0></span>', self.body[-1])

    def starttag(self, node, tagname, *arguments, **attributes):
        """Code and formulas stay as they are when a browser translates the page."""
        if isinstance(node, AS_THEY_ARE):
            attributes["translate"] = "no"
        if tagname == "img" and node.get("pixels"):
            attributes["width"], attributes["height"] = node["pixels"]
        return super().starttag(node, tagname, *arguments, **attributes)


def visit_folded_cell(self, node):
    """A cell that is folded: its summary is named by its words, as one sees them."""
    self.body.append(f"""<details class="admonition hide {" ".join(node["classes"])}">
<summary>
<p class="collapsed admonition-title">{html.escape(node["prompt_show"])}</p>
<p class="expanded admonition-title">{html.escape(node["prompt_hide"])}</p>
</summary>
""")


def mark_deeper(app, doctree):
    """Sections that one may leave out, whose headings begin with "Deeper: ", get a class for their looks."""
    for section in doctree.findall(nodes.section):
        if section[0].astext().startswith("Deeper: "):
            section["classes"].append("deeper")


def name_cells(app, doctree):
    """Each cell of code has an anchor, by which a link such as momentum.ipynb#cell-id=c08 leads to it, here as in JupyterLab."""
    path = ROOT / f"{app.env.docname}.ipynb"
    if not path.exists():
        return
    cells = read(path).cells
    slugs = dict(app.env.metadata[app.env.docname].get("myst_slugs", {}))  # what MyST lets a link lead to: (line, anchor, words)
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code":
            anchor = f"cell-id={cells[node['cell_index']].id}"
            node["ids"].append(anchor)
            slugs[anchor] = (node.line, anchor, "")
    app.env.metadata[app.env.docname]["myst_slugs"] = slugs


def setup(app):
    """Puts these in the place of Sphinx's and of MyST-NB's."""
    app.connect("doctree-read", mark_deeper)
    app.connect("doctree-read", name_cells)
    app.set_translator("html", CourseTranslator)
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded_cell, depart_HideCellInput))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
