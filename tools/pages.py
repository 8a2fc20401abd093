"""The last hand on the built pages: what the theme and Sphinx do not let one set.

Each function takes the text of a page and gives it mended; finish(folder) does all of it. A build
leaves the pages that did not change as they were, so what is mended already stays as it is.
"""
import base64
import hashlib
import html
import json
import pathlib
import re
import shutil
import struct

from tools import bundles

FONT_PRELOAD = re.compile(r'<link rel="preload" as="font"[^>]*>\s*')
ICON_SCRIPT = re.compile(r'<script src="[^"]*/fontawesome/[^"]*"></script>\s*')
ICON_STYLE = re.compile(r'<link href="[^"]*_static/vendor/fontawesome/[^"]*\.css[^"]*" rel="stylesheet" />\s*')
CHOSEN_THEME = re.compile(r'<script (?:data-cfasync="false"|data-early)>.*?</script>', re.DOTALL)
FIGURE = re.compile(r'<img(?! width)(?=[^>]* src="([^"]*_images/[^"]*\.png)")')
NOTEBOOK_LINK = re.compile(r'<a (href="[^"]*\.ipynb" target="_blank")')
STYLE = re.compile(r'<link (?:rel="stylesheet" type="text/css" )?href="([^"]*_static/[^"?]*\.css)[^"]*"(?: rel="stylesheet")? />\s*')
LOCAL_FILE = re.compile(r'((?:src|href)=")([^"?:]*(?:_static/[^"?]*\.(?:css|js)|searchindex\.js))[^"]*(?=")')
LATE = ("editor.js", "exercises.js", "parts.js", "python*.js")  # the scripts that a page loads when it needs them (site/load.js)
SCRIPT = re.compile(r'<script (src="[^"]*(?:_static/|searchindex\.js)[^"]*")></script>')
OPTIONS = re.compile(r'<script src="([^"]*_static/documentation_options\.js)[^"]*"></script>')
OURS = re.compile(r'<script defer="defer" src="[^"]*_static/optimlib\.js[^"]*"></script>\s*')
JOINED = re.compile(r'href="[^"]*_static/(page-\w+\.css)[^"]*"')
AS_IT_IS = re.compile(r'<(code|pre|(?:span|div)(?= class="math[ "]))(?=[ >])(?![^>]* translate=)')
IMPORT = re.compile(r'@import "([^"]*)";')
RELATIVE = re.compile(r"url\((?!data:|#|https?:|[\"'])([^)]*)\)")
LANGUAGE = re.compile(r'<script defer="defer" src="(_static/)language_data\.js[^"]*"></script>(?!\s*<script[^>]*search\.js)')
LATE_SCRIPTS = re.compile(r"<script data-late>.*?</script>")
IN_ADDRESSES = str.maketrans("+/", "-_")
EARLY = pathlib.Path(__file__).parent / "site" / "early.js"
COURSE = "Gradient descent, momentum, AdaGrad and RMSProp on one valley that you can see, play with and compute."


def finish(folder):
    """Mends every page of the site in a folder."""
    shutil.rmtree(folder / "_static" / "vendor" / "fontawesome", ignore_errors=True)  # the theme's; icons.css has those in use
    early = f'<script data-early>{bundles.minified(EARLY.read_text(encoding="utf-8"), "js").strip()}</script>'
    contents = {}  # the path of a file -> the digest of what is in it
    styles = {}  # the styles of a page -> the file that holds them all
    kept = set()  # the names of the files of styles that a page asks for
    for path in sorted(folder.rglob("*.html")):
        before = path.read_text(encoding="utf-8")
        if "<head>" not in before:
            continue
        text = NOTEBOOK_LINK.sub(r"<a download \1", ICON_SCRIPT.sub("", FONT_PRELOAD.sub("", before)))
        text = ICON_STYLE.sub("", text)
        text = CHOSEN_THEME.sub(lambda _: early, text, count=1)
        text = with_figures(text, path)
        text = with_one_style(text, path, folder, styles)
        text = with_late_scripts(text, path)
        text = LANGUAGE.sub(lambda found: f'{found[0]}\n  <script defer="defer" src="{found[1]}search.js"></script>', text)
        text = with_description(text, path)
        text = with_contents_named(text, path, folder, contents)
        text = with_true_names(text)
        text = not_translated(text)
        kept.update(JOINED.findall(text))
        if text != before:
            path.write_text(text, encoding="utf-8")
    for path in (folder / "_static").glob("page-*.css"):
        if path.name not in kept:
            path.unlink()


