"""How good is what came in? Everything an import could not read, had to assume or found odd, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from ketenreis.events.brought import Brought
from ketenreis.events.joining import Joined
from ketenreis.events.notes import REASONS, in_words
from ketenreis.events.readers.sample import Refusal
from ketenreis.events.registration import Registration
from ketenreis.events.times import literal
from ketenreis.findings.counted import in_number

IN_1990 = 631_152_000_000_000
YEAR = 366 * 86_400_000_000


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What one import read, refused, assumed and found odd. Rows read = rows kept + rows refused, always.

    Attributes:
        source: Name of the source.
        file: Its file's name.
        rows_read: Rows in the file, without the header.
        rows_kept: Rows taken in.
        refused: Rows refused, by reason.
        examples: The first refused rows of each reason.
        bare_rows: Rows kept that name a case without an event.
        cases: Cases, also those without events; where other sources speak of them too, those with an event of this one.
        events: Events of this source; more than the rows kept where a row holds a start and an end, or dates.
        activities: Different labels.
        variants: Different sequences of labels; 0 where other sources have a part in them.
        first: Time of the first event; null without events.
        last: Time of the last event.
        duplicates: Rows that repeat an earlier row in everything kept (they are kept).
        ties: Neighbours in a case that share a timestamp: their order is that of the file.
        impossible: Events before 1990 or more than a year ahead: kept, left out of averages.
        elsewhere: The middle of the log lies outside 1990 to now: a simulated clock, or a wrong unit.
        offsets: Offsets from UTC of the event times, with how often; "" for none.
        zone: What a time without offset was taken for.
        assumed_zone: Nobody said so: it was assumed.
        coverage: Share of the events' rows in which a column is filled, by attribute.
        unreadable: Values that could not be read as their column's type, by attribute.
        lifecycles: Events by lifecycle; empty when the log has none.
        flips: Cases in which an attribute of the case changes, by attribute.
        encoding: Of a text file.
        missing: How often each missing mark stood in a column.
        starts: Start events made from a start column.
        dated: Events made from date columns.
        mapped: Labels that the mapping ties to the model, with their events.
        unmapped: The other labels, with their events.
        notes: What else the reader has to tell.
        objects: Cases and events by type of object, where rows name objects of several types.
        joined: Events given by period to objects that their rows do not name.
        registrations: Events whose times say when they were keyed in rather than when they happened.
    """

    source: str
    file: str
    rows_read: int
    rows_kept: int
    refused: Mapping[str, int]
    examples: tuple[Refusal, ...]
    bare_rows: int
    cases: int
    events: int
    activities: int
    variants: int
    first: str | None
    last: str | None
    duplicates: int
    ties: int
    impossible: int
    elsewhere: bool
    offsets: Mapping[str, int]
    zone: str
    assumed_zone: bool
    coverage: Mapping[str, float]
    unreadable: Mapping[str, int]
    lifecycles: Mapping[str, int]
    flips: Mapping[str, int]
    encoding: str
    missing: Mapping[str, Mapping[str, int]]
    starts: int
    dated: int
    mapped: Mapping[str, int]
    unmapped: Mapping[str, int]
    notes: Mapping[str, object] = field(default_factory=dict)
    objects: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    joined: tuple[Joined, ...] = ()
    registrations: tuple[Registration, ...] = ()

    def __post_init__(self) -> None:
        """Takes up what was read back from JSON as plain values."""
        for name, kind in (("joined", Joined), ("registrations", Registration)):
            given = getattr(self, name)
            object.__setattr__(
                self, name, tuple(kind(**each) if isinstance(each, dict) else each for each in given)
            )

    def of_source(self, own: Brought, labels: Mapping[str, object]) -> "QualityReport":
        """The report with what this source brought itself, where others speak of the same cases.

        Args:
            own: What it brought to its first type.
            labels: The labels that mean something, whichever source said so.
        """
        return replace(
            self,
            cases=own.cases,
            events=own.events,
            activities=len(own.labels),
            variants=0,
            first=iso(own.first_us),
            last=iso(own.last_us),
            lifecycles=own.lifecycles if set(own.lifecycles) != {""} else {},
            mapped={label: times for label, times in own.labels.items() if label in labels},
            unmapped={label: times for label, times in own.labels.items() if label not in labels},
        )

    @property
    def rows_refused(self) -> int:
        """Rows refused, for whatever reason."""
        return sum(self.refused.values())

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        plain = asdict(self)
        plain["rows_refused"] = self.rows_refused
        return plain

    def lines(self, language: str = "nl") -> list[str]:
        """The report as sentences in "nl" or "en"; only what there is something to tell about."""
        dutch = language == "nl"
        told: list[str] = []

        n = _number if dutch else _figure

        def say(nl: str, en: str, **holes: int | str) -> None:
            said = nl if dutch else en
            shown = {name: n(value) if isinstance(value, int) else value for name, value in holes.items()}
            told.append(in_number(said, shown).format_map(shown) if holes else said)

        say(
            "{read} [rij|rijen] gelezen: {kept} opgenomen, {refused} geweigerd.",
            "{read} [row|rows] read: {kept} kept, {refused} refused.",
            read=self.rows_read,
            kept=self.rows_kept,
            refused=self.rows_refused,
        )
        for reason, times in self.refused.items():
            nl, en = REASONS.get(reason, (reason, reason))
            say(f"  geweigerd, {nl}: {n(times)}", f"  refused, {en}: {n(times)}")
            for each in [each for each in self.examples if each.reason == reason][:3]:
                where = ("regel" if dutch else "line") if each.line else ""
                told.append(f"    {where} {each.line or ''}: {each.excerpt}".rstrip())
        say(
            "{cases} [zaak|zaken], {events} [gebeurtenis|gebeurtenissen], {activities} [soort|soorten]"
            + (", {variants} [variant|varianten]" if self.variants else "")
            + f"; van {self._read(self.first)} tot {self._read(self.last)}.",
            "{cases} [case|cases], {events} [event|events], {activities} [activity|activities]"
            + (", {variants} [variant|variants]" if self.variants else "")
            + f"; from {self._read(self.first)} to {self._read(self.last)}.",
            cases=self.cases,
            events=self.events,
            activities=self.activities,
            variants=self.variants,
        )
        self._objects(say, n)
        if self.bare_rows and not self.dated:
            say("{n} [rij noemt|rijen noemen] een zaak zonder gebeurtenis.",
                "{n} [row names|rows name] a case without an event.", n=self.bare_rows)  # fmt: skip
        if self.starts:
            say("{n} [beginmoment kwam|beginmomenten kwamen] uit de kolom met het begin.",
                "{n} start [event|events] came from the start column.", n=self.starts)  # fmt: skip
        if self.dated:
            say("{n} [gebeurtenis kwam|gebeurtenissen kwamen] uit datumkolommen.",
                "{n} [event|events] came from date columns.", n=self.dated)  # fmt: skip
        self._times(say, n)
        self._registrations(say)
        if self.duplicates:
            say("{n} [rij herhaalt een eerdere rij geheel; die is|rijen herhalen een eerdere rij geheel; ze zijn] opgenomen.",
                "{n} [row repeats an earlier row wholly; it is|rows repeat an earlier row wholly; they are] kept.",
                n=self.duplicates)  # fmt: skip
        for name, times in self.flips.items():
            say("“{name}” verandert binnen {n} [zaak|zaken] en is daarom per gebeurtenis bewaard.",
                "“{name}” changes within {n} [case|cases] and is therefore kept per event.", name=name, n=times)  # fmt: skip
        for name, times in self.unreadable.items():
            say("“{name}”: {n} [waarde|waarden] niet te lezen, opgenomen als leeg.",
                "“{name}”: {n} [value|values] could not be read, taken as empty.", name=name, n=times)  # fmt: skip
        for column, marks in self.missing.items():
            listed = ", ".join(f"“{mark}” {n(times)}×" for mark, times in marks.items())
            say(f"“{column}”: zonder waarde door {listed}.", f"“{column}”: no value because of {listed}.")
        thin = [f"{name} {share:.0%}" for name, share in self.coverage.items() if share < 0.995]
        if thin:
            say(f"Niet overal gevuld: {', '.join(thin)}.", f"Not filled everywhere: {', '.join(thin)}.")
        if self.lifecycles:
            listed = ", ".join(f"{name or '–'} {n(times)}" for name, times in self.lifecycles.items())
            say(f"Fasen van handelingen: {listed}.", f"Lifecycle: {listed}.")
        if self.mapped:
            say("{mapped} [label hoort|labels horen] bij het model, {open} nog niet.",
                "{mapped} [label belongs|labels belong] to the model, {open} [does|do] not yet.",
                mapped=len(self.mapped), open=len(self.unmapped))  # fmt: skip
        return told

    def _read(self, moment: str | None) -> str:
        """A moment as it is read in the file: in the zone of its times, to the minute."""
        if moment is None:
            return "–"
        try:
            local = datetime.fromisoformat(moment).astimezone(ZoneInfo(self.zone))
        except (
            OverflowError,
            ValueError,
            KeyError,
        ):  # at the ends of time, or in a zone that only the store knows
            return moment
        return f"{local:%Y-%m-%d %H:%M}"

    def _objects(self, say: Any, n: Any) -> None:
        """What there is to tell about objects of several types, and about events joined by period."""
        for nl, en in in_words(self.notes, (_number, _figure)):
            say(nl, en)
        for type_, (cases, events) in self.objects.items():
            say("  {type}: {cases} [object|objecten], {events} [gebeurtenis|gebeurtenissen]",
                "  {type}: {cases} [object|objects], {events} [event|events]", type=type_, cases=cases, events=events)  # fmt: skip
        for one in self.joined:
            nameless = self.refused.get("no_case", 0)
            say(one.in_words("nl", n, nameless), one.in_words("en", n, nameless))

    def _registrations(self, say: Any) -> None:
        """Which events have registration dates, and which have days instead of moments."""
        for each in self.registrations:
            if each.kind == "same_minute":
                say("“{label}”: {alike} van de {events} tijden deelt de minuut met minstens negen andere "
                    "zaken: in series ingevoerd, dus een registratiedatum (of een afgesproken tijdvak).",
                    "“{label}”: {alike} of {events} times share their minute with at least nine other "
                    "cases: keyed in batches, so a registration date (or an agreed slot).",
                    label=each.label, alike=each.alike, events=each.events)  # fmt: skip
            elif each.kind == "few_days":
                say("“{label}”: {n} [zaak heeft|zaken hebben] deze datum op enkele dagen, ver na wat eraan voorafging: "
                    "achteraf ingevoerd, dus een registratiedatum.",
                    "“{label}”: {n} [case has|cases have] this date on a few days, long after what went before: "
                    "keyed in later, so a registration date.", label=each.label, n=each.events)  # fmt: skip
        if days := [each.label for each in self.registrations if each.kind == "day_only"]:
            listed = ", ".join(f"“{label}”" for label in days[:5]) + (" …" if len(days) > 5 else "")
            say("{n} [gebeurtenis heeft|gebeurtenissen hebben] een dag zonder tijd (00:00): {listed}. Wat binnen een dag "
                "gebeurt is daaraan niet te zien.",
                "{n} [event has|events have] a day without a time (00:00): {listed}. What happens within a day does "
                "not show.", n=len(days), listed=listed)  # fmt: skip

    def _times(self, say: Any, n: Any) -> None:
        """What there is to tell about times."""
        given = {offset: times for offset, times in self.offsets.items() if offset}
        if given:
            listed = ", ".join(f"{offset} ({n(times)}×)" for offset, times in given.items())
            say(
                f"Tijden dragen hun verschil met UTC: {listed}"
                + ("; ze zijn op één klok gezet." if len(given) > 1 else "."),
                f"Times carry their offset from UTC: {listed}"
                + ("; they are set to one clock." if len(given) > 1 else "."),
            )
        own = min(self.events, self.rows_kept - self.bare_rows + self.starts + self.dated)
        if bare := (self.offsets.get("", 0) if self.offsets else own):
            how_nl, how_en = (" (aangenomen)", " (assumed)") if self.assumed_zone else ("", "")
            if self.assumed_zone or self.zone != "UTC":
                say(f"{{n}} [tijd zonder zone is|tijden zonder zone zijn] gelezen als {self.zone}{how_nl}.",
                    f"{{n}} [time without a zone was|times without a zone were] read as {self.zone}{how_en}.", n=bare)  # fmt: skip
        if self.ties:
            say("{n} keer [staat|staan] twee gebeurtenissen van één zaak op hetzelfde tijdstip; dan geldt de volgorde van het bestand.",
                "{n} [time|times] two events of one case have the same moment; then the order of the file holds.",
                n=self.ties)  # fmt: skip
        if self.elsewhere:
            say("De tijden liggen buiten 1990 tot nu: een nagebootste klok, of een verkeerde eenheid.",
                "The times lie outside 1990 to now: a simulated clock, or a wrong unit.")  # fmt: skip
        elif self.impossible:
            say("{n} [gebeurtenis|gebeurtenissen] voor 1990 of meer dan een jaar vooruit; niet in gemiddelden.",
                "{n} [event|events] before 1990 or over a year ahead; left out of averages.", n=self.impossible)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a log runs, microseconds since 1970 UTC; null without events.

    Attributes:
        first_us: The first event.
        last_us: The last event.
        last_possible_us: The last event that is not an impossible date.
        impossible: Events before 1990 or more than a year after the import.
        elsewhere: The middle event is itself such a date: then the log has a clock of its own and none is impossible.
    """

    first_us: int | None
    last_us: int | None
    last_possible_us: int | None
    impossible: int
    elsewhere: bool

    @classmethod
    def of(
        cls,
        con: duckdb.DuckDBPyConnection,
        files: Sequence[Path],
        first_us: int | None,
        last_us: int | None,
        now: datetime,
    ) -> "Span":
        """The span of a normal form of which the first and last event are known; it is read again only if need be."""
        late = int(now.timestamp() * 1e6) + YEAR
        if first_us is None or last_us is None or (first_us >= IN_1990 and last_us <= late):
            return cls(first_us, last_us, last_us, 0, elsewhere=False)
        possible = f"us BETWEEN {IN_1990} AND {late}"
        listed = "[" + ", ".join(literal(str(each)) for each in files) + "]"
        last_possible, count, impossible = con.execute(
            f"SELECT max(CASE WHEN {possible} THEN us END), count(*), count(CASE WHEN NOT ({possible}) THEN 1 END) "
            f"FROM read_parquet({listed})"
        ).fetchall()[0]
        elsewhere = bool(count) and impossible * 2 > count
        return cls(
            first_us,
            last_us,
            last_us if elsewhere else last_possible,
            0 if elsewhere else impossible,
            elsewhere,
        )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _figure(value: int) -> str:
    return f"{value:,}"


def iso(us: int | None) -> str | None:
    """Microseconds since 1970 UTC as an ISO time with offset; null for null."""
    if us is None:
        return None
    seconds, rest = divmod(us, 1_000_000)
    try:
        return (
            datetime.fromtimestamp(seconds, UTC)
            .replace(microsecond=rest)
            .isoformat(timespec="microseconds" if rest % 1000 else "milliseconds" if rest else "seconds")
        )
    except (ValueError, OverflowError, OSError):
        return None
