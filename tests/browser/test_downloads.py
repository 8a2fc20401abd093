"""The PDF of the book and the zip of the site, as they are made of the built site."""

import contextlib
import re
import zipfile

import pytest
from test_print import LOOK
from test_site import opened
from test_site_exercises import EXERCISES

from tools.downloads import archive, offer, pdf


@pytest.fixture(scope="module")
def made(browser, site, tmp_path_factory):
    """The page that was printed, and the PDF."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "BOOK", tmp_path_factory.mktemp("pdf") / "course.html")
        data = pdf.make(browser, site)
        return pdf.BOOK, data


def test_the_pdf_is_the_whole_book_with_page_numbers_and_links_that_lead_somewhere(made, site):
    page, data = made
    text, pages = page.read_text(encoding="utf-8"), pdf.pages_of(data)
    assert data.startswith(b"%PDF-") and data.endswith(offer.digest(site))
    listed = re.findall(r'<a href="#([^"]+)" data-page="(\d*)">', text)
    assert [(name, str(pages[name])) for name, _ in listed] == listed, "the numbers in the contents are those of the last print"
    assert [int(number) for _, number in listed] == sorted(int(number) for _, number in listed)
    in_order = dict.fromkeys(name.partition("--")[0] for name, _ in listed)
    assert list(in_order) == [name.rpartition("/")[2] for name in offer.chapters()]
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), "those of one chapter are not those of another"
    linked = set(re.findall(r'href="#([^"]+)"', text)) | set(re.findall(r"url\(#([^)]+)\)", text))
    assert linked <= set(ids) and len(linked) > 100
    assert b"/URI (file:" not in data and b"/URI (https://" in data


def test_the_pdf_has_what_is_read_and_nothing_to_press(made, browser):
    with contextlib.closing(browser.new_page(viewport=pdf.PAPER)) as page:
        page.emulate_media(media="print")
        page.goto(made[0].as_uri())
        look = page.evaluate(LOOK)
        assert page.locator(".ol-exercise").count() == len(EXERCISES)
    for nothing in ("pale", "closed", "controls", "given", "cut"):
        assert [one for one in look[nothing] if "book-contents" not in one] == [], nothing
    assert look["labs"] and all(seen and settings for seen, _, settings in look["labs"])


def test_the_zip_opens_from_its_folder(browser, site, tmp_path):
    archive.pack(site, tmp_path / "course.zip")
    with zipfile.ZipFile(tmp_path / "course.zip") as packed:
        assert packed.testzip() is None
        assert {name.split("/")[0] for name in packed.namelist()} == {"course"} and max(map(len, packed.namelist())) <= 100
        packed.extractall(tmp_path)
    first = f"{offer.chapters()[0]}.html"
    assert f"url={first}" in (tmp_path / "course" / "index.html").read_text(encoding="utf-8")
    with opened(browser, (tmp_path / "course" / first).as_uri()) as page:
        page.locator(".ol-lab").first.wait_for()
        assert page.evaluate("document.fonts.check('1em KaTeX_Main')")
