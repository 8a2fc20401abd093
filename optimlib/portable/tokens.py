"""Python source as tokens, in CPython and in MicroPython, which has neither `tokenize` nor a good `re`.

It reads whatever text there is and never raises: faults.py finds in its tokens what is no Python.
"""

# Longest first: the first that fits is taken. `<>` is Python, too, under a joke of `__future__`.
OPERATORS = ("**= //= >>= <<= ... != -> := += -= *= /= %= &= |= ^= @= == <= >= <> ** // << >> + - * / % & | ^ ~ @ < > = ( ) [ ] { } , : . ;").split(" ")
_PREFIXES = ("r", "u", "b", "br", "rb", "f", "fr", "rf", "t", "tr", "rt")
_DIGITS = "0123456789"
_MOST_FIELDS = 10  # Python takes more of them, one in the other, and nobody writes them
_BASES = {"x": "0123456789abcdef", "o": "01234567", "b": "01"}

# What stands above ASCII and is no part of any name in Python, from first to last: white space, quotes, signs, arrows,
# pictures. A middle dot and ª, µ, º are parts of names; so are, from 3.13 on, three that were none before.
_NO_LETTERS = (
    (0x80, 0xA9), (0xAB, 0xB4), (0xB6, 0xB6), (0xB8, 0xB9), (0xBB, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x2000, 0x200B), (0x200E, 0x203E),
    (0x2041, 0x2053), (0x2055, 0x2070), (0x2074, 0x207E), (0x2080, 0x208E), (0x20A0, 0x20C0), (0x2190, 0x23FF), (0x2500, 0x2BFF),
    (0x3000, 0x3003), (0x3008, 0x3020), (0xD800, 0xF8FF), (0xFE50, 0xFE6B), (0xFEFF, 0xFEFF), (0xFF01, 0xFF0F), (0xFF1A, 0xFF20),
    (0xFF3B, 0xFF3E), (0xFF40, 0xFF40), (0xFF5B, 0xFF64), (0xFFE0, 0xFFFF), (0x1F000, 0x1FAFF),
)  # fmt: skip


def tokens(source):
    """The tokens of a text, as a list of (kind, text, line, column): the line from 1, the column in characters from 0.

    kind is one of
        "indent"    the white space before each logical line, "" where there is none
        "name"      also a keyword
        "number"    as much as Python takes of it; what is glued to it comes next, at the very next column
        "string"    with prefix and quotes, an f-string with all that is in it
        "operator"  one of OPERATORS
        "unclosed"  a string to the end of its line, or of the text where it has three quotes
        "unknown"   one character that Python knows nowhere but in strings and comments
        "newline"   the end of a logical line: a line that ends in an open bracket or a backslash goes on in the next

    Comments, blank lines and white space between tokens are left out. The text of a "newline" is "".

    >>> from optimlib.portable.tokens import tokens
    >>> [(kind, text) for kind, text, line, column in tokens("y = 2x  # twice")]
    [('indent', ''), ('name', 'y'), ('operator', '='), ('number', '2'), ('name', 'x'), ('newline', '')]
    """
    return _Reader(source).all()


def logical_lines(source):
    """The tokens of each logical line, in lists: its indent is the first, and its newline left out.

    >>> from optimlib.portable.tokens import logical_lines
    >>> [[text for _, text, _, _ in line] for line in logical_lines("f(1,\\n  2)\\nx")]
    [['', 'f', '(', '1', ',', '2', ')'], ['', 'x']]
    """
    lines = []
    for token in tokens(source):
        if token[0] == "indent":
            lines.append([token])
        elif token[0] != "newline":
            lines[-1].append(token)
    return lines


