"""Makes one PDF of the built book: python -m tools.downloads.pdf (make pdf).

Chromium draws each page of the site; their articles, as they are then, go into one page, and that is printed: so links between
chapters work. It is printed twice, since only a print tells on which page a heading is.
"""

import html
import pathlib
import re
import sys

import yaml
from playwright.sync_api import sync_playwright

from tools import browsers
from tools.book import BUILT, SITE
from tools.downloads.offer import MADE, chapters, digest, offer
from tools.notebooks import ROOT
from tools.site.pages import COURSE

HERE = pathlib.Path(__file__).parent
BOOK = MADE / "course.html"  # what is printed
PAPER = {"width": 665, "height": 900}  # the pixels that the margins of book.css leave of A4
PATIENCE = 300_000  # milliseconds for Chromium to draw a page, or to print the book
STILLS = "On the site of the course the pictures with settings play, and the exercises judge answers; here they are stills, and questions with room to write."
IS_DRAWN = """() => !document.querySelector(".optimlib-widget[data-model-id]:not(:has(.ol))")
    && [...document.images].filter((image) => ((image.loading = "eager"), !image.complete)).length === 0"""


def stills(browser, folder):
    """Yields the article of each chapter of a built site, as HTML."""
    script = (HERE / "still.js").read_text(encoding="utf-8").strip().removesuffix(";")
    names = {(folder / f"{name}.html").as_uri(): name.rpartition("/")[2] for name in chapters()}
    context = browser.new_context(viewport=PAPER, color_scheme="light", reduced_motion="reduce", device_scale_factor=2)
    context.set_default_timeout(PATIENCE)
    for address, name in names.items():
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(IS_DRAWN)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        yield page.evaluate(script, {"own": name, "chapters": names})
        page.close()
    context.close()


def headings(article):
    """[(level, id, text)] of the headings of the first two levels."""
    found = re.findall(r'<section\b[^>]*\sid="([^"]+)"[^>]*>\s*(?:<span id="[^"]*"></span>\s*)*<h([12])[^>]*>(.*?)</h\2>', article, flags=re.DOTALL)
    return [(int(level), name, re.sub(r"<[^>]+>", "", text)) for name, level, text in found]


def contents(articles, pages):
    """The list of the chapters and their sections; pages is {id: number}."""

    def line(name, text):
        return f'<a href="#{name}" data-page="{pages.get(name, "")}"><span>{text}</span></a>'

    items = []
    for article in articles:
        (_, chapter, title), *sections = headings(article)
        inside = "".join(f"<li>{line(name, text)}</li>" for _, name, text in sections)
        items.append(f"<li>{line(chapter, f'<strong>{title}</strong>')}<ol>{inside}</ol></li>")
    return f'<nav class="book-contents"><h2>Contents</h2><ol>{"".join(items)}</ol></nav>'


def anchored(article):
    """The article with the ids of its deeper sections on their headings: Chromium forgets that of a section which has a border."""
    return re.sub(r'<section class="deeper" id="([^"]+)">\s*<h2', r'<section class="deeper"><h2 id="\1"', article)


def book(articles, folder, pages):
    """The page that is printed."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    title, author, rights = (html.escape(config[name]) for name in ("title", "author", "copyright"))
    return f"""<!DOCTYPE html>
<html lang="en" data-theme="light" data-mode="light">
<head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="{(folder / "_static" / "page.css").as_uri()}">
<link rel="stylesheet" href="{(HERE / "book.css").as_uri()}"></head>
<body><main class="bd-content">
<div class="title-page"><h1>{title}</h1><p>{COURSE}</p><p>{author}</p><p>© {rights}</p><p><small>{STILLS}</small></p></div>
{contents(articles, pages)}
{"".join(map(anchored, articles))}
</main></body></html>
"""


def printed(browser, text):
    """The PDF of a page, as bytes."""
    BOOK.write_text(text, encoding="utf-8", newline="\n")
    page = browser.new_page(java_script_enabled=False)
    page.set_default_timeout(PATIENCE)
    page.goto(BOOK.as_uri(), wait_until="load")
    pdf = page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
    page.close()
    return pdf


def pages_of(pdf):
    """{id: number} of what is linked to in a PDF that Chromium wrote: there each object is text, `5 0 obj << ... >> endobj`."""
    objects = {int(number): text for number, text in re.findall(rb"\n(\d+) 0 obj\n(<<.*?)\nendobj", pdf, flags=re.DOTALL)}
    catalog = next(text for text in objects.values() if b"/Type /Catalog" in text)

    def reference(name, text):
        return int(re.search(rb"/%s (\d+) 0 R" % name, text)[1])

    def leaves(number):
        kids = re.search(rb"/Type /Pages.*/Kids \[([^\]]*)\]", objects[number], flags=re.DOTALL)
        return [leaf for kid in re.findall(rb"(\d+) 0 R", kids[1]) for leaf in leaves(int(kid))] if kids else [number]

    order = {leaf: place for place, leaf in enumerate(leaves(reference(b"Pages", catalog)), start=1)}
    places = re.findall(rb"/([^\s/\[]+) \[(\d+) 0 R", objects[reference(b"Dests", catalog)])
    return {name.decode(): order[int(page)] for name, page in places}


def make(browser, folder):
    """The PDF of a built site, as bytes."""
    articles = list(stills(browser, folder))
    first = printed(browser, book(articles, folder, {}))
    return printed(browser, book(articles, folder, pages_of(first))) + b"%" + digest(folder)


def main():
    path = browsers.chromium()
    if not path:
        sys.exit(f"{browsers.lacking('chromium')}. It makes the PDF.")
    print("Printing the book ...", flush=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=browsers.ARGUMENTS)
        pdf = make(browser, BUILT)
        browser.close()
    made = MADE / "course.pdf"
    made.write_bytes(pdf)
    offer(BUILT, SITE)
    print(f"The course as one PDF, {len(pdf) / 1e6:.1f} MB, also linked from the site's first page:\n  {made}")


if __name__ == "__main__":
    main()
