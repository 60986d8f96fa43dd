"""What stands around the values of a column that is no part of them? Padding, ="…", a euro sign, a weekday, “uur”.

A column is rid of it when nearly all of its sampled values have it; the values themselves stay what they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ketenreis.events import vocabulary
from ketenreis.events.engine import name as quoted
from ketenreis.events.readers.sample import Column, Source
from ketenreis.events.times import is_clock, literal

NEARLY_ALL = 0.99
FIRST = 10
"""Values at the begin of which one must show it, before all of them are looked at."""
_MARKS = frozenset(vocabulary.MISSING)
_DAY = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
_PLAIN = rf"{_DAY}([ T]\d{{1,2}}:\d{{2}}(:\d{{2}}([.,]\d+)?)?)?"
"""A date as it stands, with or without a time of the day."""
_BLANK = "[ \t\u00a0]"
_WEEKDAYS = (
    "ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    "mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)


@dataclass(frozen=True, slots=True)
class Trimming:
    """One thing that may stand around values.

    Attributes:
        name: What it is called.
        whole: A pattern that every value with it matches.
        steps: What is put in the place of what, by pattern, one after the other.
        evidence: A pattern that at least one value matches; without it the values may be meant so.
        share: Of the values that must match `whole`.
        among_dates: Values that are plainly a date may stand among them without it: a workbook holds both.
        typed: Only where the file itself knows numbers from text: a workbook, a database.
        beside: "clock": only beside a column with times of the day; "day": only in a column of such a name, beside one
            with days; "" anywhere.
    """

    name: str
    whole: str
    steps: tuple[tuple[str, str], ...]
    evidence: str = ""
    share: float = NEARLY_ALL
    among_dates: bool = False
    typed: bool = False
    beside: str = ""


TRIMMINGS = (
    Trimming("padding", rf"{_BLANK}+.*|.*{_BLANK}+", ((rf"^{_BLANK}+|{_BLANK}+$", ""),), share=0.5),
    Trimming("excel text", r'="[^"]*"', ((r'^="([^"]*)"$', r"\1"),)),
    Trimming(
        "dutch amount",
        rf"((€|EUR){_BLANK}*)?-?{_BLANK}*(\d{{1,3}}(\.\d{{3}})+|\d+)(,\d+)?({_BLANK}*(€|EUR)|,-)?",
        ((rf"€|EUR|{_BLANK}|\.|,-$", ""),),
        evidence=r".*(€|EUR).*|-?\d{1,3}\.\d{3}(\.\d{3}|,\d).*",
    ),
    Trimming(
        "english amount",
        rf"((€|EUR|[$£]){_BLANK}*)?-?{_BLANK}*(\d{{1,3}}(,\d{{3}})+|\d+)(\.\d+)?",
        ((rf"€|EUR|[$£]|{_BLANK}|,", ""),),
        evidence=r".*(€|EUR|[$£]).*|-?\d{1,3},\d{3}(,\d{3}|\.\d).*",
    ),
    Trimming(  # text beside cells that hold numbers, which are written with a point
        "amount among numbers",
        rf"-?\d+(\.\d+)?([eE][-+]?\d+)?|((€|EUR){_BLANK}*)?-?{_BLANK}*(\d{{1,3}}(\.\d{{3}})+|\d+)(,\d+)?({_BLANK}*(€|EUR)|,-)?",
        (
            (_BLANK, ""),
            (r"^(.+?)(€|EUR|,-)$", r"€\1"),
            (r"^(€|EUR)+", "€"),
            (r"^€(-?\d{1,3})\.(\d{3})\b", r"€\1\2"),
            (r"^€(-?\d{4,6})\.(\d{3})\b", r"€\1\2"),
            (r"^€", ""),
            (r"^(-?\d{1,3})\.(\d{3})\.(\d{3})", r"\1\2\3"),
            (r"^(-?\d{1,3})\.(\d{3}),", r"\1\2,"),
            (r"^(-?\d{1,3})\.(\d{2}0)$", r"\1\2"),  # no number is shown with a zero behind
            (r"^(-?\d+),(\d+)$", r"\1.\2"),
        ),
        evidence=r".*(€|EUR).*|.*\d,(-|\d+)|-?\d{1,3}\.\d{3}\.\d{3}.*",
        typed=True,
    ),
    Trimming("weekday", rf"(?i:{_WEEKDAYS})\.?,?{_BLANK}+\d.*", ((rf"^[A-Za-z]+\.?,?{_BLANK}+", ""),), among_dates=True),
    Trimming("hour word", rf".*\d{{1,2}}[:.]\d{{2}}{_BLANK}?(uur|u)\.?", ((rf"{_BLANK}?(uur|u)\.?$", ""),),
             among_dates=True),
    Trimming(
        "dot clock",
        rf"{_DAY}{_BLANK}+\d{{1,2}}\.\d{{2}}(\.\d{{2}})?",
        ((r"(\s\d{1,2})\.(\d{2})\.(\d{2})$", r"\1:\2:\3"), (r"(\s\d{1,2})\.(\d{2})$", r"\1:\2")),
        among_dates=True,
    ),
    Trimming("midnight", rf"{_DAY}[ T]0?0:00(:00(\.0+)?)?", ((r"[ T]0?0:00(:00(\.0+)?)?$", ""),), beside="clock"),
    Trimming(
        "compact clock",
        r"([01]\d|2[0-3])[0-5]\d([0-5]\d)?",
        ((r"^(\d{2})(\d{2})(\d{2})$", r"\1:\2:\3"), (r"^(\d{2})(\d{2})$", r"\1:\2")),
        beside="day",
    ),
    Trimming("compact day", r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])", ((r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3"),),
             beside="clock"),
)  # fmt: skip


def trimmed(source: Source) -> Source:
    """The source without what stands around its values; what was done is in its notes.

    A day and a time of the day of the same name (`startdatum`, `starttijd`) become one where there are several.
    """
    done: dict[str, list[Trimming]] = {}
    columns = list(source.sample.columns)
    said = [_said(column) for column in columns]
    typed = source.sample.form in {"xlsx", "sqlite", "postgres"}
    for trimming in TRIMMINGS:
        for i, column in enumerate(columns):
            if (typed or not trimming.typed) and _has(trimming, column, said[i], columns):
                done.setdefault(column.name, []).append(trimming)
                columns[i] = replace(column, values=tuple(_bare(value, trimming) for value in column.values))
                said[i] = _said(columns[i])
    asked = {name: _sql(quoted(name), steps) for name, steps in done.items()}
    pairs = _pairs(columns)
    by_name = {each.name: each for each in columns}
    for day, clock in pairs.items():
        joined = zip(by_name[day].values, by_name[clock].values, strict=True)
        together = tuple(f"{a} {b}".strip() if a else "" for a, b in joined)
        columns = [replace(each, values=together) if each.name == day else each for each in columns]
        mine = asked.get(day, quoted(day))
        asked[day] = (
            f"CASE WHEN {mine} <> '' THEN concat_ws(' ', {mine}, {asked.get(clock, quoted(clock))}) END"
        )
    if not asked:
        return source
    chosen = ", ".join(f"{expression} AS {quoted(name)}" for name, expression in asked.items())
    notes = {**source.notes, **({"trimmed": ", ".join(done)} if done else {})}
    notes |= {"joined_clocks": ", ".join(f"{day} + {clock}" for day, clock in pairs.items())} if pairs else {}
    return replace(
        source,
        sample=replace(source.sample, columns=tuple(columns)),
        relation=f"(SELECT * REPLACE ({chosen}) FROM {source.relation}) AS trimmed",
        notes=notes,
    )


def _said(column: Column) -> list[str]:
    """The first values of a column of texts that say something."""
    if column.kind != "text":
        return []
    return column.some(lambda each: each.strip() and each.strip() not in _MARKS)


def _has(trimming: Trimming, column: Column, values: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether nearly all of these values of a column have this around them."""
    if trimming.among_dates and any(re.fullmatch(_PLAIN, value) for value in values[:FIRST]):
        values = [value for value in values if not re.fullmatch(_PLAIN, value)]
    if not any(re.fullmatch(trimming.whole, value) for value in values[:FIRST]):
        return False  # most columns are done with here
    if trimming.evidence and not re.search(rf"(?m)^(?:{trimming.evidence})$", "\n".join(values)):
        return False
    if trimming.beside == "clock" and not any(is_time_of_day(each) for each in columns):
        return False
    if trimming.beside == "day" and not (
        vocabulary.points("time_of_day", column.name) >= 90 and any(map(_is_day, columns))
    ):
        return False
    return sum(bool(re.fullmatch(trimming.whole, value)) for value in values) >= trimming.share * len(values)


