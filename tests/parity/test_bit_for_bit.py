"""The lab's JavaScript computes the doubles that Python computes: not one bit differs."""

import ast
import base64
import math
import random
import re

import numpy as np
import pytest
from library import CLASSES, bits
from nodejs import run_joined

from optimlib import Lab, Noise, Quadratic, catalogue, descend, measures, other_ground, surfaces
from optimlib.exercises import judge
from optimlib.lab import ground_data, schedule_data
from optimlib.lab.schedule_data import CLASSES as SCHEDULES
from tools.notebooks import ROOT

CASES = 1200
TOLERANCES = (1e-6, 0.1, 0.0)

# Gives for each case its doubles, in base64.
RUNNER = """\
import { RULES, bouncing, crossings, descend, drawsOf, progress, quadratic, ratesOf, stepsToReach, stepsToStay, sumOfSquares } from "./joined.mjs";

export default (cases) => cases.map(({ curvatures, angle, kind, settings, start, steps, tolerances, schedule, noise }) => {
  const rates = schedule && ratesOf(schedule, settings.lr, steps);
  const run = descend(quadratic(curvatures, angle), RULES[kind], settings, start, steps, { rates, draws: drawsOf(noise, steps + 1, start.length) });
  const series = start.map((_, i) => run.points.map((x) => x[i]));
  const numbers = [
    run.points, run.losses, run.gradients, Object.values(run.state), run.divergedAt ?? -1,
    tolerances.map((tolerance) => [stepsToReach(run.losses, tolerance) ?? -1, stepsToStay(run.losses, tolerance) ?? -1]),
    series.map((one) => [crossings(one), sumOfSquares(one), progress(one), bouncing(one) ?? -1]),
  ];
  return Buffer.from(Float64Array.from(numbers.flat(Infinity)).buffer).toString("base64");
});
"""


def make_case(chance):
    """The settings of one run, drawn so that many diverge and some never move."""
    dimension = chance.choice([1, 2, 2, 2, 2, 2, 3])
    kind, rule = chance.choice(list(CLASSES.items()))
    settings = {
        "lr": 10 ** chance.uniform(-3, 2),
        "beta": chance.choice([0.0, chance.random(), 0.999]),
        "rho": chance.choice([0.0, chance.random(), 0.999]),
        "eps": chance.choice([0.0, 1e-12, 1e-6, 1.0]),
        "beta1": chance.choice([0.0, chance.random(), 0.999]),
        "beta2": chance.choice([0.0, chance.random(), 0.999]),
        "correct_bias": chance.random() < 0.7,
    }
    return {
        "curvatures": [10 ** chance.uniform(-3, 2) for _ in range(dimension)],
        "angle": chance.choice([0, 45, 90, 180, 270, chance.randint(-720, 720)]) if dimension == 2 else 0,
        "kind": kind,
        "settings": {name: settings[name] for name in rule.__dataclass_fields__},
        "start": [chance.choice([0.0, chance.uniform(-10, 10), chance.uniform(-10, 10)]) for _ in range(dimension)],
        "steps": chance.choice([0, 1, chance.randint(2, 60), chance.randint(60, 300)]),
        "tolerances": TOLERANCES,
        "schedule": chance.choice(
            [None, None, ("exponential", chance.uniform(0.5, 1)), ("inverse_time", chance.uniform(0.1, 50)), ("warm_up", chance.randint(1, 40))]
        ),
        "noise": chance.choice(
            [None, None, {"sd": chance.choice([0, chance.uniform(0, 5)]), "batch": chance.randint(1, 512), "seed": chance.randrange(2**32)}]
        ),
    }, rule


def run_of(case, rule):
    settings = case["settings"]
    if case["schedule"]:
        kind, value = case["schedule"]
        settings = {**settings, "lr": SCHEDULES[kind](settings["lr"], value)}
    noise = Noise(**case["noise"]) if case["noise"] else None
    return descend(Quadratic(case["curvatures"], case["angle"]), rule(**settings), case["start"], case["steps"], noise)


def python_numbers(case, rule):
    """All that Python computes in a case, in the order of the runner."""
    path = run_of(case, rule)
    state = [values.T for name, values in path.state.items() if name != "lr"]
    numbers = [path.points, path.losses, path.gradients, *state, or_minus_one(path.diverged_at)]
    for tolerance in case["tolerances"]:
        numbers += [or_minus_one(f(path.losses, tolerance)) for f in (measures.steps_to_reach, measures.steps_to_stay)]
    for series in path.points.T:
        progress = measures.progress(series) if series[0] != 0 else math.nan
        numbers += [measures.crossings(series), measures.sum_of_squares(series), progress, or_minus_one(measures.bouncing(series))]
    return np.concatenate([np.ravel(np.asarray(number, dtype=float)) for number in numbers])


