"""What a reader relies on, in Chromium, Firefox and WebKit: a short list, each with the same words. The rest is tested in Chromium."""

import json
import time
from urllib.parse import quote

import pytest
from drivers import PATIENCE
from test_site_exercises import EXERCISES

from optimlib import Bend, Exponential, RMSProp, descend
from tools.notebooks import chapters
from tools.server import serving

IS_DRAWN = "() => document.readyState === 'complete' && !document.querySelector('.optimlib-widget[data-model-id]:not(:has(.ol))')"
COUNT = ".ol-lab .ol-count"
STEP = "() => Number(document.querySelector('.ol-lab .ol-count').textContent.split(' ')[1])"


@pytest.fixture(scope="module", params=["http", "file"])
def base(request, watched):
    """Where the site stands, on a server and as files: for what the address plays a part in. The rest takes one of the two."""
    if request.param == "file":
        yield watched.as_uri()
    else:
        with serving(watched) as address:
            yield address


@pytest.fixture(scope="module")
def server(watched):
    with serving(watched) as address:
        yield address


def opened(page, address):
    """Opens a page of the course, and waits until its widgets are drawn."""
    page.open(address)
    page.until(IS_DRAWN, what="all is drawn")


def reloaded(page):
    page.again()
    page.until(IS_DRAWN, what="all is drawn again")


def place(page):
    """Where the start of the first lab is drawn."""
    return page.run("() => document.querySelector('.ol-lab .ol-valley .ol-start').getAttribute('transform')")


def stepped(page, step):
    page.until(f"(step) => ({STEP})() === step", step, what=f"the lab is at step {step}")


def focus(page, selector):
    page.run("(selector) => document.querySelector(selector).focus()", selector)


def value(page, selector):
    return page.run("(selector) => document.querySelector(selector).value", selector)


def typed(page, selector, text):
    """Types into a field in place of what is there."""
    page.click(selector)
    page.press("Control+a")
    page.write(text)


def test_every_page_is_whole(page, base):
    for name in sorted(path.stem for path in chapters()):
        opened(page, f"{base}/chapters/{name}.html")
        broken = page.run("""async () => {
            const images = [...document.querySelectorAll("article .cell_output img:not(.optimlib-widget *)")];
            for (const image of images) image.loading = "eager";
            const broken = (image) => image.decode().then(() => [], () => [image.src]);
            const excuses = [...document.querySelectorAll(".ol-excuse, .katex-error, .ol-problem:not(:empty)")].map(({ textContent }) => textContent);
            return [...(await Promise.all(images.map(broken))).flat(), ...excuses];
        }""")
        assert broken == [], name
        assert page.run("() => document.documentElement.scrollWidth <= innerWidth"), f"{name} is as wide as the window"


def test_a_lab_is_played_scrubbed_and_dragged(page, server):
    opened(page, f"{server}/chapters/momentum.html")
    stepped(page, 60)
    page.click(".ol-lab [aria-label=step]")
    page.press("Home")
    stepped(page, 0)
    path = "() => document.querySelector('.ol-lab .ol-valley .ol-momentum .ol-bold').getAttribute('d')"
    before = page.run(path)
    page.click(".ol-lab [aria-label=play]")
    page.until(f"() => ({STEP})() > 3", what="it plays")
    page.click(".ol-lab [aria-label=pause]")
    page.press("End")
    stepped(page, 60)
    assert len(page.run(path)) > len(before)
    was = place(page)
    page.drag(".ol-lab .ol-valley .ol-start", 60, -40)
    dragged = page.until(
        "(was) => { const now = document.querySelector('.ol-lab .ol-start').getAttribute('transform'); return now !== was && now; }",
        was,
        what="the start follows the mouse",
    )
    page.press("ArrowRight")
    page.until("(was) => document.querySelector('.ol-lab .ol-start').getAttribute('transform') !== was", dragged, what="the start follows the keys")
    x, y = page.middle(".ol-lab [aria-label='beta of momentum']")
    page.move(x, y)
    page.down()
    page.up()
    page.press("Home")
    page.shows(".ol-lab .ol-card.ol-momentum output, .ol-lab .ol-card.ol-momentum .ol-value", "0")
    page.click(".ol-lab [aria-label='show momentum']")
    page.until("() => !document.querySelector('.ol-lab .ol-card.ol-momentum [type=checkbox]').checked", what="momentum is hidden")
    page.click(".ol-lab button", "Reset settings")
    page.until("(was) => document.querySelector('.ol-lab .ol-start').getAttribute('transform') === was", was, what="reset brings it back")


