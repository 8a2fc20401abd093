"""The workflows for GitHub: what they run is here, and they may do no more than they must. (make lint reads them, too.)"""

import os
import re
import subprocess
import sys

import pytest
import yaml

from tools import release
from tools.notebooks import ROOT

PATHS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]


def test_they_are_the_four_that_contributing_names():
    assert [path.stem for path in PATHS] == ["ci", "pages", "release", "versions"]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in text for path in PATHS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_what_a_workflow_runs_is_here(path):
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout
    targets = re.findall(r"^  (?:make )?([a-z-]+) ", listed, flags=re.MULTILINE)
    for job in jobs(path).values():
        assert set([job["needs"]] if "needs" in job else []) <= jobs(path).keys() and job["timeout-minutes"] <= 90
        for step in job["steps"]:
            run = step.get("run", "")
            if run.startswith("make "):
                assert run.split()[1] in targets
            elif run.startswith("."):
                assert (ROOT / run).exists()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_it_may_read_and_only_the_job_that_publishes_may_more(path):
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}
    for name, job in jobs(path).items():
        publishes = name in ("deploy", "publish")
        assert ("permissions" in job) == publishes == ("environment" in job)
        if publishes:
            assert not any("run" in step or "checkout" in step.get("uses", "") for step in job["steps"]), "and runs nothing of ours"


def test_nothing_is_published_until_someone_says_so():
    names = {path.stem: jobs(path) for path in PATHS}
    assert names["pages"]["build"]["if"] == "vars.PUBLISH_PAGES == 'true'" and names["pages"]["deploy"]["needs"] == "build"
    assert names["release"]["publish"]["if"] == "vars.PUBLISH_PYPI == 'true'"
    assert names["release"]["publish"]["environment"]["url"].endswith(f"/{release.project()['name']}")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_action_is_pinned_and_has_one_version(path):
    text = path.read_text(encoding="utf-8")
    for line in re.findall(r"uses: (.+)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    everywhere = {re.match(r"[^@]+", line)[0]: line for other in PATHS for line in re.findall(r"uses: (.+)", other.read_text(encoding="utf-8"))}
    assert set(re.findall(r"uses: (.+)", text)) <= set(everywhere.values())


def test_a_tag_that_is_not_the_version_s_builds_nothing():
    done = subprocess.run([sys.executable, "-m", "tools.release"], cwd=ROOT, env={**os.environ, "TAG": "v0.0.0"}, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("The tag v0.0.0 is not that of the version ")
