"""Runs chapters as another machine would, and writes what their cells say, as JSON: a list of texts for each chapter.

    python tests/helpers/another_machine.py {"ulp": 1, "rates": 1.003} chapter.ipynb ...

Machines agree, to the last bit, on + - x / and the root, and on what is made of them. They differ in
powers, logarithms and the like, and in the order of a sum. So with "ulp" each such result, in the
chapters and in optimlib, is moved by one last bit, up for 1 and down for -1. With "rates" each range
of learning rates that a sweep gets is moved by this factor.
"""

import ast
import contextlib
import dataclasses
import importlib.machinery
import io
import json
import os
import pathlib
import sys

import numpy as np

# What IEEE 754 defines to the last bit, and what only picks or rounds.
EXACT = {
    "add",
    "subtract",
    "multiply",
    "divide",
    "true_divide",
    "sqrt",
    "square",
    "reciprocal",
    "negative",
    "positive",
    "abs",
    "absolute",
    "fabs",
    "sign",
    "copysign",
    "maximum",
    "minimum",
    "fmax",
    "fmin",
    "floor",
    "ceil",
    "trunc",
    "rint",
    "floor_divide",
    "remainder",
    "mod",
    "fmod",
    "nextafter",
    "spacing",
    "ldexp",
    "frexp",
    "modf",
    "heaviside",
}
UFUNCS = {name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)}
# sum: its order is the library's, and Python's own rounds otherwise from 3.12 on. arange: start + i*step may be one rounding or two.
OTHERS = {
    "arange",
    "average",
    "cumprod",
    "cumsum",
    "det",
    "dist",
    "dot",
    "einsum",
    "fma",
    "fsum",
    "geomspace",
    "hypot",
    "inner",
    "interp",
    "inv",
    "logspace",
    "mean",
    "median",
    "norm",
    "outer",
    "percentile",
    "polyfit",
    "polyval",
    "prod",
    "quantile",
    "solve",
    "std",
    "sum",
    "sumprod",
    "tensordot",
    "trace",
    "trapezoid",
    "var",
    "vdot",
    "erf",
    "gamma",
}
FRAGILE = (UFUNCS - EXACT) | OTHERS


def moved(value, towards):
    """value by one last bit; what is no float stays as it is."""
    if isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        with np.errstate(all="ignore"):
            near = np.nextafter(value, towards)
        return float(near) if type(value) is float else near
    return value


class LastBit(ast.NodeTransformer):
    """Puts another_machine_moved(...) around what machines may disagree on."""

    def visit_Call(self, node):
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return self._around(node) if name in FRAGILE else node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        return self._around(node) if isinstance(node.op, (ast.Pow, ast.MatMult)) else node

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        if not isinstance(node.op, (ast.Pow, ast.MatMult)):
            return node
        target = ast.parse(ast.unparse(node.target), mode="eval").body
        return ast.Assign([node.target], self._around(ast.BinOp(target, node.op, node.value)))

    def _around(self, node):
        return ast.Call(ast.Name("another_machine_moved", ast.Load()), [node], [])


def compiled(tree, name, mode="exec"):
    return compile(ast.fix_missing_locations(LastBit().visit(tree)), name, mode)


class Finder(importlib.machinery.PathFinder):
    """Finds the modules of optimlib and has them compiled with their last bits moved."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.partition(".")[0] != "optimlib":
            return None
        spec = super().find_spec(name, path, target)
        spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


class Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, name):
        return compiled(ast.parse(self.get_data(self.path)), self.path)


def move_rates(factor):
    """Let every sweep run at rates that are moved by a factor."""
    import optimlib

    unmoved = optimlib.sweep

    def sweep(surface, rule, *arguments, **named):
        if np.ndim(getattr(rule, "lr", 0)) > 0:
            rule = dataclasses.replace(rule, lr=factor * np.asarray(rule.lr))
        return unmoved(surface, rule, *arguments, **named)

    optimlib.sweep = sweep


def as_text(shown):
    """What Jupyter keeps as the text of a result."""
    bundle = shown._repr_mimebundle_() if hasattr(shown, "_repr_mimebundle_") else {}
    return (bundle[0] if isinstance(bundle, tuple) else bundle).get("text/plain", repr(shown))


def said(path):
    """What the code cells of a notebook print and show as text, each one text."""
    notebook = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    names, texts = {"__name__": "__main__", "display": lambda shown: print(as_text(shown), end="")}, []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        if cell.get("id") == "install":  # it does nothing where the library is, and is no Python but IPython's
            texts.append("")
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop().value if isinstance(tree.body[-1], ast.Expr) else None
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compiled(tree, str(path)), names)
            shown = last and eval(compiled(ast.Expression(last), str(path), "eval"), names)
        texts.append(printed.getvalue() + ("" if shown is None else as_text(shown)))
    return texts


def main(change, *paths):
    change = json.loads(change)
    import builtins

    import matplotlib

    matplotlib.use("agg")
    towards = {1: np.inf, -1: -np.inf}.get(change.get("ulp"))
    builtins.another_machine_moved = (lambda value: value) if towards is None else (lambda value: moved(value, towards))
    sys.meta_path.insert(0, Finder)
    if "rates" in change:
        move_rates(change["rates"])
    os.environ["OPTIMLIB_PROGRESS"] = "off"
    json.dump({path: said(path) for path in paths}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
