"""How formulas are set, and those of the built site as MathML, which a screen reader reads."""

import re
from xml.etree import ElementTree

import pytest
from sphinx.errors import ExtensionError

from tools.site import formulas

# How many children each of these has. With more or fewer a browser draws the row and drops its meaning.
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}


def malformed(text):
    """The elements in the MathML of an HTML text that have the wrong number of children, as [name and what it holds]."""
    found = []
    for formula in re.findall(r"<math\b.*?</math>", text, flags=re.DOTALL):
        for element in ElementTree.fromstring(formula).iter():
            name = element.tag.rpartition("}")[2]
            if len(element) != CHILDREN.get(name, len(element)):
                found.append(f"{name}: {' '.join(element.itertext())}")
    return found


@pytest.mark.parametrize(
    "formula, wrong",
    [
        ("<msub><mi>x</mi><mn>1</mn></msub>", []),
        ("<mrow><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><msup><mn>2</mn><mi>t</mi></msup></mfrac></mrow>", []),
        ("<msub><mi>λ</mi><mi>min</mi><mo>⁡</mo></msub>", ["msub: λ min ⁡"]),
        ("<munderover><mo>∑</mo><mn>1</mn></munderover>", ["munderover: ∑ 1"]),
    ],
)
def test_what_is_malformed_is_found(formula, wrong):
    assert malformed(f'<p><math xmlns="http://www.w3.org/1998/Math/MathML">{formula}</math></p>') == wrong


def test_every_formula_has_its_parts(site):
    texts = {path.name: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert sum(text.count("<math") for text in texts.values()) > 50
    # A name such as \min brings a mark of its own: as an index it is \text{min}.
    assert {name: wrong for name, text in texts.items() if (wrong := malformed(text))} == {}


def test_all_formulas_of_a_book_are_set_at_once(npm_packages, monkeypatch):
    monkeypatch.setattr(formulas, "ready", {})
    asked = []
    one_node = formulas.set_with_katex
    monkeypatch.setattr(formulas, "set_with_katex", lambda wanted: asked.append(wanted) or one_node(wanted))
    pages = {"one": [("x^2", False), ("x^2", True)], "other": [("x^2", False), (r"\eta < 1", False)]}
    formulas.set_all(pages)
    formulas.set_all(pages)
    assert asked == [[("x^2", False), ("x^2", True), (r"\eta < 1", False)]]
    assert set(formulas.ready) == set(asked[0])
    assert [" display=" in formulas.ready["x^2", by_itself] for by_itself in (False, True)] == [False, True]


def test_a_formula_that_cannot_be_set_ends_the_build_and_is_named(npm_packages, monkeypatch):
    monkeypatch.setattr(formulas, "ready", {})
    with pytest.raises(ExtensionError) as ended:
        formulas.set_all({"chapters/one": [("x", False)], "chapters/other": [(r"\frac{1", False)]})
    message = str(ended.value)
    assert message.startswith(r"chapters/other: the formula \frac{1 cannot be set: ") and "parse error" in message
