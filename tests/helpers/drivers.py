"""One small way to drive Chromium, Firefox and WebKit, so that the same test runs in each.

A `Page` does what a reader does: it opens addresses, moves a mouse and presses keys; and it asks the page by JavaScript.
Chromium and Firefox go through Playwright, WebKitGTK (Safari's engine) through Selenium, as each can do it best. What
a page complained of is kept by a script that `watched` puts into each page, since WebKit tells a driver nothing of it.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time

from playwright.sync_api import Error as PlaywrightError

from tools import browsers

WINDOW = (1280, 900)
PATIENCE = 60  # seconds after which what a page was to do is not coming: far above what a busy machine takes
WATCH = """<script>
    window.complaints = [];
    addEventListener("error", ({ message, target }) => complaints.push(message ?? `not found: ${target.src ?? target.href}`), true);
    addEventListener("unhandledrejection", ({ reason }) => complaints.push(`rejected: ${reason}`));
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => complaints.push(`${violatedDirective}: ${blockedURI}`));
    for (const level of ["error", "warn"]) {
        const say = console[level];
        console[level] = (...words) => (complaints.push(words.join(" ")), say.apply(console, words));
    }
</script>"""

# Where the middle of what is shown first among these elements is, once it stands still and nothing covers it; else null.
MIDDLE = """async (selector, text) => {
    const isMeant = (element) => element.getClientRects().length > 0 && (element.textContent.trim() + (element.ariaLabel ?? "")).includes(text);
    const element = [...document.querySelectorAll(selector)].find(isMeant);
    if (!element) return null;
    const box = () => element.getClientRects()[0]; // of a link that goes over two lines the first part
    const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
    const [x, y] = middle(box());
    const lies = document.elementFromPoint(x, y); // the valley of a lab, which stays in sight, may lie over it
    if (y < 60 || y > innerHeight - 60 || !(element.contains(lies) || lies?.contains(element))) element.scrollIntoView({ block: "center", behavior: "instant" });
    const before = middle(box());
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    if (!box()) return null; // another took its place meanwhile
    const after = middle(box());
    const top = document.elementFromPoint(...after);
    return before.join() === after.join() && (element.contains(top) || top?.contains(element)) ? after : null;
}"""


def watched(site, folder):
    """Copies a built site, each page with the script that keeps what it complains of; gives the folder of the copy."""
    copy = shutil.copytree(site, folder / "site")
    for path in copy.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("<head>", f"<head>{WATCH}", 1), encoding="utf-8")
    return copy


class Page:
    """What the tests use. A subclass adds goto, reload, run, move, down, up, press and write; and windows, to which it can turn_to."""

    LEAVING = ()  # the errors of a run while one page gives way to another

    def __init__(self):
        self.complaints = []

    def open(self, address):
        """Leaves the page for another."""
        self.heard()
        self.goto(address)

    def again(self):
        """Loads the page once more."""
        self.heard()
        self.reload()

    def heard(self):
        """What this page and those before it complained of."""
        self.complaints += self.run("() => (window.complaints ?? []).splice(0)")
        return self.complaints

    def until(self, function, *arguments, what):
        """Waits until a function in JavaScript gives something that is true, and gives that; what says what is awaited."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(*self.LEAVING):
                if value := self.run(function, *arguments):
                    return value
            time.sleep(0.03)
        raise AssertionError(f"waited in vain until {what}; the page complained of {self.heard()}")

    def middle(self, selector, text=""):
        return self.until(MIDDLE, selector, text, what=f"{selector} {text} can be reached")

    def click(self, selector, text=""):
        """Clicks in the middle of the first element of these that is shown and has the text, in it or as its name."""
        at = None
        while at != (at := self.middle(selector, text)):  # the page may move under the mouse
            self.move(*at)
        self.down()
        self.up()

    def drag(self, selector, right, down):
        """Drags an element by so many pixels."""
        x, y = self.middle(selector)
        self.move(x, y)
        self.down()
        for part in (0.3, 0.6, 1):
            self.move(x + right * part, y + down * part)
        self.up()

    def shows(self, selector, text):
        """Waits until an element of these has this text."""
        self.until(
            "(selector, text) => [...document.querySelectorAll(selector)].some((element) => element.textContent.includes(text))",
            selector,
            text,
            what=f"{selector} shows {text!r}",
        )


class PlaywrightPage(Page):
    """A page of Chromium or Firefox."""

    LEAVING = (PlaywrightError,)

    def __init__(self, page):
        super().__init__()
        self.take(page)

    def take(self, page):
        self.page = page
        self.goto, self.reload = page.goto, page.reload
        self.move, self.down, self.up = page.mouse.move, page.mouse.down, page.mouse.up
        self.press, self.write = page.keyboard.press, page.keyboard.type

    def windows(self):
        self.run("() => null")  # Playwright hears of a new window only while it is asked something
        return self.page.context.pages

    def turn_to(self, window):
        self.take(window)

    def run(self, function, *arguments):
        return self.page.evaluate(f"(all) => ({function})(...all)", list(arguments))


