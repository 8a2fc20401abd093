"""What is no Python for certain: it is found and told in words of our own, and nothing else is accused."""

import io
import json
import sys
import sysconfig
import tokenize
import warnings
from pathlib import Path

import pytest
from exercise_variants import VARIANTS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optimlib.portable.characters import advice, digit
from optimlib.portable.faults import fault
from optimlib.portable.tokens import is_letter, logical_lines, tokens
from tools import bundles

pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")

CASES = Path(__file__).parent.parent / "cases"
PROGRAMS = [case["source"] for case in json.loads((CASES / "python_right.json").read_text(encoding="utf-8"))]
PROGRAMS += [source for sources in VARIANTS.values() for source in sources]


def is_python(source):
    try:
        compile(source, "<string>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


# --- what is found

F = "def f(x, g, lr):\n"
FAULTS = [
    # characters
    (F + "    return x - lr * g\u00a0", 2, "U+00A0 stands here, a blank that is none to it; delete it, or type a plain space"),
    (F + "    return x -\u2009lr", 2, "U+2009 stands here, a blank that is none to it; delete it, or type a plain space"),
    ("x = 1\u200b", 1, "U+200B stands here, a blank that is none to it; delete it, or type a plain space"),
    ("x = ‘a’", 1, "`‘` is no sign of it; write `'`"),
    ("x = “a”", 1, '`“` is no sign of it; write `"`'),
    ("x = 1 − 2", 1, "`−` is no sign of it; write `-`"),
    ("x = 1 – 2", 1, "`–` is no sign of it; write `-`"),
    ("x = 2 × 3", 1, "`×` is no sign of it; write `*`"),
    ("x = 2 ÷ 3", 1, "`÷` is no sign of it; write `/`"),
    ("x = g²", 1, "`²` is no sign of it; a power is written `** 2`"),
    ("x₁ = 1", 1, "`₁` can be no part of a name; write `1`"),
    ("if x ≤ 1: pass", 1, "`≤` is no sign of it; write `<=`"),
    ("x = √2", 1, "`√` is no sign of it; write `sqrt(...)`"),
    ("x = f（1）", 1, "`（` is no sign of it; write `(`"),
    ("x = １", 1, "a name cannot begin with `１`; as a digit write `1`"),
    ("x = 😀", 1, "`😀` (U+1F600) means nothing to it outside a text or a comment"),
    ("x = a ? 1", 1, "`?` (U+003F) means nothing to it outside a text or a comment"),
    ("x = !a", 1, "`!` is no sign of it; write `not`"),
    ("x = 1 \\ 2", 1, "`\\` outside a text only joins a line to the next, as its very last character"),
    ("x = 1\n'a\0b'", 2, "U+0000 stands here, a blank that is none to it; delete it, or type a plain space"),
    # texts and brackets
    ("x = 'a\ny = 1", 1, "the text that begins here with `'` has no `'` at its end"),
    ("x = 1\ny = '''a\nb", 2, "the text that begins here with `'''` has no `'''` at its end"),
    (F + "    y = (x - 1\n    return y", 2, "the bracket `(` is never closed"),
    ("x = (1]", 1, "`]` closes the `(` of line 1; write `)`"),
    ("x = [\n1)", 2, "`)` closes the `[` of line 1; write `]`"),
    ("x = 1)", 1, "`)` closes a bracket that was never opened"),
    # blocks
    ("def f(x)\n    return x", 1, "the line that begins with `def` needs a colon, `:`, at its end"),
    ("for i in range(3)\n    pass", 1, "the line that begins with `for` needs a colon, `:`, at its end"),
    ("if x > 1\n    x = 1", 1, "the line that begins with `if` needs a colon, `:`, at its end"),
    ("while x\n    x = 1", 1, "the line that begins with `while` needs a colon, `:`, at its end"),
    ("if x:\n    y = 1\nelse\n    y = 2", 3, "the line that begins with `else` needs a colon, `:`, at its end"),
    ("if x:\n    y = 1\nelse if y:\n    y = 2", 3, "`else if` is written `elif`"),
    ("if x:\n    y = 1\nelse y:\n    y = 2", 3, "behind `else` comes a colon, `:`"),
    ("def f:\n    return 1", 1, "behind `def f` come brackets with what it takes, as in `def f(x):`"),
    ("def 2(x):\n    return 1", 1, "behind `def` comes the name of the function, and `2` can be none"),
    ("def f(x):\nreturn x", 2, "what belongs to `def` in line 1 must stand further in than it"),
    ("def f(x):\n    # only this\n", 1, "nothing comes behind the colon of `def`; write its lines below, further in, or `pass`"),
    ("x = 1\n  y = 2", 2, "the line stands further in than the one before, and no block begins here"),
    (F + "    y = 1\n  return y", 3, "the line stands at the depth of no block above"),
    (F + "        y = x\n\treturn y", 3, "tabs and spaces are mixed at the beginning of lines; use spaces alone"),
    ("return x", 1, "`return` stands in no function: is it too far to the left?"),
    (F + "    y = x\nreturn y", 3, "`return` stands in no function: is it too far to the left?"),
    # neighbours
    ("y = 2ax", 1, "`2ax` is neither a number nor a name; a product is written `2 * ax`"),
    ("y = lr g", 1, "between `lr` and `g` something is missing: a sign such as `*`, or a comma"),
    ("y = 2 g", 1, "between `2` and `g` something is missing: a sign such as `*`, or a comma"),
    ("y = (a) (b) c", 1, "between `)` and `c` something is missing: a sign such as `*`, or a comma"),
    ("print 'a'", 1, "between `print` and `'a'` something is missing: a sign such as `*`, or a comma"),
    (F + "    y = x return y", 2, "before `return` a new line begins, or something is missing"),
    ("x =", 1, "behind `=` something is missing"),
    ("x = 1 +", 1, "behind `+` something is missing"),
    ("x = y - , z", 1, "behind `-` something is missing"),
    ("x = (1 * )", 1, "behind `*` something is missing"),
    ("x = a && b", 1, "`&&` is no sign of it; write `and`"),
    ("x = a || b", 1, "`||` is no sign of it; write `or`"),
    ("x => 1", 1, "`=>` is no sign of it; write `>=`"),
    ("x++", 1, "behind `+` something is missing"),
    # what gets a value
    ("if x = 1: pass", 1, "`=` gives a name a value; to compare, write `==`"),
    ("if (x = 1): pass", 1, "`=` gives a name a value, and cannot stand in these brackets; to compare, write `==`"),
    ("x := 1", 1, "a line gives a name a value by `=`, not by `:=`"),
    ("1 = x", 1, "the value on the left of `=` can be given no value: a name stands there"),
    ("f(x) = 2 * x", 1, "the call on the left of `=` can be given no value: a name stands there"),
    ("x - lr * g = y", 1, "the calculation on the left of `=` can be given no value: a name stands there"),
    ("lambda = 0.2", 1, "`lambda` is a word of its own and can be no name; call it `lam`"),
    ("def f(x, lambda):\n    return x", 1, "`lambda` is a word of its own and can be no name; call it `lam`"),
    ("y = 2 * lambda", 1, "`lambda` is a word of its own and can be no name; call it `lam`"),
    ("class = 1", 1, "`class` is a word of its own and can be no name"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "words"), FAULTS, ids=[source for source, _, _ in FAULTS])
def test_a_fault_is_told_with_its_line_and_what_to_do(source, line, words):
    assert fault(source) == (line, words)
    assert not is_python(source)


def test_micropython_finds_the_same(micropython):
    sources = [source for source, _, _ in FAULTS] + PROGRAMS + [Path(__file__).read_text(encoding="utf-8")]
    code = "import json\nfrom optimlib.portable.faults import fault\nRESULT = json.dumps([fault(source) for source in json.loads(ARGUMENT)])"
    found = json.loads(micropython(code, json.dumps(sources, ensure_ascii=False), bundles.FILES))
    assert [one and tuple(one) for one in found] == [fault(source) for source in sources]


# --- nothing else is accused

LEGAL = [
    "λ = 0.2\nβ₁ = 1" if "β₁".isidentifier() else "λ = 0.2",
    *("x = 1if y else 2", "x = 0xfor 1", "a·b = 1", "if (lambda x=1: x)(): pass", "match = 1", "match x:\n    case -1: pass", "match (x):\n    case 1: pass"),
    *("type = 1", "case = [1]\ncase[0]", "print(*a, **b)", "def f(a, /, b, *, c): pass", "lambda *, a: a", "lambda: (yield)", "f(a)(b)[c](d)", "x = *a, b"),
    *("from . import a", "from ... import b", "from ...a import c", "import a.b", "from a import *", "x: int = 3", "x: int", "@f\ndef g(): pass", "@f(a=1)\nclass A: pass"),
    *("x = a if b else c", "x = not a", "x = a is not b", "x = a not in b", "x = -+~1", "a = b = c", "a, b = c", "[a, b] = c", "f().x = 1", "f()[0] = 1", "a[b - 1] = 2"),
    *("if x: y = 1", "if x: return_ = 1\nelse: z = 2", "while x: x = x - 1", "x = (yield_)", "x = f'{a!r:>{w}} {{}}'", "x = f\"{d['a']}\"", "x = rb'a' b'b'", "x = 'a' 'b'"),
    *("x = {**a, 'b': 1}", "x = a[1:2, ::3]", "x = a[:]", "x = ...", "x = a @ b", "x @= b", "a <<= 1", "x = (\n1\n+ 2)", "x = 1 + \\\n2", "def f(): return 1", "async def f():\n    await g()"),
    *("def f(x: int = 3) -> int: pass", "class A(B, metaclass=C): pass", "with a as b, c as d: pass", "with (a as b): pass", "try:\n    pass\nexcept (A, B) as e:\n    pass\nfinally:\n    pass"),
    *("x = [i for i in a if i]", "x = {i: j for i, j in a}", "del a, b", "global a", "assert a, b", "raise A from b", "x = a; y = b", "if a:\n\tif b:\n\t\tc\n", "x = a or(b)and(c)", "\f\nx = 1", "# x ²"),
    *("x = 1_000.5e-3j", "x = 0b1 + 0o7 + 0xF", "x = 5 .real", "x = 1..real", "x = '\\\n'", "'''“×”'''", "x = f'''{\na}'''", "nonlocal_ = 1", "x = None = y"[:8], "x = lambda a, b=1: a", "", "\n\n", "  # a"),
]  # fmt: skip


@pytest.mark.parametrize("source", LEGAL)
def test_what_is_legal_is_not_accused(source):
    assert is_python(source) and fault(source) is None


def sources_of_python():
    """Some three hundred of the files of Python's own library and of what is installed beside it, that are no giants."""
    folders = [sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")]
    files = [file for folder in folders for file in sorted(Path(folder).rglob("*.py")) if file.stat().st_size < 30_000]
    return files[:: max(1, len(files) // 300)]


def read(file):
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "\0"


def test_nothing_in_pythons_own_files_is_accused():
    checked = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for file in sources_of_python():
            source = read(file)
            if is_python(source):
                assert fault(source) is None, file
                checked += 1
    assert checked >= 250


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="from 3.12 on, Python's own tokenizer takes an f-string apart")
def test_the_tokens_are_those_of_pythons_own_tokenizer():
    left_out = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.NEWLINE)
    for file in sources_of_python()[::3]:
        source = read(file).replace("\r\n", "\n")
        if source.isascii() and is_python(source):  # it takes some letters apart that the compiler does not
            known = [(token.string, token.start) for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type not in left_out]
            assert [(text, (line, column)) for kind, text, line, column in tokens(source) if kind not in ("indent", "newline")] == known, file


def test_no_character_of_a_name_is_taken_for_another():
    others = [chr(code) for code in range(128, 0x20000)]
    assert [one for one in others if not is_letter(one) and ("a" + one).isidentifier()] == []
    assert [one for one in others if digit(one) and one.isidentifier()] == []


PIECES = (
    "lambda|=|:|,|(|)|[|]|{|}|+|-|*|**|/|x|1|'a'|None|if|else|for|in|return|not|and|is|match|case|type|...|.|async|await|yield|import|from|as|def|class|×|²|₁"
    "|\t|    |\n|\n    |\n        |\\|\\\n|#|:=|==|->|@|f'{x}'|f\"{x|'|\"|'''|0x|1e|2ax|;|~|with|while|try|except|<>|!|global|del|lambda x:|*,|/,| |\u00a0|１|λ|·|{x=}|None ="
).split("|")


@st.composite
def changed_programs(draw):
    """A right program, with some tokens left out, put in, or put in another's place."""
    source = draw(st.sampled_from(PROGRAMS))
    for _ in range(draw(st.integers(1, 3))):
        found = tokens(source)
        if not found:
            break
        _, text, line, column = draw(st.sampled_from(found))
        start = sum(len(row) + 1 for row in source.split("\n")[: line - 1]) + column
        new = draw(st.sampled_from(PIECES) | st.sampled_from([token[1] for token in found]))
        end = start + draw(st.sampled_from([0, len(text)]))
        source = source[:start] + draw(st.sampled_from(["", " "])) + draw(st.sampled_from(["", new, new])) + draw(st.sampled_from(["", " "])) + source[end:]
    return source


@settings(max_examples=600)
@given(changed_programs())
def test_what_python_takes_is_not_accused_however_it_is_changed(source):
    found = fault(source)
    assert found is None or not is_python(source), found


@example("\\\n")
@settings(max_examples=300)
@given(st.text() | st.text(alphabet="()[]{}'\"\\\n\t :=#fr,.0e+ax\u00a0×λ!"))
def test_any_text_is_read(source):
    read_back = "".join(text for _, text, _, _ in tokens(source))
    assert len(read_back) <= len(source) + 1 and all(line[0][0] == "indent" for line in logical_lines(source))
    found = fault(source)
    assert found is None or (1 <= found[0] <= source.count("\n") + source.count("\r") + 1 and found[1] and not is_python(source))


@pytest.mark.parametrize("text", ["(", "f'{", 'f"{x:{', "('", "lambda ", "[\n"])
def test_a_text_that_goes_on_and_on_is_read(text):
    assert fault(text * 2000)


def test_advice_is_part_of_a_sentence():
    for code in [*range(0x20), 0xA0, 0xD7, 0x2212, 0x2080, 0xD800, 0xFF08, 0x1F600, 0xE000]:
        assert advice(chr(code)) and not advice(chr(code)).endswith(".")


def test_a_line_that_begins_with_a_backslash_stands_where_python_says():
    source = "def f(x):\n    for i in range(3):\n        x = x + 1\n\\\n        x = x + 2\n    return x\n"
    compile(source, "", "exec")
    assert fault(source) is None
