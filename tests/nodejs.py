"""Running Node in tests."""

import subprocess

from tools.node import NODE


def run_node(*arguments, **options):
    """Run Node to its end. That the files of optimlib/js carry no mark of being modules is no news."""
    command = [NODE, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", *arguments]
    return subprocess.run(command, capture_output=True, text=True, **options)