def test_a_rule_whose_rate_falls_goes_down_another_ground_as_in_python(page, base):
    ground = {"kind": "bend", "steep": 4, "slope": 0.2, "end": 3}
    given = f"steps=60&step=60&start=-4,5&show=valley,rate&ground={quote(json.dumps(ground))}&add=rmsprop,1,0.2,0.9,0.000001,exponential,0.98"
    opened(page, f"{base}/lab.html#lab=1&v=1&{given}")
    page.until("() => document.querySelectorAll('.ol-contour').length > 5 && document.querySelector('[aria-label=ground]')?.value === 'bend'", what="the bend")
    page.until("() => document.querySelector(\"canvas[aria-label^='learning rate of the next step']\")", what="the rate over time")
    said = page.run("() => [...document.querySelectorAll('.ol-card.ol-rmsprop .ol-where span')].map(({ textContent }) => textContent)")
    end = descend(Bend(), RMSProp(Exponential(0.2, 0.98)), (-4, 5), 60).points[-1]
    assert [float(text.split()[1].replace("−", "-")) for text in said[:2]] == pytest.approx(end, abs=0.006)


# What each button below a lab opens.
PARTS = {
    "Arrows": ".ol-arrow-velocity",
    "Plots": "canvas[aria-label^='loss over the steps']",
    "Measures": ".ol-measures td",
    "Arithmetic": ".ol-sums:not(:empty)",
    "Add a rule": ".ol-add-panel button",
    "Valley": "[aria-label='angle of the valley']",
    "Rate over time": "canvas[aria-label^='learning rate of the next step']",
    "Findings": ".ol-findings-panel button",
    "Map": ".ol-map canvas",
    "Predict": ".ol-predict-panel button",
    "Share": ".ol-share-panel button",
    "Write your own rule": ".ol-own-panel .ol-editor",
    "Full screen": ":fullscreen .ol-valley",
}


def test_every_part_of_a_lab_opens(page, server):
    opened(page, f"{server}/chapters/momentum.html")
    names = page.run("() => [...document.querySelector('.ol-lab').querySelectorAll('.ol-chip:not([aria-label])')].map(({ textContent }) => textContent)")
    assert [name for name in names if name != "Reset settings"] == [*PARTS]
    for name, selector in PARTS.items():
        if page.run(
            "(name) => [...document.querySelectorAll('.ol-chip')].find(({ textContent }) => textContent === name).getAttribute('aria-pressed') !== 'true'", name
        ):
            page.click(".ol-lab .ol-chip", name)
        page.until(
            "(selector) => [...document.querySelectorAll(`.ol-lab ${selector}`), document.querySelector(selector)].some((part) => part?.getClientRects().length > 0)",
            selector,
            what=f"{name} opens",
        )
    page.until("() => !document.querySelector('.ol-map[aria-busy]')", what="the map is drawn")


def test_keys_do_everything(page, server):
    opened(page, f"{server}/chapters/momentum.html")
    focus(page, ".ol-lab")
    for key, step in [("ArrowLeft", 59), ("Home", 0), ("ArrowRight", 1), ("End", 60)]:
        page.press(key)
        stepped(page, step)
    page.press("?")
    page.shows(".ol-keys:not([hidden])", "full screen, for a class")
    page.middle(".ol-lab .ol-keys")  # so that nothing moves any more
    box = "() => { const { top, width } = document.querySelector('.ol-lab').getBoundingClientRect(); return [top, width]; }"
    was = page.run(box)
    page.press("f")
    page.until("() => document.fullscreenElement?.classList.contains('ol-lab')", what="the lab fills the screen")
    page.press("Home")
    stepped(page, 0)
    page.press("f")
    page.until("() => !document.fullscreenElement", what="it leaves full screen")
    there = f"(was) => ({box})().every((value, i) => Math.abs(value - was[i]) < 1.5)"  # Firefox scrolls by whole pixels
    page.until(there, was, what=f"the lab is where it was, as wide as it was: {was}, {page.run(box)}")


def form(name):
    return f"#exercise-{name} .ol-exercise"


def solved(page, name):
    page.shows(form(name), "✓ solved")