def or_minus_one(step):
    return -1 if step is None else step


@pytest.fixture(scope="module")
def cases():
    chance = random.Random(20)
    return [make_case(chance) for _ in range(CASES)]


@pytest.fixture(scope="module")
def javascript(cases):
    return [np.frombuffer(base64.b64decode(result)) for result in run_joined(RUNNER, [case for case, _ in cases])]


def test_the_cases_are_of_every_sort(cases):
    runs = [(case, run_of(case, rule)) for case, rule in cases]
    assert sum(run.diverged_at is not None for _, run in runs) > 100
    assert sum(not np.isfinite(run.points).all() for _, run in runs) > 10
    assert sum(case["settings"].get("eps") == 0 and 0.0 in case["start"] for case, _ in runs) > 20
    assert sum(measures.bouncing(series) is not None for _, run in runs for series in run.points.T) > 10
    assert {rule for _, rule in cases} == set(CLASSES.values())
    assert {case["schedule"][0] for case, _ in cases if case["schedule"]} == set(SCHEDULES)
    assert sum(bool(case["noise"]) for case, _ in cases) > 100


def test_python_and_javascript_agree_to_the_last_bit(cases, javascript):
    assert len(javascript) == CASES
    for (case, rule), theirs in zip(cases, javascript):
        ours = python_numbers(case, rule)
        assert ours.shape == theirs.shape, case
        differ = np.flatnonzero(bits(ours) != bits(theirs))
        assert differ.size == 0, f"{case}: number {differ[0]} is {ours[differ[0]]!r} here and {theirs[differ[0]]!r} there"


LABS = """\
import { createResults, isSchedule, readLab } from "./joined.mjs";

const pathOf = (lab) => lab.rules.map((rule) => createResults().run(rule, lab)).map(({ points, losses }) => [points, losses]);
export default ({ states, values }) => ({
  numbers: states.map((state) => readLab({ get: (name) => state[name] })).map((lab) => [lab.notes, Buffer.from(Float64Array.from(pathOf(lab).flat(Infinity)).buffer).toString("base64")]),
  usable: values.map(isSchedule),
});
"""

GROUND_RUNNER = """\
import { RULES, descend, drawsOf, surfaceOf } from "./joined.mjs";

export default (cases) => cases.map(({ ground, kind, settings, start, steps, noise }) => {
  const surface = surfaceOf({ ground });
  const run = descend(surface, RULES[kind], settings, start, steps, { draws: drawsOf(noise, steps + 1, 2) });
  const { minimum, away } = surface.nearest(start);
  const { x, y } = surface.frame(start);
  const numbers = [run.points, run.losses, run.gradients, run.divergedAt ?? -1, surface.minima, minimum, away, x, y];
  return Buffer.from(Float64Array.from(numbers.flat(Infinity)).buffer).toString("base64");
});
"""


def test_a_lab_whose_rates_change_is_drawn_as_python_has_it():
    chance = random.Random(14)
    settings = {"exponential": [0.5, 0.98, 1], "inverse_time": [0.1, 20, 3000], "warm_up": [1, 10, 400]}
    labs = []
    for kind, rule in CLASSES.items():
        for schedule, values in settings.items():
            noise = chance.choice([None, Noise(chance.uniform(0, 2), seed=chance.randrange(2**32))])
            rules = {"made": rule(SCHEDULES[schedule](chance.uniform(0.01, 1), chance.choice(values))), "set": rule(0.1)}
            lab = Lab(Quadratic(angle=chance.randrange(180)), rules, steps=chance.randint(1, 300), noise=noise)
            lab.set_schedule = [schedule, chance.choice(values)]
            lab.added = [{"kind": kind, "label": "added", "lr": 0.2, "schedule": [schedule, chance.choice(values)]}]
            labs.append(lab)
    # What Python refuses for a schedule, and takes: JavaScript does the same.
    values = [[kind, value] for kind in (*settings, "cosine", "__proto__", None) for value in (-1, 0, 0.5, 1, 1.5, 2, 1e6, 1e6 + 1, 1e300, "1", None, [1])]
    values += [["constant", 1], "exponential", 3, ["exponential"], [], {}]
    states = [{name: value for name, value in lab.get_state().items() if not name.startswith("_")} for lab in labs]
    result = run_joined(LABS, {"states": states, "values": values})
    for lab, (notes, theirs) in zip(labs, result["numbers"]):
        paths = [lab.path(label) for label in ("made", "set", "added")]
        ours = np.concatenate([np.ravel(numbers) for path in paths for numbers in (path.points, path.losses)])
        assert notes == [] and all(path.state["lr"].shape == path.points.shape for path in paths)
        assert (bits(ours) == bits(np.frombuffer(base64.b64decode(theirs)))).all(), lab
    assert result["usable"] == [is_schedule_data(value) for value in values]


