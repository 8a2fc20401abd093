"""Sphinx extension: what the built site has beyond Jupyter Book's own.

- Chapters are read from their executed copies (tools.notebooks).
- Each widget output becomes an element that the site's script fills, with a still picture inside
  for readers without scripts.
- The site's script and styles, KaTeX's styles and its fonts are served from the site.
"""

import base64
import hashlib
import html
import io
import pathlib
import re
import shutil
import sys

import nbformat
from PIL import Image
from sphinx.errors import ExtensionError
from sphinx.search import languages

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent.parent))

from optimlib.exercises import loader, varied
from optimlib.front_end import BUILT, STILL
from tools import bundles, notebooks
from tools.notebooks import (
    ROOT,
    CellFailed,
    code_cells,
    execute_changed,
    executed,
    kept,
    widget_models,
)
from tools.site import alone
from tools.site.pages import add_to_context, early_script, finish, join_styles
from tools.site.search import CourseSearch, write_texts

STATIC = ROOT / "_build" / "static"
OURS = ROOT / "tools" / "site"
KATEX = ROOT / "node_modules" / "katex" / "dist"
MAKERS = (".py", ".mjs", ".js", ".css", ".html")  # the kinds of files in tools/ that make a page what it is
NO_SCRIPTS = "This works where scripts run: allow them here, or run the chapter in Jupyter."
CHAPTER_LINK = re.compile(r'(href="[\w-]+)\.ipynb')  # in what a cell displays; those of the text Sphinx makes
LAB = "optimlib.lab.Lab"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


# The site's own files


def put(text_or_bytes, name):
    """Writes a static file, unless it stands there already (so that Sphinx copies only what changed)."""
    data = text_or_bytes.encode() if isinstance(text_or_bytes, str) else text_or_bytes
    path = STATIC / name
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def katex_style(css):
    """KaTeX's styles with the one font format that every browser of today reads."""
    return re.sub(r',url\([^)]*\) format\("(?:woff|truetype)"\)', "", css)


def icon_style():
    """The styles of the icons, with their pictures in them."""
    return bundles.esbuild("--bundle", "--loader:.svg=dataurl", OURS / "icons.css")


def scripts():
    """The site's scripts by name, small."""
    exercises = {one["chapter"]: [exercise["id"] for exercise in one["exercises"]] for one in loader.contents()}
    return bundles.site_scripts({"CHAPTER_EXERCISES": exercises})


def site_files(app, config):
    if not (KATEX.is_dir() and bundles.are_installed()):
        raise ExtensionError("npm packages are missing: run `make book`, or `python -m tools.node npm ci` once.")
    put(katex_style((KATEX / "katex.min.css").read_text(encoding="utf-8")), "katex/katex.min.css")
    for font in (KATEX / "fonts").glob("*.woff2"):
        put(font.read_bytes(), f"katex/fonts/{font.name}")
    for name, text in scripts().items():
        put(text, name)
    for name, text in {"python.js": bundles.python_script(), **bundles.cpython_scripts()}.items():
        put(text, name)
    put(bundles.minified((OURS / "search.js").read_text(encoding="utf-8"), "js"), "search.js")
    put(bundles.editor_script(), "editor.js")
    put((OURS / "formulas.css").read_text(encoding="utf-8"), "formulas.css")
    ours = (BUILT / "notebook.css", *(OURS / name for name in ("host.css", "site.css", "print.css")))
    for name, text in alone.static_files().items():
        put(text, name)
    put(icon_style() + "".join(path.read_text(encoding="utf-8") for path in ours), "optimlib.css")
    config.html_static_path.append(str(STATIC))
    config.templates_path.insert(0, str(OURS / "templates"))


def check_exercises(app, config):
    """Refuses a `solutions` or a `seed` that there is not."""
    try:
        loader.shown({"kind": "number"}, config.solutions)
        varied.read_seed(config.seed)
    except ValueError as error:
        raise ExtensionError(str(error)) from None


