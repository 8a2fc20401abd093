"""No word before its definition: each word of the glossary is explained before, or where, it is first used, and the
glossary leads to the place.

The place where a word is defined is the first, in the order of the book, at which it stands emphasised: *word* or
**word**. It may be used before in the same paragraph, in the paragraph before that, and in a heading that the
definition stands under. What is no use of a word: quotations, code, formulas, addresses. What a page's exercises say
counts as the end of that page.
"""

import re
from dataclasses import dataclass

import pytest

from optimlib.exercises import loader
from tools.notebooks import CHAPTERS, chapters, read

GLOSSARY = CHAPTERS / "glossary.ipynb"

# How the words of the glossary may stand in a text, where it is not the word, with an s or without.
FORMS = {
    "across": "across",
    "along": "along",
    "border": "borders?",
    "bounce": "bounc(?:es?|ed|ing)",
    "brake": "brak(?:es?|ed|ing)",
    "condition number": "condition[ -]numbers?",
    "converge": "converge[sd]?|convergence|converging",
    "decay": "decays?",  # momentum's and RMSProp's; a rate that decays is a "decaying rate"
    "decaying rate": "decaying (?:learning )?rates?|rates? decays?",
    "diverge": "diverge[sd]?|divergence|diverging",
    "flat": "flat(?:ter|test)?",
    "flipping": "flip(?:s|ped|ping)?",
    "loss": "loss(?:es)?",
    "memory": "memory|memories",
    "minibatch": "minibatch(?:es)?",
    "oscillation": "oscillat(?:e|es|ed|ing|ions?)",
    "steep": "steep(?:er|est|ly)?",
    "step": "steps?|stepped|stepping",
    "straight": "straight",
    "swing": "sw(?:ings?|inging|ung)",
    "turned": "turn(?:ed|ing)",
    "velocity": "velocity|velocities",
    "zigzag": "zigzag(?:s|ged|ging)?",
}
# Where such letters are another word.
OTHER = {
    "along": r"along with|all along",
    "decay": r"rates? (?:must not |must |that does not |that do not |does not )?decays?|decays? of the rate",
    "push": r"push(?:es|ed|ing)? (?:a|the) button",
    "rule": r"as a rule",
    "setting": r"setting (?:the|a|it)",
    "steady": r"steadily",
    "step": r"step (?:by|for) step",
    "straight": r"straight (?:away|on|lines?)",
    "turned": r"turned? (?:out|round|into|back)|in turn|sign turned",
}


@dataclass(frozen=True)
class Piece:
    """A paragraph or a heading of a page, in the order of the book."""

    page: str
    anchors: tuple[str, ...]  # of the headings that it stands under
    heading: int  # 1 to 6 where it is a heading, else 0
    text: str  # with its emphasis; without what is no use of a word


def anchor(heading):
    """The anchor of a heading: what a link to it ends in (myst_heading_anchors in _config.yml)."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


NO_USE = (
    r"^>[^\n]*$",
    r"```.*?```",
    r"`[^`]*`",
    r"\$\$.*?\$\$",
    r"\$[^$\n]+\$",
    r"\]\([^)\s]*\)",  # where a link leads
    r"<[^>\n]*>",
    r"https?://\S+",
    r"[\"“][^\"“”\n]*[\"”]",
)


def uses(text):
    """A text without quotations, code, formulas and addresses."""
    for pattern in NO_USE:
        text = re.sub(pattern, " ", text, flags=re.DOTALL | re.MULTILINE)
    return text


def pieces_of(page, notebook):
    """The pieces of a page, without its exercises."""
    under = []
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        for block in re.split(r"\n\s*\n|(?<=\n)(?=#)", cell.source):
            head = re.match(r"(#+) (.*)", block)
            if head:
                under = [(level, name) for level, name in under if level < len(head[1])] + [(len(head[1]), anchor(head[2]))]
            heads = tuple(name for _, name in under)
            lines = block.split("\n", 1)
            if head:
                yield Piece(page, heads, len(head[1]), uses(head[2]))
            rest = (lines[1] if len(lines) > 1 else "") if head else block
            if rest.strip():
                yield Piece(page, heads, 0, uses(rest))


def said_by(exercise):
    """What an exercise says to its reader, but for code: the texts in its data."""
    if isinstance(exercise, str):
        return [exercise]
    if isinstance(exercise, list):
        return [text for part in exercise for text in said_by(part)]
    code = ("id", "kind", "level", "see", "function", "stub", "reference", "cases", "lines", "orders", "replace", "with", "code", "run", "view")
    return [text for name, part in exercise.items() if name not in code for text in said_by(part)] if isinstance(exercise, dict) else []


def pieces():
    """Every piece of the book, in order, up to the glossary."""
    found = []
    for path in chapters()[: chapters().index(GLOSSARY)]:
        found += pieces_of(path.stem, read(path))
        for exercise in loader.chapters().get(path.stem, []):
            found.append(Piece(path.stem, ("exercises", f"exercise {exercise['id']}"), 0, uses("\n".join(said_by(exercise)))))
    return found


def entries():
    """The glossary's entries: {their heading: its text}."""
    text = "\n\n".join(cell.source for cell in read(GLOSSARY).cells if cell.cell_type == "markdown")
    words = text.partition("\n## Words\n")[2]
    return {name.strip(): body for name, body in re.findall(r"^### ([^\n]*)\n(.*?)(?=^### |\Z)", words, flags=re.DOTALL | re.MULTILINE)}


