"""What does this file say? A mapping proposed from the file alone, with a reason for every choice."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ketenreis.errors import MappingError
from ketenreis.events import vocabulary
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers.sample import Column, Sample
from ketenreis.events.times import UNITS, Writing, guess, is_clock

ENOUGH = 45.0
"""Points a column needs before it is proposed for a role: its name, or its contents alone, must say something."""
DESPERATE = 8.0
"""The same for what cannot be done without, when no column earns its role."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was chosen.

    Attributes:
        choice: What was chosen, as a key of the mapping ("columns.case").
        value: The choice.
        confidence: 0 to 1; below 0.6 worth a look.
        nl: A sentence in Dutch.
        en: A sentence in English.
        others: What else it could be, best first.
    """

    choice: str
    value: str
    confidence: float
    nl: str
    en: str
    others: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The reason as plain values."""
        return {
            "choice": self.choice,
            "value": self.value,
            "confidence": round(self.confidence, 2),
            "nl": self.nl,
            "en": self.en,
            "others": list(self.others),
        }


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping and the reasons for it."""

    mapping: Mapping
    reasons: tuple[Reason, ...]

    def reason(self, choice: str) -> Reason | None:
        """The reason for one choice, if that was made."""
        return next((each for each in self.reasons if each.choice == choice), None)

    def lines(self, language: str) -> list[str]:
        """The reasons as sentences in "nl" or "en", with the runners-up."""
        or_else = "of" if language == "nl" else "or"
        return [
            (each.nl if language == "nl" else each.en)
            + (f" ({or_else}: {', '.join(each.others)})" if each.others else "")
            for each in self.reasons
        ]


@dataclass(frozen=True, slots=True)
class _Look:
    """What the sampled values of one column show."""

    column: Column
    filled: float
    distinct: int
    rows: int
    times: Writing
    numeric: bool
    lists: bool
    length: float

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def is_time(self) -> bool:
        return self.column.kind == "moment" or self.times.share > 0.9


def guess_mapping(sample: Sample, source: str = "", given: Mapping | None = None) -> Guess:
    """Proposes what every column and format of a file means.

    Args:
        sample: The file's columns and sampled rows.
        source: Name for the source.
        given: What is known already; it is completed and never contradicted.

    Returns:
        The mapping, with a reason per choice. Roles that nothing speaks for are left out.

    Raises:
        MappingError: Neither names nor contents show a case and a time.
    """
    looks = [_look(column) for column in sample.columns]
    found: dict[str, _Look] = {}
    reasons: list[Reason] = [_form(sample)]

    def choose(role: str, score: Callable[[_Look], float], enough: float = ENOUGH) -> None:
        if role in found:
            return
        taken = {look.name for look in found.values()}
        scored = [(score(look), -i, look) for i, look in enumerate(looks) if look.name not in taken]
        ranked = sorted(
            (each for each in scored if each[0] >= enough), key=lambda each: each[:2], reverse=True
        )
        if not ranked:
            return
        best, _, look = ranked[0]
        found[role] = look
        others = tuple(other.name for points, _, other in ranked[1:4] if points > best - 30)
        reasons.append(_chosen(role, look, best, ranked[1][0] if len(ranked) > 1 else 0.0, others))

    fixed = _of_ocel(looks) if sample.form == "ocel" else {}
    for role, name in {**fixed, **(given.columns if given else {})}.items():
        if look := next((each for each in looks if each.name == name), None):
            found[role] = look
    choose("time", _time_points)
    choose("time", _time_points, DESPERATE)
    choose("case", _case_points)
    choose("case", _case_points, DESPERATE)  # a customer number will do where nothing else names the case
    choose("activity", lambda look: _activity_points(look, found.get("case")))
    choose("activity", lambda look: _activity_points(look, found.get("case")), DESPERATE)
    if "time" in found and found["time"].times.only_dates:
        choose("time_of_day", lambda look: 90.0 * is_clock(look.column.filled) * (look.filled > 0.5))
    choose("start", lambda look: _start_points(look, found.get("time"), looks))
    choose("lifecycle", _lifecycle_points)
    if "lifecycle" in found and "start" in found:
        del found["start"]  # rows of one moment each; the other date is an attribute
    for role in ("employee", "department", "channel", "customer"):
        choose(role, lambda look, role=role: _named_points(role, look))  # type: ignore[misc]  # bound per round
    choose("deadline", lambda look: vocabulary.points("deadline", look.name) if look.is_time else 0.0)
    mapping = Mapping(source=source, columns={role: found[role].name for role in found})
    mapping, more = _formats(mapping, sample, looks, found)
    reasons += more
    mapping, more = _milestones(mapping, looks, found)
    reasons += more
    mapping, more = _people(mapping, looks, found)
    reasons += more
    if not (given and (given.objects or "case" in given.columns)):
        mapping, more = _objects(mapping, looks)
        reasons += more
    ignored = tuple(look.name for look in looks if look.name.startswith("column_") and _counts_rows(look))
    mapping = replace(mapping, ignore=ignored, time_zone="UTC")
    if "case" in found and _lost_na(found["case"]):
        mapping = replace(mapping, case_without_id="NA")
        reasons.append(_na_reason(found["case"].name))
    if given:
        mapping = replace(given, source=given.source or source).completed(mapping)
    _refuse_if_blind(mapping, sample, looks)
    return Guess(mapping, tuple(each for each in reasons if _stands(each, mapping)))


def _stands(reason: Reason, mapping: Mapping) -> bool:
    """Whether a reason is still for something that the mapping says."""
    role = reason.choice.removeprefix("columns.")
    return role == reason.choice or mapping.columns.get(role) == reason.value


def _look(column: Column) -> _Look:
    filled = column.filled
    some = filled[:2000]
    times = (
        Writing()
        if column.kind != "text"
        else guess(some, epochs=vocabulary.points("time", column.name) >= 70)
    )
    return _Look(
        column,
        len(filled) / len(column.values) if column.values else 1.0,
        len(set(filled)),
        len(column.values),
        times,
        column.kind == "number" or (bool(some) and all(_is_number(value) for value in some[:300])),
        bool(some) and all(value.strip().startswith(("[", "(")) for value in some[:300]),
        sum(map(len, some)) / len(some) if some else 0.0,
    )


def _is_number(value: str) -> bool:
    try:
        float(value.replace(",", ".", 1))
    except ValueError:
        return False
    return value[:1].isdigit() or value[:1] == "-"


def _counts_rows(look: _Look) -> bool:
    """Whether a nameless column only numbers the rows."""
    return look.numeric and look.distinct == look.rows and look.filled == 1.0


def _lost_na(case: _Look) -> bool:
    """Whether rows without a case id are those of the case called NA, which some tool took for "missing".

    They are when the ids are letters that count on (A, B … AA, AB …), the ids around NA are there, and NA is not.
    """
    ids = set(case.column.filled)
    around = {"MZ", "NB", "MA", "OA", "N", "M"}
    letters = sum(bool(re.fullmatch("[A-Z]{1,4}", each)) for each in ids)
    return case.filled < 1 and "NA" not in ids and len(around & ids) >= 4 and letters > 0.95 * len(ids)


def _na_reason(column: str) -> Reason:
    return Reason(
        "case_without_id",
        "NA",
        0.8,
        f"Rijen zonder “{column}” horen bij de zaak NA: de namen eromheen zijn er wel, deze niet",
        f"Rows without “{column}” belong to the case NA: the ids around it are there, this one is not",
    )


def _time_points(look: _Look) -> float:
    if not look.is_time and look.rows:
        return 0.0
    named = vocabulary.points("time", look.name)
    contents = 25 * look.filled + 20 * min(1.0, look.distinct / max(1, look.rows) * 3) if look.rows else 20.0
    of_case = 40 if look.name.lower().startswith("case:") else 0
    start = 25 if vocabulary.points("start", look.name) >= 90 else 0
    deadline = 40 if vocabulary.points("deadline", look.name) else 0
    return named * 0.8 + contents - of_case - start - deadline


def _case_points(look: _Look) -> float:
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


def _activity_points(look: _Look, case: _Look | None) -> float:
    named = vocabulary.points("activity", look.name)
    if look.rows and (look.is_time or look.filled < 0.5 or look.lists):
        return 0.0
    if not look.rows:
        return float(named)
    share = look.distinct / max(1.0, look.rows * look.filled)
    few = 1.0 if 2 <= look.distinct <= 600 and (share < 0.5 or look.rows < 60) else 0.2
    of_case = 60 if look.name.lower().startswith("case:") else 0
    changes = _changes_within(look, case) if case else 0.5
    numeric = 30 if look.numeric else 0
    roles = ("channel", "department", "employee", "customer")
    other = 40 if named < 50 and any(vocabulary.points(role, look.name) >= 90 for role in roles) else 0
    return named * 0.7 + 15 * few + 20 * changes - of_case - numeric - other


def _changes_within(look: _Look, case: _Look) -> float:
    """Share of the sampled cases with several rows in which a column changes."""
    per_case: dict[str, set[str]] = {}
    rows: Counter[str] = Counter()
    for key, value in zip(case.column.values, look.column.values, strict=True):
        per_case.setdefault(key, set()).add(value)
        rows[key] += 1
    several = [key for key, times in rows.items() if times > 1]
    return sum(len(per_case[key]) > 1 for key in several) / len(several) if several else 0.5


def _start_points(look: _Look, end: _Look | None, looks: Sequence[_Look]) -> float:
    """A start column stands beside the end: filled alike, and never later."""
    if end is None or not look.is_time or look.name.lower().startswith("case:") or look.filled < 0.3:
        return 0.0
    named = vocabulary.points("start", look.name)
    if named < 60:
        return 0.0
    varied = look.distinct > 1 or look.rows < 3
    del looks
    return float(named) if varied else 0.0


def _lifecycle_points(look: _Look) -> float:
    named = vocabulary.points("lifecycle", look.name)
    values = {value.strip().lower() for value in look.column.filled}
    if not values:
        return float(named) if named >= 95 and not look.rows else 0.0
    known = sum(value in vocabulary.LIFECYCLES for value in values) / len(values)
    if known < 0.5 or not values & {"complete", "start", "completed", "schedule"}:
        return float(named) if named >= 100 else 0.0
    return 50 * known + named * 0.5


def _named_points(role: str, look: _Look) -> float:
    """A role that only its name gives away; columns without or with one value only serve when nothing else does."""
    if look.is_time:
        return 0.0
    named = vocabulary.points(role, look.name)
    return named - (10 if look.rows and look.distinct <= 1 else 0) - (20 if look.filled < 0.05 else 0)


_ROLE_WORDS = {
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


def _chosen(role: str, look: _Look, points: float, next_best: float, others: tuple[str, ...]) -> Reason:
    nl, en = _ROLE_WORDS[role]
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


def _form(sample: Sample) -> Reason:
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
    return Reason("form", sample.form, 1.0, f"Bestand van het type {sample.form}", f"A {sample.form} file")


def _formats(
    mapping: Mapping, sample: Sample, looks: Sequence[_Look], found: dict[str, _Look]
) -> tuple[Mapping, list[Reason]]:
    """How times, numbers and missing values are written."""
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
    if "time" in found and found["time"].column.kind == "text" and found["time"].rows:
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
    reasons.append(_zone(found.get("time")))
    dates = {
        look.name: guess(look.column.filled[:2000], epochs=look.times.formats[0] in UNITS).formats
        for look in looks
        if look.times.formats and look is not found.get("time") and look is not found.get("time_of_day")
    }
    settled = replace(
        settled, date_formats={c: f for c, f in dates.items() if f and f != settled.time_format}
    )
    marks, told = _missing(looks, found)
    return replace(settled, missing=marks), reasons + told


def _decimal(looks: Sequence[_Look], sample: Sample) -> str:
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
    nl = f"Tijden zijn geschreven als {said}"
    en = f"Times are written as {said}"
    others: tuple[str, ...] = ()
    if writing.ambiguous:
        nl += "; dag en maand kunnen ook omgekeerd staan, geen enkele waarde beslist dat"
        en += "; day and month could be the other way round, no value settles it"
        others = (said.replace("%d", "%x").replace("%m", "%d").replace("%x", "%m"),)
    return Reason("time_format", said, 0.5 if writing.ambiguous else writing.share, nl, en, others)


def _zone(time: _Look | None) -> Reason:
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
    return Reason(
        "time_zone",
        "UTC",
        0.5,
        "Tijden zonder zone: genomen zoals ze er staan, als UTC (aangenomen)",
        "Times without a zone: taken as written, as UTC (assumed)",
        ("Europe/Amsterdam",),
    )


def _missing(looks: Sequence[_Look], found: dict[str, _Look]) -> tuple[tuple[str, ...], list[Reason]]:
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


def _otherwise_typed(look: _Look, mark: str) -> bool:
    """Whether all other values of a column are numbers or times, so that the mark cannot be a value."""
    rest = [value for value in look.column.filled if value != mark]
    return len(rest) > 3 and (all(map(_is_number, rest[:500])) or guess(rest[:500]).share > 0.99)


def _stands_apart(look: _Look, mark: str, values: Counter[str]) -> bool:
    """Whether a number is frequent, and the only one of its sign or far beyond all others."""
    rest = [float(v.replace(",", ".", 1)) for v in look.column.filled if v != mark and _is_number(v)]
    if mark.count("-") > 1 or not look.numeric or len(rest) < 20 or values[mark] < max(3, look.rows / 200):
        return False
    number = float(mark)
    return (number < 0 <= min(rest) and number <= -10) or (number > 0 and max(rest) * 10 < number)


def _milestones(
    mapping: Mapping, looks: Sequence[_Look], found: dict[str, _Look]
) -> tuple[Mapping, list[Reason]]:
    """One row per case with a date per step: the dates are the events, and their columns name them."""
    case, activity = found.get("case"), found.get("activity")
    dates = [look for look in looks if look.is_time]
    once = case is not None and case.rows > 1 and case.distinct > case.rows * 0.98
    clear = activity is not None and vocabulary.points("activity", activity.name) >= 80
    if not once or clear or len(dates) < 3:
        return mapping, []
    columns = {
        role: name
        for role, name in mapping.columns.items()
        if role not in {"time", "activity", "start", "lifecycle"}
    }
    told = {look.name: look.name for look in dates if not vocabulary.points("deadline", look.name)}
    reason = Reason(
        "dates_as_events",
        ", ".join(told),
        0.7,
        f"Een rij per zaak: de {len(told)} datumkolommen zijn de gebeurtenissen",
        f"One row per case: the {len(told)} date columns are the events",
    )
    return replace(mapping, columns=columns, dates_as_events=told), [reason]


def _of_ocel(looks: Sequence[_Look]) -> dict[str, str]:
    """The columns of an object-centric log that its format fixes, and the type that looks most like cases."""
    types = [look for look in looks if look.name.startswith("ocel:type:") and look.filled]
    fixed = {"activity": "ocel:activity", "time": "ocel:timestamp"}
    if not types:
        return fixed
    best = max(types, key=lambda look: (vocabulary.points("case", look.name), look.filled))
    return fixed | {"case": best.name}


def _objects(mapping: Mapping, looks: Sequence[_Look]) -> tuple[Mapping, list[Reason]]:
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


def _refuse_if_blind(mapping: Mapping, sample: Sample, looks: Sequence[_Look]) -> None:
    """Refuses to go on without a case, an activity and a time."""
    lacking = [role for role in ("case", "activity", "time") if role not in mapping.columns]
    if not lacking or (mapping.dates_as_events and "case" in mapping.columns):
        return
    words = " and ".join(_ROLE_WORDS[role][1] for role in lacking)
    times = [look.name for look in looks if look.is_time]
    hint = f" Times stand in {', '.join(times)}." if times and "time" in lacking else ""
    raise MappingError(
        f"No column shows which is {words}.{hint} Say so in a mapping file: `columns: {{case: …, activity: …, "
        f"time: …}}`. The columns are {', '.join(column.name for column in sample.columns)}."
    )


def _people(
    mapping: Mapping, looks: Sequence[_Look], found: dict[str, _Look]
) -> tuple[Mapping, list[Reason]]:
    """Every column that seems to name people is replaced by pseudonyms; the user may say `readable`."""
    roles = {found[role].name for role in ("employee", "customer") if role in found}
    more = []
    for look in looks:
        named = max(vocabulary.points("employee", look.name), vocabulary.points("customer", look.name))
        if named >= 75 and not look.is_time and look.name not in roles and look.column.kind == "text":
            more.append(look.name)
    case = mapping.columns.get("case", "")
    people = [*sorted(roles), *more]
    if case and vocabulary.points("customer", case) < 75 and case in more:
        more.remove(case)
    if not people:
        return mapping, []
    listed = ", ".join(people)
    reason = Reason(
        "personal",
        listed,
        0.8,
        f"Namen van mensen worden vervangen door een schuilnaam: {listed} (leesbaar laten: `readable`)",
        f"Names of people are replaced by pseudonyms: {listed} (to keep them readable: `readable`)",
    )
    return replace(mapping, personal=tuple(more)), [reason]
