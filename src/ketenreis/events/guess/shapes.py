"""What is a row of this file: an event, a case with a date per step, an event of several objects? And which rows name nobody?"""

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import replace

from ketenreis.events import vocabulary
from ketenreis.events.guess.looks import Look
from ketenreis.events.guess.reasons import Reason
from ketenreis.events.mapping import Mapping

FEWEST_STEPS = 3
"""So many columns of dates make a row a case rather than an event."""


def has_date_per_step(looks: Sequence[Look]) -> bool:
    """Whether columns of dates are called by what happened, and no column of words says it."""
    steps = [
        look
        for look in looks
        if look.is_time
        and vocabulary.points("time", look.name) < 70
        and not any(vocabulary.points(role, look.name) for role in ("start", "deadline"))
    ]
    said = any(vocabulary.points("activity", look.name) >= 80 for look in looks if not look.is_time)
    return len(steps) >= FEWEST_STEPS and not said


def milestones(
    mapping: Mapping, looks: Sequence[Look], found: Table[str, Look]
) -> tuple[Mapping, list[Reason]]:
    """One row per case with a date per step: the dates are the events, and their columns name them."""
    case, activity = found.get("case"), found.get("activity")
    dates = [look for look in looks if look.is_time]
    once = case is not None and case.rows > 1 and case.distinct > case.rows * 0.98
    clear = activity is not None and vocabulary.points("activity", activity.name) >= 80
    if not once or clear or len(dates) < FEWEST_STEPS:
        return mapping, []
    columns = {
        role: name
        for role, name in mapping.columns.items()
        if role not in {"time", "activity", "start", "lifecycle"}
    }
    # a step is a step, also where some wrote words for its date; they are counted as unreadable
    steps = [look for look in looks if look.is_mostly_time]
    told = {look.name: look.name for look in steps if not vocabulary.points("deadline", look.name)}
    reason = Reason(
        "dates_as_events",
        ", ".join(told),
        0.7,
        f"Een rij per zaak: de {len(told)} datumkolommen zijn de gebeurtenissen",
        f"One row per case: the {len(told)} date columns are the events",
    )
    return replace(mapping, columns=columns, dates_as_events=told), [reason]


def of_ocel(looks: Sequence[Look]) -> dict[str, str]:
    """The columns of an object-centric log that its format fixes, and the type that looks most like cases."""
    types = [look for look in looks if look.name.startswith("ocel:type:") and look.filled]
    fixed = {"activity": "ocel:activity", "time": "ocel:timestamp"}
    if not types:
        return fixed
    best = max(types, key=lambda look: (vocabulary.points("case", look.name), look.filled))
    return fixed | {"case": best.name}


def objects(mapping: Mapping, looks: Sequence[Look]) -> tuple[Mapping, list[Reason]]:
    """Columns called `ocel:type:…` hold objects of that type; who did the work is no object to judge."""
    prefix = "ocel:type:"
    case = mapping.columns.get("case", "")
    if not case.startswith(prefix):
        return mapping, []
    types = {
        look.name.removeprefix(prefix): look.name
        for look in looks
        if look.name.startswith(prefix) and look.filled > 0
        and vocabulary.points("employee", look.name.removeprefix(prefix)) < 75
    }  # fmt: skip
    first = case.removeprefix(prefix)
    columns = {
        role: name for role, name in mapping.columns.items() if role == "case" or name not in types.values()
    }
    reason = Reason(
        "objects",
        ", ".join(types),
        0.95,
        f"Een gebeurtenis hoort bij voorwerpen van {len(types)} soorten: {', '.join(types)}; zaken zijn “{first}”",
        f"An event belongs to objects of {len(types)} types: {', '.join(types)}; cases are “{first}”",
    )
    whole = replace(
        mapping, object=first, objects={first: case, **types}, columns=columns, cases_in_list=False
    )
    return whole, [reason]


def lost_na(case: Look) -> bool:
    """Whether rows without a case id are those of the case called NA, which some tool took for "missing".

    They are when the ids are letters that count on (A, B … AA, AB …), the ids around NA are there, and NA is not.
    """
    ids = set(case.column.filled)
    around = {"MZ", "NB", "MA", "OA", "N", "M"}
    letters = sum(bool(re.fullmatch("[A-Z]{1,4}", each)) for each in ids)
    return case.filled < 1 and "NA" not in ids and len(around & ids) >= 4 and letters > 0.95 * len(ids)


def na_reason(column: str) -> Reason:
    """Why rows without a case id are given one."""
    return Reason(
        "case_without_id",
        "NA",
        0.8,
        f"Rijen zonder “{column}” horen bij de zaak NA: de namen eromheen zijn er wel, deze niet",
        f"Rows without “{column}” belong to the case NA: the ids around it are there, this one is not",
    )