def with_figures(text, path):
    """Figures get their size, so that the page does not move when they come, and come when they are near."""
    return FIGURE.sub(lambda found: f'{found[0]} {size((path.parent / found[1]).read_bytes())} loading="lazy"', text)


def size(png):
    """The size of a picture as attributes of its <img>."""
    width, height = struct.unpack(">II", png[16:24])
    return f'width="{width}" height="{height}"'


def with_one_style(text, path, folder, styles):
    """A dozen style sheets hold up the first sight of a page; one does less."""
    found = STYLE.findall(text)
    if len(found) < 2:
        return text
    files = tuple((path.parent / address).resolve() for address in found)
    if files not in styles:
        joined = bundles.minified("\n".join(rebased(file, folder / "_static") for file in files), "css")
        name = f"page-{hashlib.sha256(joined.encode()).hexdigest()[:8]}.css"
        (folder / "_static" / name).write_text(joined, encoding="utf-8")
        styles[files] = name
    address = found[0].split("_static/")[0] + "_static/" + styles[files]
    first = STYLE.search(text)
    return text[:first.start()] + f'<link rel="stylesheet" href="{address}" />\n' + STYLE.sub("", text[first.end():])


def rebased(file, folder):
    """A style sheet whose addresses are seen from a folder."""
    here = file.parent.relative_to(folder.resolve()).as_posix()
    text = file.read_text(encoding="utf-8").replace('@charset "UTF-8";', "")  # which may stand only at the very beginning
    text = IMPORT.sub(lambda found: rebased((file.parent / found[1]).resolve(), folder), text)
    return RELATIVE.sub(lambda found: f"url({here}/{found[1]})", text)


def with_late_scripts(text, path):
    """Scripts run once the page is read: ours first, then the theme's in their order. The few bytes that others need come at once.

    A page that a build left as it was has them in their places already.
    """
    ours, options = OURS.search(text), OPTIONS.search(text)
    if ours and options:
        at_once = (path.parent / options[1]).read_text(encoding="utf-8").strip()
        text = OPTIONS.sub(lambda _: f"<script>{at_once}</script>\n    {ours[0]}", OURS.sub("", text), count=1)
    return SCRIPT.sub(r'<script defer="defer" \1></script>', text)


def with_contents_named(text, path, folder, contents):
    """Scripts and styles are named by what is in them: a page gets those that it was built with, from whatever keeps them.

    In an address stand the first digits; those of the scripts that it loads itself a page holds whole.
    """
    def digest(file):
        if file not in contents:
            contents[file] = base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()
        return contents[file]

    text = LOCAL_FILE.sub(lambda found: f"{found[1]}{found[2]}?sha={digest((path.parent / found[2]).resolve())[:16].translate(IN_ADDRESSES)}", text)
    late = {name: f"sha256-{digest((folder / '_static' / name).resolve())}" for name in late_scripts(folder)}
    script = f"<script data-late>globalThis.optimlibScripts = {json.dumps(late)};</script>"
    return LATE_SCRIPTS.sub(script, text) if LATE_SCRIPTS.search(text) else text.replace("</title>", f"</title>\n    {script}", 1)


def late_scripts(folder):
    """Their names."""
    return sorted(path.name for pattern in LATE for path in (folder / "_static").glob(pattern))


def with_description(text, path):
    """What a search engine shows: the question of the page, and what it does."""
    if '<meta name="description"' in text:
        return text
    article = text.split("<article", 1)[-1] if path.parent.name == "chapters" else ""
    words = " ".join(re.sub(r"<[^>]+>", "", paragraph) for paragraph in re.findall(r"<p>(.*?)</p>", article, flags=re.DOTALL)[:3])
    words = re.sub(r"About \d+ minutes\.", "", html.unescape(words))
    words = " ".join(words.split()) or COURSE
    if len(words) > 155:
        words = words[:155].rsplit(" ", 1)[0] + " …"
    return text.replace("</title>", f'</title>\n    <meta name="description" content="{html.escape(words)}" />', 1)


def with_true_names(text):
    """What one sees on a button is its name; and the sidebar is a part of the page that can be gone to."""
    text = text.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    text = re.sub(r'(<button class="btn search-button-field[^>]*?) aria-label="Search"', r"\1", text)
    return re.sub(r'<div class="bd-sidebar-primary bd-sidebar[^"]*"(?! role)', r'\g<0> role="region" aria-label="The course"', text)


def not_translated(text):
    """Code and formulas stay as they are when a browser translates the page."""
    head, body, rest = text.partition("<body")
    return head + body + AS_IT_IS.sub(r'<\1 translate="no"', rest)
