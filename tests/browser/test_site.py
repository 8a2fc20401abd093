"""The built site in a real browser, served and opened as a file, as its readers use it."""

import contextlib
import re
import time

import pytest
from drivers import PATIENCE

from optimlib.exercises import loader
from tools.notebooks import ROOT, chapters, read

PAGES = [*(f"chapters/{path.stem}.html" for path in chapters()), "chapters/api.html"]
NO_FORMULAS = ("chapters/api.html", "chapters/teaching.html", "chapters/progress.html")
RULES = {"gradient-descent": "gradient_descent", "momentum": "momentum", "adagrad": "adagrad", "rmsprop": "rmsprop"}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture(params=["http", "file"])
def base(request, server, files):
    """Where the site stands, on a server and as files: for what the address plays a part in. The rest takes one of the two."""
    return server if request.param == "http" else files


def framed(page):
    """Waits for a frame: until the first one, a page of files has no storage (tools/site/early.js)."""
    page.evaluate("() => new Promise(requestAnimationFrame)")


@contextlib.contextmanager
def opened(browser, address, **options):
    """A page in a fresh browser profile; at the end it must not have complained or asked for anything outside."""
    context = browser.new_context(**{**DESKTOP, **options})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    complaints, asked = [], []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: complaints.append(f"not found: {request.url}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="load")
    framed(page)
    yield page
    inside = ("data:", "blob:", re.sub(r"/(?:chapters/|(?:search|lab|lecture|speaker)\.html).*", "/", address))
    context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(inside)] == []


def loaded(page):
    """The names of the files that a page has asked for since it was opened."""
    return page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop().split('?')[0])")


def labs(page):
    """The labs of a page, each scrolled to when it is used."""
    return page.locator(".ol-lab")


def nth_lab(page, number):
    lab = labs(page).nth(number)
    for host in page.locator(".optimlib-widget").all():
        if lab.count():
            break
        host.scroll_into_view_if_needed()
        host.locator(".ol").first.wait_for(state="visible")
    lab.scroll_into_view_if_needed()
    return lab


def first_lab(page):
    return nth_lab(page, 0)


def four_rules(page):
    """The lab of the question's page, which holds all four rules."""
    return first_lab(page)


def drawn(lab, kind):
    """The path of a rule as it is drawn."""
    return lab.locator(f".ol-valley .ol-{kind} .ol-bold").get_attribute("d")


def shown_step(lab):
    return int(lab.locator(".ol-count").inner_text().split()[1])


