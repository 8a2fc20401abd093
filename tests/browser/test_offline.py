"""What was read opens again without a connection, and a new version of the site never mixes with an old one."""

import base64
import contextlib
import hashlib
import http.server
import json
import re
import shutil
import threading

import pytest
from test_site import DESKTOP, PATIENCE, awaited, first_lab
from test_site_exercises import EXERCISES, answer, form_of, said

from tools.server import QuietHandler
from tools.site.course_site import STATIC
from tools.site.pages import finish


class Host:
    """A host of a folder at one address, which can go down and come back."""

    def __init__(self, folder):
        self.folder, self.port, self.running = folder, 0, None

    def up(self):
        """Serves the folder. It tells the browser to keep nothing, so that only the page's own worker does."""
        folder = str(self.folder)

        class Handler(QuietHandler):
            protocol_version = "HTTP/1.0"  # no connection outlives the host

            def __init__(self, *arguments):
                super().__init__(*arguments, directory=folder)

            def end_headers(self):
                self.send_header("Cache-Control", "no-store")
                super().end_headers()

        self.running = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.running.daemon_threads = True
        self.port = self.running.server_port
        threading.Thread(target=self.running.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.port}/course"

    def down(self):
        if self.running:
            self.running.shutdown()
            self.running.server_close()
            self.running = None


@pytest.fixture
def host(site, tmp_path):
    """A host of a copy of the site, below a folder."""
    shutil.copytree(site, tmp_path / "course")
    one = Host(tmp_path)
    yield one
    one.down()


@contextlib.contextmanager
def reader(browser):
    with contextlib.closing(browser.new_context(**DESKTOP)) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.thrown, page.said = [], []
        page.on("pageerror", lambda error: page.thrown.append(str(error)))
        context.on("console", lambda message: page.said.append(message.text))
        yield page
        assert page.thrown == []


KEPT = "async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()"


def kept(page):
    """The addresses that the worker keeps."""
    return page.evaluate(KEPT)


def read(page, address):
    """Reads a page, until all that it is made of is kept."""
    page.goto(address)
    # What stands for a widget as long as it is not drawn goes as soon as it is: so both are asked at once.
    pictures = page.evaluate("[...document.images].filter((image) => !image.closest('.optimlib-widget')).map(({ src }) => src)")
    wanted = {address, *pictures, "exercises.js", "parts.js"}

    def missing():
        names = {one for address in kept(page) for one in (address, address.split("?")[0].rpartition("/")[2])}
        return wanted - names

    try:
        awaited(page, lambda: not missing(), "the page is kept")
    except AssertionError as error:
        raise AssertionError(f"{error}; missing: {missing()}; the page says: {page.said}") from error


def test_what_was_read_opens_again_without_a_connection(browser, host):
    address = host.up()
    with reader(browser) as page:
        for name in ("question", "momentum"):
            read(page, f"{address}/chapters/{name}.html")
        assert not any("/editor.js" in one or "/python" in one for one in kept(page)), "what is large comes when it is used"
        host.down()
        page.goto(f"{address}/chapters/question.html")
        lab = first_lab(page)
        lab.get_by_role("button", name="Map", exact=True).click()
        lab.get_by_role("img", name="map of the steps").wait_for()
        for picture in page.locator("article img").all():
            picture.scroll_into_view_if_needed()
            awaited(page, lambda one=picture: one.evaluate("image => image.complete && image.naturalWidth > 0"), "the picture is there")
        page.goto(f"{address}/chapters/momentum.html")
        form = form_of(page, "momentum-steady")
        answer(form, EXERCISES["momentum-steady"])
        said(form).get_by_text("Right.").wait_for()
        assert page.evaluate("getComputedStyle(document.querySelector('.bd-main')).display") == "flex", "with its styles"


def new_version(folder, name="exercises.js"):
    """What a new build changes: a script, and the pages that name it."""
    script = folder / "_static" / name
    script.write_text(script.read_text(encoding="utf-8").replace("Not yet.", "Not so."), encoding="utf-8")
    for path in (folder / "chapters").glob("*.html"):
        path.write_text(path.read_text(encoding="utf-8").replace("</h1>", " (new)</h1>", 1), encoding="utf-8")
    finish(folder)


