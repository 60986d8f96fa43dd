"""What does each case hold that its rules ask for? One grouped scan of the events, whatever number of rules.

A scan costs by the aggregate, not by the rule. So many counts of one case stand side by side in the digits of one
sum, and the time and the place of an extreme in one number; what is read from the scan are the counts and times again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from ketenreis.measure.facts import Scope
from ketenreis.measure.log import Log
from ketenreis.measure.predicates import Predicate, codes_of, condition_sql, event_class, is_one_of, uses_case
from ketenreis.requirements import EventClass

BITS = 52
"""What a sum may hold and still be divided without rounding on engines that divide whole numbers into floating point."""

KEY, PLACE = 2**62, 2**31 - 1
"""Above any time, alone or with a place behind it in one whole number; and above any place in a case."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Which events are counted.

    Attributes:
        column: The column of codes that decides; empty when any event may count.
        codes: The codes that count.
        test: What must hold too, as SQL; empty when nothing must.
    """

    column: str
    codes: tuple[int, ...]
    test: str

    @property
    def aggregate(self) -> str:
        """The count on its own, as SQL."""
        is_one = is_one_of(self.column, self.codes) if self.column else ""
        return f"COUNT(CASE WHEN {' AND '.join(part for part in (is_one, self.test) if part)} THEN 1 END)"


@dataclass(frozen=True, slots=True)
class Digits:
    """Counts that are read from one sum: each event adds one to the digit of every count it belongs to.

    Attributes:
        counts: What is counted, from the lowest digit to the highest.
        bits: Width of a digit, enough for all the events of the largest case.
    """

    counts: tuple[Counted, ...]
    bits: int

    @property
    def aggregate(self) -> str:
        """The sum as SQL; what an event adds is looked up once for each column of codes."""
        terms = [
            _chain(
                column,
                {one: 2 ** (n * self.bits) for n, one in enumerate(self.counts) if one.column == column},
            )
            for column in dict.fromkeys(one.column for one in self.counts)
        ]
        return f"CAST(SUM({' + '.join(terms)}) AS BIGINT)"

    def digit(self, number: int, total: str) -> str:
        """One count again, from the sum."""
        low, high = 2 ** (number * self.bits), 2 ** ((number + 1) * self.bits)
        from_here = f"FLOOR({total} / {low})" if number else total
        if number == len(self.counts) - 1:
            return f"CAST({from_here} AS INTEGER)"
        return f"CAST({from_here} - {2**self.bits} * FLOOR({total} / {high}) AS INTEGER)"


def _chain(column: str, weights: Mapping[Counted, int]) -> str:
    """What an event adds to its digits, as SQL: by its code, then by what else must hold."""
    if not column:
        return " + ".join(f"CASE WHEN {one.test} THEN {weight} ELSE 0 END" for one, weight in weights.items())
    added: dict[str, list[int]] = {}
    for code in dict.fromkeys(code for one in weights for code in one.codes):
        mine = {one: weight for one, weight in weights.items() if code in one.codes}
        always = sum(weight for one, weight in mine.items() if not one.test)
        terms = [str(always)] if always else []
        terms += [
            f"CASE WHEN {one.test} THEN {weight} ELSE 0 END" for one, weight in mine.items() if one.test
        ]
        added.setdefault(" + ".join(terms), []).append(code)
    branches = [f"WHEN {is_one_of(column, codes)} THEN {text}" for text, codes in added.items()]
    return f"CASE {' '.join(branches)} ELSE 0 END" if branches else "0"


@dataclass(frozen=True, slots=True)
class Extreme:
    """The first or the last time or place of events.

    Attributes:
        aggregate: MIN or MAX.
        holds: Which events, as SQL.
        column: "us" or "seq".
    """

    aggregate: str
    holds: str
    column: str

    def of(self, value: str, above: int) -> tuple[str, str]:
        """The extreme of a value as SQL, and how it is read with {0} for it; beyond all others stands for none.

        A number is cheaper to compare than a null.
        """
        none = above if self.aggregate == "MIN" else -above
        return (
            f"{self.aggregate}(CASE WHEN {self.holds} THEN {value} ELSE {none} END)",
            f"NULLIF({{0}}, {none})",
        )


@dataclass
class CaseFacts:
    """Collects the case facts of all rules, each once, and writes them as one grouped scan."""

    log: Log
    zone: ZoneInfo
    scope: Scope
    _columns: dict[str | Counted | Extreme, str] = field(default_factory=dict)
    _uses_case: bool = False

    def predicate(self, events: EventClass) -> Predicate:
        """The predicate of an event class on the scanned row."""
        self._uses_case |= uses_case(events.where, self.log)
        return event_class(events, self.log, self.zone)

    def ask(self, fact: str | Counted | Extreme) -> str:
        """Asks for an aggregate over the events of a case; answers with the column it will stand in."""
        return "f." + self._columns.setdefault(fact, f"f{len(self._columns)}")

    def count(self, events: EventClass, test: str = "") -> str:
        """How many events of a class, and where a test on the scanned row holds too."""
        tests = [f"({test})"] if test else []
        if events.where is not None:
            self._uses_case |= uses_case(events.where, self.log)
            tests.insert(0, f"({condition_sql(events.where, self.log, self.zone, {'': 'e'})})")
        column, codes = ("e.activity", codes_of(events, self.log)) if events.elements else ("", ())
        return self.ask(Counted(column, codes, " AND ".join(tests) or ("" if column else "1 = 1")))

    def count_of_value(self, column: str, code: int, events: EventClass) -> str:
        """How many events of a class hold one value of an attribute."""
        belongs = "" if not events.elements and events.where is None else f"({self.predicate(events).holds})"
        return self.ask(Counted(f"e.{column}", (code,), belongs))

    def first(self, events: EventClass | None, column: str = "us") -> str:
        """The first of a class; of all events when there is none."""
        return self._extreme("MIN", events, column)

    def last(self, events: EventClass | None, column: str = "us") -> str:
        """The last of a class; of all events when there is none."""
        return self._extreme("MAX", events, column)

    def unknown(self, events: EventClass) -> str | None:
        """1 when for some event of the case we cannot say whether it belongs; None when that cannot be."""
        unknown = self.predicate(events).unknown
        return None if unknown is None else self.ask(f"MAX(CASE WHEN {unknown} THEN 1 ELSE 0 END)")

    def _extreme(self, aggregate: str, events: EventClass | None, column: str) -> str:
        if events is None:
            if self.scope.until is None and column == "us":  # known of every case since its import
                return "k.first_us" if aggregate == "MIN" else "k.last_us"
            return self.ask(f"{aggregate}(e.{column})")
        return self.ask(Extreme(aggregate, self.predicate(events).holds, column))

    def sql(self) -> str | None:
        """The grouped scan: one row per case that has events; None when no rule asked for anything."""
        if not self._columns:
            return None
        scanned: dict[str, str] = {}
        read: dict[str, str] = {}
        for name, aggregate, shown in self._written():
            scanned.setdefault(aggregate, f"s{len(scanned)}")
            read[name] = shown.format(f"g.{scanned[aggregate]}")
        join = " JOIN cases AS k ON k.case_no = e.case_no" if self._uses_case else ""
        scan = (
            f"SELECT e.case_no, {', '.join(f'{aggregate} AS {name}' for aggregate, name in scanned.items())} "
            f"FROM events AS e{join}{self.scope.events()} GROUP BY e.case_no"
        )
        return f"SELECT g.case_no, {', '.join(f'{shown} AS {name}' for name, shown in read.items())} FROM ({scan}) AS g"

    def _written(self) -> Iterator[tuple[str, str, str]]:
        """Each fact by name: the aggregate that holds it, and how it is read from that, with {0} for the aggregate."""
        bits = self.log.largest.bit_length()
        room = BITS // bits if bits else 1
        # what is decided by one column stands together, so that few sums have to look at it
        counted = sorted(
            (one for one in self._columns if isinstance(one, Counted)), key=lambda one: one.column
        )
        for start in range(0, len(counted), room):
            digits = Digits(tuple(counted[start : start + room]), bits)
            for number, one in enumerate(digits.counts):
                alone = len(digits.counts) == 1
                yield (
                    self._columns[one],
                    one.aggregate if alone else digits.aggregate,
                    "{0}" if alone else digits.digit(number, "{0}"),
                )
        place = 2**bits
        both = bits > 0 and self.log.first_us >= 0 and self.log.last_us * place < KEY
        for fact, name in self._columns.items():
            if isinstance(fact, str):
                yield name, fact, "{0}"
            elif isinstance(fact, Extreme):
                other = replace(fact, column="us" if fact.column == "seq" else "seq")
                if both and other in self._columns:
                    key, found = fact.of(f"e.us * {place} + e.seq", KEY)
                    order = f"MOD({found}, {place})"
                    at = f"CAST(({found} - {order}) / {place} AS BIGINT)"
                    yield name, key, order if fact.column == "seq" else at
                else:
                    yield name, *fact.of(f"e.{fact.column}", KEY if fact.column == "us" else PLACE)