ENTRIES = entries()
WORDS = {word: entry for entry in ENTRIES for word in entry.split(", ")}


def forms(word):
    return FORMS.get(word, re.escape(word) + "s?")


def definition(word, book):
    """The place in the list of pieces at which a word is defined, or None."""
    marked = re.compile(rf"(?<!\*)(\*\*?)(?:{forms(word)})\1(?!\*)", re.IGNORECASE)
    return next((place for place, piece in enumerate(book) if not piece.heading and marked.search(piece.text)), None)


def stands_under(piece, heading):
    """Whether a piece stands under this piece, a heading."""
    return bool(heading.heading) and (heading.page, heading.anchors) == (piece.page, piece.anchors[: len(heading.anchors)])


def first_use(word, book):
    """The place in the list of pieces at which a word is first used, with the sentence; headings above its definition aside."""
    defined = definition(word, book)
    for place, piece in enumerate(book):
        text = re.sub(OTHER[word], " ", piece.text, flags=re.IGNORECASE) if word in OTHER else piece.text
        used = re.search(rf"(?<![\w-])(?:{forms(word)})(?![\w-])", text, re.IGNORECASE)
        named_above = defined is not None and stands_under(book[defined], piece)
        if used and not named_above:
            sentence = re.search(rf"[^.?!|\n]*{re.escape(used[0])}[^.?!|\n]*", text)
            return place, " ".join((sentence[0] if sentence else text).split())
    return None


def fault(word, book):
    """What is wrong with the place of a word's definition, in a sentence, or None."""
    defined, used = definition(word, book), first_use(word, book)
    if used is None:
        return None if defined is None else f"{word}: defined, but never used"
    place, sentence = used
    where = f"{book[place].page}, under {book[place].anchors[-1]}: “{sentence}”"
    if defined is None:
        return f"{word}: nowhere *{word}*, emphasised where it is explained; first used in {where}"
    if place < defined - 1:
        return f"{word}: defined in {book[defined].page}, under {book[defined].anchors[-1]}, but used before that in {where}"
    return None


@pytest.fixture(scope="module")
def book():
    return pieces()


@pytest.mark.parametrize("word", WORDS)
def test_no_word_is_used_before_it_is_defined(word, book):
    assert fault(word, book) is None


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_leads_to_the_place_where_a_word_is_defined(word, book):
    links = re.findall(r"\*explained in\* \[[^\]]+\]\(([\w-]+)\.ipynb#([\w-]+)\)", ENTRIES[WORDS[word]])
    assert len(links) == 1, "one link to the place"
    defined = definition(word, book)
    assert defined is not None, f"nowhere *{word}*, emphasised where it is explained"
    piece = book[defined]
    assert links[0][0] == piece.page and links[0][1] in piece.anchors, f"it is defined in {piece.page}.ipynb#{piece.anchors[-1]}"


def test_the_entries_are_in_alphabetical_order():
    assert list(ENTRIES) == sorted(ENTRIES)


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_every_link_to_a_section_leads_to_one(path):
    anchors = {one.stem: {piece.anchors[-1] for piece in pieces_of(one.stem, read(one)) if piece.heading} for one in chapters()}
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    links = re.findall(r"\]\((?:([\w-]+)\.ipynb)?#([\w-]+)\)", text)
    assert [f"{page or path.stem}#{name}" for page, name in links if name not in anchors[page or path.stem]] == []


# The test itself


def book_of(*texts):
    return [Piece("page", ("title", "section"), 0, uses(text)) for text in texts]


@pytest.mark.parametrize(
    "texts, is_at_fault",
    [
        (["The *edge* is where it breaks.", "Beyond the edge it flies out."], False),
        (["Beyond the edge it flies out.", "The *edge* is where it breaks."], False),
        (["Beyond the edge it flies out.", "So it does.", "The *edge* is where it breaks."], True),
        (["Somebody said: \"beyond the edge\", `edge` and $edge$.", "So it does.", "The **edge** is where it breaks."], False),
        (["Beyond the edge it flies out."], True),
        (["A wedge and a hedge.", "No.", "The *edge* is where it breaks. Edges hold."], False),
    ],
)  # fmt: skip
def test_a_use_before_the_definition_is_found(texts, is_at_fault):
    assert (fault("edge", book_of(*texts)) is not None) == is_at_fault
