"""Which cases are behind a number of a report? Judged once more, that requirement alone, at the moment of the report."""

from pathlib import Path

from ketenreis.events.store import EventStore
from ketenreis.measure import Behind, Wanted, behind, judge
from ketenreis.measure.predicates import microseconds
from ketenreis.model.calendars import calendars_of
from ketenreis.reports.measured import Report, with_parts
from ketenreis.reports.words import zone_of


def cases_behind(
    report: Report, store: EventStore, ctq: str, wanted: Wanted, cache: Path | None = None
) -> Behind:
    """The cases behind a number of one requirement.

    Args:
        report: What was measured.
        store: The events it was measured on.
        ctq: Which requirement.
        wanted: Which cases, in which order.
        cache: Folder with facts that measuring kept.

    Returns:
        The cases; none where nothing can be said of the requirement.
    """
    model = report.model
    judged = with_parts(model, ctq)
    zone = str(zone_of(model))
    held = judged[0].object if judged[0].object in store.types else report.object_type
    with judge(
        store,
        judged,
        now=microseconds(report.now),
        zone=zone,
        object_type=held,
        cache=cache,
        calendars=calendars_of(model),
    ) as judging:
        if ctq not in judging.plans:
            return Behind((), 0)
        return behind(judging, ctq, wanted)