class SeleniumPage(Page):
    """A page of WebKitGTK."""

    def __init__(self, driver):
        super().__init__()
        self.driver = driver
        self.goto, self.reload = driver.get, driver.refresh

    def windows(self):
        return self.driver.window_handles

    def turn_to(self, window):
        self.driver.switch_to.window(window)

    def run(self, function, *arguments):
        value = self.driver.execute_async_script(
            f"""const end = arguments[arguments.length - 1];
            Promise.resolve().then(() => ({function})(...[...arguments].slice(0, -1)))
                .then((value) => end({{ value }}), (error) => end({{ error: `${{error}}` }}));""",
            *arguments,
        )
        if "error" in value:
            raise AssertionError(value["error"])
        return value.get("value")

    def act(self, device, *actions):
        """Has a mouse or a keyboard do these, as WebDriver words them."""
        kind = {"mouse": {"type": "pointer", "parameters": {"pointerType": "mouse"}}, "keys": {"type": "key"}}[device]
        self.driver.execute("actions", {"actions": [{"id": device, **kind, "actions": actions}]})

    def move(self, x, y):
        self.act("mouse", {"type": "pointerMove", "duration": 0, "x": round(x), "y": round(y), "origin": "viewport"})

    def down(self):
        self.act("mouse", {"type": "pointerDown", "button": 0})

    def up(self):
        self.act("mouse", {"type": "pointerUp", "button": 0})

    def press(self, names):
        """Presses a key, or several with + between them."""
        from selenium.webdriver.common.keys import Keys

        known = {
            "ArrowLeft": Keys.ARROW_LEFT,
            "ArrowRight": Keys.ARROW_RIGHT,
            "ArrowUp": Keys.ARROW_UP,
            "ArrowDown": Keys.ARROW_DOWN,
            "Home": Keys.HOME,
            "End": Keys.END,
            "PageUp": Keys.PAGE_UP,
            "PageDown": Keys.PAGE_DOWN,
            "Enter": Keys.ENTER,
            "Escape": Keys.ESCAPE,
            "Tab": Keys.TAB,
            "Space": " ",
            "Control": Keys.CONTROL,
        }
        keys = [known.get(name, name) for name in names.split("+")]
        self.act("keys", *({"type": "keyDown", "value": key} for key in keys), *({"type": "keyUp", "value": key} for key in reversed(keys)))

    def write(self, text):
        from selenium.webdriver.common.keys import Keys

        keys = [Keys.ENTER if letter == "\n" else letter for letter in text]
        self.act("keys", *({"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")))


def playwright_pages(running):
    """What opens a page of a running Chromium or Firefox in a fresh profile."""

    @contextlib.contextmanager
    def opened():
        context = running.new_context(viewport={"width": WINDOW[0], "height": WINDOW[1]})
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        yield PlaywrightPage(page)
        context.close()

    return opened


@contextlib.contextmanager
def firefox(play):
    """A running Firefox, the system's, which Playwright drives by the standard that it shares with Chromium (WebDriver BiDi)."""
    running = play.firefox.launch(executable_path=browsers.installed("firefox")["browser"], channel="moz-firefox")
    yield running
    running.close()


@contextlib.contextmanager
def screen(path):
    """Has a screen that nobody sees, and gives its name."""
    read, write = os.pipe()
    server = subprocess.Popen([path, "-displayfd", str(write), "-screen", "0", "1400x1100x24", "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with open(read, encoding="ascii") as names:
        yield f":{names.readline().strip()}"
    server.terminate()
    server.wait()


@contextlib.contextmanager
def webkit_driver(paths, display):
    """A WebKitWebDriver of its own with the browser that it starts, and a session with it; both are gone at the end."""
    from selenium import webdriver
    from selenium.common.exceptions import WebDriverException
    from selenium.webdriver.remote.client_config import ClientConfig
    from selenium.webdriver.remote.remote_connection import RemoteConnection
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service
    from urllib3.exceptions import HTTPError

    options = Options()
    options.binary_location = paths["browser"]
    options.add_argument("--automation")
    options.set_capability("browserName", "MiniBrowser")
    service = Service(executable_path=paths["driver"], env={**os.environ, "DISPLAY": display}, popen_kw={"start_new_session": True})
    try:
        # The driver waits for its browser without end, and answers nobody meanwhile.
        client = ClientConfig(service.service_url, timeout=PATIENCE, init_args_for_pool_manager={"init_args_for_pool_manager": {"retries": False}})
        try:
            service.start()
            driver = webdriver.Remote(RemoteConnection(client_config=client), options=options)
        except (HTTPError, WebDriverException) as error:
            raise NoBrowserError from error
        client.timeout = 2 * PATIENCE  # a script may take its own time first
        driver.set_script_timeout(PATIENCE)
        yield driver
        driver.quit()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(service.process.pid, signal.SIGKILL)
        service.process.wait()


class NoBrowserError(Exception):
    """A driver's browser has not come."""


@contextlib.contextmanager
def webkit():
    """Has a screen for WebKitGTK; gives a function that opens a page in a fresh profile.

    The driver picks a free port for its browser and lets go of it again: when another program takes it in between, the
    driver talks to that one and its browser never comes. Then another driver is started, up to three in all.
    """
    paths = browsers.installed("webkit")
    with screen(paths["screen"]) as display:

        @contextlib.contextmanager
        def opened():
            with contextlib.ExitStack() as stack:
                for attempt in range(3):
                    try:
                        driver = stack.enter_context(webkit_driver(paths, display))
                        break
                    except NoBrowserError:
                        if attempt == 2:
                            raise
                # A window is larger than the page in it.
                width, height = driver.execute_script("return [outerWidth - innerWidth, outerHeight - innerHeight]")
                driver.set_window_size(WINDOW[0] + width, WINDOW[1] + height)
                yield SeleniumPage(driver)

        yield opened