def buttons(app, config):
    """Source, issue and launch buttons where repository.url says what they lead to, none where it is empty."""
    options = config.html_theme_options
    if options.get("repository_url"):
        options.update(use_repository_button=True, use_issues_button=True, use_source_button=True)
    else:
        options["launch_buttons"] = {}


# Executed chapters


def execute_chapters(app):
    try:
        execute_changed()
    except CellFailed as error:
        raise ExtensionError(str(error)) from None


def outdated(app, env, added, changed, removed):
    """Chapters whose executed copy, or what makes pages of it, is newer than what the last build read.

    (Sphinx copies no static file when no page is out of date, and each page names the scripts' versions.)
    """
    ours = [*(ROOT / "tools").glob("*.py"), *(path for path in OURS.rglob("*") if path.suffix in MAKERS)]
    makers = [*STATIC.iterdir(), *ours]
    newest = max(path.stat().st_mtime for path in makers if path.is_file())

    def changed_at(name):
        path = ROOT / f"{name}.ipynb"
        return max(kept(path).stat().st_mtime, newest) if path.exists() else newest

    return [name for name in env.found_docs if changed_at(name) * 1e6 > env.all_docs.get(name, 0)]


def read_executed(app, docname, source):
    path = ROOT / f"{docname}.ipynb"
    if path.exists():
        source[0] = nbformat.writes(with_hosts(with_exercises(executed(path), app.config.solutions, app.config.seed, to_choose=True), docname))


# Widgets on a page without a kernel


def with_hosts(notebook, docname):
    """The notebook with each widget output replaced by an element that the site's script fills."""
    models = widget_models(notebook)
    stills = {}
    for cell in code_cells(notebook):
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        before = {}  # what stands in for the next widget
        for output in cell.outputs:
            data = output.get("data", {})
            if output.get("metadata") == STILL:
                before |= data
            elif WIDGET_VIEW in data:
                model = data[WIDGET_VIEW]["model_id"]
                if "image/png" in before:
                    stills[model] = picture(before["image/png"], alt, docname)
                still = next((stills[name] for name in (model, *descendants(model, models)) if name in stills), "")
                words = data["text/plain"] if "text/markdown" in before else ""
                before = {}
                output["data"] = {"text/html": host(model, still, words, models[model]["state"])}
            elif "text/html" in data:
                data["text/html"] = CHAPTER_LINK.sub(r"\1.html", data["text/html"])
            elif "image/png" in data:
                data["image/png"] = base64.b64encode(small(base64.b64decode(data["image/png"]))).decode()
        cell.outputs = [output for output in cell.outputs if output.get("metadata") != STILL]
    for model in list(models):
        state = models[model]["state"]
        if models[model]["model_name"].endswith(("LayoutModel", "StyleModel")) or state.keys() >= {"code", "style"}:
            del models[model]  # the site has one script and one style for all
        else:
            for name in ("_esm", "shared"):
                state.pop(name, None)
    return notebook


def with_exercises(notebook, solutions, seed, to_choose=False):
    """The notebook with its exercises as `solutions` and `seed` of _config.yml say.

    to_choose: with their variants, too, from which a link's seed chooses: of each what differs from the exercise.
    """
    asked = {}  # question as it was -> as it is
    for model in widget_models(notebook).values():
        if "exercise" not in model["state"]:
            continue
        name, question = (model["state"]["exercise"][one] for one in ("id", "question"))
        data = loader.shown(loader.exercise(name, seed), solutions)
        asked[question] = data["question"]
        variants = [loader.shown(one, solutions) for one in loader.variants(name)]
        if to_choose and variants:
            data["variants"] = [{part: value for part, value in one.items() if value != data[part]} for one in variants]
        model["state"]["exercise"] = data
    for cell in code_cells(notebook):
        for data in (output["data"] for output in cell.outputs if WIDGET_VIEW in output.get("data", {}) or output.get("metadata") == STILL):
            for kind in ("text/plain", "text/markdown"):
                for before, now in asked.items():
                    data.update({kind: data[kind].replace(before, now)} if before in data.get(kind, "") else {})
    return notebook


