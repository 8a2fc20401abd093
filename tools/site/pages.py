"""What the pages of the site have beyond the theme's.

Most of it stands in site/templates; add_to_context gives them what they need. Two things are known only once all pages
are written: join_styles makes the one style sheet of all that the pages would ask for, and finish writes into the pages
what is in the files that they name.
"""

import base64
import functools
import hashlib
import html
import json
import pathlib
import re

from docutils import nodes
from sphinx.errors import ExtensionError

from tools import bundles

OURS = pathlib.Path(__file__).parent
COURSE = "Gradient descent, momentum, AdaGrad and RMSProp on one valley that you can see, play with and compute."
DESCRIPTION = 155  # characters of what a search engine shows

OPTIONS = "_static/documentation_options.js"
THEME_STYLES = ("styles/theme.css", "styles/bootstrap.css", "styles/pydata-sphinx-theme.css")  # which its layout asks for by itself
THEME_SCRIPTS = ("_static/scripts/bootstrap.js", "_static/scripts/pydata-sphinx-theme.js")  # likewise
LATE = (
    "editor.js",
    "exercises.js",
    "grounds.js",
    "map.js",
    "offline.js",
    "own.js",
    "parts.js",
    "python*.js",
    "share.js",
    "strip.js",
)  # the scripts that a page loads when it needs them (site/load.js)

# What our templates leave to be filled; what is filled can be filled again.
ADDRESS = re.compile(r'((?:src|href)="([^"?]*))\?sha=[^"]*"')
TABLE = "<script data-late>"
IN_ADDRESSES = str.maketrans("+/", "-_")

styles_of_pages = {}  # name of a page -> the style sheets that it would ask for


# While a page is written


def add_to_context(app, pagename, templatename, context, doctree):
    """Gives the templates what they need for a page."""

    def late_script(name):
        """A script that runs once the page is read, in its order."""
        return f'<script defer="defer" src="{context["pathto"](name, resource=True)}?sha="></script>'

    as_sphinx_does = context["js_tag"]

    def js_tag(script):
        """All scripts that are files are late, but for the few bytes that others need: these are in the page."""
        if not script.filename:
            return as_sphinx_does(script)
        if script.filename == OPTIONS:
            return f"<script>{(pathlib.Path(app.outdir) / OPTIONS).read_text(encoding='utf-8').strip()}</script>"
        return late_script(script.filename)

    context.update(early_script=early_script(), theme_scripts=THEME_SCRIPTS, late_script=late_script, js_tag=js_tag)
    context["metatags"] = f'{context.get("metatags", "")}\n    <meta name="description" content="{html.escape(description(doctree))}" />'
    for group in context["header_buttons"]:
        if group["label"] == "download-buttons":
            for button in group["buttons"]:
                if button["type"] == "link":
                    button["type"] = "download"  # templates/article-header-buttons.html
    sheets = sorted(context["css_files"], key=lambda sheet: sheet.priority)
    styles_of_pages[pagename] = (*THEME_STYLES, *(sheet.filename.removeprefix("_static/") for sheet in sheets))


@functools.cache
def early_script():
    """What runs before anything is drawn."""
    return bundles.minified((OURS / "early.js").read_text(encoding="utf-8"), "js").strip()


def description(doctree):
    """What a search engine shows: the question of a chapter, and what it does. Else what the course is."""
    paragraphs = list(doctree.findall(nodes.paragraph))[:3] if doctree else []
    words = re.sub(r"About \d+ minutes[^.]*\.", "", " ".join(paragraph.astext() for paragraph in paragraphs))
    words = " ".join(words.split()) or COURSE
    return words if len(words) <= DESCRIPTION else words[:DESCRIPTION].rsplit(" ", 1)[0] + " …"


# When all are written


def join_styles(folder):
    """Makes page.css of the style sheets of the pages: a dozen hold up the first sight of a page, one does less."""
    wanted = set(styles_of_pages.values())
    if len(wanted) > 1:
        raise ExtensionError(f"Not all pages ask for the same style sheets, and they get one for all: {sorted(wanted)}")
    static = folder / "_static"
    for names in wanted:
        sheets = "".join(f'@import "{(static / name).as_posix()}";\n' for name in names)
        bundles.esbuild(
            "--bundle",
            "--loader=css",
            *(f"--external:{static.as_posix()}/*.{kind}" for kind in ("png", "svg", "woff2")),
            f"--outfile={static / 'page.css'}",
            text=sheets,
        )


def finish(folder):
    """Names scripts and styles in the pages by what is in them: a page gets those that it was built with, from whatever keeps them.

    In an address stand the first digits; those of the scripts that it loads itself a page holds whole.
    """

    @functools.cache
    def digest(file):
        return base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()

    late = sorted(path for pattern in LATE for path in (folder / "_static").glob(pattern))
    table = f"globalThis.optimlibScripts = {json.dumps({path.name: f'sha256-{digest(path)}' for path in late})};"
    for path in sorted(folder.rglob("*.html")):
        before = path.read_text(encoding="utf-8")
        if TABLE not in before:
            continue  # the page that leads to the first chapter, and what the theme keeps among its files
        start, _, rest = before.partition(TABLE)
        text = f"{start}{TABLE}{table}</script>{rest.partition('</script>')[2]}"
        text = ADDRESS.sub(lambda found, page=path: f'{found[1]}?sha={digest((page.parent / found[2]).resolve())[:16].translate(IN_ADDRESSES)}"', text)
        if text != before:
            path.write_text(text, encoding="utf-8", newline="\n")
