"""Workspace: the one folder in which an organisation keeps its model, its events and what belongs to them."""

from ketenreis.workspace.layout import Workspace
from ketenreis.workspace.versions import version

__all__ = ["Workspace", "version"]