def test_an_exercise_of_each_kind_is_solved_and_still_is_after_a_reload(page, base):
    opened(page, f"{base}/chapters/momentum.html")
    right = {
        kind: next(data for data in EXERCISES.values() if data["kind"] == kind and data["id"].startswith("momentum-"))
        for kind in ("number", "choice", "order", "predict", "code")
    }
    number, choice, order, predict, code = (form(data["id"]) for data in right.values())
    typed(page, f"{number} input[type=text]", repr(right["number"]["answer"]))
    page.press("Enter")
    place_of_right = next(i for i, one in enumerate(right["choice"]["choices"]) if one.get("right"))
    page.click(f"{choice} label:nth-of-type({place_of_right + 1})")
    page.click(f"{choice} button", "Check")
    for at, letter in enumerate(right["order"]["orders"][0]):
        letters = page.run("(form) => [...document.querySelectorAll(`${form} .ol-order li`)].map((line) => line.dataset.letter)", order)
        for _ in range(letters.index(letter) - at):
            page.click(f"{order} button[aria-label='move line {letter} up']")
    page.click(f"{order} button", "Check")
    values = right["predict"]["answer"]
    for at, number_of_it in enumerate(values if isinstance(values, list) else [values]):
        page.run("([form, at]) => document.querySelectorAll(`${form} input[type=text]`)[at].focus()", [predict, at])
        page.press("Control+a")
        page.write(repr(number_of_it))
    page.click(f"{predict} button", "Check")
    page.click(f"{code} textarea, {code} .cm-content")
    page.until("(form) => document.activeElement.matches(`${form} .cm-content`)", code, what="the better editor is there")
    page.press("Control+a")
    page.write(right["code"]["reference"])
    page.press("Control+Enter")
    for data in right.values():
        solved(page, data["id"])
    said = "(form) => document.querySelector(`${form} .ol-feedback`).textContent"
    written = "(form) => { const field = document.querySelector(`${form} textarea`); return field ? field.value : document.querySelector(`${form} .cm-content`).innerText; }"
    assert "Right." in page.run(said, code)
    source = page.run(written, code).rstrip()
    reloaded(page)
    for data in right.values():
        solved(page, data["id"])
    assert value(page, f"{number} input[type=text]") == repr(right["number"]["answer"])
    assert page.run(written, code).rstrip() == source
    opened(page, f"{base}/chapters/progress.html")
    page.shows(".ol-progress .ol-total", f"{len(right)} of {len(EXERCISES)} solved")


def test_an_endless_loop_ends_and_the_readers_own_rule_runs(page, server):
    opened(page, f"{server}/chapters/momentum.html")
    page.click(".ol-lab .ol-chip", "Write your own rule")
    page.click(".ol-lab .ol-own-panel textarea, .ol-lab .ol-own-panel .cm-content")
    page.until("() => document.activeElement.matches('.ol-own-panel .cm-content')", what="the better editor is there")
    page.press("Control+Enter")  # it opens with gradient descent
    page.shows(".ol-lab .ol-own-status", "It runs.")
    page.press("Control+a")
    page.write("while True: pass")
    page.press("Control+Enter")
    page.shows(".ol-lab .ol-own-status", "Stopped after")


def test_the_whole_python_comes_when_the_reader_agrees(page, base):
    opened(page, f"{base}/chapters/rmsprop.html")
    code = form("rmsprop-step")

    def submit(source):
        page.run("(form, source) => { document.querySelector(`${form} textarea`).value = source; }", code, source)
        page.click(f"{code} button", "Run")

    submit(f"import dataclasses\n{EXERCISES['rmsprop-step']['reference']}")
    page.click(".ol-offer button", "Not now")
    page.shows(f"{code} .ol-feedback", "it was not fetched")
    page.click(f"{code} button", "Run")
    page.click(".ol-offer button", "Fetch it")
    solved(page, "rmsprop-step")
    submit("import dataclasses\n1 / 0")
    page.shows(f"{code} .ol-feedback", "divides by zero")


# As long as results and their quotations come, they move what is to be clicked.
ALL_FOUND = """() => document.querySelector('#search-results .search-summary')?.textContent &&
    [...document.querySelectorAll('#search-results li')].every((one) => one.querySelector('p.context, :scope > span'))"""


def test_a_search_leads_to_its_words(page, base):
    page.open(f"{base}/search.html?q=curvature")
    page.until(ALL_FOUND, what="all results stand, with their quotations")
    page.click("#search-results li a", "Gradient descent")
    page.until("() => location.pathname.endsWith('/gradient-descent.html')", what="the page of the hit opens")
    page.until(IS_DRAWN, what="all is drawn")
    page.until("() => document.querySelector('article .highlighted')", what="the words are marked")


def test_links_bring_back_what_was_on_screen(page, server):
    opened(page, f"{server}/chapters/momentum.html")
    page.click(".ol-lab .ol-chip", "Share")
    focus(page, ".ol-lab [aria-label='beta of momentum']")
    page.press("Home")
    page.click(".ol-lab [aria-label=step]")
    page.press("Home")
    for _ in range(3):
        page.press("ArrowRight")
    stepped(page, 3)
    page.click(".ol-share-panel button", "Copy link")
    link = page.until("() => document.querySelector('.ol-lab .ol-copied')?.value", what="the link is shown")
    opened(page, f"{server}/chapters/question.html")
    opened(page, link)
    stepped(page, 3)
    assert value(page, ".ol-lab [aria-label='beta of momentum']") == "0"


def test_a_link_opens_its_finding(page, server):
    opened(page, f"{server}/chapters/gradient-descent.html#preset=past-the-edge")
    page.shows(".ol-watch", "Watch the swing")
    opened(page, f"{server}/chapters/momentum.html")
    page.click("article a[href='#preset=momentum-better']")
    page.shows(".ol-watch:not(:empty)", "Watch the zigzag")


