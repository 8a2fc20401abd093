"""The pages beside the book: lab.html, a lab and nothing else; lecture.html, the course in eight scenes; speaker.html, its notes.

None has anything of the theme. Their templates are in templates/, what the lecture says and shows is optimlib/lecture.json,
and their labs are made by their scripts (lab_state.js) and drawn by that of every page (host.js).
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
FINDINGS = ROOT / "optimlib" / "lab" / "findings.json"
PAGES = ("lab.html", "lecture.html", "speaker.html")

# A picture, in units of the valley. What is seen of the one that everybody draws: a little more than the widest path needs.
LEFT, RIGHT, BOTTOM, TOP = -5.9, 1.3, -2.9, 3.2
ROOM = 0.7  # around what else is seen
LOSSES = (0.1, 0.5, 1.5, 3, 5, 8, 12)  # of its lines of equal loss
CURVATURES, START, STEPS = (0.2, 4.0), (-5.0, -2.0), 20


def static_files():
    """The scripts and styles of these pages, by name. (lecture.js and lab_page.js are built with optimlib.js.)"""
    scripts = {"speaker.js": bundles.esbuild("--bundle", "--format=iife", OURS / "speaker.js")}
    texts = [(OURS / f"{name}.css").read_text(encoding="utf-8") for name in ("alone", "lecture", "speaker", "print")]
    alone, lecture, speaker, printed = (bundles.minified(text, "css") for text in texts)
    widgets = (BUILT / "notebook.css").read_text(encoding="utf-8")
    return {**scripts, "alone.css": widgets + printed + alone, "lecture.css": widgets + printed + alone + lecture, "speaker.css": widgets + alone + speaker}


def lecture():
    """The lecture as data: {title, frames, scenes: [{title, minutes, moments, note}]}; a moment is one look of a scene.

    frames: sizes of a frame, in pixels, in which lab.html shows the valley and all sliders at once, which a test measures.
    """
    return json.loads(LECTURE.read_text(encoding="utf-8"))


def write_pages(folder, course, early_script):
    """Writes them into the folder of a built site. course: its title."""
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(OURS / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    pictures = {"path_picture": path_picture, "finding_picture": finding_picture}
    given = {"course": course, "early_script": early_script, "lecture": lecture(), "labels": labels(), **pictures}
    for name in PAGES:
        (folder / name).write_text(templates.get_template(name).render(given) + "\n", encoding="utf-8", newline="\n")


def labels():
    """{kind of a rule: its label}."""
    return {kind: known["label"] for kind, known in catalogue.RULES.items()}


# Pictures


def path_picture(rule):
    """The picture of a rule's path in the valley that everybody draws. rule: {"kind", and its settings}."""
    return picture([rule]) | {"view": view(LEFT, RIGHT, BOTTOM, TOP)}


def finding_picture(name):
    """The picture of a finding of findings.json."""
    finding = next(one for one in json.loads(FINDINGS.read_text(encoding="utf-8")) if one["id"] == name)
    return picture(finding["rules"], finding.get("curvatures", CURVATURES), finding.get("angle", 0), finding["steps"])


def picture(rules_, curvatures=CURVATURES, angle=0, steps=STEPS):
    """What an <svg> of rules' paths holds: {view, angle, steps, ground: radii of the ellipses, paths: [{kind, points, line}]}.

    rules_: of each {"kind", and its settings}. The start turns with the valley. In an SVG x2 goes down, and angles turn right.
    """
    valley = Quadratic(curvatures=curvatures, angle=angle)
    start = tuple(valley.from_axes(START))
    paths = []
    for rule in rules_:
        settings = {name: value for name, value in rule.items() if name != "kind"}
        path = descend(valley, getattr(rules, catalogue.RULES[rule["kind"]]["class"])(**settings), start, steps)
        points = [(round(float(x), 3), round(float(-y), 3)) for x, y in path.points]
        paths.append({"kind": rule["kind"], "points": points, "line": " ".join(f"{x:g},{y:g}" for x, y in points)})
    across, down = zip((0, 0), *(point for path in paths for point in path["points"]), strict=True)
    return {
        "view": view(min(across) - ROOM, max(across) + ROOM, -max(down) - ROOM, -min(down) + ROOM),
        "angle": -angle,
        "steps": steps,
        "ground": [tuple(round(float(np.sqrt(2 * loss / curvature)), 3) for curvature in valley.curvatures) for loss in reversed(LOSSES)],
        "paths": paths,
    }


def view(left, right, bottom, top):
    """The viewBox of an <svg>."""
    return f"{left:g} {-top:g} {right - left:g} {top - bottom:g}"
