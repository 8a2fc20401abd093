"""Lighthouse on every page of the built site, as a phone gets it. `make bench` runs it.

python -m tools.bench.audit [page ...]
"""

import json
import subprocess
import sys

from tools import browsers, node
from tools.notebooks import ROOT, chapters
from tools.server import PackingHandler, serving
from tools.site import alone

FOLDER = ROOT / "tools" / "bench" / "lighthouse"
WANTED = {"Performance": 95, "Accessibility": 100, "Best Practices": 100, "SEO": 100}


def all_pages():
    """Every page of the site, as its addresses name them."""
    return [*(f"chapters/{path.stem}.html" for path in chapters()), "search.html", "genindex.html", *alone.PAGES]


def audited(pages):
    """What Lighthouse says of each page: {"address", "scores", "costs"}."""
    if not (FOLDER / "node_modules" / "lighthouse").exists():
        subprocess.run([node.NODE, node.NPM, "ci", "--silent"], cwd=FOLDER, env=node.environment(), check=True)
    with serving(ROOT / "_build" / "html", PackingHandler) as address:
        command = [node.NODE, FOLDER / "audit.mjs", browsers.chromium(), *(f"{address}/{page}" for page in pages)]
        with subprocess.Popen(command, env=node.environment(), stdout=subprocess.PIPE, encoding="utf-8") as running:
            for line in running.stdout:
                yield json.loads(line)
        if running.returncode:
            raise RuntimeError(f"Lighthouse failed, with exit status {running.returncode}")


def main(pages):
    print("\nLighthouse, phone: performance, accessibility, best practices, SEO (promised 95, 100, 100, 100)")
    for found in audited(pages or all_pages()):
        scores = dict(found["scores"])
        short = [name for name, least in WANTED.items() if scores[name] < least]
        print(
            f"  {found['address'].split('/', 3)[3]:38}",
            *(f"{scores[name]:4}" for name in WANTED),
            "" if not short else "  below: " + ", ".join(short),
            flush=True,
        )
        for name, value, nodes in found["costs"]:
            print(f"      {name} {value} {' '.join(nodes)[:300]}")


if __name__ == "__main__":
    main(sys.argv[1:])
