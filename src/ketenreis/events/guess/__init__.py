"""What does this file say? A mapping proposed from the file alone, with a reason for every choice."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from ketenreis.errors import MappingError
from ketenreis.events import vocabulary
from ketenreis.events.guess.formats import form, formats
from ketenreis.events.guess.looks import Look, counts_rows, look_at
from ketenreis.events.guess.people import people
from ketenreis.events.guess.reasons import Guess, Reason
from ketenreis.events.guess.roles import (
    ROLE_WORDS,
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
from ketenreis.events.guess.shapes import has_date_per_step, lost_na, milestones, na_reason, objects, of_ocel
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers.sample import Sample

__all__ = ["Guess", "Reason", "guess_mapping"]

ENOUGH = 45.0
"""Points a column needs before it is proposed for a role: its name, or its contents alone, must say something."""
DESPERATE = 8.0
"""The same for what cannot be done without, when no column earns its role."""


def guess_mapping(
    sample: Sample, source: str = "", given: Mapping | None = None, usual_zone: str = "UTC"
) -> Guess:
    """Proposes what every column and format of a file means.

    Args:
        sample: The file's columns and sampled rows.
        source: Name for the source.
        given: What is known already; it is completed and never contradicted.
        usual_zone: On whose clock times are that carry no zone.

    Returns:
        The mapping, with a reason per choice. Roles that nothing speaks for are left out.

    Raises:
        MappingError: Neither names nor contents show a case and a time.
    """
    looks = [look_at(column) for column in sample.columns]
    found: dict[str, Look] = {}
    reasons = [form(sample)]

    def choose(role: str, score: Callable[[Look], float], enough: float = ENOUGH) -> None:
        if role in found:
            return
        taken = {look.name for look in found.values()}
        scored = [(score(look), -i, look) for i, look in enumerate(looks) if look.name not in taken]
        ranked = sorted(
            (each for each in scored if each[0] >= enough), key=lambda each: each[:2], reverse=True
        )
        if not ranked:
            return
        best, _, look = ranked[0]
        found[role] = look
        others = tuple(other.name for points, _, other in ranked[1:4] if points > best - 30)
        reasons.append(chosen(role, look, best, ranked[1][0] if len(ranked) > 1 else 0.0, others))

    fixed = of_ocel(looks) if sample.form == "ocel" else {}
    for role, name in {**fixed, **(given.columns if given else {})}.items():
        if look := next((each for each in looks if each.name == name), None):
            found[role] = look
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
    mapping = Mapping(source=source, columns={role: found[role].name for role in found})
    mapping, more = formats(mapping, sample, looks, found, usual_zone)
    reasons += more
    mapping, more = milestones(mapping, looks, found)
    reasons += more
    mapping, more = people(mapping, looks, found)
    reasons += more
    if not (given and (given.objects or "case" in given.columns)):
        mapping, more = objects(mapping, looks)
        reasons += more
    ignored = tuple(
        look.name
        for look in looks
        if look.name.startswith("column_") and (counts_rows(look) or (look.rows and not look.filled))
    )
    mapping = replace(mapping, ignore=ignored)
    if "case" in found and lost_na(found["case"]):
        mapping = replace(mapping, case_without_id="NA")
        reasons.append(na_reason(found["case"].name))
    if given:
        mapping = replace(given, source=given.source or source).completed(mapping)
    _refuse_if_blind(mapping, sample, looks)
    return Guess(mapping, tuple(each for each in reasons if _stands(each, mapping)))


def _stands(reason: Reason, mapping: Mapping) -> bool:
    """Whether a reason is still for something that the mapping says."""
    role = reason.choice.removeprefix("columns.")
    return role == reason.choice or mapping.columns.get(role) == reason.value


def _refuse_if_blind(mapping: Mapping, sample: Sample, looks: Sequence[Look]) -> None:
    """Refuses to go on without a case, an activity and a time."""
    lacking = [role for role in ("case", "activity", "time") if role not in mapping.columns]
    if not lacking or (mapping.dates_as_events and "case" in mapping.columns):
        return
    words = " and ".join(ROLE_WORDS[role][1] for role in lacking)
    times = [look.name for look in looks if look.is_time]
    hint = f" Times stand in {', '.join(times)}." if times and "time" in lacking else ""
    if sample.form == "ocel" and "case" in lacking:
        hint = " The log names no objects, so no event is about anything; ask for an export with its objects."
    if len(looks) == 1:
        hint = " Only one column was found; say with `separator:` if another mark stands between the fields."
    names = [column.name[:40] for column in sample.columns[:40]]
    raise MappingError(
        f"No column shows which is {words}.{hint} Say so in a mapping file: `columns: {{case: …, activity: …, "
        f"time: …}}`. The columns are {', '.join(names)}."
    )
