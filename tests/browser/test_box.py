"""The box in which a reader's code runs: whatever the code is, it reaches nothing."""

import contextlib
import json

import pytest
from scratch import make_site

from tools import bundles
from tools.server import QuietHandler, serving

# What code that is no Python at all would try, had it found its way out of the interpreter. Each gives what it reached.
ATTEMPTS = r"""
const attempts = {
  fetch: async () => (await fetch(TARGET + "fetch")).type,
  "fetch without asking": async () => (await fetch(TARGET + "no-cors", { mode: "no-cors" })).type,
  XMLHttpRequest: () => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(new Error("refused"));
    request.open("GET", TARGET + "xhr");
    request.send();
  }),
  WebSocket: () => new Promise((resolve, reject) => {
    const socket = new WebSocket(TARGET.replace("http", "ws") + "socket");
    socket.onopen = () => resolve("open");
    socket.onerror = () => reject(new Error("refused"));
  }),
  EventSource: () => new Promise((resolve, reject) => {
    const source = new EventSource(TARGET + "events");
    source.onopen = () => resolve("open");
    source.onerror = () => (source.close(), reject(new Error("refused")));
  }),
  importScripts: () => importScripts(TARGET + "script.js") ?? "loaded",
  "import()": async () => Object.keys(await import(TARGET + "module.js")),
  "a worker of its own": () => new Promise((resolve, reject) => {
    const inner = `fetch("${TARGET}inner").then(() => postMessage("reached"), (error) => postMessage(""))`;
    const worker = new Worker(URL.createObjectURL(new Blob([inner])));
    worker.onmessage = ({ data }) => (data ? resolve(data) : reject(new Error("refused")));
    worker.onerror = () => reject(new Error("refused"));
  }),
  WebRTC: () => new RTCPeerConnection({ iceServers: [] }).createDataChannel("x").readyState,
  image: async () => {
    const image = await createImageBitmap(await (await fetch(TARGET + "image.png", { mode: "no-cors" })).blob());
    return image.width;
  },
  font: async () => (await new FontFace("x", `url(${TARGET}font.woff2)`).load()).status,
  eval: () => (0, eval)("1 + 1"),
  Function: () => (() => {}).constructor("return 1 + 1")(),
  indexedDB: () => new Promise((resolve, reject) => {
    const request = indexedDB.open("box");
    request.onsuccess = () => resolve("open");
    request.onerror = () => reject(request.error);
  }),
  "the site's storage": () => localStorage.length,
  cookies: () => cookieStore.getAll(),
  files: async () => (await navigator.storage.getDirectory()).name,
  BroadcastChannel: () => new Promise((resolve, reject) => {
    const channel = new BroadcastChannel("page");
    channel.onmessage = ({ data }) => resolve(data);
    channel.postMessage("is anybody there?");
    setTimeout(() => reject(new Error("nobody answers")), 300);
  }),
  parent: () => parent.document.title,
  window: () => window.document.title,
};
"""
WORKER = (
    ATTEMPTS
    + r"""
onmessage = async ({ data }) => {
  if (!data.job) return;
  postMessage({ started: true });
  const limit = () => new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), 1000));
  const tried = Object.entries(attempts).map(async ([name, attempt]) => {
    try {
      return [name, String(await Promise.race([new Promise((resolve) => resolve(attempt())), limit()]))];
    } catch {
      return null;
    }
  });
  postMessage({ reply: JSON.stringify((await Promise.all(tried)).filter(Boolean)), printed: "" });
};
"""
)
# The same of code that had come to run in the frame itself.
FRAME = r"""
const { data: parts, ports: [page] } = await new Promise((resolve) => addEventListener("message", resolve, { once: true }));
const reached = [];
const trying = (name, attempt) => Promise.resolve().then(attempt).then((what) => reached.push([name, String(what)]), () => {});
page.onmessage = async ({ data }) => {
  page.postMessage({ job: data.number, started: true });
  await trying("parent", () => parent.document.title);
  await trying("top", () => (top.location = parts.target + "top"));
  await trying("storage", () => localStorage.length);
  await trying("cookie", () => document.cookie);
  await trying("indexedDB", () => indexedDB.open("x").readyState);
  await trying("window", () => open(parts.target + "window").closed);
  await trying("frame", () => new Promise((resolve, reject) => {
    const frame = document.createElement("iframe");
    frame.src = parts.target + "frame";
    frame.onload = () => reject(); // of what was refused, too: the log tells
    document.documentElement.append(frame);
  }));
  for (const [tag, attribute] of [["img", "src"], ["link", "href"], ["script", "src"], ["video", "src"], ["object", "data"]]) {
    await trying(tag, () => new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement(tag), { rel: "stylesheet" });
      element.onload = element.onloadedmetadata = () => resolve("loaded");
      element.onerror = reject;
      setTimeout(reject, 200);
      element.setAttribute(attribute, parts.target + tag);
      document.documentElement.append(element);
    }));
  }
  await trying("form", () => {
    const form = document.createElement("form");
    form.action = parts.target + "form";
    document.documentElement.append(form);
    form.submit();
    throw new Error("the log tells");
  });
  page.postMessage({ job: data.number, reply: JSON.stringify(reached), printed: "" });
};
page.postMessage({ able: true });
"""
CODE = """
import { createBox } from "/tools/site/box.js";
import { loadScript } from "/tools/site/load.js";

new BroadcastChannel("page").onmessage = (event) => event.target.postMessage("here");
globalThis.tryAll = async (script, frame, target) => {
  const { frame: ours } = await loadScript("python.js", "optimlibPython");
  const nothing = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]); // the smallest WebAssembly
  const box = createBox({ frame: frame ?? ours, script, wasm: nothing.buffer, given: {}, target });
  return box.run({ job: "x" });
};
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("box")
    make_site(folder, CODE, python=bundles.python_script())
    return folder


@contextlib.contextmanager
def listening(folder):
    """The address of a server that lets everybody in, and what it was asked for."""
    asked = []

    class Handler(QuietHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "text/javascript")
            self.send_header("Content-Length", "0")
            self.end_headers()

    with serving(folder, Handler) as address:
        yield f"{address}/", asked


def reached(browser, folder, kind, script="", frame=None, target=""):
    with serving(folder) as server:
        address = server if kind == "http" else folder.as_uri()
        context = browser.new_context()
        page = context.new_page()  # what is refused is an error in its console
        page.goto(f"{address}/chapters/light.html")
        reply = page.evaluate("([script, frame, target]) => tryAll(script, frame, target)", [script, frame, target])
        assert page.url.endswith("light.html")
        context.close()
        return dict(json.loads(reply["reply"]))


def hostile(target):
    return f'const TARGET = "{target}";\n{WORKER}'


@pytest.mark.parametrize("kind", ["http", "file"])
def test_no_script_in_the_worker_reaches_anything(browser, folder, kind):
    with listening(folder) as (target, asked):
        assert reached(browser, folder, kind, hostile(target)) == {}
        assert asked == []


@pytest.mark.parametrize("kind", ["http", "file"])
def test_no_script_in_the_frame_reaches_anything(browser, folder, kind):
    with listening(folder) as (target, asked):
        assert reached(browser, folder, kind, frame=f"(async () => {{{FRAME}}})()", target=target) == {}
        assert asked == []


def test_these_tests_see_an_open_box(browser, tmp_path):
    make_site(tmp_path, CODE, python=bundles.python_script())
    script = tmp_path / "_static" / "optimlib.js"
    closed = script.read_text()
    opened_up = closed.replace(
        "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:", "default-src * 'unsafe-inline' 'unsafe-eval' blob: data:"
    ).replace('"allow-scripts"', '"allow-scripts allow-same-origin"')
    assert opened_up != closed
    script.write_text(opened_up)
    with listening(tmp_path) as (target, asked):
        found = reached(browser, tmp_path, "http", hostile(target))
        assert {
            "fetch",
            "XMLHttpRequest",
            "importScripts",
            "import()",
            "a worker of its own",
            "eval",
            "Function",
            "indexedDB",
            "BroadcastChannel",
            "files",
        } <= set(found)
        assert {f"/{name}" for name in ("fetch", "no-cors", "xhr", "socket", "events", "script.js", "module.js", "inner", "font.woff2")} <= set(asked)
        asked.clear()
        found = reached(browser, tmp_path, "http", frame=f"(async () => {{{FRAME}}})()", target=target)
        assert {"parent", "storage", "indexedDB"} <= set(found)
        assert {"/img", "/link", "/script", "/frame"} <= set(asked)