def test_a_new_version_replaces_the_old_one_whole(browser, host):
    address = host.up()
    with reader(browser) as page:
        for name in ("question", "momentum"):
            read(page, f"{address}/chapters/{name}.html")
        host.down()
        new_version(host.folder / "course")
        host.up()
        page.goto(f"{address}/chapters/momentum.html")
        page.locator("h1", has_text="(new)").first.wait_for(state="attached")
        form = form_of(page, "momentum-steady")
        answer(form, EXERCISES["momentum-steady"], right=False)
        said(form).get_by_text("Not so.").wait_for()
        awaited(page, lambda: sum("/exercises.js" in one for one in kept(page)) == 2, "the page that was not read again has its own script still")
        host.down()
        for name, words, is_new in (("momentum", "Not so.", True), ("question", "Not yet.", False)):
            page.goto(f"{address}/chapters/{name}.html")
            assert page.locator("h1", has_text="(new)").count() == is_new
            exercise = next(one for one in ("momentum-steady", "question-same-rate") if one in EXERCISES and page.locator(f"#exercise-{one}").count())
            form = form_of(page, exercise)
            answer(form, EXERCISES[exercise], right=False)
            said(form).get_by_text(words).wait_for()
        host.up()
        page.goto(f"{address}/chapters/question.html")
        awaited(page, lambda: sum("/exercises.js" in one for one in kept(page)) == 1, "what no page names any more is forgotten")


def test_a_page_that_is_open_takes_no_script_of_a_new_version(browser, host):
    address = host.up()
    with reader(browser) as page:
        page.goto(f"{address}/chapters/gradient-descent.html")
        lab = first_lab(page)
        page.evaluate("navigator.serviceWorker.ready")
        awaited(page, lambda: any("/parts.js" in one for one in kept(page)), "the page is kept")
        editor = form_of(page, "gd-step").locator("textarea")
        script = host.folder / "course" / "_static" / "editor.js"
        script.write_text(script.read_text(encoding="utf-8") + "globalThis.mixed = true;", encoding="utf-8")
        with page.expect_event("requestfailed", lambda request: "editor.js" in request.url):
            editor.focus()
        assert page.evaluate("'mixed' in globalThis") is False
        assert lab.is_visible() and not any("editor.js" in one for one in kept(page))


def test_a_page_names_the_content_of_all_that_it_may_load(site):
    text = (site / "chapters" / "question.html").read_text(encoding="utf-8")
    named = json.loads(re.search(r"optimlibScripts = (\{.*?\});", text)[1])
    in_pages = {"optimlib.js", "search.js", "lab_page.js", "lecture.js", "speaker.js"}  # what some page has from the first on
    ours = {path.name for path in STATIC.glob("*.js")} - in_pages
    assert set(named) >= ours > {"editor.js", "exercises.js", "parts.js", "python.js"}
    for name, integrity in named.items():
        digest = hashlib.sha256((site / "_static" / name).read_bytes()).digest()
        assert integrity == f"sha256-{base64.b64encode(digest).decode()}", name


def test_the_whole_python_is_kept_once_it_was_fetched(browser, host):
    """It comes in pieces, on http as from the worker's cache."""
    address = host.up()
    with reader(browser) as page:
        read(page, f"{address}/chapters/gradient-descent.html")
        pieces = sorted(page.evaluate("Object.keys(optimlibScripts).filter((name) => name.startsWith('python'))"))
        assert len(pieces) > 2
        load = """async (names) => {
            const { src } = document.querySelector("script[src*='/optimlib.js']");
            const addresses = names.map((name) => new URL(`${name}?sha=${optimlibScripts[name].slice(7, 23).replaceAll("+", "-").replaceAll("/", "_")}`, src).href);
            for (const address of addresses) await (await fetch(address)).arrayBuffer();
        }"""
        page.evaluate(load, pieces)
        host.down()
        page.reload()
        page.evaluate(load, pieces)