class _Reader:
    """Where the reading stands in a text."""

    def __init__(self, source):
        self.characters = list(source.replace("\r\n", "\n").replace("\r", "\n")) + ["\n"]  # a list: MicroPython counts a text anew for each place
        self.at, self.line, self.line_start = 0, 1, 0
        self.depth = 0  # of brackets
        self.fields = 0  # of f-strings, one in the other, that are being read
        self.found = []

    def all(self):
        while self.at < len(self.characters):
            self.logical_line()
        return self.found

    def text(self, start, end):
        return "".join(self.characters[start:end])

    def looks_at(self, text):
        return self.text(self.at, self.at + len(text)) == text

    def here(self):
        """The character to be read, "" after the last."""
        return self.characters[self.at] if self.at < len(self.characters) else ""

    def add(self, kind, end):
        """Note what lies before end as a token, and go there."""
        self.found.append((kind, self.text(self.at, end), self.line, self.at - self.line_start))
        self.go(end)

    def go(self, end):
        while self.at < end:
            self.at += 1
            if self.characters[self.at - 1] == "\n":
                self.line, self.line_start = self.line + 1, self.at

    def logical_line(self):
        end = self.after(self.at, " \t\f")
        if self.characters[end] in "\n#":  # blank, or a comment
            self.go(self.line_end(end) + 1)
            return
        self.add("indent", end)
        while self.at < len(self.characters):
            character = self.here()
            if character == "\n" and (self.depth == 0 or self.at == len(self.characters) - 1):
                self.found.append(("newline", "", self.line, self.at - self.line_start))
                self.go(self.at + 1)
                return
            if character in " \t\f\n":
                self.go(self.at + 1)
            elif character == "#":
                self.go(self.line_end(self.at))
            elif self.looks_at("\\\n") and self.at + 2 < len(self.characters):
                self.go(self.at + 2)
            else:
                self.token(character)

    def token(self, character):
        following = self.characters[self.at + 1]  # there is one: the last is the end of a line
        if is_letter(character):
            end = self.at + 1
            while is_letter(self.characters[end]) or self.characters[end] in _DIGITS:
                end += 1
            if self.characters[end] in "'\"" and self.text(self.at, end).lower() in _PREFIXES:
                self.string(end)
            else:
                self.add("name", end)
        elif character in "'\"":
            self.string(self.at)
        elif character in _DIGITS or (character == "." and following in _DIGITS):
            self.add("number", self.number_end())
        else:
            for operator in OPERATORS:
                if self.looks_at(operator):
                    self.depth = max(0, self.depth + (operator in ("(", "[", "{")) - (operator in (")", "]", "}")))
                    self.add("operator", self.at + len(operator))
                    return
            self.add("unknown", self.at + 1)

    # --- where something ends

    def after(self, start, characters):
        """The first place from start where another character stands."""
        while self.characters[start] in characters:
            start += 1
        return start

    def line_end(self, start):
        while self.characters[start] != "\n":
            start += 1
        return start

    def number_end(self):
        base = _BASES.get(self.characters[self.at + 1].lower()) if self.here() == "0" else None
        if base:
            return self.digits_end(self.at + 2, base)
        end = self.digits_end(self.at, _DIGITS)
        if self.characters[end] == ".":
            end = self.digits_end(end + 1, _DIGITS)
        if self.characters[end] in "eE":
            sign = self.characters[end + 1] in "+-"
            if self.characters[end + 1 + sign] in _DIGITS:
                end = self.digits_end(end + 1 + sign, _DIGITS)
        return end + 1 if self.characters[end] in "jJ" else end

    def digits_end(self, start, digits):
        while self.characters[start].lower() in digits or (self.characters[start] == "_" and self.characters[start + 1].lower() in digits):
            start += 1
        return start

    def string(self, quote_at):
        """A string whose quote stands there, after its prefix."""
        quote = self.quote(quote_at)
        end = self.closed_end(self.text(self.at, quote_at), quote_at, quote)
        if end is None:
            end = self.string_end(quote_at + len(quote), quote)  # of an f-string that is none, at least the quote
        if end is None:
            self.add("unclosed", len(self.characters) - 1 if len(quote) == 3 else self.line_end(self.at))
        else:
            self.add("string", end)

    def quote(self, at):
        quote = self.characters[at]
        return quote * 3 if self.text(at, at + 3) == quote * 3 else quote

    def closed_end(self, prefix, quote_at, quote):
        """The place after a string with this prefix; None where it does not end."""
        at = quote_at + len(quote)
        prefix = prefix.lower()
        return self.formatted_end(at, quote, "r" in prefix) if "f" in prefix or "t" in prefix else self.string_end(at, quote)

    def string_end(self, at, quote):
        """The place after the closing quote; None where there is none."""
        while at < len(self.characters):
            if self.text(at, at + len(quote)) == quote:
                return at + len(quote)
            if self.characters[at] == "\n" and len(quote) == 1:
                return None
            at += 2 if self.characters[at] == "\\" else 1
        return None

    def formatted_end(self, at, quote, raw, in_format=False):
        """The same for an f-string, whose braces may hold the same quotes; in_format: up to the brace that ends a format."""
        while at < len(self.characters):
            character = self.characters[at]
            if self.text(at, at + len(quote)) == quote:
                return None if in_format else at + len(quote)
            if character == "\n" and len(quote) == 1:
                return None
            if character == "}" and in_format:
                return at
            if self.text(at, at + 2) == "{{" and not in_format:
                at += 2
            elif character == "{":
                at = self.field_end(at + 1, quote, raw)
                if at is None:
                    return None
            elif character == "\\" and not raw and self.text(at + 1, at + 3) == "N{":
                at += 3
                while at < len(self.characters) and self.characters[at] not in "}\n":
                    at += 1
                at += 1
            elif character == "\\" and self.text(at + 1, at + 2) not in ("{", "}"):
                at += 2
            else:
                at += 1
        return None

    def field_end(self, at, quote, raw):
        """The place after the brace that closes a field of an f-string; None where there is none."""
        if self.fields == _MOST_FIELDS:
            return None
        self.fields += 1
        end = self.closing_brace(at, quote, raw)
        self.fields -= 1
        return None if end is None else end + 1

    def closing_brace(self, at, quote, raw):
        depth = 0
        while at < len(self.characters):
            character = self.characters[at]
            if character in "'\"":
                prefix_at = at
                while is_letter(self.characters[prefix_at - 1]):
                    prefix_at -= 1
                at = self.closed_end(self.text(prefix_at, at), at, self.quote(at))
                if at is None:
                    return None
                continue
            if character == "#":
                at = self.line_end(at)
            elif character in "([{":
                depth += 1
            elif character in ")]}" and depth:
                depth -= 1
            elif character == "}":
                return at
            elif character == ":" and depth == 0:
                return self.formatted_end(at + 1, quote, raw, in_format=True)
            at += 1
        return None


def is_letter(character):
    """Whether a name may hold this character, as far as it can be told without Unicode's tables; no ASCII digit."""
    if character < "\x80":
        return "a" <= character <= "z" or "A" <= character <= "Z" or character == "_"
    code = ord(character)
    return not any(first <= code <= last for first, last in _NO_LETTERS)
