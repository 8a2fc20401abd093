"""The page of the library's names: all of them, each with what its docstring says, and links to it from the chapters' code."""

import inspect
import re

import pytest

import optimlib
from tools.notebooks import chapters
from tools.site.reference import MODULES, PAGE, Links, as_markup, public


def anchor(name):
    return f"module-optimlib.{name}" if name in MODULES else f"optimlib.{name}"


def test_every_public_name_stands_there_with_its_docstring(site):
    page = (site / f"{PAGE}.html").read_text(encoding="utf-8")
    assert set(public()) >= {*optimlib.__all__, "plots.losses", "theory.bounce", "measures.crossings"}
    anchors = re.findall(r'id="((?:module-)?optimlib\.[\w.]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert {anchor(name) for name in public()} <= set(anchors), "chapters/api.md lacks a name"
    words = " ".join(re.sub(r"<[^>]+>", "", page).replace("’", "'").split())
    assert "kwargs" not in words
    for name in public():
        thing = optimlib
        for part in name.split("."):
            thing = getattr(thing, part)
        first = re.split(r"[;.`\"<*]", " ".join(inspect.getdoc(thing).split()))[0]
        assert len(first) > 5 and first.replace("&", "&amp;") in words, f"{name}: {first}"


def test_a_docstring_becomes_definitions_paragraphs_and_examples():
    lines = ["Go to *x*.", "", "lr: the rate,", "    above 0.", "eps, rho: `0` or x_.", "Source: here.", "Raises ValueError.", "", ">>> a: b", "a: b"]
    assert as_markup(lines, {"lr", "eps", "rho", "a"}) == [
        *("Go to \\*x\\*.", "", "", "", "**lr**", "    the rate,", "    above 0.", "", "**eps** and **rho**", "    ``0`` or x\\_."),
        *("", "Source: here.", "", "Raises ValueError.", "", ">>> a: b", "a: b"),
    ]


def span(name):
    return f'<span class="n">{name}</span>'


def test_the_first_use_of_an_imported_name_leads_there():
    links = Links("api.html", "from optimlib import (Momentum,\n    plots, descend)\nfrom pathlib import Path")
    dot = '<span class="o">.</span>'
    imports = f'<span class="kn">from</span> optimlib <span class="kn">import</span> {span("Momentum")}'
    code = "\n".join([imports, span("Momentum"), span("Momentum"), f"{span('plots')}{dot}{span('losses')}", span("Path"), f"x{dot}{span('descend')}"])
    wanted = ["Momentum", "plots.losses"]
    linked = links.in_code(code)
    assert re.findall(r'href="api.html#optimlib\.([\w.]+)"', linked) == wanted
    assert linked.split("\n")[0] == imports and linked.split("\n")[2] == span("Momentum")
    assert re.sub(r"</?a\b[^>]*>", "", linked) == code, "nothing but links was added"


@pytest.mark.parametrize("name", ["descend", "plots.losses", "Momentum", "theory.stability_edge", "measures.crossings"])
def test_the_chapters_lead_there_once_a_page(name, site):
    page = (site / f"{PAGE}.html").read_text(encoding="utf-8")
    counts = [(site / "chapters" / f"{path.stem}.html").read_text(encoding="utf-8").count(f'href="api.html#optimlib.{name}"') for path in chapters()]
    assert max(counts) == 1 and f'id="optimlib.{name}"' in page
