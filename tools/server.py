"""A server of a folder on this machine, for tests and measurements."""

import contextlib
import functools
import gzip
import http.server
import pathlib
import threading

PACKED = (".html", ".css", ".js", ".svg", ".json")


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

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


@contextlib.contextmanager
def serving(folder, handler=QuietHandler):
    """Serves a folder while it lasts, and gives the address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()
