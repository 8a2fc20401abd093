"""Runs a reader's rule in this very Python, where no other can be started, as in a browser: a budget of steps ends it.

Of Python it takes a part of which each operation is short: numbers, texts, lists, tuples and dicts, loops and functions, and math.
What could take long in one operation (a huge power, a list of a million, a nest of lists) is refused when it comes, and what could
catch the end of the budget (try, with, class, yield) is refused before it runs.
"""

import ast
import builtins
import math
import operator
import re
from functools import partial

STEPS = 1_000_000  # about a second
_MOST_BITS, _MOST_ITEMS, _MOST_RANGE = 4096, 10_000, 10_000_000

_NODES = """Module FunctionDef Lambda arguments arg Return Assign AugAssign AnnAssign Delete For While If Pass Break Continue Expr Global Nonlocal
Raise Assert Import ImportFrom alias BoolOp And Or BinOp Add Sub Mult Div FloorDiv Mod Pow LShift RShift BitAnd BitOr BitXor UnaryOp UAdd USub Not Invert
IfExp Compare Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn JoinedStr FormattedValue Call keyword Constant Name Load Store Del Attribute Subscript Slice List Tuple Dict
ListComp GeneratorExp comprehension"""
_ALLOWED = tuple(getattr(ast, name) for name in _NODES.split())
_MATH = {
    name: getattr(math, name)
    for name in """acos acosh asin asinh atan atan2 atanh ceil copysign cos cosh degrees e erf erfc exp expm1 fabs floor fmod hypot inf isclose
isfinite isinf isnan log log10 log1p log2 nan pi pow radians sin sinh sqrt tan tanh tau trunc""".split()
}
_METHODS = ("append", "pop", "get", "copy", "insert", "clear", "items", "keys", "values")
_PLAIN = "abs bool float isinstance len".split()
_EXCEPTIONS = (ValueError, TypeError, Exception, ZeroDivisionError, AssertionError)
_VIEWS: tuple = (type({}.keys()), type({}.values()), type({}.items()))
_FORMAT = re.compile(r"[-+ ]?\d{0,2}(\.\d{1,2})?[efgd%]?")
_OPERATORS = {"Add": "add", "Sub": "sub", "Mult": "mul", "Div": "truediv", "FloorDiv": "floordiv", "Mod": "mod", "Pow": "pow"}
_OPERATORS |= {"LShift": "lshift", "RShift": "rshift", "BitAnd": "and_", "BitOr": "or_", "BitXor": "xor"}
_COMPARED = {"Eq": "eq", "NotEq": "ne", "Lt": "lt", "LtE": "le", "Gt": "gt", "GtE": "ge", "Is": "is_", "IsNot": "is_not", "In": "in", "NotIn": "not_in"}
_NAMES = {"ClassDef": "class", "NamedExpr": ":=", "Starred": "*", "TryStar": "try", "MatMult": "@", "SetComp": "{...}", "Set": "{...}"}
_NAMES |= {"YieldFrom": "yield", "DictComp": "{...}", "AsyncFunctionDef": "async"}
_WHY = "{} cannot run here. No other Python can be started, so that a rule may be made only of what surely ends: numbers, lists, loops, functions and math."


class _Ends(BaseException):
    """The code has used up its steps, or did what is refused."""


