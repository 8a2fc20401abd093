"""A cell that runs again: what it makes takes the place of what it made before, and nothing is left over."""

import gc
import weakref

import ipywidgets
import pytest
from ipywidgets.widgets import interaction, widget_output

from optimlib import Exercise, Lab, Momentum, Pair, Progress, Quadratic, Strip, cells


class Shell:
    """What IPython tells of the cell that runs, or of what else it answers."""

    def __init__(self):
        self.parent_header = {}
        self.kernel = self  # as ipywidgets' Output asks it

    def get_parent(self):
        return self.parent_header

    _parent_header = property(get_parent)  # as ipywidgets 7 asks it

    def set_parent(self, parent):
        self.parent_header = parent

    def showtraceback(self, error=None, **more):
        raise error[1] if error else RuntimeError(more)

    def run(self, cell, run, *steps):
        self.parent_header = {"header": {"msg_id": f"{cell} {run}"}, "metadata": {"cellId": cell} if cell else {}}
        return [step() for step in steps]


@pytest.fixture
def shell(monkeypatch):
    shell = Shell()
    for module in (cells, widget_output, interaction):
        monkeypatch.setattr(module, "get_ipython", lambda: shell)
    monkeypatch.setattr(cells, "_runs", {})
    monkeypatch.setattr(cells, "_interacts", {})
    return shell


def lab():
    made = Lab(Quadratic(), [Momentum(lr=0.6, beta=0.5)])
    made._ipython_display_()
    return made


def called(interactive):
    """With its function called a first time: ipywidgets 7 does that when a page has it, and 8 at once."""
    if int(ipywidgets.__version__.split(".")[0]) < 8:
        interactive.update()
    return interactive


def everything():
    valley, rules = Quadratic(), [Momentum(lr=0.6, beta=0.5)]
    for made in (Lab(valley, rules), Pair(valley, rules), Strip(rules), Exercise("gd-edge"), Progress()):
        made._ipython_display_()


def test_a_cell_that_runs_again_and_again_keeps_its_number_and_leaves_nothing_behind(shell, capsys):
    shell.run("a", 0, everything)
    number = shell.run("b", 0, lab)[0].number
    gc.collect()
    before = len(cells._all_widgets())
    for run in range(1, 21):
        shell.run("a", run, everything)
        assert shell.run("b", run, lab)[0].number == number
    gc.collect()
    assert len(cells._all_widgets()) == before


def test_what_was_replaced_is_gone_from_memory(shell, capsys):
    gone = weakref.ref(shell.run("a", 0, lab)[0])
    shell.run("a", 1, lab)
    gc.collect()
    assert gone() is None


def test_a_function_that_interact_calls_leaves_no_lab_behind(shell, capsys):
    def two():
        def show(beta=0.5):
            labs.append(lab())

        return [called(ipywidgets.interactive(show, beta=(0, 0.9))) for _ in range(2)]

    labs, numbers = [], []
    for run in range(3):
        one, _ = shell.run("a", run, two)[0]
        numbers.append([labs[-2].number, labs[-1].number])
        for beta, cell in ((0.1, ""), (0.2, "b")):  # moved by the reader, and by another cell
            shell.run(cell, f"{run} {beta}", lambda one=one, beta=beta: setattr(one.children[0], "value", beta))
        assert labs[-1].number == numbers[0][0]
        assert [made.comm is not None for made in labs[-4:]] == [False, True, False, True]  # the other's stays
    assert numbers == [numbers[0]] * 3 and len(set(numbers[0])) == 2
    assert sum(made.comm is not None for made in labs) == 2


def test_two_labs_of_a_cell_keep_a_number_each(shell, capsys):
    first = [one.number for one in shell.run("a", 0, lab, lab)]
    assert len(set(first)) == 2
    assert [one.number for one in shell.run("a", 1, lab, lab)] == first
    assert shell.run("c", 0, lab)[0].number not in first


def test_a_lab_that_another_cell_shows_stays(shell, capsys):
    (kept,) = shell.run("a", 0, lab)
    shell.run("b", 0, kept._ipython_display_)
    shell.run("a", 1, lab)
    assert kept.comm is not None


def test_a_lab_that_lies_in_a_box_stays(shell, capsys):
    (kept,) = shell.run("a", 0, lambda: Lab(Quadratic(), [Momentum(lr=0.6)]))
    box = ipywidgets.VBox([kept])
    shell.run("a", 1, lab)
    assert kept.comm is not None
    box.close()


def test_one_that_was_replaced_and_kept_by_a_name_can_be_used_and_shown_again(shell, capsys):
    (kept,) = shell.run("a", 0, lab)
    shell.run("a", 1, lab)
    assert kept.comm is None
    kept.momentum_beta = 0.25
    assert kept.path("momentum").points.shape == (21, 2)
    shell.run("b", 0, kept._ipython_display_)
    assert kept.comm is not None and kept.layout.comm is not None
    kept.close()


def test_where_no_cell_is_known_nothing_is_replaced(shell, capsys):
    one, other = shell.run("", 0, lab, lab)
    (third,) = shell.run("", 1, lab)
    assert len({one.number, other.number, third.number}) == 3
    assert all(made.comm is not None for made in (one, other, third))
