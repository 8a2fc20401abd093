"""What to say of a character that Python knows nowhere but in texts and comments."""

# What each group of characters, which look like it, is written as.
_WRITTEN = {
    "'": "‘’‚‛´`＇",
    '"': "“”„‟«»＂",
    "-": "−–—‐‑‒―－﹣",
    "*": "×∙⋅•∗✕✖＊",
    "/": "÷∕⁄／",
    "<=": "≤",
    ">=": "≥",
    "!=": "≠",
    "=": "＝←",
    "<": "＜",
    ">": "＞",
    "+": "＋",
    "(": "（",
    ")": "）",
    "[": "［",
    "]": "］",
    "{": "｛",
    "}": "｝",
    ",": "，、",
    ":": "：",
    ";": "；",
    ".": "。．",
    "...": "…",
    "->": "→",
    "not": "!！¬",
    "and": "∧",
    "or": "∨",
    "in": "∈",
    "sqrt(...)": "√",
    "float('inf')": "∞",
    "1 / 2": "½",
    "1 / 4": "¼",
    "3 / 4": "¾",
}
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
# White space that is none to Python, and what shows nothing at all: from first to last.
_BLANK = ((0x00, 0x1F), (0x7F, 0xA0), (0xAD, 0xAD), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000), (0xFEFF, 0xFEFF))


def advice(character):
    """What is wrong with this character and what to do, as the end of a sentence without its full stop.

    >>> from optimlib.portable.characters import advice
    >>> advice("×")
    '`×` is no sign of it; write `*`'
    """
    code = ord(character)
    named = "`" + character + "`"
    if any(first <= code <= last for first, last in _BLANK):
        return "U+" + _hex(code) + " stands here, a blank that is none to it; delete it, or type a plain space"
    if 0xD800 <= code <= 0xDFFF:
        return "half a character, U+" + _hex(code) + ", stands here; delete it"
    if character == "\\":
        return named + " outside a text only joins a line to the next, as its very last character"
    if character in _RAISED:
        return named + " is no sign of it; a power is written `** " + str(_RAISED.index(character)) + "`"
    if character in _LOWERED:
        return named + " can be no part of a name; write `" + str(_LOWERED.index(character)) + "`"
    for written, alike in _WRITTEN.items():
        if character in alike:
            return named + " is no sign of it; write `" + written + "`"
    return named + " (U+" + _hex(code) + ") means nothing to it outside a text or a comment"


def digit(character):
    """The digit, "0" to "9", that this character is in another script, else None; a name may hold it, and not begin with it."""
    code = ord(character)
    for zero in _ZEROS:
        if zero <= code <= zero + 9:
            return str(code - zero)
    return None


# The zeros of the scripts that keyboards have: Arabic, Persian, Devanagari, Bengali, Thai, and the wide ones of East Asia.
_ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10)


def _hex(code):
    return ("0000" + "%X" % code)[-max(4, len("%X" % code)) :]
