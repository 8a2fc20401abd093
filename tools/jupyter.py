"""JupyterLab on a folder, for tests and measurements."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from tools.notebooks import ROOT

HOMES = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


@contextlib.contextmanager
def jupyterlab(folder, home, **environment):
    """Runs JupyterLab on a folder while it lasts, and gives the address of a notebook, alone on the screen, by its name.

    home: an empty folder for its settings, so that it is the same for everybody. environment: variables for its kernels.
    """
    token = secrets.token_hex()
    settings = home / "settings"
    home.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    variables = {
        **os.environ,
        **{name: str(home / name.lower()) for name in HOMES},
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "PYTHONPATH": str(ROOT),
        "JUPYTER_TOKEN": token,
        **environment,
    }
    with open(home / "log", "w", encoding="utf-8") as log, subprocess.Popen(command, env=variables, stdout=log, stderr=log) as server:
        try:
            await_answer(f"http://127.0.0.1:{port}/api?token={token}", server, home / "log")
            yield lambda name: f"http://127.0.0.1:{port}/lab/tree/{name}?token={token}&reset"
        finally:
            server.terminate()


def await_answer(address, server, log):
    """Returns once the server answers; fails with its log when it ends."""
    while True:
        if server.poll() is not None:
            raise RuntimeError(f"JupyterLab ended:\n{log.read_text(encoding='utf-8', errors='replace')}")
        try:
            urllib.request.urlopen(address).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
