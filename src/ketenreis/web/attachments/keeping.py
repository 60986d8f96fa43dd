"""Where is an attached file kept, and as what may it be given back?"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from ketenreis.web.shelf import Workspace

PICTURES: Mapping[str, str] = MappingProxyType(
    {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
)
"""What a browser may show in a page as a picture."""
FILMS: Mapping[str, str] = MappingProxyType({"mp4": "video/mp4", "webm": "video/webm"})
"""What it may play; everything else is given as a file to save, never opened as a page of ours."""

Shown = Literal["picture", "film", "letter", ""]


def keep(workspace: Workspace, name: str, data: bytes) -> str:
    """Keeps a file, once however often it is attached; gives the name to find it by, which holds nothing of ours to guess."""
    safe = re.sub(r"[^\w.\-]", "-", Path(name.replace("\\", "/")).name).lstrip(".-")[-80:] or "file"
    kept = f"{hashlib.sha256(data).hexdigest()[:16]}-{safe}"
    workspace.files.mkdir(exist_ok=True)
    file = workspace.files / kept
    if not file.exists():
        part = file.with_name(f".{kept}.part")
        part.write_bytes(data)
        part.replace(file)
    return kept


def find(workspace: Workspace, kept: str) -> Path | None:
    """The file of that name; None where there is none, whatever the name tries."""
    if not re.fullmatch(r"[0-9a-f]{16}-[\w.\-]+", kept):
        return None
    file = workspace.files / kept
    return file if file.is_file() else None


def media_type(kept: str) -> str:
    """As what a file is given back: a picture, a film, or a stream of bytes."""
    return {**PICTURES, **FILMS}.get(ending(kept), "application/octet-stream")


def ending(kept: str) -> str:
    """The last part of the name of a file, without capitals."""
    return kept.rpartition(".")[2].lower()


def shown_as(kept: str) -> Shown:
    """How a page shows a file: not at all where a browser cannot, or may not.

    Example:
        >>> shown_as("0123456789abcdef-Brief.PDF"), shown_as("0123456789abcdef-brief.html")
        ('letter', '')
    """
    of = ending(kept)
    return "picture" if of in PICTURES else "film" if of in FILMS else "letter" if of == "pdf" else ""
