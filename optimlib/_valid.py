"""Checks of input. A message names the parameter, what is allowed, and the value."""

from collections.abc import Mapping

import numpy as np


def above_zero(name, value, many=False):
    """value as a float, or with many=True an array of floats, each finite and above 0."""
    return _numbers(name, value, "a finite number above 0", lambda a: np.isfinite(a) & (a > 0), many)


def zero_or_more(name, value, many=False):
    """value as a float, or with many=True an array of floats, each finite and not negative."""
    return _numbers(name, value, "a finite number, 0 or more", lambda a: np.isfinite(a) & (a >= 0), many)


def share(name, value, many=False):
    """value as a float, or with many=True an array of floats, each above 0 and at most 1."""
    return _numbers(name, value, "a number above 0 and at most 1", lambda a: (a > 0) & (a <= 1), many)


def fraction(name, value, many=False):
    """value as a float, or with many=True an array of floats, each in [0, 1)."""
    return _numbers(name, value, "a number from 0 up to but not including 1", lambda a: (a >= 0) & (a < 1), many)


def whole(name, value, least=None):
    """value as an int, not below least."""
    allowed = "a whole number" if least is None else f"a whole number, {least} or more"
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        number = int(value)
    else:
        real = _numbers(name, value, allowed, np.isfinite)
        if real != int(real):
            raise ValueError(f"{name} must be {allowed}, not {value!r}")
        number = int(real)
    if least is not None and number < least:
        raise ValueError(f"{name} must be {allowed}, not {value!r}")
    return number


def switch(name, value, many=False):
    """value as True or False; an array of them is none, with many=True either."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return bool(value)


def curvatures(name, value):
    """value as a tuple of floats, each finite and above 0."""
    allowed = "one or more finite numbers above 0"
    return tuple(_row(name, value, allowed, lambda a: np.isfinite(a) & (a > 0)).tolist())


def point(name, value, dimension=None):
    """value as an array of shape (dimension,), or of any length when dimension is None."""
    length = "one or more" if dimension is None else dimension
    allowed = f"{length} finite numbers, one for each coordinate"
    numbers = _row(name, value, allowed, np.isfinite)
    if dimension is not None and numbers.size != dimension:
        raise ValueError(f"{name} must be {allowed}, not {value!r}")
    return numbers


def series(name, value):
    """value as a 1-D array; NaN and inf pass, as a path may diverge."""
    return _row(name, value, "a row of one or more numbers", lambda a: np.full(a.shape, True))


def start(value, surface):
    """value as an array of its own, with as many coordinates as the surface, where that tells."""
    return point("start", value, dimension=getattr(surface, "dimension", None)).copy()


def runnable(surface, rule):
    """That surface and rule have the methods that a run calls."""
    for name, value, methods in (("surface", surface, ("loss", "gradient")), ("rule", rule, ("update",))):
        if isinstance(value, type) or not all(callable(getattr(value, method, None)) for method in methods):
            raise TypeError(f"{name} must be an object with {' and '.join(methods)}, not {value!r}")


def pair(value):
    """value as the (x, state) that a rule's update returns."""
    if not (isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], Mapping)):
        raise TypeError(f"update(x, g, state) must return (x, state), the next point and a dict, not {value!r}")
    return value


def of_shape(name, value, shape):
    """value as an array of floats of this shape."""
    array = _array(name, value, f"numbers of shape {shape}")
    if array.shape != shape:
        raise ValueError(f"{name} must have the shape {shape}, not {array.shape}: {value!r}")
    return array.astype(float, copy=False)


def _row(name, value, allowed, is_allowed):
    numbers = np.asarray(_numbers(name, value, allowed, is_allowed, many=True))
    if numbers.ndim != 1 or numbers.size == 0:
        raise ValueError(f"{name} must be {allowed}, not {value!r}")
    return numbers


def _numbers(name, value, allowed, is_allowed, many=False):
    """value as a float, or as a read-only array of its own when many=True and it is no single number."""
    array = _array(name, value, allowed).astype(float)
    if array.ndim > 0 and not many:
        raise TypeError(f"{name} must be {allowed}, not {value!r}")
    bad = array[~is_allowed(array)]
    if bad.size:
        found = repr(float(bad[0])) + (f" (in {array!r})" if array.ndim else "")
        raise ValueError(f"{name} must be {allowed}, not {found}")
    array.setflags(write=False)
    return array if array.ndim else float(array)


def _array(name, value, allowed):
    """value as an array of real numbers; text, None, truth values and complex numbers are none."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        raise ValueError(f"{name} must be {allowed}, not {value!r}") from None
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be {allowed}, not {value!r}")
    return array
