"""Draws models over the whole metamodel table: every kind, field, relation and pattern, with text that YAML finds hard."""

from datetime import date
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from ketenreis.conditions import parse
from ketenreis.model import COMMON, KIND, Edge, Element, Field, Model, kinds_inside, relations_from
from ketenreis.model.derived import derived
from ketenreis.notation.typed import MEASURED, SIDES, argument_field
from ketenreis.quantity import Duration, Share, parse_limit
from ketenreis.requirements import PATTERNS, EventClass, Measure

HARD = """no|12:30|010|~|null|- x|a: b|# x|'|"|key:|>|&a|*a|!x|%x|@x|`x|{a: 1}|[a]|1e3|0x1F|.5|...|---|a\tb|=|<<|true|x #y|x# y
2026-01-01|1_000|0o17|.inf|+1|?|? a|:|a:|€ 5|\ufeffx|😀|x\u00a0y|x\u200by|\ufffe|\u0378|"quoted"|it's|\\n|C:\\x|y|Ja, graag|a,b|Één|-1
""".replace("\n", "|").strip("|").split("|")  # fmt: skip

lines = st.one_of(
    st.sampled_from(HARD),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20)
    .map(str.strip)
    .filter(bool),
)
proses = st.one_of(
    lines,
    st.lists(
        st.one_of(lines, st.sampled_from(["", "  ingesprongen", "spatie ", "a\u2028b", "\tx"])), max_size=4
    )
    .map("\n".join)
    .map(str.strip)
    .filter(bool),
)
keys = st.one_of(
    st.sampled_from(["nl", "en", "no", "case", "1", "a: b"]), lines.filter(lambda text: len(text) < 50)
)
numbers = st.decimals(0, 10**9, places=2).map(lambda number: Decimal(f"{number}"))
durations = st.builds(
    lambda amount, unit: Duration.parse(f"{amount} {unit}"),
    st.one_of(st.integers(0, 999), st.sampled_from(["0.5", "1.25"])),
    st.sampled_from(["second", "minute", "hour", "day", "week", "working day"]),
)
limits = st.one_of(
    durations, numbers, st.sampled_from(["deadline", "belofte_tot", "no", "a: b", "é"]).map(parse_limit)
)
conditions = st.sampled_from(
    [
        "huishouden >= 3", 'channel = "web" and age >= 67', "not (a is missing or b in (1, 2.5, x))", "`org:group` = EMPTY",
        "a.parcel = b.parcel", 'x = "a: \\"b\\" # c"', "wachttijd > 2 days", "klaar = true", 'x = "eerste\ntweede"',
    ]
).map(parse)  # fmt: skip
SIMPLE = {
    "text": lines, "prose": proses, "date": st.dates(date(1, 1, 1)), "whole": st.integers(-(10**6), 10**6), "number": numbers,
    "money": numbers, "minutes": numbers, "yesno": st.booleans(), "duration": durations, "limit": limits, "condition": conditions,
    "share": st.integers(0, 10**6).map(lambda parts: Share(Decimal(parts) / 10**6)),
}  # fmt: skip


def values(field: Field, events, named):
    """Draws a value of a field; `events` draws the event classes that the model can speak of, `named` ids by kinds."""
    match field.type:
        case "element":
            return named(field.kinds)
        case "choice":
            return st.sampled_from([choice.key for choice in field.choices])
        case "list":
            line = st.sampled_from([choice.key for choice in field.choices]) if field.choices else lines
            return st.lists(line, min_size=1, max_size=3).map(tuple)
        case "words" | "texts":
            text = proses if field.type == "texts" else lines
            return st.dictionaries(keys, text, min_size=1, max_size=2).map(MappingProxyType)
        case "record":
            return records(field.fields, events, named)
        case "records":
            return st.lists(records(field.fields, events, named), min_size=1, max_size=2).map(tuple)
        case "sides":
            side = values(field.fields[0], events, named)
            each = st.dictionaries(st.sampled_from(SIDES), side, min_size=1).map(MappingProxyType)
            return st.one_of(side.map(lambda both: MappingProxyType(dict.fromkeys(SIDES, both))), each)
        case "measure":
            return st.sampled_from(PATTERNS).flatmap(lambda pattern: measures(pattern, events))
        case "event_class":
            return events
        case "event_classes":
            return st.lists(events, min_size=1, max_size=3).map(tuple)
    return SIMPLE[field.type]


def records(fields, events, named=lambda kinds: None, min_size=1):
    """Draws a record with some of these fields; one that names an element only where there is one to name."""
    drawn = {field.name: values(field, events, named) for field in fields}
    options = {name: one for name, one in drawn.items() if one is not None}
    return (
        st.fixed_dictionaries({}, optional=options)
        .filter(lambda row: len(row) >= min_size)
        .map(MappingProxyType)
    )


def measures(pattern, events):
    """Draws a measure of a pattern with some of its arguments."""
    fields = [argument_field(argument) for argument in pattern.arguments]
    return records(fields, events, min_size=0).map(lambda arguments: Measure(pattern.name, arguments))


ids = st.one_of(
    st.sampled_from(["no", "1", "1.50", "op.start", "op", "a.start", "a", "proces/Task_1", "Activity_1", "2026-01-01", "null", "é"]),
    st.from_regex(r"[a-c]{1,3}(-[a-c]{1,2})?(\.start)?", fullmatch=True),
)  # fmt: skip


@st.composite
def models(draw):
    """Draws a model with elements of any kind in any place they may stand, as its text would order them or not."""
    names = draw(st.lists(ids, min_size=1, max_size=14, unique=True))
    placed: list[tuple[str, str, str | None]] = []
    organisation = None
    if draw(st.booleans()):
        organisation = names[0]
        placed.append((organisation, "organisation", None))
    top = [kind.name for kind in kinds_inside("organisation")]
    for name in names[len(placed) :]:
        homes = [(None, kind) for kind in top]
        homes += [
            (at, kind.name)
            for at, is_of, _ in placed
            if is_of != "organisation"
            for kind in kinds_inside(is_of) * 3
        ]
        parent, kind = draw(st.sampled_from(homes))
        placed.append((name, kind, parent or organisation))
    measured = [name for name, kind, _ in placed if kind in MEASURED]
    some = (
        st.lists(st.sampled_from(measured), unique=True, max_size=3).map(tuple) if measured else st.just(())
    )
    moments = st.sampled_from(["complete", "start"])
    events = st.builds(EventClass, some, moments, st.one_of(st.none(), conditions))

    def named(kinds):
        fitting = [name for name, kind, _ in placed if kind in (kinds or KIND)]
        return st.sampled_from(fitting) if fitting else None

    elements, edges = [], []
    for name, kind, parent in placed:
        own = records((*COMMON[1:], *KIND[kind].fields), events, named, min_size=0)
        fields = draw(own)
        elements.append(Element(name, kind, parent, fields))
        for relation in relations_from(kind):
            targets = [target for target, is_of, _ in placed if is_of in relation.targets(kind)]
            most = 1 if relation.is_one(kind) else 2
            if targets and draw(st.booleans()):
                chosen = draw(st.lists(st.sampled_from(targets), unique=True, max_size=most))
                own = records(relation.fields, events, min_size=0)
                edges += [Edge(relation.name, name, target, draw(own)) for target in chosen]
        edges += derived(elements[-1])
    return Model.of(elements, edges)