def descendants(model, models):
    for child in models.get(model, {}).get("state", {}).get("children", []):
        name = child.removeprefix("IPY_MODEL_")
        yield name
        yield from descendants(name, models)


def host(model, still, words, state):
    """An element for the site's script to fill; until then, and without scripts, a picture or words.

    That of an exercise can be linked to, as #exercise-<its name>. That of all progress keeps a
    window's height free: its list would push away what is seen below.
    """
    first, _, rest = words.partition("\n")
    lines = "".join(f"<{start}>{html.escape(text)}</{end}>" for start, text, end in (("p", first, "p"), ('pre translate="no"', rest, "pre")) if text)
    inside = still or f"{lines}<noscript><p>{NO_SCRIPTS}</p></noscript>"
    anchor = f' id="exercise-{html.escape(state["exercise_id"])}"' if "exercise_id" in state else ""
    look = (
        "optimlib-widget optimlib-tall"
        if state.get("chapter") == ""
        else "optimlib-widget optimlib-lab"
        if state.get("_anywidget_id") == LAB
        else "optimlib-widget"
    )
    return f'<div class="{look}"{anchor} data-model-id="{html.escape(model)}">{inside}</div>'


def picture(png, alt, docname):
    """An <img> of a still picture that is kept as a file of the site."""
    data = base64.b64decode(png)
    width, height = Image.open(io.BytesIO(data)).size
    name = f"stills/{hashlib.sha256(data).hexdigest()[:16]}.png"
    put(data, name)
    return f'<img src="{"../" * docname.count("/")}_static/{name}" alt="{html.escape(alt)}" width="{width}" height="{height}" loading="lazy">'


def small(png):
    """A figure in 256 colours, which no eye tells from the original: less than half of its bytes."""
    written = io.BytesIO()
    Image.open(io.BytesIO(png)).quantize(256, method=Image.Quantize.FASTOCTREE).save(written, format="png", optimize=True)
    return written.getvalue()


def finish_pages(app, exception):
    if exception is None:
        folder = pathlib.Path(app.outdir)
        if app.config.solutions != "shown" or app.config.seed is not None:
            for path in (folder / "_sources").rglob("*.ipynb"):  # the notebooks that the pages offer
                notebooks.write(with_exercises(notebooks.read(path), app.config.solutions, app.config.seed), path)
        (folder / "sw.js").write_text(bundles.minified((OURS / "sw.js").read_text(encoding="utf-8"), "js"), encoding="utf-8", newline="\n")
        shutil.rmtree(folder / "_static" / "vendor" / "fontawesome", ignore_errors=True)  # the theme's library of icons, which no page asks for
        join_styles(folder)
        alone.write_pages(folder, app.config.html_title or app.config.project, early_script())
        write_texts(folder)
        finish(folder)


def setup(app):
    if not KATEX.exists():
        sys.exit(
            "What this book takes from npm is not installed. Type `make book`, or without make `python -m tools book`: it installs it, and builds the book. After that, `jupyter-book build .` works, too."
        )
    app.add_config_value("solutions", "shown", "env", frozenset({str}))
    app.add_config_value("seed", None, "env", frozenset({int, type(None)}))
    app.connect("config-inited", check_exercises)
    app.connect("config-inited", site_files)
    app.connect("config-inited", buttons)
    app.connect("builder-inited", execute_chapters)
    app.connect("env-get-outdated", outdated)
    app.connect("source-read", read_executed)
    app.connect("html-page-context", add_to_context, priority=900)  # after the theme, which makes its buttons then
    app.connect("build-finished", finish_pages, priority=900)  # after the theme, which writes its colours of code then
    app.setup_extension("tools.site.formulas")
    app.setup_extension("tools.site.markup")
    app.setup_extension("tools.site.reference")
    for name in ("optimlib.css", "katex/katex.min.css", "formulas.css"):
        app.add_css_file(name)
    app.add_js_file("optimlib.js", priority=100)  # ahead of the theme's
    languages["en"] = CourseSearch
    return {"parallel_read_safe": True, "parallel_write_safe": True}
