"""The public names: cheap to import, each at home where the table says, and none of them a room by accident."""

import ast
import doctest
import importlib
import inspect
import subprocess
import sys
from types import ModuleType

import pytest
from tests.conftest import ROOT

import ketenreis


def test_the_table_of_rooms_and_the_imports_for_type_checkers_say_the_same():
    tree = ast.parse((ROOT / "src" / "ketenreis" / "__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ketenreis.")
        for alias in node.names
    }
    assert imported == ketenreis._HOME
    assert set(ketenreis.__all__) == set(ketenreis._HOME) <= set(dir(ketenreis))


@pytest.mark.parametrize("name", ketenreis.__all__)
def test_a_public_name_is_documented_and_not_a_room(name):
    value = getattr(ketenreis, name)
    assert not isinstance(value, ModuleType)
    assert value.__doc__
    assert value is getattr(importlib.import_module(ketenreis._HOME[name]), name)


def test_a_name_that_is_not_public_is_refused():
    with pytest.raises(AttributeError, match="no public name 'measures'"):
        _ = ketenreis.measures


def test_the_function_measure_stays_a_function_when_its_room_is_imported_too():
    code = (
        "import ketenreis.measure, ketenreis.measure.figures, ketenreis as kr; "
        "from ketenreis.measure import judge; print(callable(kr.measure), judge.__name__)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.split() == ["True", "judge"], ran.stderr


@pytest.mark.parametrize(
    "name", [name for name in ketenreis.__all__ if inspect.isfunction(getattr(ketenreis, name))]
)
def test_a_public_function_shows_an_example_that_is_run_with_the_tests(name):
    examples = doctest.DocTestParser().get_examples(getattr(ketenreis, name).__doc__)
    assert examples
    assert any(example.want for example in examples)