def is_time_of_day(column: Column) -> bool:
    """Whether a column holds times of the day, by its values and its name: how long something took is written alike."""
    return not vocabulary.points("lasting", column.name) and is_clock(_said(column))


def _bare(value: str, trimming: Trimming) -> str:
    for found, instead in trimming.steps:
        value = re.sub(found, instead, value)
    return value


def _sql(column: str, trimmings: Sequence[Trimming]) -> str:
    """SQL of the column without what stands around its values."""
    for found, instead in (step for each in trimmings for step in each.steps):
        column = f"regexp_replace({column}, {literal(found)}, {literal(instead)}, 'g')"
    return f"NULLIF({column}, '')"


def _is_day(column: Column) -> bool:
    said = _said(column)
    return bool(said) and all(re.fullmatch(rf"{_DAY}|(19|20)\d{{6}}", value.strip()) for value in said)


def _pairs(columns: Sequence[Column]) -> dict[str, str]:
    """By column with days the one with its times of the day, where there are several of both."""
    days = [each.name for each in columns if _is_day(each)]
    clocks = [each.name for each in columns if is_time_of_day(each)] if len(days) > 1 else []
    if len(clocks) < 2:
        return {}
    stems = {_stem(clock): clock for clock in clocks}
    return {day: stems[_stem(day)] for day in days if _stem(day) in stems}


def _stem(name: str) -> str:
    """What is left of a name without the word for day or time."""
    return re.sub(r"datum|date|dag|day|tijdstip|tijd|time|uur|clock|klok|[^a-z]", "", vocabulary.plain(name))
