"""The floors hold, and the guard still bites: a forbidden import planted in a copy is found."""

import shutil
import subprocess
import sys

import pytest
from tests.conftest import ROOT

PLANTED = {
    "a lower floor imports a higher one": ("model/graph.py", "from ketenreis.cli import terminal", "Floors BROKEN"),
    "neighbours on one floor meet": ("events/store.py", "import ketenreis.requirements.ctq", "Floors BROKEN"),
    "the model asks the query engine": ("model/graph.py", "import duckdb", "The model runs without the query engine BROKEN"),
    "renderers count by themselves": ("render/__init__.py", "import numpy", "The model runs without the query engine BROKEN"),
    "the inside leans on the outside": ("measure/figures.py", "import ketenreis", "Nothing inside imports the package root BROKEN"),
    "a room that no floor knows": ("utils/__init__.py", "", "ketenreis.utils"),
}  # fmt: skip


def judged(folder):
    """What import-linter says of a copy of the package."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_hold(copy):
    said = judged(copy)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "0 broken" in said.stdout


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_import_is_found(copy, planted):
    file, line, told = planted
    path = copy / "src" / "ketenreis" / file
    path.parent.mkdir(exist_ok=True)
    there = path.read_text(encoding="utf-8") if path.exists() else '"""A room."""\n'
    path.write_text(f"{there}\n{line}\n", encoding="utf-8")
    said = judged(copy)
    assert said.returncode == 1, said.stdout + said.stderr
    assert told in said.stdout + said.stderr
