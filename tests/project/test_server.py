"""The server of a folder, to which a browser that breaks off is no error."""

import contextlib
import socket
import threading
import urllib.parse

from tools import server

LARGE = 32_000_000  # bytes: more than a connection holds that nobody reads from


@contextlib.contextmanager
def answers_given():
    """Ends once what was asked in it is answered: each answer has a thread of its own. A browser of another test may keep one open."""
    others = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - others:
        thread.join()


def test_who_leaves_while_a_file_comes_is_no_error(tmp_path, capfd):
    (tmp_path / "large.bin").write_bytes(bytes(LARGE))
    with server.serving(tmp_path) as address, answers_given():
        browser = socket.create_connection((urllib.parse.urlsplit(address).hostname, urllib.parse.urlsplit(address).port))
        browser.sendall(b"GET /large.bin HTTP/1.1\r\nHost: here\r\n\r\n")
        assert browser.recv(100).startswith(b"HTTP/1.1 200")
        browser.close()  # with bytes that nobody has read: the system breaks the connection off
    assert capfd.readouterr().err == ""


def test_an_error_of_the_server_is_told(tmp_path, capfd):
    class Broken(server.QuietHandler):
        def do_GET(self):
            raise ValueError("the shelf is empty")

    with server.serving(tmp_path, Broken) as address, answers_given():
        parts = urllib.parse.urlsplit(address)
        with socket.create_connection((parts.hostname, parts.port)) as browser:
            browser.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
            assert browser.recv(100) == b"", "it closes the connection"
    assert "the shelf is empty" in capfd.readouterr().err
