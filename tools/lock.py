"""Resolves requirements.txt and requirements-dev.txt for every system and writes requirements.lock: python -m tools.lock (make lock)."""

import subprocess
import sys

from tools.set_up import ROOT

HOW = ["--python-version", "3.11", "--universal", "--generate-hashes", "--no-annotate", "--no-header", "--output-file", "requirements.lock"]


def main():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("-e"))
    return subprocess.run([sys.executable, "-m", "uv", "pip", "compile", "-", "requirements-dev.txt", *HOW], cwd=ROOT, input=text, encoding="utf-8").returncode


if __name__ == "__main__":
    sys.exit(main())
