"""What is no Python for certain, in any version from 3.11 on, and in words of our own.

An interpreter says it in its own words, and MicroPython refuses programs that are Python, and runs
some that are none. What is found here, CPython refuses; what is not found may be no Python, too.
"""

from .characters import advice, digit
from .tokens import logical_lines

_KEYWORDS = (
    "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda"
    " nonlocal not or pass raise return try while with yield"
).split(" ")
_VALUES = ("False", "None", "True")
_SOFT = ("match", "case", "type")  # names, and in front of something else the beginning of a statement
_COMPOUND = ("def", "class", "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "async")
# What begins a statement, or stands before a value: never right behind one.
_BEFORE_VALUES = "assert await break class continue def del elif except finally global lambda nonlocal pass raise return try while with yield".split(" ")
_AFTER_NUMBERS = ("and", "else", "for", "if", "in", "is", "not", "or")  # may be glued to a number

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BETWEEN = "** // << >> + - * / % & | ^ @ < > == != <= >= and or is in".split(" ")  # two values
_ARITHMETIC = "** // << >> + - * / % & | ^ @".split(" ")
_ASSIGNING = "= := += -= *= /= %= &= |= ^= @= **= //= >>= <<=".split(" ")
# What no value begins with.
_NO_BEGINNING = ") ] } , ; : . -> ** // << >> / % & | ^ @ < > == != <= >= and or is".split(" ") + _ASSIGNING
_OTHERWISE = {"&&": "and", "||": "or", "=>": ">=", "=<": "<=", "===": "=="}


def fault(source):
    """(line, what is wrong: a part of a sentence), for the first place that is no Python for certain; None where none is found.

    >>> from optimlib.portable.faults import fault
    >>> fault("def half(x)\\n    return x / 2")
    (1, 'the line that begins with `def` needs a colon, `:`, at its end')
    """
    if "\0" in source:
        return source[: source.index("\0")].count("\n") + 1, advice("\0")
    lines = logical_lines(source)
    found = _indentation(lines)
    for line in lines:
        found += _in_line(line)
    found += _returns(lines)
    if not found:
        return None
    line, _, words = min(found, key=lambda one: one[:2])  # of two in one place the first: MicroPython's sort may swap them
    return line, words


def _at(token, words):
    return token[2], token[3], words


def _first(line):
    """The text of the first token of a logical line."""
    return line[1][1] if len(line) > 1 else ""


# --- indentation


def _indentation(lines):
    """What is wrong between lines: at most one finding, for what follows it may follow from it."""
    stack = [(0, 0)]  # of blocks: the column where tabs go to multiples of eight, and that where they are one wide
    before = None
    for line in lines:
        if len(line) < 2 or line[1][2] != line[0][2]:
            return []  # a backslash joins blanks and what comes next
        wide, narrow = _columns(line[0][1])
        opened = before is not None and before[-1][1] == ":" and before[-1][0] == "operator"
        if wide > stack[-1][0]:
            if not opened:
                return [_at(line[0], "the line stands further in than the one before, and no block begins here")]
            if narrow <= stack[-1][1]:
                return [_at(line[0], _MIXED)]
            stack.append((wide, narrow))
        elif opened:
            return [_at(line[0], "what belongs to `" + _first(before) + "` in line " + str(before[1][2]) + " must stand further in than it")]
        while wide < stack[-1][0]:
            stack.pop()
        if wide != stack[-1][0]:
            return [_at(line[0], "the line stands at the depth of no block above")]
        if narrow != stack[-1][1]:
            return [_at(line[0], _MIXED)]
        before = line
    if before is not None and before[-1][:2] == ("operator", ":"):
        return [_at(before[-1], "nothing comes behind the colon of `" + _first(before) + "`; write its lines below, further in, or `pass`")]
    return []


_MIXED = "tabs and spaces are mixed at the beginning of lines; use spaces alone"


def _columns(blanks):
    wide = narrow = 0
    for blank in blanks[blanks.rfind("\f") + 1 :]:
        wide = (wide // 8 + 1) * 8 if blank == "\t" else wide + 1
        narrow += 1
    return wide, narrow


def _returns(lines):
    """Each `return` that is in no function."""
    found, blocks = [], []  # blocks: (column, first word) of those that are open
    for line in lines:
        if len(line) < 2 or line[1][2] != line[0][2]:
            break  # a backslash joins blanks and what comes next: how far in it stands is not seen here
        wide, _ = _columns(line[0][1])
        while blocks and blocks[-1][0] >= wide:
            blocks.pop()
        words = [token[1] for token in line[1:3]]
        function = "def" in words[:1] or words == ["async", "def"]
        if not function and not any(inside for _, inside in blocks):
            found += [_at(token, "`return` stands in no function: is it too far to the left?") for token in line if token[:2] == ("name", "return")]
        blocks.append((wide, function))
    return found


# --- one logical line


def _in_line(line):
    kinds = [token[0] for token in line]
    found = [_at(token, advice(token[1])) for token in line if token[0] == "unknown"]
    found += [_at(token, _unclosed(token[1])) for token in line if token[0] == "unclosed"]
    found += [
        _at(token, "a name cannot begin with `" + token[1][0] + "`; as a digit write `" + digit(token[1][0]) + "`")
        for token in line
        if token[0] == "name" and digit(token[1][0])
    ]
    brackets = _brackets(line)
    if brackets or "unknown" in kinds or "unclosed" in kinds or len(line) == 1:
        return found + brackets  # the rest may follow from it, or there is none: a backslash alone
    return found + _statement(line[1:]) + _neighbours(line[1:])


def _unclosed(text):
    quote = [character for character in text if character in "'\""][0]
    if text.lstrip("rRbBuUfFtT").startswith(quote * 3):
        quote = quote * 3
    return "the text that begins here with `" + quote + "` has no `" + quote + "` at its end"


def _brackets(line):
    """The first bracket that is closed by none, or by the wrong one; in a list."""
    open_ones = []
    for token in line:
        if token[0] != "operator":
            continue
        if token[1] in _CLOSING:
            open_ones.append(token)
        elif token[1] in _CLOSING.values():
            if not open_ones:
                return [_at(token, "`" + token[1] + "` closes a bracket that was never opened")]
            last = open_ones.pop()
            if _CLOSING[last[1]] != token[1]:
                return [_at(token, "`" + token[1] + "` closes the `" + last[1] + "` of line " + str(last[2]) + "; write `" + _CLOSING[last[1]] + "`")]
    return [_at(open_ones[-1], "the bracket `" + open_ones[-1][1] + "` is never closed")] if open_ones else []


def _is_word(token, *words):
    return token[0] == "name" and token[1] in words


def _is_sign(token, *signs):
    return token[0] == "operator" and token[1] in signs


def _is_keyword(token):
    return token[0] == "name" and token[1] in _KEYWORDS


def _begins_value(token):
    """Whether a value begins here that nothing can be missing before, if another one ends before it."""
    return token[0] in ("number", "string") or (token[0] == "name" and (token[1] in _VALUES or token[1] not in _KEYWORDS))


def _ends_value(token):
    return _begins_value(token) or _is_sign(token, ")", "]", "}")


_LAMBDA = "`lambda` is a word of its own and can be no name; call it `lam`"


def _statement(line):
    """What is wrong with a logical line as a whole; line: its tokens without the indent."""
    first = line[0]
    found = []
    outside, lambdas = [], [[]]  # the tokens outside all brackets and lambdas; lambdas without their colon, for each open bracket
    openings = []  # of each open bracket, whether it groups, and calls nothing
    last = None
    for i, token in enumerate(line):
        following = line[i + 1] if i + 1 < len(line) else ("newline", "", token[2], token[3] + len(token[1]))
        if _is_word(token, "lambda"):
            if (following[0] == "name" and not _is_keyword(following)) or _is_sign(following, ":", "*", "**"):
                lambdas[-1].append(token)
            else:
                found.append(_at(token, _LAMBDA))
        elif _is_sign(token, ":") and lambdas[-1]:
            lambdas[-1].pop()
            last = token
            continue
        elif _is_sign(token, "=") and not lambdas[-1] and openings and openings[-1]:
            found.append(_at(token, "`=` gives a name a value, and cannot stand in these brackets; to compare, write `==`"))
        if len(lambdas) == 1 and not lambdas[0]:
            outside.append((i, token))
        if token[0] == "operator" and token[1] in _CLOSING:
            openings.append(token[1] != "[" and (last is None or not _ends_value(last)))
            lambdas.append([])
        elif token[0] == "operator" and token[1] in _CLOSING.values():
            openings.pop()
            for one in lambdas.pop():
                found.append(_at(one, _LAMBDA))
        last = token
    for one in lambdas[0]:
        found.append(_at(one, _LAMBDA))

    signs = [token for _, token in outside]
    colon = any(_is_sign(token, ":") for token in signs)
    if _is_word(first, *_COMPOUND):
        found += _compound(line, signs, colon)
    if _is_word(first, "if", "elif", "while", "return", "assert"):
        for token in signs:
            if _is_sign(token, ":"):
                break
            if _is_sign(token, "="):
                found.append(_at(token, "`=` gives a name a value; to compare, write `==`"))
    elif not _is_keyword(first) and not colon and not any(_is_sign(token, ";") for token in signs):
        found += _targets(line, outside)
    return found


def _compound(line, signs, colon):
    """What is wrong with a line that begins a block."""
    first = line[0]
    named = "`" + first[1] + "`"
    second = line[1] if len(line) > 1 else None
    if first[1] == "else" and second and _is_word(second, "if"):
        return [_at(first, "`else if` is written `elif`")]
    if not colon and not (second and _is_sign(second, "=")):
        return [_at(first, "the line that begins with " + named + " needs a colon, `:`, at its end")]
    if not colon:
        return []  # a keyword that is taken for a name: _pair tells
    if first[1] in ("else", "try", "finally") and not _is_sign(second, ":"):
        return [_at(second, "behind " + named + " comes a colon, `:`")]
    if first[1] == "def":
        if second[0] != "name" or _is_keyword(second):
            return [_at(second, "behind `def` comes the name of the function, and `" + second[1] + "` can be none")]
        if not _is_sign(line[2], "(", "["):
            return [_at(line[2], "behind `def " + second[1] + "` come brackets with what it takes, as in `def " + second[1] + "(x):`")]
    return []


def _targets(line, outside):
    """What gets a value by `=` and cannot; outside: (place in the line, token) for what is outside all brackets."""
    signs = [(i, token) for i, token in outside if _is_sign(token, "=", ":=")]
    if signs and signs[0][0] == 1 and signs[0][1][1] == ":=":
        return [_at(signs[0][1], "a line gives a name a value by `=`, not by `:=`")]
    start = 0
    for end, _ in signs:
        target = line[start:end]
        inside = [token for i, token in outside if start <= i < end]
        calculated = any(_is_sign(token, *_ARITHMETIC) and before is not None and _ends_value(before) for before, token in zip([None] + inside, inside))
        fixed = len(target) == 1 and (target[0][0] in ("number", "string") or target[0][1] in _VALUES)
        if calculated or fixed or _is_call(target):
            said = "the " + ("call" if not (calculated or fixed) else "calculation" if calculated else "value")
            return [_at(target[0], said + " on the left of `=` can be given no value: a name stands there")]
        start = end + 1
    return []


def _is_call(target):
    """Whether these tokens are a name and what it is called with, and nothing behind."""
    if len(target) < 3 or not _is_sign(target[-1], ")"):
        return False
    depth = 0
    for i in range(len(target) - 1, -1, -1):
        depth += _is_sign(target[i], ")", "]", "}")
        depth -= _is_sign(target[i], "(", "[", "{")
        if depth == 0:
            return i > 0 and _ends_value(target[i - 1]) and not any(_is_sign(token, ",", "*") for token in target[:i])
    return False


def _neighbours(line):
    """Two tokens, one behind the other, that cannot be."""
    found = []
    before = None
    for i, token in enumerate(line + [("newline", "", line[-1][2], line[-1][3] + len(line[-1][1]))]):
        last = line[i - 1] if i else None
        if last is not None:
            pair = _pair(before, last, token)
            if pair:
                found.append(_at(last if token[0] == "newline" else token, pair))
        before = last
    return found


def _pair(before, last, token):
    """What is wrong with a token behind the last one, which stands behind one before; "" for nothing."""
    glued = last[2] == token[2] and last[3] + len(last[1]) == token[3]
    if last[0] == "number" and token[0] == "name" and glued and token[1] not in _AFTER_NUMBERS:
        return "`" + last[1] + token[1] + "` is neither a number nor a name; a product is written `" + last[1] + " * " + token[1] + "`"
    if _ends_value(last) and not _is_word(last, *_SOFT):
        if _begins_value(token) and not (last[0] == "string" and token[0] == "string"):
            return "between `" + _short(last) + "` and `" + _short(token) + "` something is missing: a sign such as `*`, or a comma"
        if token[0] == "name" and token[1] in _BEFORE_VALUES:
            return "before `" + token[1] + "` a new line begins, or something is missing"
    if _is_keyword(last) and last[1] not in _VALUES and _is_sign(token, "="):
        return "`" + last[1] + "` is a word of its own and can be no name"
    if last[1] + token[1] in _OTHERWISE and glued and last[0] == "operator" and token[0] == "operator":
        return "`" + last[1] + token[1] + "` is no sign of it; write `" + _OTHERWISE[last[1] + token[1]] + "`"
    binary = (_is_sign(last, *_BETWEEN) or _is_word(last, *_BETWEEN)) and before is not None and _ends_value(before)
    awaits = binary or _is_sign(last, *_ASSIGNING) or _is_sign(last, "+", "-", "~")
    begins_none = token[0] == "newline" or _is_sign(token, *_NO_BEGINNING) or _is_word(token, *_NO_BEGINNING)
    return "behind `" + last[1] + "` something is missing" if awaits and begins_none else ""


def _short(token):
    text = token[1]
    return text if len(text) <= 20 and "\n" not in text else text[:17].split("\n")[0] + "..."
