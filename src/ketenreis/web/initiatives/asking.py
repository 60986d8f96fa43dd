"""What did somebody ask for on the pages of initiatives, as edits?"""

from collections.abc import Mapping
from types import MappingProxyType

from ketenreis.model import Edge, Element, Model
from ketenreis.model.edits import Edit, Relate, Update
from ketenreis.model.fields import Field
from ketenreis.reports.tensions import Told
from ketenreis.reports.words import own_language
from ketenreis.web.changes.making import made

Posted = Mapping[str, str]
CARRIED_OVER = ("impact", "effort", "obstacle_type", "obstacle", "quarter")
"""What an initiative takes over from the idea it grew from."""
LONGEST = 2_000


def grown(model: Model, idea: Element) -> tuple[tuple[Edit, ...], str]:
    """An idea as an initiative: what it was weighed by and who proposed it come along."""
    kept = {name: idea.get(name) for name in CARRIED_OVER if idea.get(name) is not None}
    edits, initiative = made(
        model, "initiative", {"name": idea.name, "status": "proposed", **kept}, own_language(model)
    )
    return (
        *edits,
        *(Relate(Edge("proposed_by", initiative, one.id)) for one in model.targets(idea.id, "proposed_by")),
        Relate(Edge("grows_into", idea.id, initiative)),
    ), initiative


def named(model: Model, said: str) -> str | None:
    """The id of what somebody picked: an id, or a name that only one element bears.

    Example:
        >>> model = Model.of([Element("bellen", "activity", None, {"name": "Klant bellen"})])
        >>> named(model, "bellen"), named(model, " klant bellen "), named(model, "fax")
        ('bellen', 'bellen', None)
    """
    said = said.strip()
    if said in model:
        return said
    found = [one.id for one in model if one.name.casefold() == said.casefold()]
    return found[0] if len(found) == 1 else None


def with_row(element: Element, field: str, posted: Posted, model: Model) -> tuple[Edit, ...] | None:
    """A row more in a field of records; None when what it names is not there, or a choice is none of those there are."""
    schema = element.schema.field(field)
    parts = schema.fields if schema else ()
    row: dict[str, object] = {}
    for part in parts:
        said = posted.get(part.name, "").strip()[:LONGEST]
        value = _value(part, said, model) if said else None
        if (said and value is None) or (part.required and value is None):
            return None
        if value is not None:
            row[part.name] = value
    before = element.get(field)
    return (Update(element.id, field, before, (*element.records(field), MappingProxyType(row))),)


def _value(part: Field, said: str, model: Model) -> str | None:
    if part.type == "choice":
        return said if said in {choice.key for choice in part.choices} else None
    if part.type == "element":
        found = named(model, said)
        return found if found is not None and (not part.kinds or model[found].kind in part.kinds) else None
    return said


def without_row(element: Element, field: str, number: str) -> tuple[Edit, ...]:
    """A row less; nothing when there is no such row."""
    there = element.records(field)
    if not number.isdecimal() or int(number) >= len(there):
        return ()
    left = tuple(row for at, row in enumerate(there) if at != int(number))
    return (Update(element.id, field, element.get(field), left or None),)


def opened(model: Model, told: Told) -> tuple[tuple[Edit, ...], str]:
    """A dialogue about a tension: its sides' views to begin with, and what serves both as options to talk about."""
    views = tuple(
        MappingProxyType({**({"by": side.side.initiative.id} if side.side.initiative else {}), "view": side.quote or side.claim})
        for side in told.sides
    )  # fmt: skip
    fields = {
        "name": told.title,
        "finding": told.tension.fingerprint,
        "status": "open",
        "views": views,
        "options": tuple(option_row(told, number) for number in range(len(told.options))),
    }
    about = dict.fromkeys((*(one.id for one in told.tension.initiatives), told.tension.element.id))
    edits, dialogue = made(model, "dialogue", fields, own_language(model))
    return (
        *edits,
        *(Relate(Edge("about", dialogue, name)) for name in about),
        *(Relate(Edge("pursues", dialogue, goal.id)) for goal in told.tension.shared),
    ), dialogue


def option_row(told: Told, number: int) -> Mapping[str, object]:
    """What serves both, as a row of a dialogue."""
    option = told.options[number]
    text = option.text[:1].upper() + option.text[1:]
    return MappingProxyType({"text": text, "serves": "both", "how": option.option.how})
