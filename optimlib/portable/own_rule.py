"""The path of a reader's own rule, which comes as text.

The same file runs in CPython and in MicroPython. It goes down a quadratic valley by the sums of
valley.py, which surfaces.py takes, too, or another ground by those of other_ground.py, so that a rule
takes the path, to the last bit, that descend gives it.
"""

from . import other_ground, valley
from .errors import IN_MICROPYTHON, error_text, is_of_the_call, no_python

_INFINITY = float("inf")
_NAN = float("nan")


def own_path(source, curvatures, turn, start, steps, draws=None, ground=None, run=exec):
    """{"points": [[x1, x2], ...]}, the start and where each step goes; or {"problem": a sentence}.

    source: Python that defines update(x, g, memory, t) for one coordinate: x is where it stands, g
        the gradient there, memory what its last step remembered, and t the number of the step, from
        1. It returns two things: the next x, and what to remember. At first memory is 0.0, or
        whatever the code itself calls memory, such as (0.0, 0.0). The code is run twice, so that
        each coordinate has all that it keeps to itself.
    curvatures: two numbers above 0.
    turn: the cosine and the sine of the angle of the valley; None where it is not turned.
    start: two numbers. steps: how many, 0 or more.
    draws: what noise adds to the two gradients of each step; None without noise.
    ground: another surface than that valley, as other_ground.sums takes it; None for the valley.
    run: what runs the code, as exec does.

    That a rule diverges is no problem. Where it fails because it has diverged, the path goes on as NaN.
    It raises Ask in MicroPython where CPython is to be asked what the problem is, if there is one.
    """
    updates, memories = [], []
    for _ in range(2):
        space, problem = _run(source, run)
        if problem:
            return {"problem": problem}
        updates.append(space["update"])
        memories.append(space.get("memory", 0.0))
    loss, gradient = _surface(curvatures, turn, ground)
    x = [float(value) for value in start]
    points = [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        if draws is not None:
            g = [g[i] + draws[t - 1][i] for i in range(2)]
        moved, given = [0.0, 0.0], list(memories)
        for i in range(2):
            moved[i], memories[i], problem = _step(updates[i], x[i], g[i], memories[i], t)
            if problem is not None and not _has_diverged(loss(x), loss(points[0])):
                return {"problem": problem if isinstance(problem, str) else _raised(problem, source, _where(x[i], g[i], t, given[i]))}
        x = moved
        points.append(x)
    return {"points": points}


def _surface(curvatures, turn, ground):
    """(loss, gradient), functions of x."""
    if ground:
        return other_ground.sums(ground)
    return lambda x: valley.loss(x, curvatures, turn), lambda x: valley.gradient(x, curvatures, turn)


def _run(source, run):
    """(the names that the code defines, None), or (None, what is wrong with it)."""
    problem = no_python(source) if IN_MICROPYTHON else ""  # it would run some of that
    if problem:
        return None, problem
    space = {"__name__": "__main__"}
    try:
        run(source, space)
    except BaseException as error:  # whatever it raises, also SystemExit
        return None, error_text(error, source)
    if not callable(space.get("update")):
        return None, "There is no function update(x, g, memory, t)."
    return space, None


def _step(update, x, g, memory, t):
    """(the next x, the next memory, None), or (NaN, a memory, what is wrong: a sentence, or the error that update raised)."""
    try:
        result = update(x, g, memory, t)
    except BaseException as error:
        return _NAN, memory, error
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        problem = "The function update must return two values, as in: return x, memory. It returned " + _kind(result) + "."
        return _NAN, memory, problem
    moved, memory = result
    if isinstance(moved, (int, float)) and not isinstance(moved, bool):
        moved = _float(moved)
        return moved, memory, "The next x is NaN, which is no number." + _where(x, g, t) if moved != moved else None
    return _NAN, memory, "The next x must be one number. The function update returned " + _kind(moved) + "." + _where(x, g, t)


def _raised(error, source, where):
    """What is wrong where update raised an error."""
    if is_of_the_call(error):
        return "The function update must take four values: update(x, g, memory, t)."
    return error_text(error, source) + where


def _where(x, g, t, memory=0.0):
    """In which step it was; and what memory was, where that is likely to be what is wrong."""
    said = " That was step %d, with x = %.6g and g = %.6g." % (t, x, g)
    if memory is None or callable(memory):
        said += " There memory was " + ("`None`" if memory is None else "a function") + ("." if t == 1 else ", as the step before returned it.")
    return said


def _float(number):
    try:
        return float(number)
    except OverflowError:  # a whole number that is too large
        return _INFINITY if number > 0 else -_INFINITY


def _kind(value):
    """What sort of thing was returned, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return "one number"
    if isinstance(value, complex):
        return "a complex number, as the root of a negative one is"
    if isinstance(value, (tuple, list)):
        return "%d value%s" % (len(value), "" if len(value) == 1 else "s")
    return "something of type " + type(value).__name__


def _has_diverged(loss, first):
    return not loss < (valley.DIVERGED * first or _INFINITY)
