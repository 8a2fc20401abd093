"""The formulas of the built site as MathML, which a screen reader reads."""
import re
from xml.etree import ElementTree

import pytest

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


@pytest.mark.parametrize("formula, wrong", [
    ("<msub><mi>x</mi><mn>1</mn></msub>", []),
    ("<mrow><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><msup><mn>2</mn><mi>t</mi></msup></mfrac></mrow>", []),
    ("<msub><mi>λ</mi><mi>min</mi><mo>⁡</mo></msub>", ["msub: λ min ⁡"]),
    ("<munderover><mo>∑</mo><mn>1</mn></munderover>", ["munderover: ∑ 1"]),
])
def test_what_is_malformed_is_found(formula, wrong):
    assert malformed(f'<p><math xmlns="http://www.w3.org/1998/Math/MathML">{formula}</math></p>') == wrong


def test_every_formula_has_its_parts(site):
    texts = {path.name: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert sum(text.count("<math") for text in texts.values()) > 50
    # A name such as \min brings a mark of its own: as an index it is \text{min}.
    assert {name: wrong for name, text in texts.items() if (wrong := malformed(text))} == {}
