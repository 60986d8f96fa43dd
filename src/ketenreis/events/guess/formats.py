"""How are times, numbers and missing values written in this file?"""

from collections import Counter
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import replace

from ketenreis.events import vocabulary
from ketenreis.events.guess.looks import Look, is_number, may_be_dates
from ketenreis.events.guess.reasons import Reason
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers.sample import Sample
from ketenreis.events.times import UNITS, Writing, guess, in_example

SOME = 3
"""So often a date such as 1900-01-01 must stand in a column before it is no mistake but a way to say "none"."""


def form(sample: Sample) -> Reason:
    """What kind of file it is."""
    if sample.form == "csv":
        shown = {"\t": "tab"}.get(sample.separator, sample.separator)
        head_nl = "met" if sample.header else "zonder"
        head_en = "with" if sample.header else "without"
        return Reason(
            "form",
            "csv",
            0.9,
            f"Tekst in {sample.encoding}, velden gescheiden door “{shown}”, {head_nl} kolomnamen",
            f"Text in {sample.encoding}, fields separated by “{shown}”, {head_en} column names",
        )
    return Reason(
        "form", sample.form, 1.0, f"Bestand van het type {sample.form}", f"A file of type {sample.form}"
    )


def formats(
    mapping: Mapping, sample: Sample, looks: Sequence[Look], found: Table[str, Look], usual_zone: str
) -> tuple[Mapping, list[Reason]]:
    """How times, numbers and missing values are written; times without a zone are on the usual clock."""
    reasons: list[Reason] = []
    settled = replace(
        mapping,
        separator=sample.separator,
        quote=sample.quote,
        encoding=sample.encoding,
        header=sample.header,
        decimal=_decimal(looks, sample),
        cases_in_list="case" in found and found["case"].lists,
    )
    if "time" in found and found["time"].column.kind != "moment" and found["time"].rows:
        writing = found["time"].times
        if "time_of_day" in found:
            writing = guess(
                [
                    f"{a} {b}"
                    for a, b in zip(
                        found["time"].column.values, found["time_of_day"].column.values, strict=True
                    )
                ]
            )
        settled = replace(settled, time_format=writing.formats or ("iso",))
        reasons.append(_written(writing))
        if writing.crossed:
            reasons.append(_crossed(writing))
    zone = _zone(found.get("time"), usual_zone)
    settled = replace(settled, time_zone=zone.value)
    reasons.append(zone)
    dates = {
        look.name: guess(may_be_dates(look.column.some()), epochs=look.times.formats[0] in UNITS).formats
        for look in looks
        if look.times.formats and look is not found.get("time") and look is not found.get("time_of_day")
    }
    settled = replace(
        settled, date_formats={c: f for c, f in dates.items() if f and f != settled.time_format}
    )
    marks, told = _missing(looks, found)
    return replace(settled, missing=marks), reasons + told


def _decimal(looks: Sequence[Look], sample: Sample) -> str:
    """The decimal mark: a comma where numbers have one and no point."""
    if sample.separator == ",":
        commas = [
            look for look in looks if look.numeric and any("," in value for value in look.column.filled[:300])
        ]
    else:
        commas = [
            look
            for look in looks
            if look.numeric and not look.is_time and any("," in v for v in look.column.filled)
        ]
    return "," if commas else "."


def _written(writing: Writing) -> Reason:
    said = " / ".join(writing.formats)
    shown = " / ".join(f"“{in_example(one)}”" if "%" in one else one for one in writing.formats)
    nl = f"Tijden zijn geschreven zoals {shown}"
    en = f"Times are written like {shown}"
    others: tuple[str, ...] = ()
    if writing.ambiguous:
        nl += "; dag en maand kunnen ook omgekeerd staan, geen enkele waarde beslist dat"
        en += "; day and month could be the other way round, no value settles it"
        others = (said.replace("%d", "%x").replace("%m", "%d").replace("%x", "%m"),)
    return Reason("time_format", said, 0.5 if writing.ambiguous else writing.share, nl, en, others)


