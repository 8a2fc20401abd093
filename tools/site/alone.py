"""The pages beside the book: lab.html, a lab and nothing else, and lecture.html, the course in eight scenes.

Neither has anything of the theme. Their templates are templates/lab.html and templates/lecture.html, what the lecture says
and shows is optimlib/lecture.json, and their labs are made by their scripts (lab_state.js) and drawn by that of every page (host.js).
"""

import json
import pathlib

import jinja2
import numpy as np

from optimlib import Quadratic, catalogue, descend, rules
from optimlib.front_end import BUILT
from tools import bundles
from tools.notebooks import ROOT

OURS = pathlib.Path(__file__).parent
LECTURE = ROOT / "optimlib" / "lecture.json"
PAGES = ("lab.html", "lecture.html")

# The picture of a path, in units of the valley: a little more than the widest path needs.
LEFT, RIGHT, BOTTOM, TOP = -5.9, 1.3, -2.9, 3.2
LOSSES = (0.1, 0.5, 1.5, 3, 5, 8, 12)  # of its lines of equal loss
START, STEPS = (-5.0, -2.0), 20


def static_files():
    """The scripts and styles of these pages, by name."""
    scripts = {name: bundles.esbuild("--bundle", "--format=iife", OURS / name) for name in ("lab_page.js", "lecture.js")}
    widgets = (BUILT / "notebook.css").read_text(encoding="utf-8")
    alone, lecture = (bundles.minified((OURS / name).read_text(encoding="utf-8"), "css") for name in ("alone.css", "lecture.css"))
    return {**scripts, "alone.css": widgets + alone, "lecture.css": widgets + alone + lecture}


def lecture():
    """The lecture as data: {title, scenes: [{title, minutes, moments, note}]}; a moment is one look of a scene."""
    return json.loads(LECTURE.read_text(encoding="utf-8"))


def write_pages(folder, course, early_script):
    """Writes them into the folder of a built site. course: its title."""
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(OURS / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    given = {"course": course, "early_script": early_script, "lecture": lecture(), "labels": labels(), "path_picture": path_picture}
    for name in PAGES:
        (folder / name).write_text(templates.get_template(name).render(given) + "\n", encoding="utf-8", newline="\n")


def labels():
    """{kind of a rule: its label}."""
    return {kind: known["label"] for kind, known in catalogue.RULES.items()}


def path_picture(rule):
    """What an <svg> of a rule's path in the valley holds: {view, ground, points, line}. rule: {"kind", and its settings}."""
    settings = {name: value for name, value in rule.items() if name != "kind"}
    valley = Quadratic(curvatures=(0.2, 4.0))
    path = descend(valley, getattr(rules, catalogue.RULES[rule["kind"]]["class"])(**settings), START, STEPS)
    points = [(round(float(x), 3), round(float(-y), 3)) for x, y in path.points]  # y goes down in an SVG
    return {
        "view": f"{LEFT} {-TOP} {RIGHT - LEFT:g} {TOP - BOTTOM:g}",
        "ground": [tuple(round(float(np.sqrt(2 * loss / curvature)), 3) for curvature in valley.curvatures) for loss in reversed(LOSSES)],
        "points": points,
        "line": " ".join(f"{x:g},{y:g}" for x, y in points),
    }
