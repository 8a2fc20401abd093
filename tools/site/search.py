"""What the site's search finds, beyond Sphinx's: a Greek letter by its name, a name by its letter, both with or without accents.

And what it quotes from where it may not fetch the pages: in files.
"""

import json
import unicodedata

from bs4 import BeautifulSoup
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
    >>> names("betas")
    ['betas', 'beta', 'β']
    """
    letters = [found for name, letter in LETTERS.items() if letter in word for found in (letter, name)]
    name = OTHERWISE.get(word, word if word in LETTERS else word.removesuffix("s"))
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


# What of a page is no text of it, and what keeps apart the words before and after it: as search.js has it, too.
NO_TEXT = ".headerlink, script, style, noscript, annotation, .katex-html, details.hide > summary"
BLOCKS = "h1, h2, h3, h4, p, li, th, td, div, pre, summary"
KEPT = ("article", "section", "h1", "h2", "h3", "h4")  # a quotation leads to its section, by its heading


def text_of(page):
    """The text of a page of the site, as an article in HTML with its sections and headings, and nothing else.

    >>> text_of('<article><section id="a"><h2>A <b>word</b></h2><p>and</p><script>no</script> more</section></article>')
    '<article><section id="a"><h2>A word </h2>and  more</section></article>'
    """
    article = BeautifulSoup(page, "html.parser").article
    if article is None:
        return ""
    for one in article.select(NO_TEXT):
        one.decompose()
    for one in article.select(BLOCKS):
        one.append(" ")
    for one in article.find_all(True):
        if one.name in KEPT:
            one.attrs = {"id": one["id"]} if one.name == "section" and one.has_attr("id") else {}
        else:
            one.unwrap()
    article.attrs = {}
    return str(article)


def write_texts(folder):
    """Writes the script that leaves the texts of the pages in globalThis.optimlibTexts, by their addresses."""
    texts = {}
    for path in sorted(folder.rglob("*.html")):
        name, page = path.relative_to(folder), path.read_text(encoding="utf-8")
        said = f"DOCUMENTATION_OPTIONS.pagename = '{name.with_suffix('').as_posix()}';"
        if said in page:
            texts[name.as_posix()] = said + text_of(page)
    script = f"globalThis.optimlibTexts = {json.dumps(texts, ensure_ascii=False)};\n"
    (folder / "_static" / "search_texts.js").write_text(script, encoding="utf-8", newline="\n")