def _crossed(writing: Writing) -> Reason:
    """Dates that are none in the order of the others: then that order is not sure of any."""
    return Reason(
        "crossed_dates",
        str(writing.crossed),
        0.3,
        "In één kolom staan datums met de dag voorop en met de maand voorop: tot en met de twaalfde is niet te zien welke",
        "One column holds dates with the day first and with the month first: up to the twelfth it does not show which",
    )


def _zone(time: Look | None, usual: str) -> Reason:
    offsets = [offset for offset, _ in time.times.offsets if offset] if time else []
    if (time and time.column.zoned) or offsets:
        seen = ", ".join(sorted(offsets)) or "UTC"
        return Reason(
            "time_zone",
            "UTC",
            0.98,
            f"Tijden dragen hun eigen verschil met UTC: {seen}",
            f"Times carry their own offset: {seen}",
        )
    if usual != "UTC":
        return Reason(
            "time_zone",
            usual,
            0.6,
            f"Tijden zonder zone: gelezen op de klok van de organisatie, {usual} (aangenomen)",
            f"Times without a zone: read on the organisation's clock, {usual} (assumed)",
            ("UTC",),
        )
    return Reason(
        "time_zone",
        "UTC",
        0.5,
        "Tijden zonder zone: genomen zoals ze er staan, als UTC (aangenomen)",
        "Times without a zone: taken as written, as UTC (assumed)",
        ("Europe/Amsterdam",),
    )


def _missing(looks: Sequence[Look], found: Table[str, Look]) -> tuple[tuple[str, ...], list[Reason]]:
    """Marks that mean "no value". Not in case ids: a case may well be called NA."""
    ids = {found[role].name for role in ("case", "activity") if role in found}
    seen: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    for look in looks:
        if look.column.kind != "text":
            continue
        values = Counter(look.column.values)
        for blank in [value for value in values if value and not value.strip()]:
            seen[blank] += values[blank]
        if look.name in ids:
            continue
        if look.is_time:
            seen.update({each: times for each, times in values.items() if _is_open(each, times)})
        for mark in vocabulary.MISSING:
            if values[mark]:
                into = doubtful if mark in vocabulary.DOUBTFUL and not _otherwise_typed(look, mark) else seen
                into[mark] += values[mark]
        if values["NA"]:
            (seen if _otherwise_typed(look, "NA") else doubtful)["NA"] += values["NA"]
        for mark in vocabulary.SENTINELS:
            if values[mark] and _stands_apart(look, mark, values):
                seen[mark] += values[mark]
    if not seen and not doubtful:
        return (), []
    marks = tuple(sorted(seen))
    listed = ", ".join(f"“{mark}” ({times}×)" for mark, times in seen.most_common()) or "–"
    others = tuple(mark for mark, _ in doubtful.most_common(4))
    return marks, [
        Reason(
            "missing",
            ", ".join(marks),
            0.8,
            f"Betekent “geen waarde” (in de proef): {listed}",
            f"Means “no value” (in the sample): {listed}",
            others,
        )
    ]


def _is_open(date: str, times: int) -> bool:
    """Whether a date means that there is none: the end of time does, and the begin of it when it returns."""
    is_open = vocabulary.OPEN_DATES.fullmatch(date) and ("999" in date or times >= SOME)
    return bool(is_open or vocabulary.NO_DATE.fullmatch(date))


def _otherwise_typed(look: Look, mark: str) -> bool:
    """Whether all other values of a column are numbers or times, so that the mark cannot be a value."""
    rest = may_be_dates([value for value in look.column.filled if value != mark])
    return len(rest) > 3 and (all(map(is_number, rest[:500])) or guess(rest[:500]).share > 0.99)


def _stands_apart(look: Look, mark: str, values: Counter[str]) -> bool:
    """Whether a number is frequent, and the only one of its sign or far beyond all others."""
    rest = [float(v.replace(",", ".", 1)) for v in look.column.filled if v != mark and is_number(v)]
    if mark.count("-") > 1 or not look.numeric or len(rest) < 20 or values[mark] < max(3, look.rows / 200):
        return False
    number = float(mark)
    return (number < 0 <= min(rest) and number <= -10) or (number > 0 and max(rest) * 10 < number)
