"""The lab: a valley with its rules, to play with in a notebook and on the built page.

The rules run in the browser (js/lab.js). A rule or a surface of the reader's own is Python: its
paths are computed here, and the browser replays them.
"""

import asyncio
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import chain, count
from numbers import Real
from types import MappingProxyType
from typing import Any

import contourpy
import numpy as np
import numpy.typing as npt
import traitlets
from matplotlib.figure import Figure

from .. import _valid, catalogue, plots, rules
from ..cells import Place
from ..descent import Path, descend, rates_of
from ..noise import Noise
from ..protocols import Rule, Surface
from ..rules import is_schedule
from ..surfaces import Quadratic
from . import ground_data, own_rule_process, schedule_data
from .still import Pictured, png

# The rules that the browser can run: the name of each there, and its label.
_KINDS = {getattr(rules, known["class"]): (kind, known["label"]) for kind, known in catalogue.RULES.items()}

_MOST_RULES, _MOST_STEPS = catalogue.LIMITS["rules"], catalogue.LIMITS["steps"]
_FARTHEST = catalogue.LIMITS["far"]  # what lies farther out, or is curved more or less than that, no picture shows

# The parts of a lab that can be opened, and the questions that it can ask before it shows.
_PARTS = tuple(catalogue.PARTS)
_QUESTIONS = ("", *catalogue.QUESTIONS)

_numbers = count(1)
_known_numbers: dict[Place, int] = {}  # of the labs that a cell has made: it keeps them when it runs again


def _number_at(place):
    if place is None:
        return next(_numbers)
    if place not in _known_numbers:
        _known_numbers[place] = next(_numbers)
    return _known_numbers[place]


# The label of the rule that the reader writes in the lab.
_OWN_LABEL = catalogue.OTHERS["own"]["label"]


def _check_steps(name, value):
    steps = _valid.whole(name, value)
    if not 1 <= steps <= _MOST_STEPS:
        raise ValueError(f"{name} must be a whole number from 1 to {_MOST_STEPS}, not {value!r}")
    return steps


def _check_step(name, value):
    return _valid.whole(name, value, least=0)


def _check_point(name, value):
    point = _valid.point(name, value, dimension=2).tolist()
    if max(map(abs, point)) > _FARTHEST:
        raise ValueError(f"{name} must be two numbers from {-_FARTHEST:g} to {_FARTHEST:g} in a Lab, not {value!r}")
    return point


def _check_curvatures(name, value):
    values = list(_valid.curvatures(name, value))
    if len(values) != 2:
        raise ValueError(f"{name} must be two numbers in a Lab, not {value!r}")
    if not all(1 / _FARTHEST <= curvature <= _FARTHEST for curvature in values):
        raise ValueError(f"{name} must be from {1 / _FARTHEST:g} to {_FARTHEST:g} in a Lab, not {value!r}")
    return values


def _check_angle(name, value):
    angle = _valid.whole(name, value)
    if abs(angle) > _FARTHEST:
        raise ValueError(f"{name} must be from {-_FARTHEST:g} to {_FARTHEST:g} degrees in a Lab, not {value!r}")
    return angle


def _check_noise(name, value):
    """Noise as plain data: [sd, batch, seed]. A Noise will do, too, and None for none."""
    if value is None:
        return [0.0, 1, 0]
    if not isinstance(value, Noise):
        if not isinstance(value, (list, tuple)) or len(value) != 3:
            raise TypeError(f"{name} must be a Noise, None or [sd, batch, seed], not {value!r}")
        value = Noise(*value)
    if max(value.sd, value.batch) > _FARTHEST:
        raise ValueError(f"{name} must have an sd and a batch of at most {_FARTHEST:g} in a Lab, not {value!r}")
    return [value.sd, value.batch, value.seed]


def _check_text(name, value):
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text, not {value!r}")
    return value


def _check_parts(name, value):
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) and part in _PARTS for part in parts):
        raise ValueError(f"{name} must be a list of some of {', '.join(_PARTS)}, not {value!r}")
    return list(dict.fromkeys(parts))


