"""How well does a column suit a role? Points for its name and for its values."""

from ketenreis.events import vocabulary
from ketenreis.events.guess.looks import Look, changes_within
from ketenreis.events.guess.reasons import Reason
from ketenreis.events.times import is_clock

CALLED_SO = 70
"""Points of a name that says by itself what a column holds: then some of it may be written otherwise."""


def time_points(look: Look) -> float:
    """The moment of the event: well filled and varied; a start or a deadline is another moment."""
    named = vocabulary.points("time", look.name)
    if look.rows and not (look.is_time or (look.is_mostly_time and named >= CALLED_SO)):
        return 0.0
    contents = 25 * look.filled + 20 * min(1.0, look.distinct / max(1, look.rows) * 3) if look.rows else 20.0
    of_case = 40 if look.name.lower().startswith("case:") else 0
    start = 25 if vocabulary.points("start", look.name) >= 90 else 0
    deadline = 40 if vocabulary.points("deadline", look.name) else 0
    return named * 0.8 + contents - of_case - start - deadline


def case_points(look: Look) -> float:
    """The case: an id that returns in several rows, of something rather than of a customer."""
    named = vocabulary.points("case", look.name)
    if look.rows and (look.is_time or look.filled < (0.1 if named >= 80 else 0.3)):
        return 0.0
    if not look.rows:
        return float(named)
    share = look.distinct / max(1.0, look.rows * look.filled)
    repeats = (
        0.0
        if look.distinct <= 1 and look.rows > 20
        else 1.0
        if share < 0.8
        else 0.5
        if share < 0.999
        else 0.15
    )
    enough = min(1.0, look.distinct / 20)
    number = vocabulary.points("customer", look.name) >= 90 and named < 60
    return (
        named * 0.75 + (25 * repeats * enough + 8 * look.filled) - 30 * number - (15 if repeats < 0.2 else 0)
    )


def id_of_row_points(look: Look) -> float:
    """The case of a table with one row per case: an id that stands once; a customer, or a text, is none."""
    if look.is_time or not look.rows or look.filled < 0.98 or look.distinct <= 0.98 * look.rows:
        return 0.0
    if look.length > 40 or vocabulary.points("customer", look.name) >= 90:
        return 0.0
    return 50 + vocabulary.points("case", look.name) * 0.5


def activity_points(look: Look, case: Look | None) -> float:
    """What happened: a limited number of words that change within a case."""
    named = vocabulary.points("activity", look.name)
    if look.rows and (look.is_time or look.filled < 0.5 or look.lists):
        return 0.0
    if not look.rows:
        return float(named)
    share = look.distinct / max(1.0, look.rows * look.filled)
    few = 1.0 if 2 <= look.distinct <= 600 and (share < 0.5 or look.rows < 60) else 0.2
    of_case = 60 if look.name.lower().startswith("case:") else 0
    changes = changes_within(look, case) if case else 0.5
    numeric = 30 if look.numeric else 0
    roles = ("channel", "department", "employee", "customer")
    other = 40 if named < 50 and any(vocabulary.points(role, look.name) >= 90 for role in roles) else 0
    return named * 0.7 + 15 * few + 20 * changes - of_case - numeric - other


def clock_points(look: Look) -> float:
    """The time of the day that belongs to a date: how long something took is written alike, and called otherwise."""
    is_one = (
        look.filled > 0.5 and is_clock(look.column.filled) and not vocabulary.points("lasting", look.name)
    )
    return 90.0 if is_one else 0.0


def start_points(look: Look, end: Look | None) -> float:
    """The start of what happened, in a column beside its end."""
    if end is None or not look.is_time or look.name.lower().startswith("case:") or look.filled < 0.3:
        return 0.0
    named = vocabulary.points("start", look.name)
    if named < 60:
        return 0.0
    varied = look.distinct > 1 or look.rows < 3
    return float(named) if varied else 0.0


def lifecycle_points(look: Look) -> float:
    """The phase of an activity: most of its words are those of a lifecycle."""
    named = vocabulary.points("lifecycle", look.name)
    values = {value.strip().lower() for value in look.column.filled}
    if not values:
        return float(named) if named >= 95 and not look.rows else 0.0
    known = sum(value in vocabulary.LIFECYCLES for value in values) / len(values)
    if known < 0.5 or not values & {"complete", "start", "completed", "schedule"}:
        return float(named) if named >= 100 else 0.0
    return 50 * known + named * 0.5


def named_points(role: str, look: Look) -> float:
    """A role that only its name gives away; columns without or with one value only serve when nothing else does."""
    if look.is_time:
        return 0.0
    named = vocabulary.points(role, look.name)
    return named - (10 if look.rows and look.distinct <= 1 else 0) - (20 if look.filled < 0.05 else 0)


ROLE_WORDS = {
    "time": ("het tijdstip", "the time"),
    "case": ("de zaak", "the case"),
    "activity": ("de gebeurtenis", "the event"),
    "time_of_day": ("de tijd van de dag", "the time of the day"),
    "start": ("het begin", "the start"),
    "lifecycle": ("de fase van de handeling (start, klaar)", "the lifecycle (start, complete)"),
    "employee": ("de medewerker", "the employee"),
    "department": ("de afdeling", "the department"),
    "channel": ("het kanaal", "the channel"),
    "customer": ("de klant", "the customer"),
    "deadline": ("de uiterste datum", "the deadline"),
}


def chosen(role: str, look: Look, points: float, next_best: float, others: tuple[str, ...]) -> Reason:
    """Why a column has a role; the nearer the next best, the less sure. Names of people are not shown."""
    nl, en = ROLE_WORDS[role]
    confidence = max(0.2, min(0.99, points / 110 - max(0.0, next_best + 15 - points) / 80))
    values = list(dict.fromkeys(look.column.filled))[:2]
    seen = f": {', '.join(values)} …" if values and role not in {"employee", "customer"} else ""
    return Reason(
        f"columns.{role}",
        look.name,
        confidence,
        f"Kolom “{look.name}” is {nl}{seen}",
        f"Column “{look.name}” is {en}{seen}",
        others,
    )
