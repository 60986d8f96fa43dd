"""How is a time written, and which SQL reads it as microseconds since 1970 UTC?"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Order = Literal["iso", "dmy", "mdy"]

UNITS = {"seconds": 1_000_000, "milliseconds": 1_000, "microseconds": 1}
UNREADABLE = -(2**63) + 1
"""Stands for a text that is no time, so that "empty" and "unreadable" stay apart until both are reported."""

_MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_DUTCH = (("mrt", "mar"), ("maart", "march"), ("mei", "may"), ("okt", "oct"), ("januari", "january"),
          ("februari", "february"), ("juni", "june"), ("juli", "july"), ("augustus", "august"))  # fmt: skip

_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<mark>[.,])?(?P<fraction>(?<=[.,])\d+)?)?"
    r"(?P<gap>\s*)(?P<half>[AaPp]\.?[Mm]\.?)?"
)
_ZONE = r"\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2}|[+-]\d{2})?"
_DATE = re.compile(
    r"(?P<a>\d{1,4})(?P<sep>[-/. ]\s?)(?P<b>\d{1,2}|[^\W\d]{3,9}\.?)(?P=sep)(?P<c>\d{4}|\d{2})"
    rf"(?:(?P<join>[ T]|, ?|\s{{2}}){_CLOCK})?{_ZONE}"
)
_AMERICAN = re.compile(
    rf"(?P<b>[^\W\d]{{3,9}}) (?P<a>\d{{1,2}}),? (?P<c>\d{{4}})(?:(?P<join>[ T]|, ?){_CLOCK})?{_ZONE}"
)
_COMPACT = re.compile(r"(?P<date>(?:19|20)\d{6})(?:(?P<join>[T ]?)(?P<clock>\d{6}|\d{4}))?")
_TIME_ONLY = re.compile(_CLOCK)
_ANY_DIGIT = str.maketrans("123456789", "000000000")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Writing:
    """How the times of a column are written, with what speaks for it.

    Attributes:
        formats: "iso", a unit, "excel" or strptime patterns; empty when these are no times.
        share: Share of the texts that read as a time this way.
        offsets: Offsets seen, with how often; "" for none.
        ambiguous: Day and month could as well be the other way round.
        only_dates: No text holds a time of the day.
        crossed: Texts that are a date only with day and month the other way round.
    """

    formats: tuple[str, ...] = ()
    share: float = 0.0
    offsets: tuple[tuple[str, int], ...] = ()
    ambiguous: bool = False
    only_dates: bool = False
    crossed: int = 0


_SHOWN = datetime(2024, 12, 31, 9, 5, tzinfo=UTC)


def in_example(form: str) -> str:
    """A way of writing times by an example, as people know it; what is no pattern stays as it is.

    Example:
        >>> in_example("%d-%m-%Y %H:%M"), in_example("iso")
        ('31-12-2024 09:05', 'iso')
    """
    return _SHOWN.strftime(form) if "%" in form else form


def guess(texts: Sequence[str], *, epochs: bool = False, prefer: Order = "dmy") -> Writing:
    """How these texts are written as times.

    Args:
        texts: Non-empty values of one column.
        epochs: Whether bare numbers may be times (only where the column's name or place says so).
        prefer: What 3/4/2024 means when nothing in the column settles it.

    Returns:
        The writing that reads most of them; `formats` is empty when less than half reads as a time.

    Example:
        >>> guess(["31-12-2024 09:05", "1-1-2025 10:00"]).formats
        ('%d-%m-%Y %H:%M',)
        >>> guess(["2024-12-31T09:05:00.123Z"]).formats
        ('iso',)
        >>> guess(["1700000000"], epochs=True).formats
        ('seconds',)
    """
    if not texts:
        return Writing()
    times = Counter(texts)
    if epochs and (unit := _unit(list(times.elements()))):
        return Writing((unit,), 1.0)
    read = {text: match for text in times if (match := _match(text.strip())) is not None}
    count = sum(times[text] for text in read)
    if count * 2 < len(texts):
        return Writing()
    found = [(match, times[text]) for text, match in read.items()]
    order, ambiguous, _ = _order(found, prefer)
    orders, crossed = _orders(found, order if order != "iso" else prefer)
    formats: Counter[str] = Counter()
    zones: Counter[str | None] = Counter()
    dates = 0
    patterns: dict[str, str] = {}  # what is written alike but for its digits has one pattern
    for match, often in found:
        shape = match.string.translate(_ANY_DIGIT)
        if (pattern := patterns.get(shape)) is None:
            pattern = patterns[shape] = _pattern(match, orders.get(_separator(match), order))
        formats[pattern] += often
        clock, zone = ("clock", None) if match.re is _COMPACT else ("hour", match["zone"])
        zones[zone] += often
        dates += often * (match[clock] is None)
    ordered = tuple(pattern for pattern, _ in formats.most_common(8))
    if "iso" in ordered:  # one reader for all ISO writings; the others follow
        ordered = ("iso", *(pattern for pattern in ordered if pattern != "iso"))
    offsets: Counter[str] = Counter()
    for zone, often in zones.items():
        offsets[offset(zone)] += often
    return Writing(
        ordered, count / len(texts), tuple(offsets.most_common()), ambiguous, dates == count, crossed
    )


def is_clock(texts: Sequence[str]) -> bool:
    """Whether these are times of the day without a date."""
    return bool(texts) and all(_TIME_ONLY.fullmatch(text.strip()) for text in texts)


def _match(text: str) -> re.Match[str] | None:
    """A text taken apart as a date, with or without a time; null when it is none."""
    if match := _COMPACT.fullmatch(text):
        return match if 1 <= int(match["date"][4:6]) <= 12 and 1 <= int(match["date"][6:]) <= 31 else None
    match = _DATE.fullmatch(text) or _AMERICAN.fullmatch(text)
    if match is None:
        return None
    day, month = match["a"], match["b"]
    if not month.isdigit():
        return match if month.lower().rstrip(".")[:3] in _MONTHS else None
    first, second = int(day), int(month)
    if len(day) == 4:
        return match if 1 <= second <= 12 and 1 <= int(match["c"]) <= 31 and len(match["c"]) < 3 else None
    if len(day) == 3:
        return None
    return match if 1 <= min(first, second) <= 12 and max(first, second) <= 31 else None


def _separator(match: re.Match[str]) -> str:
    """What stands between day, month and year; "" where their order is plain."""
    return match["sep"] if match.re is _DATE else ""


def _orders(found: Sequence[tuple[re.Match[str], int]], order: Order) -> tuple[dict[str, Order], int]:
    """Whether the day or the month comes first behind each separator: two systems may have written one column.

    Returns:
        The order by separator, and how many texts are none in the order of their own separator.
    """
    apart: dict[str, list[tuple[re.Match[str], int]]] = {}
    for match, often in found:
        apart.setdefault(_separator(match), []).append((match, often))
    orders: dict[str, Order] = {}
    crossed = 0
    for separator, some in apart.items():
        orders[separator], _, other = _order(some, order)
        crossed += other
    return orders, crossed


def _order(found: Sequence[tuple[re.Match[str], int]], prefer: Order) -> tuple[Order, bool, int]:
    """Whether the day or the month comes first, whether that is only a preference, and how many texts say otherwise."""
    day_first = month_first = undecided = twelve = 0
    for match, often in found:
        if match.re is _COMPACT or len(match["a"]) == 4 or not match["b"].isdigit():
            continue
        day_first += often * (int(match["a"]) > 12)
        month_first += often * (int(match["b"]) > 12)
        undecided += often
        twelve += often * (bool(match["half"]) and "/" in match["sep"])
    if not undecided:
        return "iso", False, 0
    if day_first or month_first:
        return ("dmy" if day_first >= month_first else "mdy"), False, min(day_first, month_first)
    return ("mdy" if twelve else prefer), True, 0


def _pattern(match: re.Match[str], order: Order) -> str:
    """The strptime pattern of one text, or "iso"."""
    parts = match.groupdict()
    if "date" in parts:
        clock = parts["clock"] or ""
        return "%Y%m%d" + (parts["join"] or "") + {0: "", 4: "%H%M", 6: "%H%M%S"}[len(clock)]
    year = "%Y" if len(parts["c"]) == 4 else "%y"
    sep = parts.get("sep")
    if sep is None:
        month = "%b" if len(parts["b"]) <= 3 else "%B"
        comma = "," if f"{parts['a']}, " in match.string else ""
        date = f"{month} %d{comma} %Y"
    elif len(parts["a"]) == 4:
        iso = sep in {"-", "/"} and not parts["half"] and parts["mark"] != ","
        if iso and parts["join"] in {None, " ", "T"} and len(parts.get("fraction") or "") <= 9:
            return "iso"
        date = f"%Y{sep}%m{sep}%d"
    elif not parts["b"].isdigit():
        month = "%b" if len(parts["b"]) <= 4 else "%B"
        date = f"%d{sep}{month}{'.' if parts['b'].endswith('.') else ''}{sep}{year}"
    else:
        date = f"%d{sep}%m{sep}{year}" if order != "mdy" else f"%m{sep}%d{sep}{year}"
    clock = ""
    if parts["hour"] is not None:
        clock = parts["join"] + ("%I" if parts["half"] else "%H") + ":%M"
        if parts["second"] is not None:
            clock += ":%S"
        if parts["fraction"]:
            clock += ".%f"
        if parts["half"]:
            clock += ("" if parts["gap"] == "" else " ") + "%p"
    return date + clock + ("%z" if parts["zone"] else "")


def offset(zone: str | None) -> str:
    """An offset as +01:00; "" for none."""
    if not zone:
        return ""
    if zone in {"Z", "UTC"}:
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _unit(texts: Sequence[str]) -> str:
    """The unit of bare numbers that fall between 1971 and 2100; "" when they do not."""
    if not all(_NUMBER.fullmatch(text.strip()) for text in texts):
        return ""
    values = sorted(float(text.strip().replace(",", ".")) for text in texts)
    middle = values[len(values) // 2]
    for unit, size in (("seconds", 1), ("milliseconds", 1e3), ("microseconds", 1e6), ("nanoseconds", 1e9)):
        if 31_536_000 * size < middle < 4_102_444_800 * size:
            return unit
    return "excel" if 20_000 < middle < 80_000 else ""


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def reading(expression: str, formats: Sequence[str], zone: str = "UTC", *, offsets: bool = True) -> str:
    """SQL that reads a text as BIGINT microseconds UTC; null for null, and for what is no time.

    Args:
        expression: SQL of the text.
        formats: As in `Mapping.time_format`.
        zone: Zone of times without offset. The connection's TimeZone must be set to it.
        offsets: Whether offsets may occur; without them the reading is faster.
    """
    tries = []
    patterns = [each for each in formats if each not in {"iso", "excel", "nanoseconds", *UNITS}]
    local = zone != "UTC"
    for each in formats:
        if each == "iso":
            kind = "TIMESTAMPTZ" if offsets or local else "TIMESTAMP"
            tries.append(f"epoch_us(TRY_CAST({expression} AS {kind}))")
        elif each in UNITS:
            number = f"TRY_CAST({_point(expression)} AS DECIMAL(30, 6))"
            tries.append(f"TRY_CAST({number} * {UNITS[each]} AS BIGINT)")
        elif each == "nanoseconds":
            tries.append(f"TRY_CAST({expression} AS HUGEINT) // 1000")
        elif each == "excel":
            days = f"TRY_CAST({_point(expression)} AS DOUBLE)"
            # a day written with six decimals is known to a tenth of a second: what was meant is the second
            tries.append(f"CAST(round(({days} - 25569) * 86400) AS BIGINT) * 1000000")
    if patterns:
        text = _prepared(expression, patterns)
        listed = "[" + ", ".join(literal(pattern) for pattern in patterns) + "]"
        read = f"try_strptime({text}, {listed})"
        if any("%H:%M" in pattern for pattern in patterns):  # 24:00 is the midnight after a day
            midnight = f"regexp_replace({text}, '([ T])24:00', '\\1' || '00:00')"
            read = f"COALESCE({read}, CASE WHEN {text} LIKE '%24:00%' THEN try_strptime({midnight}, {listed}) + INTERVAL 1 DAY END)"
        if local and not any("%z" in pattern for pattern in patterns):
            read = f"timezone({literal(zone)}, {read})"
        tries.append(f"epoch_us({read})")
    return tries[0] if len(tries) == 1 else f"COALESCE({', '.join(tries)})"


def _point(expression: str) -> str:
    return f"replace({expression}, ',', '.')"


def _prepared(expression: str, patterns: Iterable[str]) -> str:
    """The text as strptime wants it: English months, at most six decimals, a full offset."""
    joined = " ".join(patterns)
    text = expression
    if "%b" in joined.lower():
        text = f"lower({text})"
        for dutch, english in _DUTCH:
            text = f"replace({text}, {literal(dutch)}, {literal(english)})"
    if "%f" in joined:
        text = f"regexp_replace({text}, '([:][0-9]{{2}})[.,]([0-9]{{1,6}})[0-9]*', '\\1.\\2')"
    if "%p" in joined:
        text = f"regexp_replace({text}, '([AaPp])\\.?([Mm])\\.?', '\\1\\2')"
    if "%z" in joined:
        text = f"regexp_replace({text}, '(Z|UTC)$', '+00:00')"
        text = f"regexp_replace({text}, '\\s+([+-][0-9:]+)$', '\\1')"
    return text


def says_zone(formats: Sequence[str], offsets: Iterable[tuple[str, int]]) -> bool:
    """Whether any time so written carries its own offset."""
    return any(offset for offset, _ in offsets) or any("%z" in each for each in formats)