def _check_question(name, value):
    if not isinstance(value, str) or value not in _QUESTIONS:
        raise ValueError(f'{name} must be {", ".join(map(json.dumps, catalogue.QUESTIONS))} or "", not {value!r}')
    return value


def _check_added(name, value):
    """The rules that were added, each as {"kind", "label", "on", and its settings}."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(rule, dict) for rule in value):
        raise TypeError(f"{name} must be a list of dicts such as {{'kind': 'momentum', 'lr': 0.6}}, not {value!r}")
    return [_check_added_rule(name, dict(rule)) for rule in value]


def _check_added_rule(name, rule):
    kind, label, on, schedule = rule.pop("kind", None), rule.pop("label", ""), rule.pop("on", True), rule.pop("schedule", None)
    kinds = {kind_name: cls for cls, (kind_name, _) in _KINDS.items()}
    if not isinstance(kind, str) or kind not in kinds:
        raise ValueError(f"{name} must have rules of kind {', '.join(kinds)}, not {kind!r}")
    try:
        made, given = schedule_data.taken_apart(label or kind, kinds[kind](**rule))
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None
    settings = {setting: _setting_check(made, setting)(f"{name}: {setting}", getattr(made, setting)) for setting in _settings(kind, made)}
    schedule = given if schedule is None else schedule_data.check(f"{name}: schedule", schedule)
    changing = {} if schedule == schedule_data.CONSTANT else {"schedule": schedule}
    return {"kind": kind, "label": _check_text(f"{name}: label", label), "on": _valid.switch(f"{name}: on", on), **settings, **changing}


class _Refused(ValueError, traitlets.TraitError):
    """A value that does not go with the others; as a TraitError it is taken back when several traits are set at once."""


class _Checked(traitlets.TraitType):
    """A synced trait whose value passes through check(name, value), which returns it as plain data."""

    def __init__(self, check, default=traitlets.Undefined):
        super().__init__(default)
        self.check = check
        self.tag(sync=True)

    def validate(self, obj, value):
        return self.check(self.name, value)


class Lab(Pictured):
    """A widget that shows rules descending a surface, step by step, and lets the reader change them.

    surface: a Quadratic of two curvatures; a Saddle, Rosenbrock, Bend, TwoValleys or Plateau of two dimensions; or any
        object with loss(x) and gradient(x) in two dimensions, whose loss also takes x of shape (2, n).
    rules: up to six rules, as a list or as {label: rule}. Labels default to what "Add a rule"
        calls them, such as "momentum", or the class of a rule of your own; a second of the same name is
        "momentum 2".
    start: two finite numbers; None for (-5, -2), and on the other grounds of the library for one of their own.
    steps: how many steps are taken, 1 to 10,000.
    show: the parts that are open, of "arrows" (the gradient, the step and the velocity, and the
        brakes), "seeds" (twelve seeds of the noise at once), "plots", "measures", "sums" (the
        arithmetic of the next step), "add" (a rule),
        "valley" (its condition number and angle, or the choice of another ground, and noise),
        "rate" (the learning rate over time),
        "findings", "map" (the steps to converge over two settings), "predict", "share" and "own"
        (an editor for a rule of the reader's own). A surface of your own has only the
        arrows, the plots, "predict" and "share".
    predict: "place" to ask the reader where the first rule will be after these steps, "first" to
        ask which rule gets there first, before it shows either; "" to show.
    noise: a Noise, which is added to each gradient; None for none.

    Its traits, for observe, jslink and assignment, show and predict among them:

    steps, step: how many steps, and the one where the animation stands (held at steps).
    playing: whether the animation runs.
    start: [x1, x2].    curvatures, angle: those of a Quadratic.
    ground: {} on a Quadratic, else the kind of ground and its settings, such as {"kind": "saddle", "curvature": 1.0, "drop": 1.0};
        it may be set to a Saddle, Rosenbrock, Bend, TwoValleys or Plateau.
    noise: [sd, batch, seed]; sd 0 is none.
    <key>_<setting> and <key>_on: a setting of a rule, and whether it is shown, such as
        momentum_beta, rmsprop_on. The key is the label in lower case, with _ for what is no
        letter or digit.
    <key>_schedule: how the learning rate of a rule of the library changes: ["exponential", gamma], ["inverse_time", half] or
        ["warm_up", length], as those classes have it; their lr is <key>_lr. ["constant", 1] where it does not.

    added: the rules that the reader added, as a list such as [{"kind": "momentum", "lr": 0.6, "beta": 0.9}];
        up to six with those of the Lab, and not on a surface of your own. "label" names one; without it, it
        gets "momentum", or "momentum 2" where that is taken. "schedule" is there where the rate changes.

    own_rule: the text of a rule that the reader writes in the lab, as own_rule.own_path takes it; ""
        for none. own_rule_on: whether its path is shown. Not on a surface of your own.

    path(label) gives the optimlib Path at the present settings; that of the reader's own is "your rule".

    Raises ValueError or TypeError, naming the parameter, the value and what is allowed, when made
    with bad input and when a trait is set to it.

    >>> from optimlib import Lab, Momentum, Quadratic
    >>> lab = Lab(Quadratic((0.2, 4.0)), [Momentum(lr=0.6, beta=0.5)], start=(-5, -2), steps=20)
    >>> lab
    Lab: momentum (lr=0.6, beta=0.5) from (-5, -2) in 20 steps
    >>> lab.momentum_beta = 0.25
    >>> print(lab.path("momentum").points[-1].round(6))
    [-0.12634  -0.186632]
    """

    _rules: Mapping = MappingProxyType({})  # {label: rule} of those that it was made with
    _own_path = None  # the Path of the reader's own rule, when it has one
    _is_told = False  # whether a front end sets the traits now
    _waits = None  # the task that waits for the path of the reader's own rule
    _process = None  # and the process that it waits for

    drawn_as = "optimlib.lab.Lab"

    steps = _Checked(_check_steps, 20)
    step = _Checked(_check_step, 20)
    playing = _Checked(_valid.switch, False)
    start = _Checked(_check_point, [-5.0, -2.0])
    curvatures = _Checked(_check_curvatures, [0.2, 4.0])
    angle = _Checked(_check_angle, 0)
    ground = _Checked(ground_data.check, {})
    noise = _Checked(_check_noise, [0.0, 1, 0])
    show = _Checked(_check_parts, ["arrows"])
    predict = _Checked(_check_question, "")
    added = _Checked(_check_added, [])
    number = traitlets.Int(read_only=True).tag(sync=True)  # the how manieth Lab of its notebook it is, for links
    rules: traitlets.List = traitlets.List(read_only=True).tag(sync=True)
    contours = traitlets.Dict(read_only=True).tag(sync=True)
    replays = traitlets.Dict(read_only=True).tag(sync=True)
    own_rule = _Checked(_check_text, "")
    own_rule_on = _Checked(_valid.switch, True)
    own_rule_draft = traitlets.Unicode(None, allow_none=True).tag(sync=True)  # typed, but not run yet
    own_rule_run = traitlets.Int(0).tag(sync=True)  # how often Run was pressed
    own_rule_reply = traitlets.Dict(read_only=True).tag(sync=True)  # what came of it

    def __init__(
        self,
        surface: Surface,
        rules: Any,
        start: npt.ArrayLike | None = None,
        steps: int = 20,
        show: Sequence[str] = ("arrows",),
        predict: str = "",
        noise: Noise | None = None,
    ):
        is_known = type(surface) is Quadratic or type(surface) in ground_data.KINDS
        self._own_surface = None if is_known else _surface(surface)
        ground = ground_data.check("surface", surface) if type(surface) in ground_data.KINDS else {}
        if start is None:
            start = catalogue.GROUNDS[ground["kind"]]["start"] if ground else (-5, -2)
        self._rules = {label: _rule(label, rule) for label, rule in _labelled(rules).items()}
        self._schedules = {label: schedule_data.CONSTANT for label, rule in self._rules.items() if type(rule) in _KINDS}  # as it was made
        for label in self._schedules:
            self._rules[label], self._schedules[label] = schedule_data.taken_apart(label, self._rules[label])
        self._fields = {label: _settings(label, rule) for label, rule in self._rules.items()}
        self._keys = _keys({label: [*names, "schedule"] if label in self._schedules else names for label, names in self._fields.items()})
        steps = _check_steps("steps", steps)
        values = {"start": start, "steps": steps, "step": steps, "show": show, "predict": predict, "noise": noise, "ground": ground}
        if type(surface) is Quadratic:
            values |= {"curvatures": surface.curvatures, "angle": surface.angle}
        self.add_traits(**self._setting_traits())
        rates = [f"{self._keys[label]}_{name}" for label in self._schedules for name in ("lr", "schedule")]
        traitlets.validate("steps", *rates)(Lab._check_rates).instance_init(self)
        super().__init__(**values)
        self.set_trait("number", _number_at(self._place))
        self.set_trait("rules", [self._described(label) for label in self._rules])
        self._frame()
        self._replay()
        settings = [f"{self._keys[label]}_{name}" for label in self._rules for name in self._fields[label]]
        schedules = [f"{self._keys[label]}_schedule" for label in self._schedules]
        self.observe(self._on_change, ["start", "steps", "curvatures", "angle", "ground", "noise", *settings, *schedules])

    @property
    def surface(self):
        """The surface as it is now."""
        if self._own_surface is not None:
            return self._own_surface
        return ground_data.surface_of("ground", self.ground) or Quadratic(self.curvatures, self.angle)

    def rule(self, label: str) -> Rule:
        """The rule of this label, at its present settings."""
        added = self._added_rules()
        if not isinstance(label, str) or label not in {**self._rules, **added}:
            raise ValueError(f"label must be one of {[*self._rules, *added]}, not {label!r}")
        return added[label][0] if label in added else self._rule_made(label, {})

    def _rule_made(self, label, proposed):
        """A rule that the lab was made with, at the values of its traits, or at those that are proposed for them."""

        def value(name):
            trait = f"{self._keys[label]}_{name}"
            return proposed[trait] if trait in proposed else getattr(self, trait)

        settings = {name: value(name) for name in self._fields[label]}
        rule = replace(self._rules[label], **settings) if settings else self._rules[label]
        return schedule_data.put_together(rule, value("schedule")) if label in self._schedules else rule

    def path(self, label: str) -> Path:
        """The Path of the rule of this label, at the present settings."""
        if isinstance(label, str) and label == _OWN_LABEL and label not in self._rules:
            return self._known_own_path()
        return descend(self.surface, self.rule(label), self.start, self.steps, self._noise)

    @property
    def _noise(self):
        return Noise(*self.noise) if self.noise[0] > 0 else None

    def still(self) -> bytes:
        """A picture of the lab as PNG bytes: the paths of the rules that are switched on."""
        paths = {label: self.path(label) for label in self._rules if getattr(self, f"{self._keys[label]}_on")}
        paths |= {label: self.path(label) for label, (_, on) in self._added_rules().items() if on}
        if self._own_path is not None and self.own_rule_on:
            paths.setdefault(_OWN_LABEL, self._own_path)
        figure = Figure(figsize=(6.4, 3.8), layout="constrained")
        plots.contours(self.surface, paths, ax=figure.add_subplot(), **ground_data.seen(self.ground, self.start))
        return png(figure)

    def __repr__(self):
        rules = ", ".join(f"{label}{self._settings_text(label)}" for label in (*self._rules, *self._added_rules()))
        start = ", ".join(f"{value:g}" for value in self.start)
        return f"Lab: {rules} from ({start}) in {self.steps} steps"

    def _settings_text(self, label):
        rule = self.rule(label)
        values = [f"{name}={_short(getattr(rule, name))}" for name in _settings(label, rule) if name != "eps"]
        return f" ({', '.join(values)})" if values else ""

    def _setting_traits(self):
        traits = {}
        for label, rule in self._rules.items():
            traits[f"{self._keys[label]}_on"] = _Checked(_valid.switch, True)
            for name in self._fields[label]:
                check = _setting_check(rule, name)
                traits[f"{self._keys[label]}_{name}"] = _Checked(check, _plain(getattr(rule, name)))
        for label, schedule in self._schedules.items():
            traits[f"{self._keys[label]}_schedule"] = _Checked(schedule_data.check, schedule)
        return traits

    def _check_rates(self, proposal):
        """Refuse steps, a rate or a schedule with which the rate of a step would come down to 0."""
        name, value = proposal["trait"].name, proposal["value"]
        steps = value if name == "steps" else self.steps
        for rule in (*(self._rule_made(label, {name: value}) for label in self._rules), *(rule for rule, _ in self._added_rules().values())):
            _check_lasts(name, rule, steps)
        return value

    def _is_replayed(self, label):
        return self._own_surface is not None or type(self._rules[label]) not in _KINDS

    def _described(self, label):
        kind = _KINDS.get(type(self._rules[label]), ("replay",))[0]
        return {"key": self._keys[label], "kind": kind, "label": label, "settings": self._fields[label]}

    @traitlets.validate("step")
    def _hold_step(self, proposal):
        return min(proposal["value"], self.steps)

    @traitlets.observe("steps")
    def _hold_step_at_steps(self, change):
        self.step = min(self.step, self.steps)

    def _on_change(self, change):
        if change["name"] == "start":
            self._frame()
        self._replay()

    def _replay(self):
        """Compute the paths that the browser cannot."""
        replayed = {self._keys[label]: self.path(label) for label in self._rules if self._is_replayed(label)}
        self.set_trait("replays", {key: _as_replay(path) for key, path in replayed.items()})

    @traitlets.validate("ground")
    def _check_own_surface(self, proposal):
        if proposal["value"] and self._own_surface is not None:
            raise _Refused(f"ground needs a Lab on a surface of the library, not {self._own_surface!r}")
        return proposal["value"]

    @traitlets.validate("added")
    def _check_room(self, proposal):
        added = proposal["value"]
        if added and self._own_surface is not None:
            raise _Refused(
                f"added needs a Quadratic or another surface of the library, not {self._own_surface!r}; there, give the Lab its rules when it is made"
            )
        if len(self._rules) + len(added) > _MOST_RULES:
            raise _Refused(f"added must leave at most {_MOST_RULES} rules in a Lab, not {len(self._rules) + len(added)}")
        labels = dict(_KINDS.values())
        taken = list(self._rules)
        for rule in added:
            taken.append(_free_label(rule["label"] or labels[rule["kind"]], taken))
            _check_lasts("added", _made(rule), self.steps)
        return [{**rule, "label": label} for rule, label in zip(added, taken[len(self._rules) :])]

    def _added_rules(self):
        """{label: (rule, whether it is shown)} of the rules that were added."""
        return {given["label"]: (_made(given), given["on"]) for given in self.added}

    @traitlets.validate("own_rule")
    def _check_own_rule(self, proposal):
        if proposal["value"] and self._own_surface is not None:
            raise _Refused(
                f"own_rule needs a Quadratic or another surface of the library, not {self._own_surface!r}; there, give the Lab a rule with update(x, g, state)"
            )
        return proposal["value"]

    @traitlets.observe("own_rule", "own_rule_run", "start", "steps", "curvatures", "angle", "ground", "noise")
    def _play_own_rule(self, change):
        """Find the path of the reader's own rule, unless it is known; code that was stopped is not tried again by itself."""
        if change["name"] == "own_rule":
            self.own_rule_draft = None
        job = self._own_job()
        if self._is_answered(job):
            return
        self._own_path = None
        if not self.own_rule.strip():
            self.set_trait("own_rule_reply", {})
        elif not self._is_told or _loop() is None:
            self._play_now(job)
        elif not self._waits:  # else what waits takes this job next
            self._waits = _loop().create_task(self._play_aside())

    def _own_job(self):
        """What the path of the reader's own rule depends on, and how often Run was pressed."""
        names = {
            "source": "own_rule",
            "run": "own_rule_run",
            "start": "start",
            "steps": "steps",
            "curvatures": "curvatures",
            "angle": "angle",
            "ground": "ground",
            "noise": "noise",
        }
        return {name: getattr(self, trait) for name, trait in names.items()}

    def _is_answered(self, job):
        reply = self.own_rule_reply
        decides = ("source", "run") if "stopped" in reply else job
        return all(name in reply.get("job", {}) and reply["job"][name] == job[name] for name in decides)

    def _own_arguments(self):
        turn = Quadratic(self.curvatures, self.angle).from_axes((1, 0)).tolist() if self.angle % 360 else None
        draws = None if self._noise is None else self._noise.draws(self.steps, 2).tolist()
        return self.own_rule, self.curvatures, turn, self.start, self.steps, draws, self.ground or None

    def _play_now(self, job):
        try:
            reply = own_rule_process.play(*self._own_arguments())
        except KeyboardInterrupt:
            self._answer_own_rule(job, {"stopped": own_rule_process.INTERRUPTED, "printed": ""})
            raise
        self._answer_own_rule(job, reply)

    async def _play_aside(self):
        """The same while the kernel goes on: the job that there is now, and again until none has come meanwhile."""
        try:
            while self.comm and self.own_rule.strip() and not self._is_answered(job := self._own_job()):
                reply = await asyncio.to_thread(own_rule_process.play, *self._own_arguments(), begun=self._begin)
                if self.comm is None:
                    reply = {"stopped": own_rule_process.CLOSED, "printed": ""}
                if job == self._own_job():
                    self._answer_own_rule(job, reply)
        finally:
            self._waits = self._process = None

    def _begin(self, process):
        self._process = process
        if self.comm is None:
            process.kill()

    def _answer_own_rule(self, job, reply):
        if "points" in reply:
            self._own_path = descend(self.surface, _Known(reply["points"]), self.start, self.steps, self._noise)
            reply |= _as_replay(self._own_path)
        self.set_trait("own_rule_reply", {**reply, "job": job})

    def set_state(self, sync_data):
        """What a front end tells: the reader's own rule then runs while the kernel goes on."""
        self._is_told = True
        try:
            super().set_state(sync_data)
        finally:
            self._is_told = False

    def close(self):
        """Close the lab. An own rule that runs is stopped."""
        super().close()
        if self._process:
            self._process.kill()

    def _known_own_path(self):
        job = self._own_job()
        if self.own_rule.strip() and not self._is_answered(job):
            self._play_now(job)
        if self._own_path is None:
            reply = self.own_rule_reply
            raise ValueError(f"{_OWN_LABEL!r} has no path: " + reply.get("problem", reply.get("stopped", "own_rule is empty.")))
        return self._own_path

    def _frame(self):
        """Find the lines of equal loss of a surface that the browser does not know, and keep the start in the frame."""
        if self._own_surface is None:
            return
        shown = self.contours
        if shown and all(low <= value <= high for value, (low, high) in zip(self.start, (shown["x"], shown["y"]))):
            return
        paths = {label: self.path(label) for label in self._rules}
        ax = plots.contours(self._own_surface, paths, ax=Figure().add_subplot())
        self.set_trait("contours", _contour_lines(self._own_surface, ax.get_xlim(), ax.get_ylim()))


def _made(added):
    """The rule of an entry of the trait "added"."""
    cls = getattr(rules, catalogue.RULES[added["kind"]]["class"])
    settings = {name: value for name, value in added.items() if name not in ("kind", "label", "on", "schedule")}
    return schedule_data.put_together(cls(**settings), added.get("schedule", schedule_data.CONSTANT))


def _check_lasts(name, rule, steps):
    """Refuse the value of a trait with which a rate of these steps would not be above 0."""
    try:
        rates_of(rule, steps)
    except ValueError as error:
        raise _Refused(f"{name}: {error}") from None


def _loop():
    """The event loop that runs here, as in a kernel; None where there is none, or no threads to wait in."""
    if sys.platform == "emscripten":
        return None
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class _Known:
    """A rule whose path is known."""

    def __init__(self, points):
        self._points = iter(points[1:])

    def update(self, x, g, state):
        return np.array(next(self._points)), {}


def _surface(surface):
    if isinstance(surface, type) or not (hasattr(surface, "loss") and hasattr(surface, "gradient")):
        raise TypeError(f"surface must have loss(x) and gradient(x), not {surface!r}")
    return surface


def _labelled(rules):
    """{label: rule}, from such a dict or from a list."""
    if isinstance(rules, dict):
        named = {str(label): rule for label, rule in rules.items()}
    elif isinstance(rules, (list, tuple)):
        named = {}
        for rule in rules:
            named[_free_label(_KINDS.get(type(rule), (None, type(rule).__name__))[1], named)] = rule
    else:
        raise TypeError(f"rules must be a list of rules, or {{label: rule}}, not {rules!r}")
    if not 1 <= len(named) <= _MOST_RULES:
        raise ValueError(f"rules must be 1 to {_MOST_RULES} rules, not {len(named)}")
    return named


def _free_label(label, taken):
    """The label, or the label with the first number that is free."""
    names = chain([label], (f"{label} {number}" for number in count(2)))
    return next(name for name in names if name not in taken)


def _rule(label, rule):
    if isinstance(rule, type) or not callable(getattr(rule, "update", None)):
        raise TypeError(f"rules must each have update(x, g, state); {label!r} has not: {rule!r}")
    return rule


def _keys(settings):
    """{label: key}: each label as a part of its traits' names. No two traits have the same name, and none that of something else in a Lab."""
    keys, taken = {}, set(dir(Lab))
    for label, names in settings.items():
        key = first = re.sub(r"\W+", "_", label.lower()).strip("_") or "rule"
        number = 1
        while taken & {f"{key}_{name}" for name in ("on", *names)}:
            number += 1
            key = f"{first}_{number}"
        keys[label] = key
        taken |= {f"{key}_{name}" for name in ("on", *names)}
    return keys


def _settings(label, rule):
    """The names of the rule's settings: the fields of a dataclass that hold one number, and all of a rule of the library.

    One called "on" is none: that is the rule's switch.
    """
    if not is_dataclass(rule):
        return []
    values = {field.name: getattr(rule, field.name) for field in fields(rule) if field.init}
    for name, value in values.items():
        if np.ndim(value) > 0:
            raise TypeError(f"{name} of {label!r} must be one number in a Lab, not {value!r}")
    if type(rule) in _KINDS:
        return [*values]
    return [name for name, value in values.items() if isinstance(value, Real) and name != "on" and not isinstance(value, bool)]


def _setting_check(rule, setting):
    """The check of a setting's trait: the rule's own."""

    def check(name, value):
        try:
            return _plain(getattr(replace(rule, **{setting: value}), setting))
        except (TypeError, ValueError) as error:
            raise type(error)(f"{name}: {error}") from None

    return check


def _plain(value):
    """A setting as the browser has it."""
    if is_schedule(value):
        raise TypeError(f"lr must be a number here, not {value!r}: the trait that ends in _schedule says how it changes")
    return value if isinstance(value, bool) else float(value)


def _short(value):
    return f"{value:g}" if isinstance(value, Real) and not isinstance(value, bool) else str(value)


def _as_replay(path):
    """A path as plain data for the browser; JSON has no NaN and no infinity, so None stands for them."""

    def plain(array):
        return np.where(np.isfinite(array), array, None).tolist()

    return {"points": plain(path.points), "losses": plain(path.losses)}


def _contour_lines(surface, xlim, ylim, levels=12, grid_size=80):
    """{"x": xlim, "y": ylim, "lines": [[[x1, x2], ...], ...]}: lines of equal loss, evenly spaced on a quadratic."""
    x1, x2 = np.linspace(*xlim, grid_size), np.linspace(*ylim, grid_size)
    grid = np.stack([axis.ravel() for axis in np.meshgrid(x1, x2)])
    with np.errstate(all="ignore"):
        loss = np.ma.masked_invalid(np.reshape(surface.loss(grid), (grid_size, grid_size)))
    low, high = loss.min(), loss.max()
    found = contourpy.contour_generator(x1, x2, loss)
    shares = [i / levels for i in range(1, levels)]
    lines = [line for share in shares for line in found.lines(low + (high - low) * (share * share))]
    return {"x": list(xlim), "y": list(ylim), "lines": [np.round(line, 4).tolist() for line in lines]}
