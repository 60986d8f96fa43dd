"""Which workspaces are served?"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from ketenreis.workspace import Workspace
from ketenreis.workspace.layout import EVENTS, MODEL

__all__ = ["Workspace", "all_workspaces", "workspace"]

MARKS = (MODEL, EVENTS)
"""A folder that holds one of these, or a text of a model, is a workspace; any other folder may hold workspaces."""


def all_workspaces() -> tuple[Workspace, ...]:
    """Every workspace that is served, by name."""
    return tuple(_found(Path(settings.FOLDER)))


def workspace(name: str) -> Workspace | None:
    """The workspace of that id; None where there is none."""
    return next((one for one in all_workspaces() if one.id == name), None)


def _found(folder: Path) -> Iterator[Workspace]:
    if _is_workspace(folder) or not any(_is_workspace(inside) for inside in _folders(folder)):
        yield Workspace.open(folder)
        return
    for inside in _folders(folder):
        if _is_workspace(inside):
            yield Workspace.open(inside)


def _folders(folder: Path) -> list[Path]:
    return sorted(Path(entry.path) for entry in os.scandir(folder) if entry.is_dir())


def _is_workspace(folder: Path) -> bool:
    return any((folder / mark).is_dir() for mark in MARKS) or any(folder.glob("*.yaml"))
