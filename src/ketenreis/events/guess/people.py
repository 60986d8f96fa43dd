"""Which columns hold names of people? They are replaced by pseudonyms: better once too often."""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import replace

from ketenreis.events import vocabulary
from ketenreis.events.guess.looks import Look
from ketenreis.events.guess.reasons import Reason
from ketenreis.events.mapping import Mapping


def people(mapping: Mapping, looks: Sequence[Look], found: Table[str, Look]) -> tuple[Mapping, list[Reason]]:
    """Every column that seems to name people is replaced by pseudonyms; the user may say `readable`."""
    roles = {found[role].name for role in ("employee", "customer") if role in found}
    more = []
    for look in looks:
        named = max(vocabulary.points("employee", look.name), vocabulary.points("customer", look.name))
        if named >= 75 and not look.is_time and look.name not in roles and look.column.kind == "text":
            more.append(look.name)
    case = mapping.columns.get("case", "")
    people = [*sorted(roles), *more]
    if case and vocabulary.points("customer", case) < 75 and case in more:
        more.remove(case)
    if not people:
        return mapping, []
    listed = ", ".join(people)
    reason = Reason(
        "personal",
        listed,
        0.8,
        f"Namen van mensen worden vervangen door een schuilnaam: {listed} (leesbaar laten: `readable`)",
        f"Names of people are replaced by pseudonyms: {listed} (to keep them readable: `readable`)",
    )
    return replace(mapping, personal=tuple(more)), [reason]
