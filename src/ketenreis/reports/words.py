"""How does a figure read in Dutch and in English? Numbers, days, durations, verdicts and every sentence of a report."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from ketenreis.analysis.yields import Interval
from ketenreis.findings.counted import in_number
from ketenreis.measure import CannotSay
from ketenreis.measure.figures import MISSING_REASON, OUTSIDE_REASON
from ketenreis.model import Model
from ketenreis.model.calendars import time_zone
from ketenreis.requirements import PATTERN, Requirement

LANGUAGES = ("nl", "en")

SHAPES = {"met": "✓", "not_met": "✕", "cannot_say": "?"}
"""The shape of each verdict; the words stand in the catalogues."""

_MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_UNITS = {
    "nl": (("dag", "dagen"), ("uur", "uur"), ("min", "min"), ("s", "s")),
    "en": (("day", "days"), ("h", "h"), ("min", "min"), ("s", "s")),
}
_SECONDS = (86_400, 3_600, 60, 1)
_PLURALS = {
    "zaak": "zaken",
    "aanvraag": "aanvragen",
    "pakket": "pakketten",
    "dossier": "dossiers",
    "factuur": "facturen",
    "melding": "meldingen",
    "bezoek": "bezoeken",
    "vergunning": "vergunningen",
}

_DUTCH_TYPES = {"customer": "klant", "delivery": "levering", "message": "bericht"}
"""What the usual types of object are called in Dutch, where an organisation has no word of its own."""


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Every sentence of a report in one language, by "group.name"."""
    text = files("ketenreis.reports").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{group}.{name}": said for group, rows in tomllib.loads(text).items() for name, said in rows.items()
    }


