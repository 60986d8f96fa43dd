"""Which relations does a model ask for, that nobody has made yet? Proposed from where things are measured and what they are called.

A wrong proposal costs more than none: each stands on one rule, and says which.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ketenreis.events.stems import stems
from ketenreis.model import Edge, Element, Model

Rule = Literal["measured_here", "realises_measured", "alike_contact", "alike_wish"]
"""measured_here: the requirement is measured at this work; realises_measured: this work makes the contact true at which it
is measured; alike_contact, alike_wish: what they are called says the same."""

ALIKE = 0.6
"""So much of all the words of two names must be shared before they are taken to say the same."""


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """A relation that could be made.

    Attributes:
        edge: The relation.
        rule: Why it is proposed.
        via: The element that the reason speaks of: where it is measured; the source itself for names.
    """

    edge: Edge
    rule: Rule
    via: str


def proposed_links(model: Model) -> tuple[ProposedLink, ...]:
    """The relations that somebody could accept, those of requirements first.

    Args:
        model: The model.

    Returns:
        At most one proposal per pair; none between elements that are related already, also through an output.

    Example:
        >>> proposed_links(Model.of([]))
        ()
    """
    found: dict[tuple[str, str], ProposedLink] = {}
    for proposal in (*_serving(model), *_alike(model)):
        found.setdefault((proposal.edge.source, proposal.edge.target), proposal)
    return tuple(found.values())


def _serving(model: Model) -> Iterator[ProposedLink]:
    """Work at which, or through which, a requirement is measured, and that does not serve it yet."""
    for ctq in model.of_kind("ctq"):
        serving = {source.id for source in model.sources(ctq.id, "serves")}
        for point in model.targets(ctq.id, "measured_at"):
            rule: Rule = "measured_here" if point.kind == "activity" else "realises_measured"
            doing = (point,) if point.kind == "activity" else model.targets(point.id, "realised_by")
            for activity in doing:
                outputs = model.children(activity.id, "output")
                if serving & {activity.id, *(output.id for output in outputs)}:
                    continue
                source = outputs[0] if len(outputs) == 1 else activity
                yield ProposedLink(Edge("serves", source.id, ctq.id), rule, point.id)


def _alike(model: Model) -> Iterator[ProposedLink]:
    """Contacts of ours that no activity makes true, and wishes without a requirement, where one is called the same."""
    lonely = [
        contact
        for contact in model.of_kind("touchpoint")
        if contact.get("by") != "customer" and not model.out(contact.id, "realised_by")
    ]
    yield from _by_name(lonely, model.of_kind("activity"), "realised_by", "alike_contact")
    unmet = [wish for wish in model.of_kind("wish") if not model.out(wish.id, "leads_to")]
    yield from _by_name(unmet, model.of_kind("ctq"), "leads_to", "alike_wish")


def _by_name(
    sources: list[Element], targets: tuple[Element, ...], relation: str, rule: Rule
) -> Iterator[ProposedLink]:
    """For each source the one target whose name says the same; none where two do equally well."""
    for source in sources:
        scored = sorted(((_shared(source, target), target.id) for target in targets), reverse=True)
        if scored and scored[0][0] >= ALIKE and (len(scored) == 1 or scored[1][0] < scored[0][0]):
            yield ProposedLink(Edge(relation, source.id, scored[0][1]), rule, source.id)


def _shared(one: Element, other: Element) -> float:
    """The share of the stems of two names that both hold (Jaccard, 1901)."""
    mine, its = stems(one.name), stems(other.name)
    return len(mine & its) / len(mine | its) if mine and its else 0.0