def is_schedule_data(value):
    try:
        return schedule_data.check("schedule", value) is not None
    except (TypeError, ValueError):
        return False


def make_ground(chance, kind):
    """A ground of a kind, as plain data: that of the catalogue, or one with settings of its own."""
    settings = {**catalogue.GROUNDS[kind]["settings"]}
    if chance.random() < 0.7:
        settings = {name: 10 ** chance.uniform(-1, 1) if np.ndim(value) == 0 else [10 ** chance.uniform(-1, 1), 1.0] for name, value in settings.items()}
    if kind == "two_valleys" and settings["narrow"] <= settings["wide"]:
        settings["narrow"] = 2 * settings["wide"]
    return {"kind": kind, **settings}


def test_on_every_ground_every_rule_takes_the_same_path_to_the_last_bit():
    chance = random.Random(14)
    cases = []
    for kind in [*catalogue.GROUNDS] * 60:
        case, rule = make_case(chance)
        start = [chance.choice([0.0, chance.uniform(-4, 4), chance.uniform(-4, 4)]) for _ in range(2)]
        cases.append(({**case, "ground": make_ground(chance, kind), "start": start}, rule))
    result = run_joined(GROUND_RUNNER, [case for case, _ in cases])
    moved = diverged = 0
    for (case, rule), theirs in zip(cases, result):
        ground = {**case["ground"]}
        surface = getattr(other_ground, catalogue.GROUNDS[ground.pop("kind")]["class"])(**ground)
        with np.errstate(all="ignore"):
            path = descend(surface, rule(**case["settings"]), case["start"], case["steps"], Noise(**case["noise"]) if case["noise"] else None)
        away = [float(np.sqrt((np.subtract(minimum, case["start"]) ** 2).sum())) for minimum in surface.minima]
        nearest = int(np.argmin(away))
        seen = ground_data.seen(case["ground"], case["start"])
        found = [or_minus_one(path.diverged_at), surface.minima, surface.minima[nearest], away[nearest], seen["xlim"], seen["ylim"]]
        numbers = [path.points, path.losses, path.gradients, *found]
        ours = np.concatenate([np.ravel(np.asarray(number, dtype=float)) for number in numbers])
        differ = np.flatnonzero(bits(ours) != bits(np.frombuffer(base64.b64decode(theirs))))
        assert differ.size == 0, f"{case}: number {differ[0]} of {ours.size} is {ours[differ[0]]!r} here"
        moved += (path.points[0] != path.points[-1]).any()
        diverged += path.diverged_at is not None
    assert moved > 200 and diverged > 20 and any(case["noise"] for case, _ in cases)


def test_the_sines_of_a_turned_valley_are_the_same_doubles():
    theirs = run_joined('import { sine } from "./joined.mjs";\nexport default () => Array.from({ length: 720 }, (_, i) => sine(i - 360));\n')
    assert theirs == [surfaces._sine(degrees) for degrees in range(-360, 360)]


def test_a_single_bit_would_be_seen():
    x = np.array([1.0, 0.0, np.nan])
    assert (bits(x) == bits(x.copy())).all()
    assert (bits(x) != bits(np.array([np.nextafter(1.0, 2.0), -0.0, 0.0]))).all()


# --- no figure is printed or compared that a C library or a browser computes in its own way

# What every processor computes to the same bit, or what computes nothing.
EXACT = {"abs", "ceil", "copysign", "floor", "imul", "inf", "isfinite", "max", "min", "nan", "prod", "round", "sign", "sqrt", "trunc"}  # prod: of whole numbers
# The lines that only draw, where a last bit does not show, by how they begin: another line of the same file may print.
# A loss that is pointed at is rounded to two digits and then stands in its field: what is judged is what is read there.
DRAWN = {
    "arrows.js": ["const lengthOf = "],
    "ground.js": ["const loss = highest"],
    "loss_view.js": ["const power = ", "const lossOf = ", "...marks(...shown.powers, 6)"],
    "pair_valley.js": ["const loss = highest"],
    "map_picture.js": ["const t = Math.log(", "const acrossOf = ", "const fine = "],
    "run_view.js": ["for (let i = 1; i <= end; i++) length += "],
    "side_plots.js": ["for (let i = 0; i < line.length; i++) powers[i] = "],
    "valley_view.js": ["let [nearest, step] = ", "const away = "],
    "plots.py": ["return low + (high - low) * np.linspace(", "low, high = np.log(", "return float(np.exp(", "return np.exp("],
}


