"""A server of a folder on this machine: for tests and measurements, and for looking at what was built.

python -m tools.server _build/html      the site, until Ctrl+C (make serve)
"""

import contextlib
import functools
import gzip
import http.server
import pathlib
import sys
import threading
from typing import ClassVar

PACKED = (".html", ".css", ".js", ".svg", ".json")


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without this Python asks the system, and some Windows says that a script is plain text, which no browser runs as a module.
    extensions_map: ClassVar = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html",
        ".css": "text/css",
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
    }

    def log_message(self, *arguments):
        pass


@functools.cache
def packed(path):
    return gzip.compress(pathlib.Path(path).read_bytes())


class PackingHandler(QuietHandler):
    """Sends text compressed and lets the browser keep it, as any host of static pages does."""

    def do_GET(self):
        path = self.translate_path(self.path)
        if not path.endswith(PACKED) or not pathlib.Path(path).is_file():
            super().do_GET()
            return
        body = packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        self.send_header("Cache-Control", "public, max-age=31536000" if "?" in self.path else "public, max-age=3600")
        super().end_headers()


class Server(http.server.ThreadingHTTPServer):
    """A thread for each connection; none keeps Python from ending."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """A browser that leaves a page breaks off what it was still loading: that is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(folder, handler=QuietHandler):
    """Serves a folder while it lasts, and gives the address."""
    with Server(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()


def main(folder, port="8000"):
    """Serves a folder until it is interrupted."""
    if not pathlib.Path(folder, "index.html").is_file():
        return "There is no {0} yet: run make {0} first.".format("lite" if folder.endswith("lite") else "book")
    with Server(("127.0.0.1", int(port)), functools.partial(QuietHandler, directory=folder)) as running:
        print(f"Serving {folder} at http://127.0.0.1:{running.server_port}/ until Ctrl+C", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            running.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
