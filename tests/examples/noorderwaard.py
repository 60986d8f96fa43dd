"""Reads the exports of Noorderwaard with nothing but the standard library, so that its figures are worked out apart."""

import csv
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ketenreis.examples import write_raw

HERE = ZoneInfo("Europe/Amsterdam")
DAY = 86_400
TERM, EXTENSION = 56 * DAY, 42 * DAY
HOLIDAYS = {
    date(2026, 1, 1), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 25), date(2026, 4, 5),
    date(2026, 5, 24), date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1),
}  # fmt: skip
"""Every day of 2026 on which Dutch offices are closed by law."""

INTENDED = (
    "Aanvraag ingediend", "Ontvangst bevestigd", "Intakegesprek gevoerd", "Besluit verstuurd",
)  # fmt: skip
"""What every application should meet, in this order."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", strict=True))


def clock(text: str) -> float:
    """Seconds since 1970 of a Dutch wall clock, written as 2026-05-03 14:05:09."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE).timestamp()


def minute(text: str) -> float | None:
    """The same of the case system, written as 03-05-2026 14:05; null where nothing stands."""
    return clock(f"{text[6:10]}-{text[3:5]}-{text[:2]} {text[11:]}") if text else None


def end_of_working_day(time: float, days: int, holidays: set[date] = HOLIDAYS) -> float:
    """The end of the so-manieth working day after the day of a moment."""
    day = datetime.fromtimestamp(time, HERE).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in holidays
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), HERE).timestamp()


@dataclass
class Application:
    """One application as the systems know it; times are in seconds since 1970."""

    row: dict[str, str]
    applied: float
    closed: float | None
    steps: list[tuple[str, float, dict[str, str]]] = field(default_factory=list)
    calls: list[tuple[str, float, dict[str, str]]] = field(default_factory=list)

    def first(self, label: str) -> float | None:
        return next((time for name, time, _ in self.steps if name == label), None)

    def has(self, label: str) -> bool:
        return self.first(label) is not None

    @property
    def sent(self) -> float | None:
        return self.first("Besluit verstuurd")

    @property
    def waited(self) -> float | None:
        """How long papers were missing; null while they still are."""
        asked, came = self.first("Stukken opgevraagd"), self.first("Stukken ontvangen")
        return 0 if asked is None else (came - asked if came is not None else None)

    def in_term(self, now: float, *, net: bool = True) -> bool | None:
        """Whether the decision came within eight weeks; null while that cannot be said."""
        limit, until = TERM, self.sent or now
        asked, came = self.first("Stukken opgevraagd"), self.first("Stukken ontvangen")
        longer = self.first("Beslistermijn verlengd")

        def ran(time: float) -> float:
            stood = max(min(time, came or time) - asked, 0) if net and asked is not None else 0
            return time - self.applied - stood

        if net and longer is not None and ran(longer) < TERM:
            limit += EXTENSION
        if ran(until) > limit:
            return False
        return True if self.sent is not None else (False if self.closed else None)

    @property
    def failures(self) -> set[str]:
        """What had to be done over."""
        done_over = {
            "Dossiercheck herhaald",
            "Gegevens verbeterd",
            "Dossier teruggegeven",
            "Besluit hersteld",
        }
        return {label for label, _, _ in self.steps} & done_over

    @property
    def answers(self) -> list[tuple[float, float | None]]:
        """Every question with its answer, the oldest question first."""
        asked = [time for label, time, _ in self.calls if label == "Aanvrager belt"]
        given = [time for label, time, _ in self.calls if label == "Vraag beantwoord"]
        return [(time, given[at] if at < len(given) else None) for at, time in enumerate(asked)]


@dataclass
class Noorderwaard:
    """All of them, and the last moment that any system knows."""

    applications: list[Application]
    now: float

    @property
    def closed(self) -> list[Application]:
        return [one for one in self.applications if one.closed]


def contacts(application: Application) -> int:
    """How often somebody called; who calls again within half an hour is still in the same conversation."""
    asked = sorted(time for time, _ in application.answers)
    return sum(at == 0 or time - asked[at - 1] > 1_800 for at, time in enumerate(asked))


def mean_calls(applications: list[Application], *, told: bool) -> float:
    """Contacts per application, of those who were told in between or of the others."""
    some = [one for one in applications if one.has("Tussenbericht verstuurd") == told]
    return sum(map(contacts, some)) / len(some)


def reacted(one: Application, now: float, holidays: set[date] = HOLIDAYS) -> bool | None:
    """Whether the application was taken up within five working days; null while that cannot be said."""
    due = end_of_working_day(one.applied, 5, holidays)
    taken = one.first("Aanvraag opgepakt")
    return taken <= due if taken is not None else (False if now > due or one.closed else None)


def answered(one: Application, now: float) -> bool | None:
    """Whether every question was answered within two working days; null while that cannot be said, or nobody asked."""
    found = []
    for asked, given in one.answers:
        due = end_of_working_day(asked, 2)
        found.append(given <= due if given is not None else (False if now > due or one.closed else None))
    if not found or (None in found and False not in found):
        return None
    return all(found)


def is_irregular(one: Application) -> bool:
    """Whether what every application should meet came in another order."""
    times = [one.applied, *(time for label in INTENDED[1:] if (time := one.first(label)) is not None)]
    return times != sorted(times)


def read(folder: Path, *arguments, **named) -> Noorderwaard:
    """Writes the exports, and reads them."""
    cases, steps, calls = map(rows, write_raw("noorderwaard", folder, *arguments, **named))
    known = {
        row["zaaknummer"]: Application(row, minute(row["ingediend_op"]), minute(row["gesloten_op"]))
        for row in cases
    }
    now = 0.0
    for row in steps:
        time = datetime.fromisoformat(row["tijdstip"]).timestamp()
        known[row["zaaknummer"]].steps.append((row["stap"], time, row))
        now = max(now, time)
    for row in calls:
        known[row["zaaknummer"]].calls.append((row["registratie"], clock(row["tijdstip"]), row))
        now = max(now, known[row["zaaknummer"]].calls[-1][1])
    now = max([now, *(one.applied for one in known.values()), *(one.closed or 0 for one in known.values())])
    return Noorderwaard(list(known.values()), now)
