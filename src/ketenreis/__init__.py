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
    from ketenreis.analysis.contacts import ContactPrice
    from ketenreis.analysis.deviations import Deviations
    from ketenreis.analysis.kappa import Kappa, Labelled, agreement, kappa
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
    from ketenreis.notation.bpmn import WrittenBpmn, read_bpmn, write_bpmn
    from ketenreis.notation.confirmed import (
        Confirmation,
        Suspect,
        confirm,
        read_confirmed,
        suspects,
        write_confirmed,
    )
    from ketenreis.notation.imported import Imported, joined
    from ketenreis.notation.schema import schema
    from ketenreis.notation.visio import read_visio
    from ketenreis.notation.writing import write
    from ketenreis.render.blueprint.board import Board
    from ketenreis.render.blueprint.export import blueprint_file
    from ketenreis.render.blueprint.html import blueprint_html
    from ketenreis.render.blueprint.svg import blueprint_svg
    from ketenreis.reports.as_json import findings_as_json, measure_as_json
    from ketenreis.reports.blueprint import board
    from ketenreis.reports.checked import Checked, check
    from ketenreis.reports.consequences import Consequences, consequences
    from ketenreis.reports.contacted import contacted
    from ketenreis.reports.deviated import deviated
    from ketenreis.reports.handed_over import HandedOver, handed_over, handed_over_as_json
    from ketenreis.reports.measured import Measured, Report, measure
    from ketenreis.reports.page import page
    from ketenreis.reports.readied import Readied, readied
    from ketenreis.reports.table import table
    from ketenreis.reports.tensions import Weighed, weighed
    from ketenreis.requirements import Measure, Norm, Requirement, requirement, sentence
    from ketenreis.workspace import Workspace

__all__ = [
    "Applied",
    "Board",
    "Checked",
    "Confirmation",
    "Conflict",
    "Consequences",
    "ContactPrice",
    "Deviations",
    "Edge",
    "Element",
    "EventStore",
    "Finding",
    "Guess",
    "HandedOver",
    "ImportResult",
    "Imported",
    "Insert",
    "Kappa",
    "KetenreisError",
    "Labelled",
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
    "Readied",
    "Reading",
    "Relate",
    "Remove",
    "Report",
    "Requirement",
    "Suspect",
    "Tension",
    "Unrelate",
    "Update",
    "Weighed",
    "Workspace",
    "WrittenBpmn",
    "agreement",
    "apply",
    "blueprint_file",
    "blueprint_html",
    "blueprint_svg",
    "board",
    "check",
    "confirm",
    "consequences",
    "contacted",
    "deviated",
    "diff",
    "findings_as_json",
    "guess_file",
    "handed_over",
    "handed_over_as_json",
    "import_events",
    "inverse",
    "joined",
    "kappa",
    "measure",
    "measure_as_json",
    "merge",
    "page",
    "profile",
    "read",
    "read_bpmn",
    "read_confirmed",
    "read_mapping",
    "read_text",
    "read_visio",
    "readied",
    "removal",
    "requirement",
    "schema",
    "sentence",
    "suspects",
    "table",
    "tensions",
    "weighed",
    "write",
    "write_bpmn",
    "write_confirmed",
    "write_mapping",
]

_HOME = {
    "agreement": "ketenreis.analysis.kappa",
    "Applied": "ketenreis.model",
    "apply": "ketenreis.model",
    "blueprint_file": "ketenreis.render.blueprint.export",
    "blueprint_html": "ketenreis.render.blueprint.html",
    "blueprint_svg": "ketenreis.render.blueprint.svg",
    "Board": "ketenreis.render.blueprint.board",
    "board": "ketenreis.reports.blueprint",
    "check": "ketenreis.reports.checked",
    "Checked": "ketenreis.reports.checked",
    "confirm": "ketenreis.notation.confirmed",
    "Confirmation": "ketenreis.notation.confirmed",
    "Conflict": "ketenreis.model",
    "consequences": "ketenreis.reports.consequences",
    "Consequences": "ketenreis.reports.consequences",
    "contacted": "ketenreis.reports.contacted",
    "ContactPrice": "ketenreis.analysis.contacts",
    "deviated": "ketenreis.reports.deviated",
    "Deviations": "ketenreis.analysis.deviations",
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
    "Imported": "ketenreis.notation.imported",
    "ImportResult": "ketenreis.events.importing",
    "Insert": "ketenreis.model",
    "inverse": "ketenreis.model",
    "joined": "ketenreis.notation.imported",
    "Kappa": "ketenreis.analysis.kappa",
    "kappa": "ketenreis.analysis.kappa",
    "KetenreisError": "ketenreis.errors",
    "Labelled": "ketenreis.analysis.kappa",
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
    "read_bpmn": "ketenreis.notation.bpmn",
    "read_confirmed": "ketenreis.notation.confirmed",
    "read_mapping": "ketenreis.events.mapping",
    "read_text": "ketenreis.notation",
    "read_visio": "ketenreis.notation.visio",
    "Readied": "ketenreis.reports.readied",
    "readied": "ketenreis.reports.readied",
    "Reading": "ketenreis.notation",
    "Relate": "ketenreis.model",
    "removal": "ketenreis.model",
    "Remove": "ketenreis.model",
    "Report": "ketenreis.reports.measured",
    "Requirement": "ketenreis.requirements",
    "requirement": "ketenreis.requirements",
    "schema": "ketenreis.notation.schema",
    "sentence": "ketenreis.requirements",
    "Suspect": "ketenreis.notation.confirmed",
    "suspects": "ketenreis.notation.confirmed",
    "table": "ketenreis.reports.table",
    "Tension": "ketenreis.analysis.tensions",
    "tensions": "ketenreis.analysis.tensions",
    "Unrelate": "ketenreis.model",
    "Update": "ketenreis.model",
    "Weighed": "ketenreis.reports.tensions",
    "weighed": "ketenreis.reports.tensions",
    "Workspace": "ketenreis.workspace",
    "write": "ketenreis.notation.writing",
    "write_bpmn": "ketenreis.notation.bpmn",
    "write_confirmed": "ketenreis.notation.confirmed",
    "write_mapping": "ketenreis.events.mapping",
    "WrittenBpmn": "ketenreis.notation.bpmn",
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
