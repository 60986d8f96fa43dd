"""How does an uploaded file become events? It waits in a folder of its own until somebody says what its columns mean."""

import re
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ketenreis.errors import UnreadableFileError
from ketenreis.events.importing import import_events
from ketenreis.events.looking import Looking, Proposal
from ketenreis.events.mapping import Mapping as SourceMapping
from ketenreis.events.mapping import parse_mapping, write_mapping
from ketenreis.web.jobs.working import WORKS, Progress
from ketenreis.web.shelf import Workspace

WAITING = "incoming"
"""Where uploads wait, inside the workspace."""
UNNAMED = SourceMapping.__dataclass_fields__["object"].default
"""What a case is called where nothing names it."""

_under_way: dict[str, Looking] = {}
"""The looks at files that are still being taken, by upload."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits."""

    id: str
    file: Path

    @property
    def source(self) -> str:
        """What the source would be called."""
        return self.file.name.partition(".")[0]


def keep(workspace: Workspace, name: str, chunks: Iterable[bytes]) -> Upload:
    """Writes an upload to where it waits; its name cannot lead elsewhere, and it is never opened as anything but data."""
    made = secrets.token_hex(8)
    folder = workspace.folder / WAITING / made
    folder.mkdir(parents=True)
    safe = re.sub(r"[^\w.\- ]", "-", Path(name.replace("\\", "/")).name).lstrip(".")[-120:] or "file"
    file = folder / safe
    try:
        with file.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return Upload(made, file)


def waiting(workspace: Workspace, upload: str) -> Upload | None:
    """The upload of that id; None where there is none (any more)."""
    folder = workspace.folder / WAITING / upload
    if not re.fullmatch(r"[0-9a-f]{16}", upload) or not folder.is_dir():
        return None
    file = next((each for each in folder.iterdir() if each.is_file()), None)
    return Upload(upload, file) if file else None


def forget(workspace: Workspace, upload: str) -> None:
    """Throws a waiting file away, and stops whoever is still looking at it."""
    found = waiting(workspace, upload)
    if (looking := _under_way.get(upload)) is not None:
        looking.stop()
    if found:
        shutil.rmtree(found.file.parent, ignore_errors=True)


def proposed(upload: Upload, text: str = "", usual: str = "", zone: str = "UTC") -> Proposal:
    """What a file seems to say, given what somebody already said.

    Args:
        upload: The file.
        text: A mapping, of which the lines that are left out are guessed.
        usual: What a case is called in the organisation: its requirements are about that.
        zone: Of the organisation's clock: times that carry no zone are on it.
    """
    if not upload.file.is_file():
        raise UnreadableFileError(f"There is no file {upload.file.name}.")
    looking = _under_way[upload.id] = Looking(upload.file)
    try:
        found = looking.proposal(text, zone)
    finally:
        _under_way.pop(upload.id, None)
    if usual and found.mapping.object == UNNAMED and not re.search(r"^object:", text, re.MULTILINE):
        return replace(found, mapping=replace(found.mapping, object=usual))
    return found


def bring_in(workspace: Workspace, given: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """The work itself: the file becomes a source of the workspace's store, at once or not at all."""
    upload = waiting(workspace, str(given["upload"]))
    if upload is None:
        return {"why": "gone"}
    result = import_events(
        upload.file, workspace.events, parse_mapping(str(given["mapping"])), progress=progress
    )
    mappings = workspace.folder / "mappings"
    mappings.mkdir(exist_ok=True)
    name = re.sub(r"[^\w.\-]", "-", result.mapping.source) or "source"
    (mappings / f"{name}.yaml").write_text(write_mapping(result.mapping), encoding="utf-8")
    forget(workspace, upload.id)
    return {
        "source": result.mapping.source,
        "nl": list(result.report.lines("nl")),
        "en": list(result.report.lines("en")),
        "mapped": result.report.mapped,
    }


WORKS["import"] = bring_in


def beginning(upload: Upload, lines: int = 6, width: int = 160) -> tuple[str, ...]:
    """The first lines of a file of text, to recognise it by; nothing of a file of another kind."""
    with upload.file.open("rb") as read:
        start = read.read(20_000)
    if b"\x00" in start[:2000]:
        return ()
    return tuple(line[:width] for line in start.decode("utf-8", errors="replace").splitlines()[:lines])
