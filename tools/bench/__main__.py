"""Measure what the course promises about speed and size: `make bench`.

- The sweep: 40,000 settings of momentum, and of Adam, 200 steps each, on a two-dimensional valley. The time is the
  best of a few runs, as other programs only ever add to it. The memory is the most that this whole
  process held, Python and NumPy included.
- The exercises, on the built site in headless Chromium: from the event to the words in the page, the
  slowest of all; and what a page weighs until the first run of code, each response gzipped,
  matplotlib's pictures aside.
- The lab, with its peer beside it (tools.bench.lab).
- Lighthouse on every page (tools.bench.audit).
"""

import contextlib
import gzip
import pathlib
import statistics
import sys
import time

import numpy as np
from playwright.sync_api import sync_playwright

from optimlib import Adam, Momentum, Quadratic, geometric, sweep
from optimlib.exercises import loader
from tools import browsers
from tools.bench import audit
from tools.bench.lab import bench_lab, bench_peer
from tools.notebooks import ROOT, chapters
from tools.server import serving
from tools.site import alone

with contextlib.suppress(ImportError):  # Windows has none
    import resource

SITE = ROOT / "_build" / "html"
RUNS = 5
# What is promised: the most seconds, megabytes and milliseconds.
SWEEP_SECONDS = 0.3
ADAM_SECONDS = 1
SWEEP_MEGABYTES = 200
VERDICT_MS = 50
FIRST_RUN_MS = 1000
LATER_RUN_MS = 100
FIRST_WHOLE_MS = 3000
LATER_WHOLE_MS = 200
PAGE_KB = 250
LAB_KB = 20


def main():
    if fault := browsers.main():
        sys.exit(fault)
    bench_sweep()
    if not (SITE / "index.html").exists():
        sys.exit("There is no book yet: run make book first.")
    with sync_playwright() as play, serving(SITE) as address:
        browser = play.chromium.launch(executable_path=browsers.chromium(), args=browsers.ARGUMENTS)
        bench_exercises(browser, address)
        bench_whole_python(browser, address)
        bench_weight(browser, address)
        peer = bench_peer(browser, row)
        bench_lab(browser, address, row, peer)
        browser.close()
    audit.main([])


def row(what, measured, unit, most=None):
    """One line: what was measured, and the promise where there is one."""
    promise = "" if most is None else f"   at most {most:g} {unit}   {'met' if measured <= most else 'missed'}"
    print(f"  {what:66} {measured:9.4g} {unit}{promise}", flush=True)


def bench_sweep():
    rates, shares = geometric(1e-3, 1.04, 200)[:, None], np.linspace(0, 0.99, 200)
    print(f"sweep: {rates.size * shares.size:,} settings x 200 steps in 2-D, best of {RUNS} runs")
    for name, rule, most in [("momentum", Momentum(rates, shares), SWEEP_SECONDS), ("Adam", Adam(rates, shares), ADAM_SECONDS)]:
        row(name, min(timed(rule) for _ in range(RUNS)), "s", most)
    if "resource" in globals():
        row("memory", most_megabytes(), "MB", SWEEP_MEGABYTES)


def timed(rule):
    before = time.perf_counter()
    sweep(Quadratic(curvatures=(0.2, 4.0)), rule, start=(-5, -2), steps=200)
    return time.perf_counter() - before


