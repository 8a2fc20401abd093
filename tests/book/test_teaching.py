"""The lecture and the teacher's page hold all that there is, and nothing that there is not."""

import json
import re

import pytest
from test_prose import NUMBER, backed, printed, value

from optimlib import catalogue
from optimlib.exercises import loader
from tools.notebooks import ROOT, chapters, read
from tools.site.alone import finding_picture, lecture, path_picture

FINDINGS = json.loads((ROOT / "optimlib" / "lab" / "findings.json").read_text(encoding="utf-8"))
SCENES = lecture()["scenes"]


def links_of(site):
    """Where the links of the teacher's page lead, and the text of each."""
    page = (site / "chapters" / "teaching.html").read_text(encoding="utf-8")
    article = page.split("<article", 1)[1].split("</article>", 1)[0]
    return re.findall(r'<a [^>]*href="([^"]+)"', article)


def test_every_finding_and_exercise_is_linked_and_each_link_leads_somewhere(site):
    links = links_of(site)
    for finding in FINDINGS:
        assert {f"#preset={finding['id']}", f"../lab.html#preset={finding['id']}"} <= set(links), finding["id"]
    for chapter, exercises in loader.chapters().items():
        for exercise in exercises:
            assert f"{chapter}.html#exercise-{exercise['id']}" in links, exercise["id"]
    for number in range(1, len(SCENES) + 1):
        assert links.count(f"../lecture.html#scene={number}") == 2, "in the plan for 45 minutes and in that for 90"
    findings = {finding["id"] for finding in FINDINGS}
    for link in links:
        address, _, place = link.partition("#")
        if "://" in address:
            continue
        page = (site / "chapters" / address).resolve() if address else site / "chapters" / "teaching.html"
        assert page.is_file(), link
        if place.startswith("preset="):
            assert place.removeprefix("preset=") in findings, link
        elif place and not place.startswith("scene="):
            assert f'id="{place}"' in page.read_text(encoding="utf-8"), link


def test_the_scenes_are_whole():
    findings, kinds = {finding["id"] for finding in FINDINGS}, set(catalogue.RULES)
    assert len(SCENES) == 8
    assert sum(scene["minutes"] for scene in SCENES) == 45
    for scene in SCENES:
        assert scene["title"] and scene["note"] and scene["moments"]
        assert scene.get("predict", "") in ("", *catalogue.QUESTIONS)
        assert {rule["kind"] for rule in scene.get("paths", [])} <= kinds
        for at, moment in enumerate(scene["moments"]):
            assert "finding" not in moment or moment["finding"] in findings
            assert {line[0] for line in moment.get("lines", [])} <= kinds
            if "choices" in moment:
                assert 0 <= moment["right"] < len(moment["choices"])
                assert scene["moments"][at + 1]["says"], "the moment after a guess says what is right"
    shown = {moment["finding"] for scene in SCENES for moment in scene["moments"] if "finding" in moment}
    assert {"both-arrive", "narrow", "turned", "momentum-worse", "momentum-better"} <= shown


def test_every_number_of_the_lecture_is_printed_in_a_chapter():
    strings = re.findall(r'"((?:says|title|quote)": "[^"]*|[^"]{20,})"', json.dumps(SCENES, ensure_ascii=False))
    text = re.sub(r"question 76408|[Ss]cene \d|\d/\d", " ", " ".join(strings))
    values = [
        value(number)
        for path in chapters()
        if path.stem in loader.TITLES
        for number in re.findall(r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?", printed(read(path)))
    ]
    numbers = NUMBER.findall(text)
    assert {"20", "860", "45", "0.45", "0.6"} <= set(numbers)
    assert [number for number in numbers if not backed(number, values)] == []


def holds_all(drawn):
    """Whether a picture shows each point of its paths."""
    left, top, width, height = map(float, drawn["view"].split())
    return all(left < x < left + width and top < y < top + height for path in drawn["paths"] for x, y in path["points"])


@pytest.mark.parametrize("rule", next(scene["paths"] for scene in SCENES if "paths" in scene), ids=lambda rule: rule["kind"])
def test_a_picture_of_a_path_holds_all_of_it(rule):
    drawn = path_picture(rule)
    [path] = drawn["paths"]
    assert len(path["points"]) == 21 and path["points"][0] == (-5.0, 2.0)
    assert holds_all(drawn)


def test_the_picture_of_a_finding_is_what_its_lab_shows():
    for scene in SCENES:
        for moment in scene["moments"]:
            for name in {moment.get("finding"), moment.get("ground")} - {None}:
                finding = next(one for one in FINDINGS if one["id"] == name)
                drawn = finding_picture(name)
                assert [path["kind"] for path in drawn["paths"]] == [rule["kind"] for rule in finding["rules"]] and len(drawn["paths"]) == 2
                assert all(len(path["points"]) == finding["steps"] + 1 for path in drawn["paths"])
                assert holds_all(drawn), name
    turned = finding_picture("turned")
    assert turned["angle"] == -45 and turned["paths"][0]["points"][0] == (-2.121, 4.95), "the start turns with the valley"