def inexact_in_python(code):
    """The lines with powers, or with functions of math and NumPy that are not exact."""
    lines, found = code.splitlines(), set()
    for node in ast.walk(ast.parse(code)):
        names = set()
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Pow):
            names = {"**"}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "math" or (node.value.id == "np" and re.match("exp|log|pow|hypot|sin|cos|geomspace", node.attr)):
                names = {node.attr}
        elif isinstance(node, ast.ImportFrom) and node.module in ("math", "cmath"):
            names = {alias.name for alias in node.names}
        if names - EXACT:
            found.add(node.lineno)
    return [lines[number - 1].strip() for number in sorted(found)]


def inexact_in_javascript(code):
    """The lines with powers, or with functions of Math that are not exact; comments are passed over."""
    code = re.sub(r"/\*.*?\*/", "", code, flags=re.DOTALL)
    code = re.sub(r"(^|\s)//.*", "", code)
    return [line.strip() for line in code.splitlines() if "**" in line or set(re.findall(r"Math\.(\w+)", line)) - EXACT]


def test_what_is_printed_or_compared_is_computed_alike_everywhere():
    found = {path.name: inexact_in_python(path.read_text(encoding="utf-8")) for path in (ROOT / "optimlib").glob("*.py")}
    found |= {path.name: inexact_in_javascript(path.read_text(encoding="utf-8")) for path in (ROOT / "optimlib" / "js").rglob("*.js")}
    assert set(DRAWN) <= set(found)
    for name, lines in found.items():
        drawn = DRAWN.get(name, [])
        assert len(lines) == len(drawn) and all(map(str.startswith, lines, drawn)), (name, lines)


def test_inexact_arithmetic_is_found():
    python = "from math import sqrt, log10\nmath.sqrt(x), np.sqrt(x), f(**x), 2 * 3  # 2**2\nnp.exp(x)\nx = a**0.5\nx **= 2"
    assert inexact_in_python(python) == ["from math import sqrt, log10", "np.exp(x)", "x = a**0.5", "x **= 2"]
    javascript = "/** 2 ** 3 */\nMath.max(Math.sqrt(x), 3); // Math.log(x)\nMath.max(Math.hypot(x), 3);\nlist.map(Math.log10)\nx ** 2"
    assert inexact_in_javascript(javascript) == ["Math.max(Math.hypot(x), 3);", "list.map(Math.log10)", "x ** 2"]


DISTANCES = """\
import { judge } from "./joined.mjs";

export default ({ view, cases }) => cases.map(({ answer, guess, tolerance }) => judge({ kind: "predict", view, answer, tolerance, right: "" }, guess));
"""


@pytest.mark.parametrize("view", ["valley", "loss"])
def test_a_prediction_on_the_very_edge_gets_the_same_verdict(view):
    """The tolerance is the distance itself, and the next number below it: one bit would turn a verdict."""
    chance = random.Random(7)
    valley = view == "valley"
    distance = judge.VIEWS[view][1]
    cases = []
    for _ in range(500):
        answer, guess = [[chance.uniform(-9, 9), chance.uniform(-9, 9)] for _ in range(2)] if valley else [10 ** chance.uniform(-8, 4) for _ in range(2)]
        away = distance(answer, guess)
        cases += [{"answer": answer, "guess": guess, "tolerance": tolerance} for tolerance in (away, math.nextafter(away, 0))]
    # Guesses whose distance is about half a hundredth, where the printed figure turns.
    if not valley:
        cases += [{"answer": 1.0, "guess": 10 ** ((k + 0.5) / 100), "tolerance": 0.1} for k in range(-300, 300)]
    ours = [judge.judge({"kind": "predict", "view": view, "right": "", **case}, case["guess"]) for case in cases]
    assert run_joined(DISTANCES, {"view": view, "cases": cases}) == ours
    assert [verdict["verdict"] for verdict in ours[:1000]] == ["right", "wrong"] * 500


def test_powers_of_ten_apart():
    chance = random.Random(8)
    for _ in range(1000):
        a, b = (10 ** chance.uniform(-300, 300) for _ in range(2))
        assert judge._powers_apart(a, b) == judge._powers_apart(b, a) == pytest.approx(abs(math.log10(a) - math.log10(b)), abs=1e-12)
    assert [judge._powers_apart(10.0**k, 1.0) for k in range(-20, 21)] == [abs(k) for k in range(-20, 21)]
    assert judge._powers_apart(5e-324, 1.7e308) == pytest.approx(631.53666, abs=1e-5)
