"""The sums of a quadratic valley: each number by itself, so that nothing here needs NumPy, and rows of NumPy do, too.

surfaces.py takes them for Quadratic, own_rule.py for a reader's rule, in MicroPython as well. The same
sums in the same order are in js/core/surface.js, hence the same doubles.

x and u: a number, or a row of numbers, for each of the directions; u are the coordinates along the
valley's own directions. turn: the cosine and the sine of the angle of a valley of two directions;
None where it is not turned.
"""

# A path counts as diverged once its loss is this many times the loss at the start.
DIVERGED = 1000.0


def axes(x, turn):
    """The coordinates u of x."""
    if turn is None:
        return x
    c, s = turn
    return [c * x[0] + s * x[1], c * x[1] - s * x[0]]


def from_axes(u, turn):
    """The point x whose coordinates are u."""
    if turn is None:
        return u
    c, s = turn
    return [c * u[0] - s * u[1], s * u[0] + c * u[1]]


def loss(x, curvatures, turn):
    total = 0.0
    for curvature, u in zip(curvatures, axes(x, turn)):
        total = total + 0.5 * curvature * u * u
    return total


def gradient(x, curvatures, turn):
    return from_axes([curvature * u for curvature, u in zip(curvatures, axes(x, turn))], turn)
