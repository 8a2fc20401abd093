"""The theme's icons, but only those that the pages use: of a library of 1,400 a page needs some twenty.

The theme asks for Font Awesome by class names; the style that is made here answers to them with
a font of the glyphs in use.
"""
import base64
import hashlib
import io
import logging
import pathlib
import re
import shutil

import pydata_sphinx_theme
from fontTools import subset

LIBRARY = next((pathlib.Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static" / "vendor" / "fontawesome").iterdir())
PRIVATE_USE = re.compile("[\ue000-\uf8ff]|\\\\(f[0-9a-f]{3})")
FONT = ('@font-face{{font-display:block;font-family:{family};font-style:normal;font-weight:900;'
        'src:url(data:font/woff;base64,{data}) format("woff")}}')
FAMILIES = ("Font Awesome\\ 6 Free", "Font Awesome\\ 5 Free")


def icon_style(folder, pages, styles):
    """A style sheet for the icons in use.

    folder: where the theme keeps Font Awesome. pages: the texts of all pages and scripts, which name icons by class.
    styles: the theme's own style sheets, which name some by their characters.
    """
    rules = re.findall(r"[^{}]+\{[^{}]*\}", (folder / "css" / "all.min.css").read_text(encoding="utf-8"))
    names = set(re.findall(r"\bfa[srb]?(?:-[a-z0-9-]+)?\b", "\n".join(pages)))
    kept = [rule for rule in rules if not rule.startswith("@") and (":root" in rule or names & set(re.findall(r"\.([\w-]+)", rule.split("{")[0])))]
    characters = {found[1] and chr(int(found[1], 16)) or found[0] for text in [*kept, *styles] for found in PRIVATE_USE.finditer(text)}
    data = base64.b64encode(font_of(folder / "webfonts" / "fa-solid-900.ttf", characters)).decode()
    licence = "/* Font Awesome Free 6 by @fontawesome, https://fontawesome.com: icons CC BY 4.0, fonts SIL OFL 1.1, code MIT. A part of it. */\n"
    return licence + "".join(FONT.format(family=family, data=data) for family in FAMILIES) + "".join(kept)


def font_of(path, characters):
    """A WOFF font of these characters."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table
    options = subset.Options(flavor="woff", layout_features=[], hinting=False, notdef_outline=True, name_IDs=[])
    written = io.BytesIO()
    with subset.load_font(str(path), options) as font:
        part = subset.Subsetter(options)
        part.populate(text="".join(characters))
        part.subset(font)
        font.flavor = "woff"
        font.save(written, reorderTables=False)
    return written.getvalue()


def put_icons(out):
    """Gives the built pages in the folder out that style in place of the whole library; returns its address in _static."""
    pages = [path.read_text(encoding="utf-8") for path in [*out.rglob("*.html"), *(out / "_static" / "scripts").glob("*.js")]]
    styles = [path.read_text(encoding="utf-8") for path in (out / "_static" / "styles").glob("*.css") if path.name != "bootstrap.css"]
    text = icon_style(LIBRARY, pages, styles)
    (out / "_static" / "icons.css").write_text(text, encoding="utf-8")
    shutil.rmtree(out / "_static" / "vendor" / "fontawesome", ignore_errors=True)
    return f"icons.css?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"
