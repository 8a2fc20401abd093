"""Builds what goes to the registry, and tries it as one who installs it will: python -m tools.release (make release).
With the environment variable TAG it does so only where that is the tag of this version: make release TAG=v1.2.3.

It makes an sdist and a wheel in _build/dist, checks what they say of themselves and hold, and installs each in clean environments in an
empty folder elsewhere: NumPy alone, then with all extras (tools/smoke.py). There, too, each chapter runs alone, from its first cell on,
which installs the library (tools/chapter_alone.py).
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

from tools import chapter_alone, venvs
from tools.notebooks import ROOT, project

DIST = ROOT / "_build" / "dist"
TWINE = "twine==7.0.0"  # reads what the registry will read; run apart, since it brings twenty packages
LIBRARY = ROOT / "optimlib"
# Of the library a wheel has all but what optimlib/built is made from.
NOT_IN_WHEEL = ("js/", "built/sources.json")
# What no sdist may hold, by the first part of its path; and no file may be larger than this.
NOT_IN_SDIST = {"_build", "node_modules", ".venv", ".git", ".github", ".ci"}
LARGEST = 600_000


def tracked():
    """The files that git has."""
    return subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()


def build():
    """Makes the sdist, and of it the wheel. Gives the paths of both."""
    shutil.rmtree(DIST, ignore_errors=True)
    # That sets up no other environment: hatchling is in this one.
    venvs.run([*venvs.UV, "build", "--no-build-isolation", "--python", sys.executable, "--out-dir", DIST, ROOT], ROOT)
    return next(DIST.glob("*.tar.gz")), next(DIST.glob("*.whl"))


def wheel_faults(names, files):
    """What a wheel that holds files of these names lacks, or has too much, of a library with these files (paths from optimlib)."""
    wanted = {f"optimlib/{name}" for name in files if not name.startswith(NOT_IN_WHEEL)}
    held = {name for name in names if ".dist-info/" not in name}
    faults = [f"the wheel lacks {name}" for name in sorted(wanted - held)] + [f"the wheel has {name}" for name in sorted(held - wanted)]
    if not any(name.endswith(".dist-info/licenses/LICENSE") for name in names):
        faults.append("the wheel lacks its licence")
    return faults


def sdist_faults(sizes, files):
    """The same of an sdist: {path from its folder: size}, and the files that git has."""
    faults = [f"the sdist has {name}" for name in sizes if name.split("/")[0] in NOT_IN_SDIST]
    faults += [f"{name} of the sdist has {size:,} bytes" for name, size in sizes.items() if size > LARGEST]
    wanted = {name for name in files if name.split("/")[0] not in NOT_IN_SDIST}
    return (
        faults
        + [f"the sdist lacks {name}" for name in sorted(wanted - sizes.keys())]
        + [f"the sdist has {name}, which git has not" for name in sorted(sizes.keys() - wanted - {"PKG-INFO"})]
    )


def check_contents(sdist, wheel):
    """Raises Failed where one of them lacks something, or has too much."""
    files = tracked()
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    with tarfile.open(sdist) as archive:
        sizes = {member.name.partition("/")[2]: member.size for member in archive if member.isfile()}
    faults = wheel_faults(names, [name.removeprefix("optimlib/") for name in files if name.startswith("optimlib/")]) + sdist_faults(sizes, files)
    if faults:
        raise venvs.Failed("\n".join(faults))
    for path, count in ((sdist, len(sizes)), (wheel, len(names))):
        print(f"  {path.relative_to(ROOT)}: {count} files, {path.stat().st_size / 1e6:.1f} MB")


def try_it(archive, folder):
    """Installs an sdist or a wheel in a clean environment in this folder, at first without extras, and uses it."""
    folder.mkdir()
    here = folder / "empty"
    here.mkdir()
    shutil.copy(ROOT / "tools" / "smoke.py", folder)
    python = venvs.make(folder / "venv")
    for extra, what in (("", "core"), ("[all]", "all")):
        venvs.install(python, f"{project()['name']}{extra} @ {archive.as_uri()}")
        print(f"  {archive.name}{extra}:", venvs.run([python, folder / "smoke.py", what], here).strip().rpartition(" works: ")[2])


def main():
    began = time.perf_counter()
    tag = os.environ.get("TAG")
    if tag and tag != f"v{project()['version']}":
        sys.exit(f"The tag {tag} is not that of the version {project()['version']} in pyproject.toml, v{project()['version']}. Nothing was built.")
    try:
        print("Building ...", flush=True)
        sdist, wheel = build()
        check_contents(sdist, wheel)
        print(f"{TWINE}:", flush=True)
        print(
            "  "
            + venvs.run([*venvs.UV, "tool", "run", "--from", TWINE, "twine", "--no-color", "check", "--strict", sdist, wheel], ROOT)
            .strip()
            .replace("\n", "\n  ")
        )
        with tempfile.TemporaryDirectory() as folder:
            print("Installed in an empty folder, this works:", flush=True)
            for archive in (sdist, wheel):
                try_it(archive, Path(folder) / archive.suffix[1:])
            print("A chapter alone in an empty folder, whose first cell installs the library:", flush=True)
            chapter_alone.try_all(wheel.parent, Path(folder))
    except venvs.Failed as error:
        sys.exit(f"{error}\nmake release found a fault.")
    print(f"Done in {time.perf_counter() - began:.0f} s. To publish it, push a tag: CONTRIBUTING.md says how.")


if __name__ == "__main__":
    main()
