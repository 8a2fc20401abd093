"""The server of a folder, to which a browser that breaks off is no error."""

import socket
import threading
import time
import urllib.parse

from tools import server

LARGE = 32_000_000  # bytes: more than a connection holds that nobody reads from


def test_who_leaves_while_a_file_comes_is_no_error(tmp_path, capfd):
    (tmp_path / "large.bin").write_bytes(bytes(LARGE))
    with server.serving(tmp_path) as address:
        browser = socket.create_connection((urllib.parse.urlsplit(address).hostname, urllib.parse.urlsplit(address).port))
        browser.sendall(b"GET /large.bin HTTP/1.1\r\nHost: here\r\n\r\n")
        assert browser.recv(100).startswith(b"HTTP/1.1 200")
        browser.close()  # with bytes that nobody has read: the system breaks the connection off
        wait_for_the_answers()
    assert capfd.readouterr().err == ""


def test_an_error_of_the_server_is_told(tmp_path, capfd):
    class Broken(server.QuietHandler):
        def do_GET(self):
            raise ValueError("the shelf is empty")

    with server.serving(tmp_path, Broken) as address:
        parts = urllib.parse.urlsplit(address)
        with socket.create_connection((parts.hostname, parts.port)) as browser:
            browser.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
            assert browser.recv(100) == b"", "it closes the connection"
        wait_for_the_answers()
    assert "the shelf is empty" in capfd.readouterr().err


def wait_for_the_answers():
    """Each answer is given by a thread of its own."""
    while any("process_request_thread" in thread.name for thread in threading.enumerate()):
        time.sleep(0.01)
