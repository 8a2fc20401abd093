"""What the text of a page looks like on the built site: what one may leave out, and tables of data."""

import re

import pytest
from axe import violations_in_both_themes
from test_site import PHONE, awaited, opened

SIDE = "section => parseFloat(getComputedStyle(section).borderInlineStartWidth)"


def test_a_section_that_one_may_leave_out_has_a_line_at_its_side(browser, files):
    with opened(browser, f"{files}/chapters/rmsprop.html") as page:
        sections = page.locator("article section section").all()
        deeper = [section.locator("h2").first.inner_text().startswith("Deeper: ") for section in sections]
        assert any(deeper) and not all(deeper)
        assert [section.evaluate(SIDE) > 0 for section in sections] == deeper
        page.emulate_media(media="print")
        assert [section.evaluate(SIDE) > 0 for section in sections] == deeper, "on paper, too"


def test_a_wide_table_scrolls_in_its_frame_and_shows_that(browser, server):
    with opened(browser, f"{server}/chapters/momentum-or-rmsprop.html", **PHONE) as page:
        page.evaluate("for (const fold of document.querySelectorAll('details:has(table.dataframe)')) fold.open = true")
        wide = page.locator("div.output:has(> table.dataframe)", has_text=re.compile("constant rate"))
        assert wide.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        assert wide.evaluate("frame => getComputedStyle(frame).backgroundImage").count("gradient") == 4, "a shadow at either end, and what covers it there"
        assert page.locator("div.output:has(> table.dataframe)", has_text="quotient of the two").evaluate("frame => frame.scrollWidth === frame.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page does not scroll sideways"
        wide.evaluate("frame => { frame.scrollLeft = 1000; }")
        assert wide.get_by_role("columnheader").last.evaluate("cell => cell.getBoundingClientRect().right <= innerWidth"), "its last column can be seen"
        assert violations_in_both_themes(page, "article") == []


def test_printed_text_that_is_too_wide_shows_that_it_scrolls(browser, server):
    with opened(browser, f"{server}/chapters/frameworks.html", **PHONE) as page:
        wide = [pre for pre in page.locator("article pre").all() if pre.evaluate("pre => pre.scrollWidth > pre.clientWidth")]
        assert wide
        for pre in wide:
            assert pre.evaluate("pre => getComputedStyle(pre).backgroundImage").count("gradient") == 4
        awaited(page, lambda: all(pre.evaluate("pre => pre.tabIndex === 0") for pre in wide), "the keyboard gets there")


def test_the_first_column_stays_and_a_number_is_not_broken(browser, server):
    with opened(browser, f"{server}/chapters/momentum-or-rmsprop.html", **PHONE) as page:
        page.evaluate("for (const fold of document.querySelectorAll('details:has(table.dataframe)')) fold.open = true")
        wide = page.locator("div.output:has(> table.dataframe)", has_text=re.compile("constant rate"))
        first = wide.locator("tbody tr").first.locator("td").first
        before = first.bounding_box()["x"]
        wide.evaluate("frame => { frame.scrollLeft = 60; }")
        assert first.bounding_box()["x"] == before
        page.goto(f"{server}/chapters/frameworks.html")
        assert page.locator("td .whole", has_text="1e-6").first.evaluate("number => number.getClientRects().length") == 1
        tables = page.locator("article table").all()
        assert all(table.evaluate("table => table.getBoundingClientRect().right <= innerWidth") for table in tables), "all of them fit"


@pytest.mark.parametrize("view", [{}, PHONE], ids=["desktop", "phone"])
def test_a_link_of_the_answers_lands_at_its_cell(browser, files, view):
    with opened(browser, f"{files}/chapters/answers.html", **view) as page:
        links = sorted({link.get_attribute("href") for link in page.locator("article a[href*='#cell-id=']").all()})
        assert len(links) > 20
        for link in links:
            page.goto("about:blank")
            page.goto(f"{files}/chapters/{link}" if ".html" in link else f"{files}/chapters/answers.html{link}")
            cell = page.locator("div.cell:target")
            awaited(page, lambda cell=cell: 0 <= cell.bounding_box()["y"] < page.viewport_size["height"] / 2, f"{link}: the cell is in sight")
            assert page.evaluate("scrollY") > 0