def day_in_words(day: date, language: str) -> str:
    """A day: 14 nov 2026."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Words:
    """A language to write in.

    Attributes:
        language: "nl" or "en".
        zone: The time zone in which days and times are written.
        case: What one case is called: order, permit.
        cases: What several are called.
    """

    language: str
    zone: ZoneInfo
    case: str = "case"
    cases: str = "cases"

    @classmethod
    def of(cls, language: str, model: Model, object_type: str) -> "Words":
        """The words for a report about one type of object of a model."""
        organisation = model.organisation
        said = organisation.get("words") if organisation else None
        own = said if isinstance(said, Mapping) else {}
        if object_type in _DUTCH_TYPES and object_type not in own:
            usual = _DUTCH_TYPES[object_type] if language == "nl" else object_type
            return cls(language, zone_of(model), usual, plural(usual, language))
        named = own.get(object_type) or (None if object_type == "case" else object_type)
        if named:
            return cls(language, zone_of(model), str(named), plural(str(named), own_language(model)))
        case = sentences(language)["word.case"]
        return cls(language, zone_of(model), case, plural(case, language))

    def say(self, key: str, **holes: object) -> str:
        """The sentence of that key, with its holes filled; numbers that count are written in the language's way.

        Example:
            >>> Words("nl", ZoneInfo("Europe/Amsterdam")).say("count.of", part=1434, whole=20000)
            '1.434 van 20.000'
        """
        said = {name: self.whole(value) if isinstance(value, int) else value for name, value in holes.items()}
        holes = {"case": self.case, "cases": self.cases, **said}
        return in_number(sentences(self.language)[key], holes).format_map(holes)

    def knows(self, key: str) -> bool:
        """Whether there is a sentence of that key."""
        return key in sentences(self.language)

    def whole(self, number: int) -> str:
        """A count: 1.434 in Dutch, 1,434 in English."""
        return self._dutch(f"{number:,}")

    def number(self, value: float, digits: int = 2) -> str:
        """A number with so many digits at most.

        Example:
            >>> Words("nl", ZoneInfo("UTC")).number(3.14159), Words("en", ZoneInfo("UTC")).number(1.0)
            ('3,14', '1')
        """
        text = f"{value:z,.{digits}f}"  # what rounds to nothing has no sign
        return self._dutch(text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")

    def percent(self, share: float | None, apart: float | None = None) -> str:
        """A share as a percentage with one decimal, or as many as it takes not to lie.

        Args:
            share: From 0 to 1; None where nothing was judged.
            apart: A share it must not seem to reach (or to miss), such as its norm.

        Returns:
            Such as 94,2%; an almost whole share never reads as the whole.

        Example:
            >>> nl = Words("nl", ZoneInfo("UTC"))
            >>> nl.percent(0.9421), nl.percent(0.99996), nl.percent(0.98996, apart=0.99), nl.percent(1), nl.percent(None)
            ('94,2%', '99,996%', '98,996%', '100%', '–')
        """
        if share is None:
            return "–"
        if share in (0, 1):
            return f"{share:.0%}"
        said = ""
        for digits in range(1, 7):
            said = f"{100 * share:.{digits}f}"
            alike = {0.0, 1.0, share if apart is None else apart} - {share}
            if said not in {f"{100 * other:.{digits}f}" for other in alike}:
                break
        return f"{self._dutch(said)}%"

    def interval(self, interval: Interval | None) -> str:
        """An interval of shares: (93,7–94,6); nothing where there is none."""
        if interval is None:
            return ""
        low, high = (self.percent(end).removesuffix("%") for end in (interval.low, interval.high))
        return f"({low}–{high})"

    def day(self, day: date, *, year: bool = True) -> str:
        """A day: 14 nov 2026, or 14 nov."""
        said = day_in_words(day, self.language)
        return said if year else said.removesuffix(f" {day.year}")

    def month(self, day: date) -> str:
        """A month: nov 2026."""
        return f"{_MONTHS[self.language][day.month - 1]} {day.year}"

    def local(self, moment: datetime) -> datetime:
        """The moment in the report's time zone."""
        return moment.astimezone(self.zone)

    def moment(self, moment: datetime, *, seconds: bool = False) -> str:
        """A moment: 14 nov 2026 08:59."""
        local = self.local(moment)
        return (
            f"{self.day(local.date())} {local:%H:%M:%S}"
            if seconds
            else f"{self.day(local.date())} {local:%H:%M}"
        )

    def period(self, first: datetime, last: datetime) -> str:
        """From day to day: 1 jan – 14 nov 2026."""
        start, end = self.local(first).date(), self.local(last).date()
        if start == end:
            return self.day(end)
        return f"{self.day(start, year=start.year != end.year)} – {self.day(end)}"

    def duration(self, seconds: float) -> str:
        """A duration in its two largest units.

        Example:
            >>> nl, en = Words("nl", ZoneInfo("UTC")), Words("en", ZoneInfo("UTC"))
            >>> nl.duration(250), nl.duration(0.42), en.duration(93_600), nl.duration(-7200)
            ('4 min 10 s', '0,42 s', '1 day 2 h', '−2 uur')
        """
        sign, rest = ("−", -seconds) if seconds < 0 else ("", seconds)
        if rest < 10 and rest != int(rest):
            return f"{sign}{self.number(rest, 2 if rest < 1 else 1)} s"
        # Rounded to the second largest unit, so that 59 min 59,9 s does not read as 59 min 60 s.
        place = next((index for index, size in enumerate(_SECONDS) if rest >= size), 3)
        finest = _SECONDS[min(place + 1, 3)]
        whole = round(rest / finest) * finest
        said = []
        for size, (one, many) in zip(_SECONDS, _UNITS[self.language], strict=True):
            amount, whole = divmod(whole, size)
            if amount:
                said.append(f"{self.whole(amount)} {one if amount == 1 else many}")
        return sign + " ".join(said[:2] or ["0 s"])

    def beside(self, seconds: float) -> str:
        """How long before or after a moment."""
        return self.say("took.after" if seconds > 0 else "took.before", time=self.duration(abs(seconds)))

    def listed(self, names: Iterable[str]) -> str:
        """Names after each other: a, b en c."""
        said = list(names)
        if len(said) < 2:
            return "".join(said)
        return f"{', '.join(said[:-1])} {self.say('word.and')} {said[-1]}"

    def standing(self, standing: str, *, narrowly: bool = False) -> str:
        """A verdict in words."""
        return self.say(f"standing.{standing}{'_narrowly' if narrowly and standing != 'cannot_say' else ''}")

    def verdict(self, standing: str, *, narrowly: bool = False) -> str:
        """A verdict with its shape.

        Example:
            >>> Words("nl", ZoneInfo("UTC")).verdict("not_met")
            '✕ niet gehaald'
        """
        return f"{SHAPES[standing]} {self.standing(standing, narrowly=narrowly)}"

    def reason(self, excluded: str) -> str:
        """Why cases were left out: our own reasons in words, those of the model as they are."""
        ours = {MISSING_REASON: "excluded.missing", OUTSIDE_REASON: "excluded.outside"}
        return self.say(ours[excluded]) if excluded in ours else excluded

    def attribute(self, name: str) -> str:
        """What an attribute is called: channel and department in the language, others as they are."""
        return self.say(f"attribute.{name}") if self.knows(f"attribute.{name}") else name

    def cannot_say(
        self, reason: CannotSay, wanted: Requirement, name: Callable[[str], str] = str
    ) -> tuple[str, str]:
        """Why a requirement cannot be judged, and what to do next.

        Args:
            reason: What was found.
            wanted: The requirement.
            name: Gives the name a reader knows an element by, from its id.

        Returns:
            Two sentences.
        """
        said: dict[str, Any] = {"lacking": ""}
        if reason.reason == "incomplete":
            said["lacking"] = self.listed(self._lacking(key, wanted) for key in reason.said)
        elif reason.reason in ("not_mapped", "part"):
            said["lacking"] = self.listed(f"“{name(element)}”" for element in reason.said)
        elif reason.reason == "new_norm":
            said = {"n": int(reason.said[0]), "day": self.day(date.fromisoformat(reason.said[1]))}
        elif reason.reason == "no_events_of_object":
            said = {"wanted": reason.said[0], "known": reason.said[1]}
        elif reason.reason == "too_few":
            said = {"n": int(reason.said[0])}
        elif reason.reason == "attribute":
            said["lacking"] = " ".join(reason.said)
        key = f"cannot.{reason.reason}"
        return self.say(f"{key}_why", **said), self.say(f"{key}_next", **said)

    def _lacking(self, key: str, wanted: Requirement) -> str:
        """A gap of a requirement in words."""
        kind, _, argument = key.partition(":")
        if not argument:
            return self.say(f"lacking.{kind}")
        pattern = PATTERN.get(wanted.measure.pattern) if wanted.measure else None
        found = pattern.argument(argument) if pattern else None
        label = argument if found is None else (found.nl if self.language == "nl" else found.en)
        return self.say("lacking.argument", name=label)

    def _dutch(self, text: str) -> str:
        """A number as Python writes it, in the language's own way."""
        return text.translate(str.maketrans(",.", ".,")) if self.language == "nl" else text


def plural(word: str, language: str) -> str:
    """Several of what the organisation counts, in its own language.

    Example:
        >>> plural("order", "nl"), plural("levering", "nl"), plural("zaak", "nl"), plural("delivery", "en")
        ('orders', 'leveringen', 'zaken', 'deliveries')
    """
    if word in _PLURALS:
        return _PLURALS[word]
    if language == "nl":
        return f"{word}s" if word.endswith(("el", "em", "en", "er", "e", "je", "or")) else f"{word}en"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def own_language(model: Model) -> str:
    """The language of the organisation's own words."""
    return str((model.organisation and model.organisation.get("language")) or "nl")


def zone_of(model: Model) -> ZoneInfo:
    """The time zone of the organisation's days; that of Amsterdam where it names none, or one that nobody knows."""
    return ZoneInfo(time_zone(model))


def current_day(model: Model, moment: datetime | None = None) -> date:
    """Which day it is in the organisation, now or at a moment; just after midnight in Amsterdam it is still yesterday in UTC.

    Example:
        >>> current_day(Model.of(()), datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
        datetime.date(2026, 11, 23)
    """
    return (moment or datetime.now(UTC)).astimezone(zone_of(model)).date()
