"""Which workspaces are served, and where does each keep its things?"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ketenreis.notation.slugs import slug

MARKS = ("model", "events")
"""A folder that holds one of these, or a text of a model, is a workspace; any other folder may hold workspaces."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One organisation's folder.

    Attributes:
        id: What its addresses begin with.
        folder: Where its text, events and files are.
    """

    id: str
    folder: Path

    @property
    def text(self) -> Path | None:
        """The text its model begins with: the folder model/, else the texts of the folder itself; None where there is none."""
        inside = self.folder / "model"
        if inside.is_dir():
            return inside
        return self.folder if any(self.folder.glob("*.yaml")) else None

    @property
    def events(self) -> Path:
        """The event store."""
        return self.folder / "events"

    @property
    def files(self) -> Path:
        """The attached letters, films and pictures."""
        return self.folder / "files"

    @property
    def cache(self) -> Path:
        """What may be thrown away."""
        return self.folder / "cache"


def all_workspaces() -> tuple[Workspace, ...]:
    """Every workspace that is served, by name."""
    return tuple(_found(Path(settings.FOLDER)))


def workspace(name: str) -> Workspace | None:
    """The workspace of that id; None where there is none."""
    return next((one for one in all_workspaces() if one.id == name), None)


def _found(folder: Path) -> Iterator[Workspace]:
    if _is_workspace(folder) or not any(_is_workspace(inside) for inside in _folders(folder)):
        yield Workspace(slug(folder.name) or "workspace", folder)
        return
    for inside in _folders(folder):
        if _is_workspace(inside):
            yield Workspace(slug(inside.name) or "workspace", inside)


def _folders(folder: Path) -> list[Path]:
    return sorted(Path(entry.path) for entry in os.scandir(folder) if entry.is_dir())


def _is_workspace(folder: Path) -> bool:
    return any((folder / mark).is_dir() for mark in MARKS) or any(folder.glob("*.yaml"))
