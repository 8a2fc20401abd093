"""What the text of a page looks like on the built site: what one may leave out, and tables of data."""

import re

from axe import violations_in_both_themes
from test_site import PHONE, opened

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
        assert page.locator("div.output:has(> table.dataframe)", has_text="step over η").evaluate("frame => frame.scrollWidth === frame.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page does not scroll sideways"
        wide.evaluate("frame => { frame.scrollLeft = 1000; }")
        assert wide.get_by_role("columnheader").last.evaluate("cell => cell.getBoundingClientRect().right <= innerWidth"), "its last column can be seen"
        assert violations_in_both_themes(page, "article") == []
