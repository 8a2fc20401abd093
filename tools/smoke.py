"""What an installed library must do, run by a Python that has nothing of this repository: python smoke.py core, or all (tools/release.py)."""

import sys
from pathlib import Path

import optimlib
from optimlib import Momentum, Quadratic, RMSProp, Table, descend, measures, sweep, theory
from optimlib._needs import EXTRAS, PACKAGE

VALLEY = Quadratic(curvatures=(0.2, 4.0))
START = (-5, -2)
OWN = "def update(x, g, memory, t):\n    return x - 0.1 * g, memory\n"


def core():
    path = descend(VALLEY, RMSProp(lr=0.4), START, steps=20)
    assert path.losses[-1] < path.losses[0]
    assert sweep(VALLEY, Momentum(lr=0.4, beta=0.5), START, steps=200).stays_below > 0
    assert theory.stability_edge(4.0) == 0.5 and measures.crossings(path.points[:, 1]) >= 0
    assert "RMSProp" in str(Table(["rule", "loss"], [["RMSProp", path.losses[-1]]]))


def without_extras():
    """What needs more than NumPy says so, by name."""
    unknown = {name for name in EXTRAS if name in sys.modules}
    assert not unknown, f"the core brought {unknown}"
    for name in optimlib._ON_USE:
        try:
            getattr(optimlib, name)
        except ModuleNotFoundError as error:
            extra = "plots" if name == "plots" else "widgets"
            assert str(error).endswith(f"Type: pip install '{PACKAGE}[{extra}]'"), error
        else:
            raise AssertionError(f"{name} needs no extra")


def widgets():
    from optimlib import Exercise, Lab, Pair, Progress, Strip, check, plots

    lab = Lab(VALLEY, {"momentum": Momentum(lr=0.6, beta=0.5), "RMSProp": RMSProp(lr=0.4)}, start=START, steps=20)
    assert lab._repr_mimebundle_()[0]["image/png"] and lab.shared.code and lab.shared.style
    lab.own_rule = OWN
    assert lab.path("your rule").points.shape == (21, 2), "a rule of one's own, in a process of its own"
    exercise = Exercise("gd-edge")
    exercise.answer = "1/5"
    assert exercise.verdict.verdict == "right", exercise.verdict

    def gd_step(x, g, lr):
        return x - lr * g

    assert check("gd-step", gd_step).verdict == "right"
    rules = [RMSProp(lr=0.4)]
    assert all("image/png" in widget._repr_mimebundle_()[0] for widget in (Pair(VALLEY, rules), Strip(rules)))
    assert "text/markdown" in Progress()._repr_mimebundle_()[0]
    path = lab.path("momentum")
    plots.contours(VALLEY, {"momentum": path}).figure.savefig("contours.png")
    assert Path("contours.png").read_bytes().startswith(b"\x89PNG")


def main(what):
    where = Path(optimlib.__file__)
    assert Path(sys.prefix) in where.parents, f"optimlib is {where}, not the one that was installed"
    assert where.with_name("py.typed").exists()
    core()
    without_extras() if what == "core" else widgets()
    print(f"optimlib of {where.parent} works: {what}")


if __name__ == "__main__":
    main(sys.argv[1])
