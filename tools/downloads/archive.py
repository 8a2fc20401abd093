"""Makes a zip of the built site, to unpack and open without a network: python -m tools.downloads.archive (make zip).

The same site gives the same bytes: files in order, and all of one date.
"""

import zipfile

from tools.book import BUILT, SITE
from tools.downloads.offer import MADE, digest, files, offer

FOLDER = "course"  # what unpacking makes
DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold


def pack(folder, path):
    """Writes the zip of a site."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.comment = digest(folder)
        for name, file in files(folder):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # as on Unix, wherever it is made
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())


def main():
    path = MADE / "course.zip"
    pack(BUILT, path)
    offer(BUILT, SITE)
    print(f"The site as a zip, {path.stat().st_size / 1e6:.1f} MB, also linked from its first page:\n  {path}")


if __name__ == "__main__":
    main()
