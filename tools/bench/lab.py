"""The lab's speed in headless Chromium, with its peer beside it: ipywidgets.interact and a matplotlib plot in JupyterLab.

Script times are what the events' handlers and the frames' callbacks took, by the page's own clock.
"""

import pathlib
import statistics
import tempfile

import nbformat

from tools.jupyter import jupyterlab

# Times every callback of a frame, and tells when the first lab stands.
WATCH = """
window.spent = 0;
window.frame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => frame((now) => {
  const before = performance.now();
  callback(now);
  window.spent += performance.now() - before;
});
new MutationObserver((_, watcher) => {
  if (!document.querySelector(".ol-lab .ol-bold[d]")) return;
  window.firstLab = performance.now();
  watcher.disconnect();
}).observe(document, { childList: true, subtree: true });
"""

# Moves a slider of the first lab, or drags its start.
EVENTS = """async ([name, count]) => {
  const lab = document.querySelector(".ol-lab:has(.ol-card.ol-gradient_descent)");
  const input = lab.querySelector(`input[aria-label="${name}"]`);
  const start = lab.querySelector(".ol-start");
  const { left, top } = start.getBoundingClientRect();
  const drag = (type, by) => start.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, button: 0, clientX: left + 22 + by, clientY: top + 22 - by / 2 }));
  start.setPointerCapture = () => {};
  const move = (i) => {
    if (name === "start") return drag("pointermove", (i * 7) % 60);
    input.value = 20 + (i * 7) % 60;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  if (name === "start") drag("pointerdown", 0);
  const nextFrame = () => new Promise((resolve) => frame(resolve));
  const times = [];
  for (let i = 0; i < count; i++) {
    window.spent = 0;
    const before = performance.now();
    move(i);
    const handled = performance.now() - before;
    await nextFrame();
    await nextFrame();
    times.push(handled + window.spent);
  }
  return times;
}"""

FRAMES = """async ([selector, seconds]) => {
  document.querySelector(selector)?.click();
  const [scripts, gaps] = [[], []];
  const end = performance.now() + 1000 * seconds;
  for (let last = 0; performance.now() < end; ) {
    window.spent = 0;
    const now = await new Promise((resolve) => frame(resolve));
    await new Promise((resolve) => setTimeout(resolve, 0));
    scripts.push(window.spent);
    if (last) gaps.push(now - last);
    last = now;
  }
  return { scripts, late: gaps.filter((gap) => gap > 25).length, count: gaps.length };
}"""

# Has each frame of a page compute, about so many milliseconds, and paint a box: how much slower its slowest frames are is the machine's doing.
COMPUTE = """(milliseconds) => {
  const box = document.body.appendChild(document.createElement("div"));
  box.style = "position: fixed; inset: 0 30% 30% 0";
  const compute = (count) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += Math.sqrt(i);
    return sum;
  };
  const timed = () => {
    const before = performance.now();
    window.sum = compute(100_000);
    return performance.now() - before;
  };
  const times = Array.from({ length: 201 }, timed).sort((a, b) => a - b);
  const count = (100_000 * milliseconds) / times[100];
  let frames = 0;
  const next = () => {
    window.sum = compute(count);
    box.style.background = `hsl(${frames++ % 360} 50% 50%)`;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""

MAP = """async () => {
  const lab = document.querySelector(".ol-lab:has(.ol-card.ol-gradient_descent)");
  let longest = 0;
  const watcher = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (longest = Math.max(longest, duration))));
  watcher.observe({ type: "longtask" });
  const before = performance.now();
  const select = lab.querySelector(".ol-map select");
  select.selectedIndex = (select.selectedIndex + 1) % select.length;
  select.dispatchEvent(new Event("change"));
  while (lab.querySelector(".ol-map").hasAttribute("aria-busy")) await new Promise((resolve) => setTimeout(resolve, 0));
  const took = performance.now() - before;
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { took, longest };
}"""

PEER = """\
from ipywidgets import interact, FloatSlider
import matplotlib.pyplot as plt
from optimlib import Momentum, Quadratic, descend, plots
%matplotlib inline
valley = Quadratic()

