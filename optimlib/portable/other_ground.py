"""The sums of the surfaces that are no quadratic valley: as in valley.py nothing here needs NumPy, and rows of NumPy do, too.

other_ground.py takes them for its surfaces, own_rule.py for a reader's rule, in MicroPython as well. The same sums in the same
order are in js/core/other_ground.js, hence the same doubles.

x: a number, or a row of numbers, for each coordinate; the others are the settings of the surface, as other_ground.py has them.
root: what takes a square root of such a number or row.
"""

from math import sqrt


def saddle_loss(x, curvature, drop):
    deep = x[-1] * x[-1] - drop  # u**4/4 - drop/2 u**2 + drop**2/4 is a quarter of its square
    return _valley(x[:-1], [curvature] * (len(x) - 1)) + 0.25 * deep * deep


def saddle_gradient(x, curvature, drop):
    u = x[-1]
    return [curvature * one for one in x[:-1]] + [u * (u * u - drop)]


def rosenbrock_loss(x, steep):
    away, wall = 0.0, 0.0
    for one, over in zip(x[:-1], _walls(x)):
        away = away + (1 - one) * (1 - one)
        wall = wall + over * over
    return away + steep * wall


def rosenbrock_gradient(x, steep):
    walls = _walls(x)
    g = [-2 * (1 - one) - 4 * steep * one * wall for one, wall in zip(x[:-1], walls)] + [0.0]
    return g[:1] + [slope + 2 * steep * wall for slope, wall in zip(g[1:], walls)]


def bend_loss(x, steep, slope, end, root=sqrt):
    wall, way = x[1] - root(1 + x[0] * x[0]), x[0] - end
    return 0.5 * steep * wall * wall + 0.5 * slope * way * way


def bend_gradient(x, steep, slope, end, root=sqrt):
    floor = root(1 + x[0] * x[0])
    wall = steep * (x[1] - floor)
    return [slope * (x[0] - end) - wall * x[0] / floor, wall]


def two_valleys_loss(x, wide, narrow, curvature):
    return _along(x[0], wide, narrow) - _along(narrow, wide, narrow) + _valley(x[1:], [curvature] * (len(x) - 1))


def two_valleys_gradient(x, wide, narrow, curvature):
    u = x[0]
    return [u * (u + wide) * (u - narrow)] + [curvature * one for one in x[1:]]


def plateau_loss(x, curvatures):
    q = _valley(x, curvatures)
    return q / (1 + q)


def plateau_gradient(x, curvatures):
    below = 1 + _valley(x, curvatures)
    return [curvature * one / (below * below) for curvature, one in zip(curvatures, x)]


def _walls(x):
    """How far each coordinate but the first lies beside the square of the one before."""
    return [x[i + 1] - x[i] * x[i] for i in range(len(x) - 1)]


def _along(u, wide, narrow):
    """The height of two valleys along the first coordinate."""
    square = u * u
    return square * (0.25 * square + (wide - narrow) / 3 * u - 0.5 * wide * narrow)


def _valley(x, curvatures):
    total = 0.0
    for one, curvature in zip(x, curvatures):
        total = total + 0.5 * curvature * one * one
    return total


# The loss and the gradient of each, by its kind in catalogue.json.
SUMS = {
    "saddle": (saddle_loss, saddle_gradient),
    "rosenbrock": (rosenbrock_loss, rosenbrock_gradient),
    "bend": (bend_loss, bend_gradient),
    "two_valleys": (two_valleys_loss, two_valleys_gradient),
    "plateau": (plateau_loss, plateau_gradient),
}


def sums(ground):
    """(loss, gradient), functions of x, for a surface as plain data: {"kind", and its settings}."""
    settings = {name: value for name, value in ground.items() if name != "kind"}
    loss, gradient = SUMS[ground["kind"]]
    return lambda x: loss(x, **settings), lambda x: gradient(x, **settings)
