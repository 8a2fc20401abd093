"""A small site for tests of the scripts that a page loads: one page, made of some modules, and a folder of scripts."""

from optimlib.front_end import BUILT
from tools import bundles
from tools.notebooks import ROOT

PAGE = """\
<!doctype html>
<html lang="en" data-theme="{theme}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Scratch</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="../_static/optimlib.css">
<body style="background: {paper}"><main><h1 style="color: {ink}">Scratch</h1></main>
<script src="../_static/optimlib.js?v=1"></script>
"""


def make_site(folder, code, **scripts):
    """Writes the site: code is JavaScript that may import "/..." from the project; scripts are texts by name, without .js."""
    for name in ("_static", "chapters"):
        (folder / name).mkdir()
    entry = folder / "entry.js"
    entry.write_text(code.replace('from "/', f'from "{ROOT}/'))
    scripts["optimlib"] = bundles.esbuild("--bundle", "--format=iife", entry)
    for name, text in scripts.items():
        (folder / "_static" / f"{name}.js").write_text(text, encoding="utf-8")
    (folder / "_static" / "optimlib.css").write_text((BUILT / "notebook.css").read_text(encoding="utf-8"), encoding="utf-8")
    for theme, paper, ink in [("light", "#fff", "#000"), ("dark", "#14181e", "#fff")]:
        (folder / "chapters" / f"{theme}.html").write_text(PAGE.format(theme=theme, paper=paper, ink=ink))
