"""A command run in this process, as somebody typed it; and Belmij on disk, made once."""

import io
import sys
from dataclasses import dataclass

import pytest

from ketenreis.cli import main
from ketenreis.cli.commands.demo import GUIDED
from ketenreis.events.importing import import_events
from ketenreis.events.mapping import read_mapping
from ketenreis.examples import mapping_file, model_folder, write_raw


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    status: int
    out: str
    err: str


@pytest.fixture
def ketenreis(capsys, monkeypatch):
    """Runs a command: ketenreis("check", folder, stdin="…")."""
    for name in ("KETENREIS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "KETENREIS_DATA"):
        monkeypatch.delenv(name, raising=False)

    def run(*words, stdin="", **variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return run


@dataclass(frozen=True)
class Belmij:
    """Belmij as files: its model, its raw export, its mapping and its event store."""

    model: str
    raw: str
    mapping: str
    store: str


@pytest.fixture(scope="session")
def belmij(tmp_path_factory):
    folder = tmp_path_factory.mktemp("belmij")
    raw = write_raw(GUIDED, folder / "raw", 1_000)[0]
    import_events(raw, folder / "events", read_mapping(mapping_file(GUIDED)))
    return Belmij(str(model_folder(GUIDED)), str(raw), str(mapping_file(GUIDED)), str(folder / "events"))
