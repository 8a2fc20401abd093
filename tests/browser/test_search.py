"""The search of the built site, as a reader uses it: served, and in files."""

import json
import re
import urllib.parse

import pytest
from test_site import base, opened  # noqa: F401

from tools.site.search import LETTERS, folded, names

# What readers type, and pages that have it.
FOUND = {
    "η": ["Gradient descent", "Momentum", "AdaGrad", "RMSProp"],
    "eta": ["Gradient descent", "Momentum", "AdaGrad", "RMSProp"],
    "β": ["Momentum"],
    "κ": ["Gradient descent", "Momentum"],
    "kappa": ["Gradient descent", "Momentum"],
    "ε": ["AdaGrad", "RMSProp"],
    "epsilon": ["AdaGrad", "RMSProp"],
    "ρ": ["RMSProp"],
    "rho": ["RMSProp"],
    "λ": ["Momentum"],
    "lambda": ["Momentum"],
    "learning rate": ["Gradient descent", "AdaGrad"],
    "Learning Rates": ["Gradient descent", "AdaGrad"],
    "oscillation": ["The question", "Momentum"],
    "oscillations": ["The question", "Momentum"],
    "Polyák": ["Momentum"],
}


def results(page, base, query):
    """The results of a query: the title of each page, and what is quoted from it."""
    page.goto(f"{base}/search.html?q={urllib.parse.quote(query)}")
    page.locator("#search-results .search-summary:not(:empty)").wait_for()
    page.wait_for_function(
        "[...document.querySelectorAll('#search-results li')].every((one) => one.querySelector('p.context, :scope > span'))"
    )  # a name of the library has no quotation
    return {one.locator("> a").inner_text(): one for one in page.locator("#search-results li").all()}


def test_the_search_finds_what_readers_type_and_where_it_stands(browser, base):
    with opened(browser, f"{base}/search.html") as page:
        for query, titles in FOUND.items():
            found = results(page, base, query)
            assert set(titles) <= set(found), query
            for title, result in found.items():
                if result.locator("p.context").count() == 0:
                    continue
                words = folded(result.locator("p.context").inner_text()).lower()
                stems = {name[:6] for word in query.split() for name in names(folded(word).lower())}
                wanted = stems | ({"eps"} if "ε" in stems else set())
                assert any(stem in words for stem in wanted), (query, title, words)
        assert results(page, base, "Levenberg") == {}
        assert page.locator(".search-summary").inner_text().startswith("Nothing was found.")


def test_a_result_leads_to_the_section(browser, base):
    with opened(browser, f"{base}/search.html") as page:
        results(page, base, "condition number")["Gradient descent"].locator("p.context a").click()
        page.wait_for_url(re.compile("chapters/gradient-descent.html#how-bad-is-it"))
        page.locator("#how-bad-is-it-the-condition-number h2").wait_for()


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("ηλ", {"η", "eta", "λ", "lambda"}), ("eps", {"ε", "epsilon"}), ("varepsilon", {"ε", "epsilon"}), ("beta", {"β"}), ("valley", {"valley"})],
)
def test_a_word_has_all_its_names(word, wanted):
    assert wanted | {word} == set(names(word))


def test_the_index_names_each_greek_letter_both_ways(site):
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    terms = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    used = {letter: name for name, letter in LETTERS.items() if letter in terms}
    assert {"η", "β", "κ", "ε", "ρ", "λ"} <= set(used)
    assert all(terms[letter] == terms[name] for letter, name in used.items())


def test_accents_and_signs_are_folded():
    assert folded("Polyák, ή, 𝜂, ϵ, µ") == "Polyak, η, η, ε, μ"
