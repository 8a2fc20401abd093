"""The chapters say the same on every machine: where powers and sums end in another bit, where the processor has
no vector instructions, and where the learning rates of a search lie a little beside."""

import json
import os
import pathlib
import subprocess
import sys

import nbformat
import numpy as np
import pytest

from tools.notebooks import ROOT, chapters, code_cells, read

pytestmark = pytest.mark.whole  # it takes long

SEARCHES = [path for path in chapters() if "sweep(" in "\n".join(cell.source for cell in code_cells(read(path))) and "geometric(" in path.read_text()]
UP, DOWN = {"ulp": 1, "rates": 1.003}, {"ulp": -1, "rates": 0.997}


def said(change, paths, **environment):
    """{path: what each code cell says} on a machine that is changed so."""
    command = [sys.executable, str(pathlib.Path(__file__).parent.parent / "helpers" / "another_machine.py"), json.dumps(change), *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {pathlib.Path(path): texts for path, texts in json.loads(done.stdout).items()}


def committed(path):
    """What each code cell says in the notebook: what it printed, and the text of what it showed."""

    def text(output):
        if output.output_type == "stream":
            return output.text
        if output.metadata.get("optimlib") == "still":  # stands in for the widget after it, which says the same
            return ""
        return output.data["text/plain"] if output.output_type in ("execute_result", "display_data") and "<Figure" not in output.data["text/plain"] else ""

    return ["".join(map(text, cell.outputs)) for cell in code_cells(read(path))]


def differences(found):
    """Where a chapter says something else than what is committed."""
    return [
        (path.stem, number, now, was)
        for path, texts in found.items()
        for number, (now, was) in enumerate(zip(texts, committed(path), strict=True), 1)
        if now != was
    ]


PARTS = {"searches": SEARCHES, "others": [path for path in chapters() if path not in SEARCHES]}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("change", [UP, DOWN], ids=["up", "down"])
def test_another_last_bit_and_neighbouring_rates_change_no_word(change, part):
    assert differences(said(change, PARTS[part])) == []


def vector_instructions():
    """What NumPy was built for and this processor has, beyond what every processor of its kind has."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]


@pytest.mark.parametrize("part", PARTS)
def test_a_processor_without_vector_instructions_changes_no_word(part):
    names = vector_instructions()
    if not names:
        pytest.skip(f"NumPy {np.__version__} uses no vector instructions on this processor that could be turned off")
    found = said({}, PARTS[part], NPY_DISABLE_CPU_FEATURES=" ".join(names))
    assert differences(found) == []


FRAGILE = {
    "a power": "print(0.9 ** 0.1)",
    "a grid": "import numpy as np\nprint(np.geomspace(1e-3, 20, 120)[40])",
    "a sum": "import numpy as np\nprint(np.array([0.1, 0.2, 0.3]).sum())",
    "a norm": "import numpy as np\nprint(np.linalg.norm([1.0, 0.1]))",
    "the best of a grid": "from optimlib import GradientDescent, Quadratic, geometric, sweep\n"
    "grid = sweep(Quadratic((0.004, 4.0)), GradientDescent(geometric(0.001, 1.09, 120)), (-5, -2), 5000)\n"
    "print(grid.stays_below[grid.stays_below >= 0].min())",
}


@pytest.fixture(scope="module")
def fragile(tmp_path_factory):
    """A notebook whose figures hold on one machine only, and what its cells say on three."""
    path = tmp_path_factory.mktemp("fragile") / "fragile.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in FRAGILE.values()]), path)
    return [said(change, [path])[path] for change in ({}, UP, DOWN)]


@pytest.mark.parametrize("what", FRAGILE)
def test_a_figure_that_another_machine_changes_is_seen(fragile, what):
    here, up, down = (texts[list(FRAGILE).index(what)] for texts in fragile)
    assert here != up or here != down
