"""Reads from an event store what the engine must know of it."""

from collections.abc import Iterable, Iterator

from ketenreis.conditions import Condition, names
from ketenreis.events.store import EventStore, ObjectType, StoredAttribute
from ketenreis.measure.engines.duckdb import DuckDB, file_query
from ketenreis.measure.log import Codes, Column, Log
from ketenreis.requirements import Requirement


def log_of(store: EventStore, stored: ObjectType, wanted: Iterable[Requirement], engine: DuckDB) -> Log:
    """The log of one object type.

    Large dictionaries are read only for the attributes that a requirement names.
    """
    named = {name for one in wanted for name in _named(one)}
    columns = {
        name: _column(attribute, engine, needed=name in named)
        for name, attribute in stored.attributes.items()
    }
    codes = stored.classes
    elements = [element for element in codes if not element.endswith(".start")]
    return Log(
        object=stored.name,
        cases=stored.cases,
        first_us=store.first_us or 0,
        last_us=store.last_us or 0,
        end_of_file=stored.closing == "end_of_file",
        columns=columns,
        labels=tuple(activity.label for activity in stored.activities),
        classes={
            element: Codes(tuple(codes[element]), tuple(codes.get(f"{element}.start", ())))
            for element in elements
        },
        largest=engine.run("SELECT MAX(events) FROM cases")[0][0] or 0,
        channel=next(
            (a.name for a in stored.own_attributes if a.role == "channel" and a.level == "event"), None
        ),
    )


def _column(attribute: StoredAttribute, engine: DuckDB, *, needed: bool) -> Column:
    values = attribute.values
    if attribute.values_file and needed:
        rows = engine.run(f"{file_query(attribute.values_file)} ORDER BY code")
        values = tuple(str(value) for _, value in rows)
    kind = "category" if attribute.type == "truth" else attribute.type
    return Column(
        attribute.name,
        attribute.column,
        kind,
        attribute.level,
        attribute.scale or 0,
        values,
        attribute.personal,
    )


def _named(wanted: Requirement) -> Iterator[str]:
    """Every attribute that a requirement's conditions look at."""
    measure = wanted.measure
    conditions: list[object] = [wanted.population, *(exclusion.where for exclusion in wanted.exclusions)]
    if measure is not None:
        conditions += [
            *(events.where for events in measure.classes()),
            measure.get("where"),
            measure.get("holds"),
        ]
        if isinstance(attribute := measure.get("attribute"), str):
            yield attribute
    for condition in conditions:
        if isinstance(condition, Condition):
            yield from (name.attribute for name in names(condition))
