"""When an exercise shows its solution: a teacher's choice, in _config.yml for the site and in the environment for Jupyter."""

import types

import pytest
from sphinx.errors import ExtensionError

from optimlib import Exercise
from optimlib.exercises import loader
from tools.notebooks import chapters, read, widget_models
from tools.site import course_site

EVERY = list(loader.exercises().values())


def test_shown_is_what_it_was_and_never_leaves_the_solution_out():
    for data in EVERY:
        shown = loader.shown(data)
        assert shown["solution"] and "solutions" not in shown
        assert loader.shown(data, "after_a_try") == {**shown, "solutions": "after_a_try"}
        assert loader.shown(data, "never") == {name: value for name, value in shown.items() if name != "solution"}


@pytest.mark.parametrize("wrong", ["sometimes", "", None, True])
def test_a_wrong_value_is_refused_with_what_is_allowed(wrong):
    with pytest.raises(ValueError, match=r"must be one of shown, after_a_try, never, not"):
        loader.shown(EVERY[0], wrong)
    with pytest.raises(ExtensionError, match=r"solutions \(of _config.yml.* must be one of shown, after_a_try, never, not"):
        course_site.check_exercises(None, types.SimpleNamespace(solutions=wrong, seed=None))


def test_jupyter_reads_the_environment(monkeypatch):
    monkeypatch.delenv("OPTIMLIB_SOLUTIONS", raising=False)
    assert Exercise("gd-edge").exercise == loader.shown(loader.exercise("gd-edge"))
    monkeypatch.setenv("OPTIMLIB_SOLUTIONS", "after_a_try")
    assert Exercise("gd-edge").exercise["solutions"] == "after_a_try"
    monkeypatch.setenv("OPTIMLIB_SOLUTIONS", "never")
    assert "solution" not in Exercise("gd-edge").exercise
    monkeypatch.setenv("OPTIMLIB_SOLUTIONS", "later")
    with pytest.raises(ValueError, match=r"OPTIMLIB_SOLUTIONS.* must be one of shown, after_a_try, never, not 'later'"):
        Exercise("gd-edge")


def test_never_leaves_no_solution_in_a_page_or_in_its_notebook():
    found = 0
    for path in chapters():
        states = widget_models(course_site.with_exercises(read(path), "never", None, to_choose=True)).values()
        exercises = [model["state"]["exercise"] for model in states if "exercise" in model["state"]]
        assert not [one for exercise in exercises for one in (exercise, *exercise.get("variants", [])) if "solution" in one]
        found += len(exercises)
    assert found == len(EVERY)
