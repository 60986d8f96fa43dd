"""Where is the file kept that a process was read from? By what it holds, so that an earlier moment finds its own file again."""

import hashlib
import re
from pathlib import Path, PurePath

from ketenreis.model import Model
from ketenreis.notation.bpmn import kept_file
from ketenreis.notation.imported import FOLDER
from ketenreis.web.shelf import Workspace
from ketenreis.workspace.layout import LARGEST_DRAWING

MOST_BYTES = LARGEST_DRAWING
"""So much of what somebody brings is taken in."""
_WAITING = "intake"


def keep(workspace: Workspace, data: bytes, file: str) -> str:
    """Keeps a file that was accepted.

    Returns:
        How a process refers to it.
    """
    name = f"{safe(PurePath(file).stem)}-{_mark(data)[:10]}{PurePath(file).suffix.lower()}"
    _write(workspace.files / FOLDER / name, data)
    return f"{FOLDER}/{name}"


def kept(workspace: Workspace, model: Model, process: str) -> bytes:
    """The file that a process was read from; empty when there is none, or it is gone."""
    return workspace.drawing(kept_file(model, process))


def put_aside(workspace: Workspace, data: bytes) -> str:
    """Puts a file aside until somebody accepts what it brings; gives the mark to find it by."""
    mark = _mark(data)
    _write(workspace.cache / _WAITING / mark, data)
    return mark


def put_aside_as(workspace: Workspace, mark: str) -> bytes | None:
    """The file that was put aside under a mark; None when it is gone."""
    file = workspace.cache / _WAITING / mark
    return file.read_bytes() if re.fullmatch(r"[0-9a-f]{64}", mark) and file.is_file() else None


def safe(name: str) -> str:
    """A file name that is a plain word anywhere.

    Example:
        >>> safe("../Order verwerken"), safe("…")
        ('Order-verwerken', 'bestand')
    """
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")[:60]
    return plain or "bestand"


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.is_file():
        file.write_bytes(data)
