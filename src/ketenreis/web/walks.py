"""How did customers really walk the journeys, and what did they contact us about? Asked of the events beside the pages."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import partial

from ketenreis.analysis.contacts import ContactPrice
from ketenreis.analysis.deviations import Deviations
from ketenreis.events.store import EventStore
from ketenreis.model import Model
from ketenreis.reports.contacted import contacted
from ketenreis.reports.deviated import deviated
from ketenreis.web.figures import AT_ONCE, MATTERS, State, known, stamped
from ketenreis.web.shelf import Workspace

_KINDS = (*MATTERS, "journey", "step", "touchpoint", "activity")
_RELATIONS = frozenset({"next", "announces", "made_in", "carried_by", "realised_by"})


@dataclass(frozen=True, slots=True)
class Walks:
    """What is known of the journeys and contacts in the events of a workspace.

    Attributes:
        state: none: there are no events; working: being counted; ready; failed: see why.
        deviations: The journeys that the events know, beside what was intended.
        contacts: By type of object.
        why: What stood in the way.
    """

    state: State
    deviations: tuple[Deviations, ...] = ()
    contacts: Mapping[str, ContactPrice] = field(default_factory=dict)
    why: str = ""

    def of(self, journey: str) -> Deviations | None:
        """Those of one journey; None while they are not known, or when the events do not know it."""
        return next((one for one in self.deviations if one.journey.id == journey), None)


def walks(workspace: Workspace, model: Model, wait: float = AT_ONCE) -> Walks:
    """What the events of a workspace say of journeys and contacts.

    Args:
        workspace: Where the events are.
        model: What is asked of them.
        wait: Seconds to wait for what is not known yet.
    """
    stamp = stamped(workspace)
    if stamp is None:
        return Walks("none")
    state, found, why = known((*stamp, "walks", _asks(model)), partial(_walked, workspace, model), wait)
    return Walks(state, *found) if found is not None else Walks(state, why=why)


def _walked(workspace: Workspace, model: Model) -> tuple[tuple[Deviations, ...], dict[str, ContactPrice]]:
    store = EventStore.open(workspace.events)
    return deviated(model, store), contacted(model, store)


def _asks(model: Model) -> Hashable:
    """All that they depend on in a model."""
    fields = tuple((one.id, one.parent, repr(sorted(one.fields.items()))) for one in model.of_kind(*_KINDS))
    edges = (edge for edge in model.edges if edge.relation in _RELATIONS)
    return fields, tuple((edge.relation, edge.source, edge.target) for edge in edges)