class Budget:
    """What runs one rule: run(source, space) is exec within the budget; ended says what was refused, is_spent whether the steps are used up."""

    def __init__(self, steps: int = STEPS, say=print):
        self.left, self.ended, self.say, self.is_spent = steps, "", say, False

    def run(self, source, space):
        tree = ast.parse(source, "<string>")
        for node in ast.walk(tree):
            if words := _refused(node):
                self.end(f"Line {getattr(node, 'lineno', 1)}: " + _WHY.format(words))
        code = compile(ast.fix_missing_locations(_Counted().visit(tree)), "<string>", "exec")
        space |= self.names()
        exec(code, space)

    def end(self, words, is_spent=False):
        self.ended, self.is_spent = words, is_spent
        raise _Ends

    def tick(self, steps=1):
        self.left -= steps
        if self.left < 0:
            self.end("", is_spent=True)
        return True

    def names(self):
        own = {name: getattr(builtins, name) for name in _PLAIN}
        own |= {"range": self.range, "print": self.print, "str": lambda value="": str(self.atom(value)), "pow": lambda a, b: self.binary("pow", a, b)}
        own |= {made.__name__: partial(self.built, made) for made in (sorted, list, tuple, zip, enumerate, reversed)}
        own |= {function.__name__: partial(self.gathered, function) for function in (sum, min, max, any, all)}
        own["round"] = lambda value, digits=None: round(self.atom(value), digits if digits is None else max(-20, min(20, digits)))
        own |= {kind.__name__: self.exception(kind) for kind in _EXCEPTIONS}
        own["int"] = lambda value=0: int(self.atom(value))
        own["__import__"] = self.imported
        return {"__builtins__": own, **{f"_ol_{name}": getattr(self, name) for name in ("tick", "binary", "compare", "grown", "made", "atom", "short", "key")}}

    def exception(self, kind):
        """The kind of exception, that holds numbers and texts only: writing a nest of lists would take long."""
        made = {"__init__": lambda own, *values: kind.__init__(own, *map(self.atom, values)), "__module__": "builtins"}
        return type(kind.__name__, (kind,), made)

    def imported(self, name, *rest):
        return _as_module()  # no other import is left

    def range(self, *limits):
        found = range(*limits)
        if max(map(abs, (found.start, found.stop, found.step))) > _MOST_RANGE:
            self.end(f"A range beyond {_MOST_RANGE} is too long here.")
        return found

    def items(self, values):
        """The values as something of known length; what counts through them counts as steps."""
        if not isinstance(values, (list, tuple, dict, str, range)):
            if not hasattr(values, "__next__") and not isinstance(values, _VIEWS):
                return values
            if isinstance(values, _VIEWS):
                self.tick(len(values))
            values = list(values)  # of a generator: each of its rounds has counted
        if len(values) > _MOST_ITEMS:
            self.tick(len(values))
        return values

    def built(self, made, /, *values, **named):
        found = made(*map(self.items, values), **named)
        return self.made(found if isinstance(found, (list, tuple)) else list(found))

    def gathered(self, function, /, *values, **named):
        values = [self.items(value) for value in values]
        for value in values:
            if isinstance(value, (list, tuple, range)):
                self.tick(len(value))
                if not isinstance(value, range):
                    for one in value:
                        self.atom(one)
        if named or (function is sum and any(not isinstance(value, (int, float, list, tuple, range)) for value in values)):
            self.end("`key`, `default` and a start of `sum` cannot be used here.")
        return function(*values)

    def made(self, value):
        """A new list, tuple, dict or text, that is not too large, with all that is in it."""
        left, waiting = _MOST_ITEMS, [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, (list, tuple, dict, str)):
                left -= len(one)
                if left < 0:
                    self.end(f"A list or text of more than {_MOST_ITEMS} is too long here.")
                waiting += [*one, *one.values()] if isinstance(one, dict) else [] if isinstance(one, str) else one
        self.tick(1 + (_MOST_ITEMS - left) // 8)
        return value

    def atom(self, value):
        if not isinstance(value, (int, float, complex, str, type(None))):
            self.end("Only a number or a text can be put in there, compared or written here.")
        return value

    def short(self, value):
        """What a method is called of: one call on a list that has grown by many would take long."""
        self.tick()
        if isinstance(value, (list, dict)) and len(value) > _MOST_ITEMS:
            self.end(f"A list or dict of more than {_MOST_ITEMS} is too long here.")
        return value

    def binary(self, name, a, b):
        self.tick()
        self.grown(name, a, b)
        value = getattr(operator, name)(a, b)
        return self.made(value) if isinstance(value, (list, tuple, str)) else value

    def grown(self, name, a, b):
        """The second operand, once it is known that the result is not too large."""
        self.tick()
        if name == "mod" and isinstance(a, str):
            self.end("`%` behind a text cannot be used here.")
        if isinstance(a, int) and isinstance(b, int) and name in ("mul", "pow", "lshift"):
            bits = {"mul": a.bit_length() + b.bit_length(), "pow": a.bit_length() * abs(b), "lshift": a.bit_length() + abs(b)}[name]
            if bits > _MOST_BITS:
                self.end(f"A whole number of more than {_MOST_BITS} bits is too large here. With a point, as in 2.0, it is an ordinary one.")
        if name == "add" and isinstance(a, list):
            b = self.items(b)
            if hasattr(b, "__len__") and len(a) + len(b) > _MOST_ITEMS:
                self.end(f"A list or text of more than {_MOST_ITEMS} is too long here.")
        if name in ("add", "mul"):
            sizes = [len(one) if isinstance(one, (str, list, tuple)) else None for one in (a, b)]
            size = sum(one or 0 for one in sizes) if name == "add" else (sizes[0] or sizes[1] or 0) * max([1, *(one for one in (a, b) if isinstance(one, int))])
            if size > _MOST_ITEMS:
                self.end(f"A list or text of more than {_MOST_ITEMS} is too long here.")
        return b

    def key(self, value):
        """What stands between the brackets of a list or dict: a tuple takes as long as it has parts."""
        if isinstance(value, tuple):
            self.tick(len(value))
            for one in value:
                self.atom(one)
        return value

    def compare(self, name, a, b):
        self.tick()
        if name in ("in", "not_in"):
            b = self.items(b)
            if isinstance(b, (list, tuple, str)):
                self.tick(len(b) // 8)
            if isinstance(b, (list, tuple)):
                for one in b:
                    self.atom(one)
                self.tick(len(b))
            return (self.atom(a) in b) == (name == "in")
        if name in ("is_", "is_not"):
            return getattr(operator, name)(a, b)
        return getattr(operator, name)(self.atom(a), self.atom(b))

    def print(self, *values, **named):
        self.tick(10)
        flat = [str([self.atom(one) for one in value]) if isinstance(value, (list, tuple)) else str(self.atom(value)) for value in values]
        self.say(" ".join(flat))


def _as_module():
    module = type(math)("math")
    vars(module).update(_MATH)
    return module


def _refused(node):
    """What cannot run of this node, in words; "" where all can."""
    if not isinstance(node, (*_ALLOWED, ast.expr_context)):
        kind = type(node).__name__
        return f"`{_NAMES.get(kind, kind.lower())}`"
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        wanted = [node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
        return next((f"`import {one}`" for one in wanted if one != "math"), "") or ("`import *`" if any(one.name == "*" for one in node.names) else "")
    if isinstance(node, ast.Attribute) and (node.attr not in (*_MATH, *_METHODS) or not isinstance(node.ctx, ast.Load)):
        return f"`.{node.attr}`"
    names = [node.id] if isinstance(node, ast.Name) else [node.name] if isinstance(node, ast.FunctionDef) else [node.arg] if isinstance(node, ast.arg) else []
    names += [node.asname] if isinstance(node, ast.alias) and node.asname else []
    if any(name.startswith(("_ol_", "__")) for name in names):
        return f"`{names[0]}`"
    if isinstance(node, ast.arguments) and (node.vararg or node.kwarg):
        return "`*`"
    if isinstance(node, ast.keyword) and node.arg is None:
        return "`**`"
    if isinstance(node, ast.FunctionDef) and node.decorator_list:
        return "a decorator"
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Slice):
        return "a slice that is changed"
    if isinstance(node, ast.AugAssign) and not all(isinstance(one, (ast.Name, ast.Subscript, ast.Constant, ast.expr_context)) for one in ast.walk(node.target)):
        return "such a place before `+=`"
    if isinstance(node, ast.Assign) and any(
        isinstance(one, ast.Subscript) for many in node.targets if isinstance(many, (ast.Tuple, ast.List)) for one in ast.walk(many)
    ):
        return "a place of a list among several that are assigned"
    if isinstance(node, ast.Compare) and len(node.ops) > 1 and not all(isinstance(one, (ast.Name, ast.Constant)) for one in node.comparators[:-1]):
        return "a chain of comparisons with more than a name or a number in its middle"
    if isinstance(node, ast.FormattedValue) and node.format_spec and not _is_short(node.format_spec):
        return "such a format in a text"
    if isinstance(node, (ast.For, ast.comprehension)) and any(isinstance(one, ast.Subscript) for one in ast.walk(node.target)):
        return "a place of a list as what a loop counts"
    return ""


def _is_short(spec):
    """Whether a format, as .2f, is written out and makes a short text."""
    return all(isinstance(one, ast.Constant) and _FORMAT.fullmatch(one.value) for one in spec.values)


def _call(name, *values):
    return ast.Call(ast.Name(f"_ol_{name}", ast.Load()), list(values), [])


class _Counted(ast.NodeTransformer):
    """Puts a step before each round and each call, and the checks of sizes around what can grow."""

    def _body(self, node):
        self.generic_visit(node)
        node.body.insert(0, ast.copy_location(ast.Expr(_call("tick")), node.body[0]))
        return node

    visit_FunctionDef = visit_For = visit_While = _body

    def visit_Lambda(self, node):
        self.generic_visit(node)
        node.body = ast.copy_location(ast.BoolOp(ast.And(), [_call("tick"), node.body]), node.body)
        return node

    def visit_comprehension(self, node):
        self.generic_visit(node)
        node.ifs.insert(0, ast.copy_location(_call("tick"), node.iter))
        return node

    def _made(self, node):
        self.generic_visit(node)
        return ast.copy_location(_call("made", node), node) if isinstance(getattr(node, "ctx", ast.Load()), ast.Load) else node

    visit_List = visit_Tuple = visit_Dict = visit_ListComp = _made

    def visit_Subscript(self, node):
        self.generic_visit(node)
        if isinstance(node.slice, ast.Slice):
            node.value = ast.copy_location(_call("short", node.value), node)
            return ast.copy_location(_call("made", node), node)
        node.slice = ast.copy_location(_call("key", node.slice), node)
        return node

    def visit_JoinedStr(self, node):
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                one.value = ast.copy_location(_call("atom", self.visit(one.value)), one)
        return ast.copy_location(_call("made", node), node)

    def visit_Assert(self, node):
        self.generic_visit(node)
        node.msg = node.msg and ast.copy_location(_call("atom", node.msg), node)
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        return ast.copy_location(_call("binary", ast.Constant(_OPERATORS[type(node.op).__name__]), node.left, node.right), node)

    def visit_Compare(self, node):
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        pairs = [
            ast.copy_location(_call("compare", ast.Constant(_COMPARED[type(op).__name__]), left, right), node)
            for op, left, right in zip(node.ops, sides, sides[1:])
        ]
        return pairs[0] if len(pairs) == 1 else ast.copy_location(ast.BoolOp(ast.And(), pairs), node)

    def visit_AugAssign(self, node):
        present = ast.parse(ast.unparse(node.target), mode="eval").body
        self.generic_visit(node)
        node.value = ast.copy_location(_call("grown", ast.Constant(_OPERATORS[type(node.op).__name__]), present, node.value), node)
        if isinstance(node.target, ast.Subscript):
            node.value = ast.copy_location(_call("atom", node.value), node)
        return node

    def visit_Assign(self, node):
        self.generic_visit(node)
        if any(isinstance(target, ast.Subscript) for target in node.targets):
            node.value = ast.copy_location(_call("atom", node.value), node)
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
            node.func.value = ast.copy_location(_call("short", node.func.value), node)
            node.args = [ast.copy_location(_call("atom", value), value) for value in node.args]
        return node
