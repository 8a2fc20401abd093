"""The catalogue: what it says of the rules is so in Python and in JavaScript, and what cannot read it says the same."""

import re
from dataclasses import MISSING, fields

import numpy as np
import pytest
from nodejs import run_joined

import optimlib
from optimlib import _valid, catalogue, plots
from optimlib.front_end import BUILT
from optimlib.portable import valley
from tools.notebooks import ROOT

KINDS = list(catalogue.RULES)
LOOKS = {**catalogue.RULES, **catalogue.OTHERS}


def class_of(kind):
    return getattr(optimlib, catalogue.RULES[kind]["class"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_is_a_class_of_the_library_with_these_settings_and_this_memory(kind):
    known, cls = catalogue.RULES[kind], class_of(kind)
    assert cls.__module__ == "optimlib.rules" and known["class"] in optimlib.__all__
    assert [field.name for field in fields(cls)] == list(known["settings"])
    defaults = {field.name: field.default for field in fields(cls) if field.default is not MISSING}
    own = {"eps": known["settings"]["eps"]} if kind == "adam" else {}  # outside the root
    assert defaults == {name: catalogue.DEFAULTS[name] for name in known["settings"] if name != "lr"} | own
    rule = cls(**known["settings"])  # what it starts with is in range
    memory = rule.init(np.zeros(2))
    assert {name: value.tolist() for name, value in memory.items()} == {name: [first, first] for name, first in known["remembers"].items()}
    assert list(rule.update(np.ones(2), np.ones(2), memory)[1]) == list(memory)


def test_a_setting_has_a_range_and_a_value_that_lies_in_it():
    assert {name for known in catalogue.RULES.values() for name in known["settings"]} == set(catalogue.SETTINGS)
    for name, setting in catalogue.SETTINGS.items():
        assert getattr(_valid, setting["range"])(name, setting["default"]) == setting["default"]
        if isinstance(setting.get("slider"), list):
            for end in setting["slider"][:2]:
                getattr(_valid, setting["range"])(name, end)


@pytest.mark.parametrize("kind", [kind for kind in catalogue.SCHEDULES if kind != "constant"])
def test_a_schedule_is_a_class_of_the_library_with_this_setting(kind):
    known = catalogue.SCHEDULES[kind]
    assert known["class"] in optimlib.__all__
    made = [getattr(optimlib, known["class"])(0.4, value) for value in (known["default"], *(known["slider"][:2] if known["slider"] != "rate" else (1, 990)))]
    assert [field.name for field in fields(made[0])] == ["lr", known["setting"]]
    assert all(name in known for name in ("name", "short", "about"))
    # No setting of a slider brings a rate down to 0 within the steps that the lab's slider reaches.
    assert all((schedule.rates(1000) > 0).all() for schedule in made)


def test_a_map_is_over_a_setting_of_its_rule():
    maps = {kind: known["map"] for kind, known in catalogue.RULES.items() if "map" in known}
    assert maps and all(one["over"] in catalogue.RULES[kind]["settings"] and one["counts"] in ("stays", "first") for kind, one in maps.items())


def test_each_kind_is_told_apart_by_its_label_marker_and_colour_and_each_place_by_its_dash():
    for what in ("label", "marker"):
        said = [look[what] for look in LOOKS.values() if what in look]
        assert len(set(said)) == len(said)
    for theme in range(2):
        colours = [look["colour"][theme] for look in LOOKS.values() if "colour" in look]
        assert len(set(colours)) == len(colours) and all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    assert {kind for kind, look in LOOKS.items() if "colour" not in look} == {"own"}
    assert len({*catalogue.CATALOGUE["dashes"], catalogue.OTHERS["own"]["dash"]}) == catalogue.LIMITS["rules"] + 1


@pytest.mark.parametrize("kind", LOOKS)
def test_the_lab_wears_the_colours_of_the_figures(kind):
    style = (BUILT / "notebook.css").read_text(encoding="utf-8")
    assert f".ol-{kind}{{--ol-colour: var(--ol-rule-{kind})}}" in style
    if kind == "own":
        assert "--ol-rule-own: var(--ol-ink)" in style
        return
    light, dark = LOOKS[kind]["colour"]
    assert f"--ol-rule-{kind}: var(--ol-on-light, {light}) var(--ol-on-dark, {dark})" in style
    assert plots.STYLE[catalogue.RULES[kind]["class"] if kind in catalogue.RULES else "other"]["color"] == light


# What JavaScript makes of the catalogue.
RUNNER = """\
import { KINDS, MARKERS, RULES, THEORY } from "./joined.mjs";

const functions = (kind) => [RULES[kind]?.update, MARKERS[KINDS[kind].marker]].map((one) => typeof one);
export default () => ({
  rules: Object.entries(RULES).map(([kind, { remembers }]) => [kind, remembers]),
  known: Object.keys(KINDS).map((kind) => [kind, ...functions(kind)]),
  theory: Object.keys(THEORY),
});
"""


def test_every_rule_moves_and_is_drawn_in_javascript():
    said = run_joined(RUNNER)
    assert dict(said["rules"]) == {kind: known["remembers"] for kind, known in catalogue.RULES.items()}
    assert said["known"] == [[kind, "function" if kind in KINDS else "undefined", "function"] for kind in LOOKS]
    assert set(said["theory"]) == {kind for kind, known in catalogue.RULES.items() if "map" in known}, "a map says what theory knows"


def test_what_cannot_read_the_catalogue_says_the_same():
    """The reader's own rule runs in MicroPython, without files; and words are words."""
    assert catalogue.LIMITS["diverged"] == valley.DIVERGED
    times = f"{catalogue.LIMITS['diverged']:,} times its start"
    for file in ("descent.py", "js/lab/words.js"):
        assert times in (ROOT / "optimlib" / file).read_text(encoding="utf-8")
    lab = re.sub(r"\s+", " ", optimlib.Lab.__doc__)
    assert f"1 to {catalogue.LIMITS['steps']:,}." in lab and catalogue.LIMITS["rules"] == 6 and "up to six" in lab
    assert all(f'"{part}"' in lab for part in (*catalogue.PARTS, *catalogue.QUESTIONS))


def test_the_javascript_reads_each_of_these_from_the_catalogue():
    """No script has a label, a colour or a class of a rule, a limit or a part of a lab for itself."""
    scripts = {path.name: path.read_text(encoding="utf-8") for folder in ("optimlib/js", "tools/site") for path in (ROOT / folder).rglob("*.js")}
    words = (
        [look["label"] for look in catalogue.RULES.values()] + [*catalogue.QUESTIONS.values(), *catalogue.CODE_WORDS.values()] + list(catalogue.PARTS.values())
    )
    words += [look["class"] for look in catalogue.RULES.values()] + [colour for look in LOOKS.values() for colour in look.get("colour", [])]
    for name, text in scripts.items():
        assert [word for word in words if re.search(rf'["`]{re.escape(word)}["`]', text)] == [], name