def awaited(page, truth, what):
    """Waits until truth() holds; fails with what was awaited."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if truth():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"waited in vain until {what}")


def test_the_chosen_theme_is_kept_and_files_ask_for_it_once_a_frame_is_drawn(browser, base):
    context = browser.new_context(**DESKTOP)
    context.add_init_script("""
        const real = Object.getOwnPropertyDescriptor(window, "localStorage");
        window.asked = [];
        let isFramed = false;
        requestAnimationFrame(() => (isFramed = true));
        Object.defineProperty(window, "localStorage", { ...real, get() {
            window.asked.push([isFramed, new Error().stack]);
            return real.get.call(window);
        } });
    """)
    page = context.new_page()
    page.goto(f"{base}/chapters/gradient-descent.html")
    framed(page)
    page.evaluate("localStorage.setItem('mode', 'dark')")
    page.reload()
    page.locator("html[data-theme=dark][data-mode=dark]").wait_for(state="attached")
    asked = page.evaluate("asked")
    assert asked
    if base.startswith("file:"):
        assert [stack for is_framed, stack in asked if not is_framed] == []
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole(browser, base, name):
    with opened(browser, f"{base}/{name}") as page:
        hosts = page.locator(".optimlib-widget")
        path = (ROOT / name).with_suffix(".ipynb")
        wanted = sum("widget-view" in str(cell.get("outputs", "")) for cell in (read(path).cells if path.exists() else []))
        assert hosts.count() == wanted
        assert wanted > 0 or path.stem not in loader.TITLES, "a page with exercises has them"
        for host in hosts.all():
            host.scroll_into_view_if_needed()
            host.locator(".ol-lab, .ol-exercise, .ol-progress, .ol-strip, .ol-pair").first.wait_for(state="visible")
        for image in page.locator("article .cell_output img:not(.optimlib-widget *)").all():
            image.scroll_into_view_if_needed()
            # (One that comes late through the service worker may not be asked to decode before it is there.)
            awaited(page, lambda one=image: one.evaluate("image => image.complete && image.naturalWidth > 0"), "the picture is there")
            assert image.get_attribute("alt"), image.get_attribute("src")
            assert image.evaluate("image => image.getAttribute('width') == image.naturalWidth"), "the page keeps its place free"
        assert page.locator("input[type=search]").count() == 1
        assert page.locator(".katex-error").count() == 0
        assert "\\(" not in page.locator("article").inner_text()
        assert page.locator("a[href$='.ipynb']").count() >= path.exists(), "the page offers its notebook"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_reads_with_scripts_off(browser, site, name):
    context = browser.new_context(java_script_enabled=False, **DESKTOP)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{name}")
    for host in page.locator(".optimlib-widget").all():
        picture = host.locator("img")
        assert picture.count() == 1 or len(host.inner_text()) > 40, "a still picture or words, never a gap"
        if picture.count():
            picture.scroll_into_view_if_needed()
            assert len(picture.get_attribute("alt")) > 40
    assert page.locator(".katex").count() > 0 or name in NO_FORMULAS, "formulas are in the page"
    context.close()


def test_every_icon_is_there_and_no_library_is(browser, server, site):
    asked = []
    with opened(browser, f"{server}/chapters/question.html") as page:
        page.wait_for_load_state("networkidle")  # a reload would break off what is on its way
        page.on("request", lambda request: asked.append(request.url))
        page.reload(wait_until="networkidle")
        masks = page.evaluate("""() => [...document.querySelectorAll("[class*='fa-']")].map((icon) => getComputedStyle(icon, "::before").maskImage)""")
        assert len(masks) > 10 and all(mask.startswith('url("data:image/svg+xml,') for mask in masks), masks
    assert not [url for url in asked if "fontawesome" in url]
    assert not (site / "_static" / "vendor" / "fontawesome").exists()


def test_every_icon_that_a_page_names_is_in_the_styles(site):
    """Also those that only some pages have, or only show at times."""
    named = {name for path in site.rglob("*.html") if "_static" not in path.parts for name in re.findall(r"\bfa-[a-z-]+", path.read_text(encoding="utf-8"))}
    styles = (site / "_static" / "optimlib.css").read_text(encoding="utf-8")
    assert len(named) > 10 and [name for name in named - {"fa-solid"} if not re.search(rf"\.{name}[ :{{,]", styles)] == []


def test_every_head_describes_its_page_and_holds_nothing_up(site):
    for name in [*PAGES, "search.html", "genindex.html"]:
        text = (site / name).read_text(encoding="utf-8")
        scripts = re.findall(r"<script[^>]* src=[^>]*>", text)
        assert len(scripts) > 5 and all('defer="defer"' in one and re.search(r'\?sha=[\w-]{16}"', one) for one in scripts), (name, scripts)
        assert scripts[0].split("?")[0].endswith("optimlib.js"), "ours comes first"
        assert len(re.findall(r'<link [^>]*rel="stylesheet"', text)) == 1, name
        assert 20 < len(re.search(r'<meta name="description" content="([^"]*)"', text)[1]) < 160, name


def test_the_notebook_is_saved_and_not_shown(browser, server):
    with opened(browser, f"{server}/{PAGES[0]}") as page:
        page.get_by_role("button", name="Download this page").click()
        with page.expect_download() as saved:
            page.get_by_role("link", name=".ipynb").click()
        assert saved.value.suggested_filename == "question.ipynb"


def test_the_lab_plays_to_the_end(browser, base):
    with opened(browser, f"{base}/chapters/question.html") as page:
        lab = first_lab(page)
        lab.get_by_role("button", name="reset").click()
        lab.get_by_role("slider", name="step", exact=True).fill("0")
        lab.get_by_text("step 0 of 20").wait_for()
        before = drawn(lab, "momentum")
        lab.get_by_role("button", name="play").click()
        lab.get_by_role("button", name="pause").wait_for()
        lab.get_by_text("step 20 of 20").wait_for()
        lab.get_by_role("button", name="play").wait_for()
        assert len(drawn(lab, "momentum")) > len(before)


def test_a_slider_moves_its_path_and_no_other(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        lab = first_lab(page)
        lab.get_by_role("slider", name="step", exact=True).fill("20")
        lab.get_by_text("step 20 of 20").wait_for()
        momentum, rmsprop = drawn(lab, "momentum"), drawn(lab, "rmsprop")
        lab.get_by_role("slider", name="beta of momentum").press("ArrowRight")
        awaited(page, lambda: drawn(lab, "momentum") != momentum, "the path moves")
        assert drawn(lab, "rmsprop") == rmsprop


def test_the_lab_ends_where_the_text_says(browser, server):
    with opened(browser, f"{server}/chapters/question.html") as page:
        lab = four_rules(page)
        lab.get_by_role("slider", name="step", exact=True).fill("20")
        for words in ("x₁ −0.943", "x₁ 0.00719", "x₂ 0.00255", "x₁ −0.0023", "x₁ −0.0106"):
            lab.get_by_text(words, exact=True).wait_for()


def test_the_start_is_dragged_by_mouse_and_moved_by_keys(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html") as page:
        lab = first_lab(page)
        handle = lab.locator(".ol-start")
        handle.scroll_into_view_if_needed()
        before = handle.get_attribute("transform")
        box = handle.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 22)
        page.mouse.down()
        page.mouse.move(box["x"] + 150, box["y"] - 40, steps=5)
        page.mouse.up()
        awaited(page, lambda: handle.get_attribute("transform") != before, "the start follows the mouse")
        dragged = handle.get_attribute("transform")
        handle.focus()
        handle.press("ArrowRight")
        awaited(page, lambda: handle.get_attribute("transform") != dragged, "the start follows the keys")
        lab.get_by_role("button", name="reset").click()
        awaited(page, lambda: handle.get_attribute("transform") == before, "reset brings it back")


def test_a_switch_hides_a_rule(browser, files):
    with opened(browser, f"{files}/chapters/momentum.html") as page:
        lab = first_lab(page)
        path = lab.locator(".ol-valley .ol-gradient_descent .ol-faint")
        lab.get_by_role("checkbox", name="show gradient descent").uncheck()
        path.wait_for(state="hidden")
        lab.get_by_role("checkbox", name="show gradient descent").check()
        path.wait_for(state="visible")


@pytest.mark.parametrize("chapter", RULES)
def test_ipywidgets_drive_the_lab_of_each_rule(browser, files, chapter):
    with opened(browser, f"{files}/chapters/{chapter}.html") as page:
        driven = page.locator(".optimlib-widget", has=page.locator(".ol-standard"))
        for host in page.locator(".optimlib-widget").all():
            host.scroll_into_view_if_needed()
        driven = driven.first
        driven.scroll_into_view_if_needed()
        lab = driven.locator(".ol-lab")
        step = driven.locator(".ol-named, .ol-standard").get_by_role("slider", name="step", exact=True).first
        step.fill("7")
        lab.get_by_text("step 7 of").wait_for()
        driven.get_by_role("button", name="Play", exact=True).click()
        awaited(page, lambda: shown_step(lab) > 8, "it plays on")
        driven.get_by_role("button", name="Stop", exact=True).click()
        lab.get_by_text("step 0 of").wait_for()
        twin = page.locator(".ol-lab", has_text=lab.locator(".ol-count").inner_text().replace("step 0 ", "")).first
        twin.scroll_into_view_if_needed()  # the same lab, shown above as well: it follows once it is seen
        twin.get_by_text("step 0 of").wait_for()


def exercise(page, words):
    for host in page.locator(".optimlib-widget").all():
        host.scroll_into_view_if_needed()
    form = page.locator(".ol-exercise", has_text=words)
    form.scroll_into_view_if_needed()
    return form


def test_an_exercise_with_a_number_judges(browser, files):
    with opened(browser, f"{files}/chapters/adagrad.html") as page:
        form = exercise(page, "nine times in a row")
        answer, said = form.get_by_role("textbox"), form.get_by_role("status")
        for typed, words in [("144", "That is the sum of the squares"), ("1,200", "Write a point"), ("", "no number yet"), ("24/2", "Right.")]:
            answer.fill(typed)
            form.get_by_role("button", name="Check").click()
            said.get_by_text(words).first.wait_for()


def test_an_exercise_with_a_choice_judges(browser, server):
    with opened(browser, f"{server}/chapters/momentum-or-rmsprop.html") as page:
        form = exercise(page, "Which rules take exactly the same path")
        said = form.get_by_role("status")
        form.get_by_text("All four").click()
        form.get_by_role("button", name="Check").click()
        said.get_by_text("Not yet.").wait_for()
        form.get_by_text("Gradient descent and momentum.").click()
        form.get_by_role("button", name="Check").click()
        said.get_by_text("Right.").wait_for()


def test_the_search_finds_a_word(browser, base):
    with opened(browser, f"{base}/search.html?q=curvature") as page:
        page.locator("#search-results li a").first.wait_for()
        assert page.locator("#search-results li a", has_text="Gradient descent").count() >= 1


def test_dark_pages_are_dark(browser, server):
    with opened(browser, f"{server}/chapters/momentum.html", color_scheme="dark") as page:
        first_lab(page)
        page.locator("html[data-theme=dark]").wait_for(state="attached")
        for selector in (".cell_output .optimlib-widget", ".ol-lab", ".cell_output"):
            colour = page.locator(selector).first.evaluate("""element => {
                for (; element; element = element.parentElement) {
                    const colour = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
                    if (colour.length === 3 || colour[3] > 0) return colour.slice(0, 3);
                }
            }""")
            assert max(colour) < 80, f"{selector} stands on {colour}"


def test_no_dead_button_without_a_repository(site):
    for name in PAGES:
        text = (site / name).read_text(encoding="utf-8")
        for word in ("mybinder", "colab", "fa-github", "source-repository-button"):
            assert word not in text
