"""What the site's search finds, beyond Sphinx's: a Greek letter by its name, a name by its letter, both with or without accents."""

import json
import unicodedata

from sphinx.search.en import SearchEnglish

NAMES = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega"
LETTERS = dict(zip(NAMES.split(), "αβγδεζηθικλμνξοπρστυφχψω", strict=True))  # name -> letter
OTHERWISE = {"eps": "epsilon", "varepsilon": "epsilon"}  # as code and formulas have it


def folded(text):
    """A text without accents, its letters in their plain forms.

    >>> folded("Polyák, 𝜂, ϵ")
    'Polyak, η, ε'
    """
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def names(word):
    """All that a word is found by: itself, the names of its Greek letters, the letter that it names.

    >>> names("ηλ")
    ['ηλ', 'η', 'eta', 'λ', 'lambda']
    >>> names("varepsilon")
    ['varepsilon', 'epsilon', 'ε']
    """
    letters = [found for name, letter in LETTERS.items() if letter in word for found in (letter, name)]
    name = OTHERWISE.get(word, word)
    return list(dict.fromkeys([word, *letters, *([name, LETTERS[name]] if name in LETTERS else [])]))


class CourseSearch(SearchEnglish):
    """English as Sphinx reads it, with those names. The page of results reads a query, and what it quotes, alike."""

    js_splitter_code = f"""
var greekLetters = {json.dumps(LETTERS, ensure_ascii=False)};
var otherwise = {json.dumps(OTHERWISE)};
var folded = (text) => text.normalize("NFKD").replace(/\\p{{Mark}}/gu, "");
var splitQuery = (query) => folded(query).split(/[^\\p{{Letter}}\\p{{Number}}_]+/u).filter((word) => word);
"""

    def split(self, input):
        return [name for word in super().split(folded(input)) for name in names(word)]
