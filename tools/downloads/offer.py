"""Puts the course's two downloads into the site, with a line on its first page: `make pdf` and `make zip` make them.

A download ends in the digest of the site that it was made of. One of an earlier site is not offered, and a site without one has no line.
"""

import hashlib
import shutil

from tools import notebooks
from tools.notebooks import ROOT

MADE = ROOT / "_build"  # where the downloads are made
# What each is, in the words of its link, and what to do with it.
DOWNLOADS = {
    "course.pdf": ("the whole course as one PDF", "labs as stills"),
    "course.zip": ("the site as a zip", "unpack it, and open index.html in its folder; it needs no network"),
}
LINE = '<p class="course-downloads">'
SECTION = '<section id="ways-to-use-this-course">'  # of the first page, at whose end the line stands


def chapters():
    """The chapters' names, as chapters/momentum, in the order of the book."""
    return [path.relative_to(ROOT).with_suffix("").as_posix() for path in notebooks.chapters()]


def files(folder):
    """[(name, path)] of the files of a site that its readers need, in order; names are relative to it."""
    found = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return sorted((name, path) for name, path in found if not name.startswith(".") and name not in DOWNLOADS)


def digest(folder):
    """What a site without downloads is, in 64 letters of ASCII, as bytes."""
    whole = hashlib.sha256()
    for name, path in files(folder):
        whole.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest().encode()


def offer(built, site):
    """Puts the downloads that were made of the folder `built` into `site`, a copy of it. Gives the names of those of an earlier site."""
    of_now, older, texts = digest(built), [], []
    for name, (what, then) in DOWNLOADS.items():
        path = MADE / name
        if not path.exists():
            continue
        data = path.read_bytes()
        if not data.endswith(of_now):
            older.append(name)
            continue
        shutil.copyfile(path, site / name)
        texts.append(f'<a href="{{up}}{name}" download>{what}</a> ({len(data) / 1e6:.0f} MB: {then})')
    first = f"{chapters()[0]}.html"
    up = "../" * first.count("/")
    text = (built / first).read_text(encoding="utf-8")
    if texts:
        text = with_line(text, f"{LINE}<strong>Take it with you:</strong> {' and '.join(texts).format(up=up)}.</p>\n")
    (site / first).write_text(text, encoding="utf-8", newline="\n")
    return older


def with_line(text, line):
    """A page with a line at the end of the section, or of the article where it has no such section."""
    before, section, after = text.partition(SECTION)
    inside, end, rest = after.partition("</section>") if section else before.partition("</article>")
    return f"{before if section else ''}{section}{inside}{line}{end}{rest}"
