"""Work that goes from one chain link to another, of another department, without a handover between them.

Work goes from a link to another when an activity of the one comes before an activity of the other (`then`), or yields
an output that it takes. An activity belongs to the link that its process realises; where several links share the
process, to the one whose department performs it. Where that does not settle it, nothing is said.

Why it matters to the customer: between two departments without an agreement is where cases wait and get lost.

Smallest example:
    order-aannemen: [{id: boeken, then: [inpakken]}] realises link a; magazijn: [{id: inpakken}] realises link b

How to mend it: write the agreement: handovers: [{from: a, to: b, complete_when: ..., within: ...}].

Keeps silent: about links without a department or a process.
"""

from collections.abc import Iterator, Mapping

from ketenreis.findings import Finding, Level
from ketenreis.model.flow import activities_after
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the changes of department that nobody made an agreement about: giver and receiver."""
    for chain in model.of_kind("chain"):
        agreed = {
            (giver.id, receiver.id)
            for handover in model.children(chain.id, "handover")
            for giver in model.targets(handover.id, "from")
            for receiver in model.targets(handover.id, "to")
        }
        links = model.children(chain.id, "chain_link")
        departments = {link.id: {edge.target for edge in model.out(link.id, "department")} for link in links}
        link_of = _link_of(model, departments)
        passing = dict.fromkeys(
            (giver, link_of[later])
            for activity_id, giver in link_of.items()
            for later in _later(model, activity_id)
            if later in link_of
        )
        for giver, receiver in passing:
            one, other = departments[giver], departments[receiver]
            if one and other and one != other and (giver, receiver) not in agreed:
                yield Finding("chain_links_without_handover", LEVEL, (giver, receiver))


def _link_of(model: Model, departments: Mapping[str, set[str]]) -> dict[str, str]:
    """The one link that each activity certainly belongs to, among links with their departments; all by id."""
    sharing: dict[str, list[str]] = {}
    for link_id in departments:
        for process in model.targets(link_id, "realised_by"):
            for activity in model.within(process.id, "activity"):
                sharing.setdefault(activity.id, []).append(link_id)
    for activity_id, links in sharing.items():
        if len(links) > 1:
            own = _departments_of(model, activity_id)
            sharing[activity_id] = [link for link in links if departments[link] & own]
    return {activity_id: links[0] for activity_id, links in sharing.items() if len(links) == 1}


def _departments_of(model: Model, activity_id: str) -> set[str]:
    """The ids of the departments whose roles perform an activity."""
    roles = model.targets(activity_id, "performed_by")
    return {above.id for role in roles if (above := model.parent(role.id, "department"))}


def _later(model: Model, activity_id: str) -> Iterator[str]:
    """The ids of the activities that come after one, or take what it yields."""
    yield from (later.id for later in activities_after(model, activity_id))
    for output in model.children(activity_id, "output"):
        yield from (edge.source for edge in model.into(output.id, "takes"))