def most_megabytes():
    """The largest this process has been; the system counts in kB, and that of macOS in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024) / 1e6


# From the event that asks for a verdict to the frame in which its words stand.
TIMED = """async (form) => {
    const status = form.querySelector(".ol-feedback");
    const verdict = new Promise((resolve) => {
        const watcher = new MutationObserver(() => status.querySelector("strong") && (watcher.disconnect(), resolve()));
        watcher.observe(status, { childList: true, subtree: true });
    });
    status.replaceChildren();
    const before = performance.now();
    form.querySelector(".ol-check").click();
    await verdict;
    await new Promise(requestAnimationFrame);
    return performance.now() - before;
}"""


def form_of(page, name):
    page.locator(f"#exercise-{name}").scroll_into_view_if_needed()
    form = page.locator(f"#exercise-{name} .ol-exercise")
    form.wait_for()
    return form


def bench_exercises(browser, address):
    print(f"\nexercises: from the click to the verdict in the page, {RUNS} fresh browsers")
    slowest, first, later = [], [], []
    for _ in range(RUNS):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/chapters/rmsprop.html")
        for name in ("rmsprop-bounce", "rmsprop-landing", "rmsprop-order", "rmsprop-predict"):
            form = form_of(page, name)
            for box in form.get_by_role("textbox").all():
                box.fill("0.05")
            for choice in form.get_by_role("radio").all()[:1]:
                choice.check()
            slowest.append(max(form.evaluate(TIMED) for _ in range(10)))
        form = form_of(page, "rmsprop-step")
        form.locator("textarea").evaluate("(box, text) => { box.value = text; }", loader.exercises()["rmsprop-step"]["reference"])
        first.append(form.evaluate(TIMED))
        later += [form.evaluate(TIMED) for _ in range(10)]
        assert "Right." in form.inner_text(), "what is measured is a verdict"
        context.close()
    row("number, choice, order, prediction: slowest", max(slowest), "ms", VERDICT_MS)
    row("first run of code, nothing cached: slowest", max(first), "ms", FIRST_RUN_MS)
    row("later runs: slowest", max(later), "ms", LATER_RUN_MS)
    row("later runs: median", statistics.median(later), "ms")


def bench_whole_python(browser, address):
    print(f"\nwhat CPython judges in the page: from the click to the verdict, its files being there, {RUNS} fresh pages")
    first, later, paced = [], [], []
    context = browser.new_context()
    for number in range(RUNS + 1):
        page = context.new_page()
        page.goto(f"{address}/chapters/rmsprop.html")
        form = form_of(page, "rmsprop-step")
        source = "import dataclasses\n" + loader.exercises()["rmsprop-step"]["reference"]
        form.locator("textarea").evaluate("(box, text) => { box.value = text; }", source)
        if number == 0:  # the files come
            form.get_by_role("button", name="Run", exact=True).click()
            page.get_by_role("button", name="Fetch it").click()
            form.get_by_text("Right.").wait_for()
        else:
            first.append(form.evaluate(TIMED))
            later += [form.evaluate(TIMED) for _ in range(10)]
            for _ in range(5):
                page.wait_for_timeout(1000)
                paced.append(form.evaluate(TIMED))
            assert "Right." in form.inner_text(), "what is measured is a verdict"
        page.close()
    context.close()
    row("first run: slowest", max(first), "ms", FIRST_WHOLE_MS)
    row("later runs, each a second after the last verdict: slowest", max(paced), "ms", LATER_WHOLE_MS)
    row("later runs, one right after the other: median", statistics.median(later), "ms", LATER_WHOLE_MS)
    row("later runs, one right after the other: slowest", max(later), "ms")


def bench_weight(browser, address):
    print("\nweight: what a page asks for, each response gzipped")
    for name in (*(f"chapters/{path.stem}.html" for path in chapters()), *alone.PAGES):
        context = browser.new_context()
        page = context.new_page()
        bodies = {}
        page.on("response", lambda response, bodies=bodies: bodies.setdefault(response.url, response))
        page.goto(f"{address}/{name}", wait_until="networkidle")
        texts = {url: response for url, response in bodies.items() if not url.endswith(".png")}
        row(pathlib.Path(name).stem, sum(len(gzip.compress(response.body())) for response in texts.values()) / 1e3, "kB", PAGE_KB)
        context.close()
    for name in (
        "optimlib.js",
        "parts.js",
        "grounds.js",
        "map.js",
        "share.js",
        "own.js",
        "exercises.js",
        "strip.js",
        "lecture.js",
        "speaker.js",
        "optimlib.css",
        "python.js",
        "editor.js",
    ):
        file = SITE / "_static" / name
        row(name, len(gzip.compress(file.read_bytes())) / 1e3, "kB", LAB_KB if name == "optimlib.js" else None)


if __name__ == "__main__":
    main()
