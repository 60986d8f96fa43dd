import shutil
import subprocess

import pytest

from ketenreis.errors import UnreadableFileError
from ketenreis.workspace import version

pytestmark = pytest.mark.skipif(
    not shutil.which("git"), reason="Git is not here, so no revision can be read."
)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b", *words], check=True, cwd=tmp_path)

    monkeypatch.chdir(tmp_path)
    (tmp_path / "model" / "journeys").mkdir(parents=True)
    text = tmp_path / "model" / "organisation.yaml"
    git("init", "-q")
    for name in ("Eerst", "Toen"):
        text.write_text(f"personas: [{{id: gezin, name: {name}}}]\n")
        (tmp_path / "model" / "journeys" / "a.yaml").write_text("journeys: [{id: a}]\n")
        git("add", ".")
        git("commit", "-q", "-m", name)
    text.write_text("personas: [{id: gezin, name: Nu}]\n")
    return tmp_path


@pytest.mark.parametrize(
    ("named", "name"),
    [
        ("HEAD~1:model", "Eerst"),
        ("HEAD~1:.", "Eerst"),
        ("HEAD~1:", "Eerst"),
        ("HEAD:model/organisation.yaml", "Toen"),
        ("model", "Nu"),
        (".", "Nu"),
    ],
)
def test_a_model_is_read_as_it_stood_at_a_revision_or_as_it_stands(repository, named, name):
    with version(named) as workspace:
        assert workspace.read().model.name("gezin") == name


def test_a_path_is_seen_from_the_folder_one_stands_in(repository, monkeypatch):
    monkeypatch.chdir(repository / "model")
    with version("HEAD:journeys") as workspace:
        assert [element.id for element in workspace.read().model] == ["a"]
    assert not workspace.folder.exists()


@pytest.mark.parametrize(
    "named",
    ["HEAD:nowhere", "nowhere:model", "--output=x:model", ":model", "HEAD:../x", "HEAD:/etc", "nowhere"],
)
def test_what_is_not_there_is_refused_with_a_sentence(repository, named):
    with pytest.raises(UnreadableFileError, match=r"\.$"), version(named):
        pass
    assert not (repository / "x").exists()
