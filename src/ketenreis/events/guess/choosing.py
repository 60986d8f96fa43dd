"""Which column takes which role? The best that is left, role by role, with the reason and what else was near."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ketenreis.events import vocabulary
from ketenreis.events.guess.looks import Look
from ketenreis.events.guess.reasons import Reason
from ketenreis.events.guess.roles import (
    activity_points,
    case_points,
    chosen,
    clock_points,
    id_of_row_points,
    lifecycle_points,
    named_points,
    start_points,
    time_points,
)
from ketenreis.events.guess.shapes import has_date_per_step

ENOUGH = 45.0
"""Points a column needs before it is proposed for a role: its name, or its contents alone, must say something."""
DESPERATE = 8.0
"""The same for what cannot be done without, when no column earns its role."""


def roles(looks: Sequence[Look], known: Mapping[str, str]) -> tuple[dict[str, Look], list[Reason]]:
    """Gives each role its column.

    Args:
        looks: The columns.
        known: The columns of roles that are settled already, by name.

    Returns:
        The column of each role, and why it was chosen. Roles that nothing speaks for are left out.
    """
    taking = _Roles(looks, known)
    found, choose = taking.found, taking.choose
    choose("time", time_points)
    choose("time", time_points, DESPERATE)
    choose("case", case_points)
    choose("case", id_of_row_points if has_date_per_step(looks) else case_points)
    choose("case", case_points, DESPERATE)  # a customer number will do where nothing else names the case
    choose("activity", lambda look: activity_points(look, found.get("case")))
    choose("activity", lambda look: activity_points(look, found.get("case")), DESPERATE)
    if "time" in found and found["time"].times.only_dates:
        choose("time_of_day", clock_points)
    choose("start", lambda look: start_points(look, found.get("time")))
    choose("lifecycle", lifecycle_points)
    if "lifecycle" in found and "start" in found:
        del found["start"]  # rows of one moment each; the other date is an attribute
    for role in ("employee", "department", "channel", "customer"):
        choose(role, partial(named_points, role))
    choose("deadline", lambda look: vocabulary.points("deadline", look.name) if look.is_time else 0.0)
    return found, taking.reasons


class _Roles:
    """Takes one role after the other; a column that has a role is out of the running for the next."""

    def __init__(self, looks: Sequence[Look], known: Mapping[str, str]) -> None:
        named = {look.name: look for look in looks}
        self._looks = looks
        self.found = {role: named[name] for role, name in known.items() if name in named}
        self.reasons: list[Reason] = []

    def choose(self, role: str, score: Callable[[Look], float], enough: float = ENOUGH) -> None:
        """Gives a role the column with the most points, if one has enough of them."""
        if role in self.found:
            return
        taken = {look.name for look in self.found.values()}
        scored = [(score(look), -i, look) for i, look in enumerate(self._looks) if look.name not in taken]
        ranked = sorted(
            (each for each in scored if each[0] >= enough), key=lambda each: each[:2], reverse=True
        )
        if not ranked:
            return
        best, _, look = ranked[0]
        self.found[role] = look
        others = tuple(other.name for points, _, other in ranked[1:4] if points > best - 30)
        self.reasons.append(chosen(role, look, best, ranked[1][0] if len(ranked) > 1 else 0.0, others))
