"""What do the events say about a model, without anybody waiting for it?

Measuring takes a second or more, so it happens beside the pages: a page shows what is known, or that it is being measured.
What was measured is held for as long as the requirements and the events are what they were; any other edit costs nothing.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeVar

from ketenreis.errors import KetenreisError
from ketenreis.events.store import MANIFEST, EventStore
from ketenreis.model import Model
from ketenreis.reports.handed_over import HandedOver
from ketenreis.reports.measured import Report, measure
from ketenreis.reports.meeting import handed_in
from ketenreis.web.shelf import Workspace

MATTERS = (
    "organisation",
    "calendar",
    "persona",
    "ctq",
    "message",
    "promise",
    "handover",
    "chain_link",
    "department",
)
"""The kinds whose fields can change a figure."""
HELD = 12
"""So many measurements are held; the one that was not asked for longest goes first."""
AT_ONCE = 0.4
"""Seconds that a page waits for a figure before it says that it is being measured."""

State = Literal["none", "working", "ready", "failed"]
V = TypeVar("V")

_workers = ThreadPoolExecutor(1, thread_name_prefix="measuring")
_lock = threading.Lock()
_asked: "OrderedDict[Hashable, Future[Any]]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of the figures of a model.

    Attributes:
        state: none: there are no events; working: being measured; ready; failed: see why.
        report: The figures, once ready.
        why: What stood in the way.
    """

    state: State
    report: Report | None = None
    why: str = ""


def store(workspace: Workspace) -> EventStore | None:
    """The events of a workspace; None where it has none."""
    if not (workspace.events / MANIFEST).is_file():
        return None
    found = EventStore.open(workspace.events)
    return found if found.types else None


def figures(workspace: Workspace, model: Model, wait: float = AT_ONCE, only: str | None = None) -> Figures:
    """The figures of a model on the events of its workspace.

    Args:
        workspace: Where the events are.
        model: What is asked of them; may be a model that nobody saved.
        wait: Seconds to wait for what is not known yet.
        only: The one requirement that is asked for; every one unless given.
    """
    stamp = stamped(workspace)
    if stamp is None:
        return Figures("none")
    work = partial(_measured, workspace, model, only)
    state, report, why = known((*stamp, only, _asks(model)), work, wait)
    # The figures hold for this model too, which may differ in names and in what was not measured.
    return Figures(state, report and replace(report, model=model), why)


@dataclass(frozen=True, slots=True)
class Passed:
    """What is known of the handovers in one quarter; `handed` also stays empty where no event names a department."""

    state: State
    handed: HandedOver | None = None
    why: str = ""


def handed_in_quarter(workspace: Workspace, model: Model, quarter: str, wait: float = AT_ONCE) -> Passed:
    """What was handed over in a quarter, such as 2026-Q4, in the events of a workspace."""
    stamp = stamped(workspace)
    if stamp is None:
        return Passed("none")
    key = (*stamp, "handed", quarter, _asks(model))
    return Passed(*known(key, partial(_handed, workspace, model, quarter), wait))


def _handed(workspace: Workspace, model: Model, quarter: str) -> HandedOver | None:
    return handed_in(EventStore.open(workspace.events), model, quarter)


def stamped(workspace: Workspace) -> tuple[str, int] | None:
    """What tells the events of a workspace from what they were before; None where it has none."""
    manifest = workspace.events / MANIFEST
    return (workspace.id, manifest.stat().st_mtime_ns) if manifest.is_file() else None


def known(key: Hashable, work: Callable[[], V], wait: float = AT_ONCE) -> tuple[State, V | None, str]:
    """What some work on the events gives, done once beside the pages and held under a key.

    Args:
        key: All that it depends on.
        work: Does it.
        wait: Seconds to wait for what is not known yet.

    Returns:
        working, ready or failed; the answer once ready; what stood in the way.
    """
    with _lock:
        future = _asked.get(key)
        if future is None:
            future = _asked[key] = _workers.submit(work)
            while len(_asked) > HELD:
                _asked.popitem(last=False)[1].cancel()
        _asked.move_to_end(key)
    try:
        return "ready", future.result(wait), ""
    except TimeoutError:
        return "working", None, ""
    except KetenreisError as refused:
        return "failed", None, str(refused)


def _measured(workspace: Workspace, model: Model, only: str | None) -> Report:
    workspace.cache.mkdir(exist_ok=True)
    return measure(
        model,
        EventStore.open(workspace.events),
        cache=workspace.cache / "facts",
        handovers=only is None,
        only=only,
    )


def _asks(model: Model) -> Hashable:
    """All that figures depend on in a model."""
    fields = tuple(
        (each.id, each.parent, repr(sorted(each.fields.items()))) for each in model.of_kind(*MATTERS)
    )
    edges = tuple(
        (edge.relation, edge.source, edge.target)
        for edge in model.edges
        if edge.relation in {"measured_at", "serves", "leads_to", "for", "from", "to", "department"}
    )
    return fields, edges
