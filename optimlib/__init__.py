"""Optimizers, a valley, and what it takes to compare them.

    from optimlib import Quadratic, GradientDescent, Momentum, Nesterov, AdaGrad, RMSProp, Adam, descend, sweep

Importing optimlib imports NumPy and nothing else, and needs nothing else. The figures (optimlib.plots) bring
Matplotlib, and the widgets (Lab, Pair, Strip, Exercise, Progress, check) bring ipywidgets, when they are first used:
`pip install "optimlib-course[plots]"` and `pip install "optimlib-course[widgets]"` install what they need, `"optimlib-course[all]"` all of it.
"""

import sys
from importlib import import_module

if sys.version_info < (3, 11):  # noqa: UP036  (a copy that no pip installed)
    raise ImportError(f"optimlib needs Python 3.11 or later, and this is {sys.version.split()[0]}")

from . import _needs, measures, theory
from .descent import Path, descend
from .noise import Noise
from .other_ground import Bend, OwnSurface, Plateau, Rosenbrock, Saddle, TwoValleys
from .rules import AdaGrad, Adam, GradientDescent, Momentum, Nesterov, RMSProp
from .schedules import Exponential, InverseTime, WarmUp
from .surfaces import Quadratic
from .sweeps import Grid, geometric, sweep
from .tables import Table

_ON_USE = {
    "Lab": "lab.widget",
    "Exercise": "exercises.widget",
    "check": "exercises.widget",
    "Progress": "exercises.progress_widget",
    "plots": "plots",
    "Pair": "lab.pair",
    "Strip": "lab.strip",
}

__all__ = [
    "AdaGrad",
    "Adam",
    "Bend",
    "Exercise",
    "Exponential",
    "GradientDescent",
    "Grid",
    "InverseTime",
    "Lab",
    "Momentum",
    "Nesterov",
    "Noise",
    "OwnSurface",
    "Pair",
    "Path",
    "Plateau",
    "Progress",
    "Quadratic",
    "RMSProp",
    "Rosenbrock",
    "Saddle",
    "Strip",
    "Table",
    "TwoValleys",
    "WarmUp",
    "check",
    "descend",
    "geometric",
    "measures",
    "plots",
    "sweep",
    "theory",
]


def __getattr__(name):
    if name not in _ON_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with _needs.told(f"{__name__}.{name}", "plots" if name == "plots" else "widgets"):
        module = import_module(f"{__name__}.{_ON_USE[name]}")
    return module if name == "plots" else getattr(module, name)


def __dir__():
    return sorted({*globals(), *__all__})
