"""Ketenreis: customer journeys, the chains that must make them true, and the measured answer whether the promise is kept.

Everything meant for use in a notebook or a program stands here, one name a line. A name is fetched from its room when
it is first asked for, so that `import ketenreis` costs nothing.

Example:
    >>> import ketenreis as kr
    >>> model = kr.read_text("ctqs: [{id: fast, name: Fast}]").model
    >>> [finding.id for finding in kr.check(kr.read_text("ctqs: [{id: fast, name: Fast}]")).findings][:1]
    ['ctq_only_a_wish']
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ketenreis.analysis.tensions import Tension, tensions
    from ketenreis.errors import KetenreisError
    from ketenreis.events.guess import Guess
    from ketenreis.events.importing import ImportResult, guess_file, import_events
    from ketenreis.events.mapping import Mapping, read_mapping, write_mapping
    from ketenreis.events.profile import Profile, profile
    from ketenreis.events.quality import QualityReport
    from ketenreis.events.store import EventStore
    from ketenreis.findings import Finding, Place
    from ketenreis.model import (
        Applied,
        Conflict,
        Edge,
        Element,
        Insert,
        Model,
        Move,
        Relate,
        Remove,
        Unrelate,
        Update,
        apply,
        diff,
        inverse,
        removal,
    )
    from ketenreis.model.merge import Merged, merge
    from ketenreis.notation import Reading, read, read_text
    from ketenreis.notation.schema import schema
    from ketenreis.notation.writing import write
    from ketenreis.render.blueprint.board import Board
    from ketenreis.render.blueprint.export import blueprint_file
    from ketenreis.render.blueprint.html import blueprint_html
    from ketenreis.render.blueprint.svg import blueprint_svg
    from ketenreis.reports.as_json import findings_as_json, measure_as_json
    from ketenreis.reports.blueprint import board
    from ketenreis.reports.checked import Checked, check
    from ketenreis.reports.consequences import Consequences, consequences
    from ketenreis.reports.handed_over import HandedOver, handed_over, handed_over_as_json
    from ketenreis.reports.measured import Measured, Report, measure
    from ketenreis.reports.page import page
    from ketenreis.reports.table import table
    from ketenreis.requirements import Measure, Norm, Requirement, requirement, sentence
    from ketenreis.workspace import Workspace

__all__ = [
    "Applied",
    "Board",
    "Checked",
    "Conflict",
    "Consequences",
    "Edge",
    "Element",
    "EventStore",
    "Finding",
    "Guess",
    "HandedOver",
    "ImportResult",
    "Insert",
    "KetenreisError",
    "Mapping",
    "Measure",
    "Measured",
    "Merged",
    "Model",
    "Move",
    "Norm",
    "Place",
    "Profile",
    "QualityReport",
    "Reading",
    "Relate",
    "Remove",
    "Report",
    "Requirement",
    "Tension",
    "Unrelate",
    "Update",
    "Workspace",
    "apply",
    "blueprint_file",
    "blueprint_html",
    "blueprint_svg",
    "board",
    "check",
    "consequences",
    "diff",
    "findings_as_json",
    "guess_file",
    "handed_over",
    "handed_over_as_json",
    "import_events",
    "inverse",
    "measure",
    "measure_as_json",
    "merge",
    "page",
    "profile",
    "read",
    "read_mapping",
    "read_text",
    "removal",
    "requirement",
    "schema",
    "sentence",
    "table",
    "tensions",
    "write",
    "write_mapping",
]

_HOME = {
    "Applied": "ketenreis.model",
    "apply": "ketenreis.model",
    "check": "ketenreis.reports.checked",
    "Checked": "ketenreis.reports.checked",
    "Conflict": "ketenreis.model",
    "consequences": "ketenreis.reports.consequences",
    "Consequences": "ketenreis.reports.consequences",
    "diff": "ketenreis.model",
    "Edge": "ketenreis.model",
    "Element": "ketenreis.model",
    "EventStore": "ketenreis.events.store",
    "Finding": "ketenreis.findings",
    "findings_as_json": "ketenreis.reports.as_json",
    "Guess": "ketenreis.events.guess",
    "guess_file": "ketenreis.events.importing",
    "handed_over": "ketenreis.reports.handed_over",
    "handed_over_as_json": "ketenreis.reports.handed_over",
    "HandedOver": "ketenreis.reports.handed_over",
    "import_events": "ketenreis.events.importing",
    "ImportResult": "ketenreis.events.importing",
    "Insert": "ketenreis.model",
    "inverse": "ketenreis.model",
    "KetenreisError": "ketenreis.errors",
    "Mapping": "ketenreis.events.mapping",
    "measure": "ketenreis.reports.measured",
    "Measure": "ketenreis.requirements",
    "measure_as_json": "ketenreis.reports.as_json",
    "Measured": "ketenreis.reports.measured",
    "merge": "ketenreis.model.merge",
    "Merged": "ketenreis.model.merge",
    "Model": "ketenreis.model",
    "Move": "ketenreis.model",
    "Norm": "ketenreis.requirements",
    "page": "ketenreis.reports.page",
    "Place": "ketenreis.findings",
    "Profile": "ketenreis.events.profile",
    "profile": "ketenreis.events.profile",
    "QualityReport": "ketenreis.events.quality",
    "read": "ketenreis.notation",
    "read_mapping": "ketenreis.events.mapping",
    "read_text": "ketenreis.notation",
    "Reading": "ketenreis.notation",
    "Relate": "ketenreis.model",
    "removal": "ketenreis.model",
    "Remove": "ketenreis.model",
    "Report": "ketenreis.reports.measured",
    "Requirement": "ketenreis.requirements",
    "requirement": "ketenreis.requirements",
    "schema": "ketenreis.notation.schema",
    "sentence": "ketenreis.requirements",
    "table": "ketenreis.reports.table",
    "Tension": "ketenreis.analysis.tensions",
    "tensions": "ketenreis.analysis.tensions",
    "Unrelate": "ketenreis.model",
    "Update": "ketenreis.model",
    "Workspace": "ketenreis.workspace",
    "write": "ketenreis.notation.writing",
    "write_mapping": "ketenreis.events.mapping",
    "Board": "ketenreis.render.blueprint.board",
    "board": "ketenreis.reports.blueprint",
    "blueprint_file": "ketenreis.render.blueprint.export",
    "blueprint_html": "ketenreis.render.blueprint.html",
    "blueprint_svg": "ketenreis.render.blueprint.svg",
}
"""The room of each public name."""


class _Root(ModuleType):
    """The package itself. Python would put the room `ketenreis.measure` in the place of the function of that name."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Root

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Fetches a public name from its room."""
        if name not in _HOME:
            raise AttributeError(f"ketenreis has no public name {name!r}")
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        """The public names."""
        return sorted(__all__)
