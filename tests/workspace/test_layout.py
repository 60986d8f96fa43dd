import pytest

from ketenreis.errors import UnreadableFileError
from ketenreis.workspace import Workspace

TEXT = "personas: [{id: gezin, name: Gezin}]\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "organisation.yaml").write_text(TEXT)
    return tmp_path


def test_a_workspace_is_the_same_from_its_folder_and_from_its_text(folder):
    workspace = Workspace.open(folder)
    assert workspace == Workspace.open(str(folder / "model"))
    assert workspace.read().model.name("gezin") == "Gezin"
    assert workspace.confirmed == folder / "model" / "confirmed.yaml"
    assert (workspace.events, workspace.files, workspace.cache, workspace.keys) == tuple(
        folder / name for name in ("events", "files", "cache", "keys")
    )


def test_a_folder_or_file_with_a_text_is_a_workspace_too(tmp_path):
    file = tmp_path / "belmij.yaml"
    file.write_text(TEXT)
    assert (Workspace.open(file).folder, Workspace.open(tmp_path).folder) == (tmp_path, tmp_path)
    assert Workspace.open(file).read().model == Workspace.open(tmp_path).read().model
    assert Workspace.open(file).confirmed == tmp_path / "confirmed.yaml"


def test_events_that_were_never_imported_are_none(folder):
    assert Workspace.open(folder).store() is None


def test_nothing_at_a_path_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(UnreadableFileError, match="Name a file or folder"):
        Workspace.open(tmp_path / "nowhere")


def test_a_workspace_is_called_by_its_folder_and_knows_whether_it_was_written_out(tmp_path):
    bare = tmp_path / "Belmij & Zoon"
    (bare / "events").mkdir(parents=True)
    assert (Workspace.open(bare).id, Workspace.open(bare).written) == ("belmij-zoon", None)
    (bare / "alles.yaml").write_text(TEXT)
    assert Workspace.open(bare).written == bare
    (bare / "model").mkdir()
    assert Workspace.open(bare).written == bare / "model"
    assert Workspace.open(bare / "model").id == "belmij-zoon"
