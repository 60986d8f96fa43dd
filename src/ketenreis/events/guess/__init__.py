"""What does this file say? A mapping proposed from the file alone, with a reason for every choice."""

from collections.abc import Sequence
from dataclasses import replace

from ketenreis.errors import MappingError
from ketenreis.events.guess.choosing import roles
from ketenreis.events.guess.formats import form, formats
from ketenreis.events.guess.looks import Look, counts_rows, look_at
from ketenreis.events.guess.people import people
from ketenreis.events.guess.reasons import Guess, Reason
from ketenreis.events.guess.roles import ROLE_WORDS
from ketenreis.events.guess.shapes import lost_na, milestones, na_reason, objects, of_ocel
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers.sample import Sample

__all__ = ["Guess", "Reason", "guess_mapping"]


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
    fixed = of_ocel(looks) if sample.form == "ocel" else {}
    found, reasons = roles(looks, {**fixed, **(given.columns if given else {})})
    reasons = [form(sample), *reasons]
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
