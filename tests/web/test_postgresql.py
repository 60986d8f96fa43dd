"""The same environment keeps its changes in PostgreSQL, by one setting."""

import os
import subprocess
import sys

PROGRAM = """
import sys
from pathlib import Path
from ketenreis.web.serving import prepare
folder = Path(sys.argv[1])
prepare(folder)
from ketenreis.model.edits import Update
from ketenreis.web import shelf
from ketenreis.web.changes import keeping
from ketenreis.web.changes.models import Change
here = shelf.workspace("bos")
first = keeping.now(here)
made = keeping.commit(here, [Update("zien", "name", "Boom zien", "Boom opmerken")])
keeping._held.clear()
assert keeping.now(here) == made
keeping.undo(here, Change.objects.get(pk=made.change))
assert keeping.now(here).model == first.model
from django.db import connection
print(connection.vendor, Change.objects.count())
"""


def test_changes_are_kept_in_postgresql(folder, postgres, tmp_path):
    import shutil

    shutil.copytree(folder / "bos" / "model", tmp_path / "bos" / "model")
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        env={**os.environ, "KETENREIS_DATABASE": postgres},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.stdout.split() == ["postgresql", "3"], told.stderr
    assert not (tmp_path / "workspace.sqlite").exists()
