"""The zip of a site, and what the first page says of the downloads. A site here is a page or two."""

import zipfile

import pytest

from tools.downloads import archive, offer

PAGE = "<article><section id='a'><h1>One</h1>{section}</section></article>"
SECTION = f"{offer.SECTION}<p>Read it.</p></section><section>"


@pytest.fixture
def built(tmp_path, monkeypatch):
    """The folder of a site as Sphinx wrote it; downloads are made beside it."""
    monkeypatch.setattr(offer, "MADE", tmp_path)
    folder = tmp_path / "built"
    for name, text in {f"{offer.chapters()[0]}.html": PAGE.format(section=SECTION), "index.html": "", "_static/a.css": "p {}", ".buildinfo": "x"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def first_page(site):
    return (site / f"{offer.chapters()[0]}.html").read_text()


def a_copy(built, name):
    site = built.with_name(name)
    archive.pack(built, built.with_name("copied.zip"))
    with zipfile.ZipFile(built.with_name("copied.zip")) as packed:
        packed.extractall(site)
    return site / archive.FOLDER


def test_the_same_site_gives_the_same_bytes_in_one_folder(built, tmp_path):
    archive.pack(built, tmp_path / "one.zip")
    for path in built.rglob("*.html"):
        path.touch()
    (built / "course.pdf").write_text("a download")
    archive.pack(built, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert packed.namelist() == [f"course/{name}" for name in ("_static/a.css", f"{offer.chapters()[0]}.html", "index.html")]


def test_a_download_is_offered_while_the_site_is_what_it_was_made_of(built, tmp_path):
    site = a_copy(built, "site")
    assert offer.offer(built, site) == [] and first_page(site) == first_page(built), "there is none: no line, no dead link"
    archive.pack(built, tmp_path / "course.zip")
    assert offer.offer(built, site) == []
    assert (site / "course.zip").read_bytes() == (tmp_path / "course.zip").read_bytes()
    line = f'<p>Read it.</p>{offer.LINE}<strong>Take it with you:</strong> <a href="../course.zip" download>'
    assert line in first_page(site) and "course.pdf" not in first_page(site)
    (tmp_path / "course.pdf").write_bytes(b"%PDF-1.4 %" + offer.digest(built))
    assert offer.offer(built, site) == [] and first_page(site).count(offer.LINE) == 1, "it can be said again"
    assert first_page(site).index('href="../course.pdf"') < first_page(site).index('href="../course.zip"')
    (built / "_static" / "a.css").write_text("p { color: red }")
    later = a_copy(built, "later")
    assert offer.offer(built, later) == ["course.pdf", "course.zip"]
    assert first_page(later) == first_page(built) and not (later / "course.zip").exists()


def test_a_first_page_without_the_section_has_the_line_at_its_end():
    assert offer.with_line(PAGE.format(section=""), "<p>") == PAGE.format(section="").replace("</article>", "<p></article>")
