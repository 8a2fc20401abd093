"""What make does, on any system, with no more than a Python: python -m tools book test

Any version of Python can read this file, to say whether it is new enough; only then it asks for what is written for newer ones.
"""

# ruff: noqa: UP031, RUF005, E402

import sys

NEEDED = (3, 11)

if sys.version_info < NEEDED:
    sys.exit(
        "Python %d.%d or later is needed, and %s says: Python %d.%d.%d. Name another one, as in: make PYTHON=python3.12 book, or python3.12 -m tools book"
        % (NEEDED + (sys.executable,) + tuple(sys.version_info[:3]))
    )

from tools.commands import main

sys.exit(main(sys.argv[1:]))
