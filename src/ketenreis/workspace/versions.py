"""Which text does a name on the command line stand for: a folder, a file, or one of them at a moment in git?"""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ketenreis.errors import UnreadableFileError
from ketenreis.workspace.layout import Workspace

_LARGEST = 200_000_000
"""More text than any model; what is larger is not taken out of git."""


@contextmanager
def version(named: str) -> Iterator[Workspace]:
    """Opens a workspace, or one as it stood at a revision in git.

    Args:
        named: A path; or `REVISION:path` with the path as seen from the folder one stands in, such as `HEAD~1:model`.

    Yields:
        The workspace; that of a revision stands in a folder of its own that goes when one is done with it.

    Raises:
        UnreadableFileError: There is no such path, revision, or path in that revision.
    """
    revision, colon, path = named.partition(":")
    if Path(named).exists() or not colon:
        yield Workspace.open(named)
        return
    archive = _archived(revision, path or ".")
    with tempfile.TemporaryDirectory(prefix="ketenreis-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            # Git never makes such a path, and a file that says otherwise must not come out of the folder.
            tar.extractall(folder, members=_texts(tar), filter="data")
        yield Workspace.open(Path(folder, *PurePosixPath(path or ".").parts))


def _archived(revision: str, path: str) -> bytes:
    """What git has of a path at a revision, as a tar."""
    if revision.startswith("-") or not revision:
        raise UnreadableFileError(
            f"“{revision}” is no revision. Write it as REVISION:path, such as HEAD~1:model."
        )
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise UnreadableFileError(
            f"“{path}” leads out of this folder. Name it as seen from here: HEAD~1:model."
        )
    asked = ["git", "archive", "--format=tar", revision, "--", path]
    try:
        # No shell, a fixed program, and a revision that cannot be taken for an option.
        done = subprocess.run(asked, capture_output=True, check=False, timeout=120)  # noqa: S603  the line above says why it is safe
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise UnreadableFileError(f"Git could not be asked for {revision}:{path}: {problem}.") from problem
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else "no reason given"
        raise UnreadableFileError(f"Git has no {revision}:{path} to read from here ({reason}).")
    if len(done.stdout) > _LARGEST:
        raise UnreadableFileError(f"{revision}:{path} is too large for a model. Name the folder of its text.")
    return done.stdout


def _texts(tar: tarfile.TarFile) -> list[tarfile.TarInfo]:
    """The folders and texts in it; events and pictures are of no use here."""
    return [one for one in tar if one.isdir() or (one.isfile() and one.name.endswith((".yaml", ".yml")))]