def show(beta=0.5):
    plots.contours(valley, {"momentum": descend(valley, Momentum(0.6, beta), (-5, -2), 200)})
    plt.show()

interact(show, beta=FloatSlider(0.5, min=0, max=0.98, step=0.01));
"""

# Moves the slider by a key, and waits for another picture.
PEER_EVENT = """async (key) => {
  const shown = () => document.querySelector(".jp-OutputArea img")?.src;
  const [last, before] = [shown(), performance.now()];
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  while (!shown() || shown() === last) await new Promise((resolve) => requestAnimationFrame(resolve));
  return performance.now() - before;
}"""

LAB = ".ol-lab:has(.ol-card.ol-gradient_descent)"  # the one of the page that holds all four rules
NOTHING, ROUNDS = "#none", 3  # a selector of nothing to click

FOUR = "#lab=1&v=1&steps=200&step=200&show=arrows"
SIX = FOUR.replace("200", "500") + "%2Cplots%2Cmeasures&add=momentum%2C1%2C0.3%2C0.5&add=rmsprop%2C1%2C0.1%2C0.9%2C1e-6"
NOISY = SIX.replace("add=momentum%2C1%2C0.3%2C0.5", "add=adam%2C1%2C0.4%2C0.9%2C0.999%2C1e-8%2C1") + "&noise=1%2C4%2C7"
SETTINGS = {
    "4 rules x 200 steps": (FOUR, 40),
    "6 rules x 500 steps, plots and measures": (SIX, 15),
    "the same with Adam and noise": (NOISY, 15),
}


def share(times, part):
    """The time that this part of them does not exceed."""
    return sorted(times)[min(int(part * len(times)), len(times) - 1)]


def page_of(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    page.locator(".optimlib-widget").nth(2).scroll_into_view_if_needed()
    page.locator(LAB).wait_for()
    return page


def bench_lab(browser, address, row, peer):
    """peer: the median of the peer in this run, in milliseconds. What is promised is a share of it, for machines differ."""
    print(f"\nthe lab: script time from an event to its frame, on the page of the question; at most 1/40, 1/15 and, playing, 1/60 of {peer:.0f} ms")
    question = f"{address}/chapters/question.html"
    for name, (settings, share_of_peer) in SETTINGS.items():
        page = page_of(browser, question + settings)
        page.locator(LAB).get_by_text("of 200" if settings is FOUR else "of 500").wait_for()
        page.locator(LAB).get_by_role("button", name="Valley").click()
        page.locator(LAB).get_by_role("slider", name="angle of the valley").wait_for()
        for moved in ("beta of momentum", "step", "start", "condition number of the valley", "angle of the valley"):
            times = page.evaluate(EVENTS, [moved, 300])
            row(f"{name}, {moved}: p95", share(times, 0.95), "ms", peer / share_of_peer)
        page.context.close()

    for name in ("4 rules x 200 steps", "the same with Adam and noise"):
        bench_playing(browser, name, question + SETTINGS[name][0], f"{address}/genindex.html", row, peer / 60)
    bench_memory_and_map(browser, question, row)

    with_first = f"{address}/chapters/gradient-descent.html"  # its first widget is a lab

    def first_lab(change=None):
        context = browser.new_context()
        page = context.new_page()
        page.add_init_script(WATCH)
        if change:
            page.route(with_first, lambda route: route.fulfill(body=change(route.fetch().text()), content_type="text/html"))
        page.goto(with_first)
        page.wait_for_function("window.firstLab")
        took = page.evaluate("window.firstLab - performance.getEntriesByType('navigation')[0].domInteractive")
        context.close()
        return took

    def ten_labs(text):
        start = text.index('<div class="optimlib-widget"')
        lab = text[start : text.index("</div>", start) + len("</div>")]
        return text.replace(lab, lab * 10, 1)

    row("first lab drawn after the content is parsed: median of 5", statistics.median(first_lab() for _ in range(5)), "ms", 150)
    row("the same with ten labs on the page", statistics.median(first_lab(ten_labs) for _ in range(5)), "ms", 150)


def bench_memory_and_map(browser, question, row):
    page = page_of(browser, question + FOUR)
    session = page.context.new_cdp_session(page)

    def heap():
        session.send("HeapProfiler.collectGarbage")
        return session.send("Runtime.getHeapUsage")["usedSize"] / 1e6

    page.evaluate(EVENTS, ["beta of momentum", 500])
    before = heap()
    page.evaluate(EVENTS.replace("await nextFrame();\n    await nextFrame();", "if (i % 10 === 0) await nextFrame();"), ["beta of momentum", 10_000])
    row("memory: growth over 10,000 events", heap() - before, "MB")
    page.locator(LAB).get_by_role("button", name="Map").click()
    page.locator(".ol-map:not([aria-busy])").first.wait_for()
    found = [page.evaluate(MAP) for _ in range(2 * page.locator(LAB).get_by_label("the map's rule").locator("option").count())]
    row("map, 64 x 64 x 300, each rule twice: median", statistics.median(one["took"] for one in found), "ms", 100)
    row("map: slowest rule", max(one["took"] for one in found), "ms")
    row("map: longest task (0: none over 50 ms)", max(one["longest"] for one in found), "ms")
    page.context.close()


def bench_playing(browser, name, with_lab, without, row, most):
    """A lab that plays, a page that has none, and one that only computes, in turns; then the lab plays on out of sight."""
    played, stood, computed = [], [], []

    def scripts_of(rounds):
        return [time for one in rounds for time in one["scripts"]]

    for _ in range(ROUNDS):
        page = page_of(browser, with_lab)
        page.wait_for_load_state("networkidle")  # the page's other widgets are drawn
        lab = page.locator(LAB)
        played.append(page.evaluate(FRAMES, [f"{LAB} .ol-button", 5]))
        lab.get_by_role("button", name="play", exact=True).wait_for()  # 200 steps take 6 s
        lab.get_by_role("button", name="play", exact=True).click()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_function("document.querySelector('.ol-lab:has(.ol-card.ol-gradient_descent)').getBoundingClientRect().bottom < -200")
        unseen = page.evaluate(FRAMES, [NOTHING, 3])
        page.context.close()
        empty = browser.new_context().new_page()
        empty.add_init_script(WATCH)
        empty.goto(without, wait_until="networkidle")
        stood.append(empty.evaluate(FRAMES, [NOTHING, 5]))
        empty.evaluate(COMPUTE, share(scripts_of(played), 0.5))
        computed.append(empty.evaluate(FRAMES, [NOTHING, 5]))
        empty.context.close()
    row(f"{name}, playing: script a frame, p99", share(scripts_of(played), 0.99), "ms", most)
    row("playing: script a frame, median", share(scripts_of(played), 0.5), "ms")
    row("a page that only computes and paints a box: median", share(scripts_of(computed), 0.5), "ms")
    row("a page that only computes and paints a box: p99", share(scripts_of(computed), 0.99), "ms")
    late, none = ([sum(one[name] for one in rounds) for name in ("late", "count")] for rounds in (played, stood))
    row(f"playing: late frames of {late[1]}", late[0], "")
    row(f"a page without a lab: late frames of {none[1]}", none[0], "")
    row("playing out of sight: script in all, 3 s", sum(unseen["scripts"]), "ms", 0)


def bench_peer(browser, row):
    print("\nits peer: ipywidgets.interact with a contour plot of matplotlib in JupyterLab, from a key to the new picture")
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home, "work")
        folder.mkdir()
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(PEER)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
        nbformat.write(notebook, folder / "peer.ipynb")
        with jupyterlab(folder, pathlib.Path(home)) as address_of:
            page = browser.new_context(viewport={"width": 1200, "height": 1000}).new_page()
            page.set_default_timeout(60_000)
            page.goto(address_of("peer.ipynb"))
            page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
            page.locator(".jp-CodeCell").click()
            page.keyboard.press("Shift+Enter")
            page.locator(".jp-OutputArea img").first.wait_for()
            handle = page.locator(".noUi-handle").first
            times = []
            for i in range(40):
                handle.focus()
                times.append(page.evaluate(PEER_EVENT, "ArrowRight" if i % 20 < 10 else "ArrowLeft"))
            page.context.close()
    row("interact with matplotlib: median", statistics.median(times), "ms")
    row("interact with matplotlib: p95", share(times, 0.95), "ms")
    return statistics.median(times)