TOP = "() => document.querySelector('#exercises > h2').getBoundingClientRect().top"


def test_a_link_leads_to_its_place(page, server):
    opened(page, f"{server}/chapters/rmsprop.html#exercises")
    page.until(f"() => {{ const top = ({TOP})(); return top >= 0 && top <= 300; }}", what="the heading is in view")


def test_a_place_is_kept_over_a_reload(page, server):
    opened(page, f"{server}/chapters/rmsprop.html")
    page.run("() => document.querySelector('#exercises > h2').scrollIntoView({ block: 'center', behavior: 'instant' })")
    was = page.run(TOP)
    reloaded(page)
    page.until(f"(was) => Math.abs(({TOP})() - was) < 20", was, what=f"the page is where it was: {was}")


def test_the_theme_is_chosen_and_kept(page, base):
    opened(page, f"{base}/chapters/question.html")
    theme = "() => document.documentElement.dataset.theme"
    for _ in range(3):
        page.click(".theme-switch-button")
        if page.run("() => document.documentElement.dataset.mode") == "dark":
            break
    page.until(f"() => ({theme})() === 'dark'", what="it is dark")
    reloaded(page)
    page.until(f"() => ({theme})() === 'dark'", what="it is dark still")
    assert max(page.run("() => getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number)")) < 80


def test_the_speakers_window_and_the_lecture_go_together(page, base):
    """Next and back in either move both, after either was loaded again, too."""
    scene = "() => [...document.querySelectorAll('.scene')].findIndex((one) => one.checkVisibility()) + 1"
    comes_next = "(words) => document.querySelector('.then').textContent.startsWith(words)"
    [lecture] = page.windows()
    page.open(f"{base}/lecture.html#scene=3")
    page.run("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")  # no browser takes a key before it has drawn
    page.press("s")
    page.until("() => document.querySelector('.said').textContent === ''", what="nothing is said of a window that was blocked")
    end = time.monotonic() + PATIENCE
    while len(page.windows()) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    [speaker] = [window for window in page.windows() if window != lecture]
    page.turn_to(speaker)
    page.until(f"() => ({scene})() === 3", what="it shows scene 3")
    page.until("() => /0:0[1-9]/.test(document.querySelector('.clock').textContent)", what="the clock goes")
    page.until(comes_next, "The two rules", what="it says what comes")
    page.press("PageDown")
    page.until(comes_next, "4. ", what="it is told where the lecture is")
    page.turn_to(lecture)
    assert page.run("() => location.hash") == "#scene=3.2"
    page.again()
    page.press("PageDown")
    page.until("() => location.hash === '#scene=4'", what="the lecture goes on")
    page.turn_to(speaker)
    page.until(f"() => ({scene})() === 4", what="the window follows a lecture that was loaded again")
    page.again()
    page.until(f"() => ({scene})() === 4", what="it comes back when it is loaded again itself")
    page.click("button", "Back")
    page.until(comes_next, "4. ", what="back leads back")
    page.turn_to(lecture)
    page.until("() => location.hash === '#scene=3.2'", what="the lecture, too")


def test_a_lecture_is_held_and_a_lab_stands_in_a_frame(page, base):
    page.open(f"{base}/lecture.html#scene=5")
    page.until("() => !document.querySelector('#scene-5').hidden && document.querySelector('#scene-1').hidden", what="it is at its scene")
    page.click("#scene-5 .choices button", "RMSProp's")
    page.shows("#scene-5 .moment:not([hidden]) .verdict", "That is not so.")
    page.until("() => document.querySelector('#scene-5 .ol-count')?.textContent === 'step 20 of 20'", what="its lab plays")
    page.run("() => document.querySelector('#scene-5 .ol-lab [aria-label=step]').focus()")
    page.press("ArrowLeft")
    page.until("() => document.querySelector('#scene-5 .ol-count').textContent === 'step 19 of 20'", what="the slider has its arrow")
    page.press("PageDown")
    page.until("() => location.hash === '#scene=6' && !document.querySelector('#scene-6').hidden", what="a remote leads on")
    page.press("ArrowLeft")
    page.until("() => location.hash === '#scene=5.2'", what="an arrow leads back")
    page.open(f"{base}/lab.html")
    page.run("""() => {
        const frame = document.createElement("iframe");
        frame.src = location.href.split("#")[0] + "#preset=narrow";
        frame.sandbox = "allow-scripts allow-same-origin";
        document.body.prepend(frame);
    }""")
    inside = "document.querySelector('iframe').contentDocument"
    if base.startswith("http"):
        page.until(f"() => {inside}?.querySelector('.ol-watch')?.textContent.startsWith('Watch the way along')", what="it shows its finding")
