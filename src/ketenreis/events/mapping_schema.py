"""What may stand in a mapping, as a JSON Schema, so that an editor completes and checks it while somebody writes?"""

from collections.abc import Mapping
from typing import Any

from ketenreis.events.mapping import ROLES
from ketenreis.quantity import MICROSECONDS

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_GRACE: Schema = {"type": "string", "pattern": rf"^\d+(\.\d+)? ({'|'.join(MICROSECONDS)})s?$"}
_KINDS: Mapping[str, Schema] = {
    "text": _TEXT,
    "texts": _TEXTS,
    "names": {"type": "object", "additionalProperties": _TEXT},
    "lists": {"type": "object", "additionalProperties": _TEXTS},
    "yesno": {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "ja", "nee"]}]},
}

_KEYS = (
    ("source", "text", "Naam van de bron; een tweede keer inlezen onder dezelfde naam vervangt de eerste.",
     "Name of the source; a second import under the same name replaces the first."),
    ("object", "text", "Soort object waarvan de kolom `case` het nummer bevat, zoals order of delivery.",
     "Type of the object whose number the column `case` holds, such as order or delivery."),
    ("columns", "names", f"Kolom per rol ({', '.join(ROLES)}) of per zelf gekozen naam, zoals channel, department, employee.",
     f"Column by role ({', '.join(ROLES)}) or by a name you choose, such as channel, department, employee."),
    ("objects", "names", ("Kolom met nummers van objecten van andere soorten, per soort: een gebeurtenis hoort bij elk object "
     "dat haar rij noemt."),
     "Column with numbers of objects of other types, by type: an event belongs to each object that its row names."),
    ("join", "join", ("Per soort: bij objecten van welke andere soort een gebeurtenis hoort die er zelf geen noemt. "
     "Het is die ene die op dat moment liep."),
     "By type: to objects of which other type an event belongs that names none itself. It is the one under way then."),
    ("cases_in_list", "yesno", "De kolom `case` bevat lijsten; de gebeurtenis hoort bij elk van hen.",
     "The column `case` holds lists; the event belongs to each of them."),
    ("case_without_id", "text", "Nummer van de zaak waarvan de rijen er geen hebben.", "Id of the case whose rows have none."),
    ("missing", "texts", "Teksten die “geen waarde” betekenen.", "Texts that mean “no value”."),
    ("dates_as_events", "names", "Kolommen met een datum van de zaak die als gebeurtenis telt, met haar label.",
     "Columns with a date of the case that counts as an event, with its label."),
    ("closed", "text", "Label of element dat een zaak sluit, of end_of_file.", "Label or element that closes a case, or end_of_file."),
    ("closing", "names", "Hetzelfde voor objecten van de andere soorten.", "The same for objects of the other types."),
    ("labels", "lists", "Elementen van het model per label.", "Elements of the model by label."),
    ("departments", "names", "Afdeling van het model per waarde van de kolom department, zoals Groep 1: balie.",
     "Department of the model by value of the column department, such as Group 1: front-desk."),
    ("ignore", "texts", "Kolommen die weg mogen blijven.", "Columns to leave out."),
    ("readable", "texts", "Kolommen met namen van mensen die toch leesbaar blijven.",
     "Columns with names of people that stay readable all the same."),
    ("personal", "texts", "Nog meer kolommen met namen van mensen.", "More columns with names of people."),
    ("separator", "text", "Tussen de velden van een tekstbestand.", "Between the fields of a text file."),
    ("quote", "text", "Rond een veld waar het scheidingsteken in staat.", "Around a field that holds a separator."),
    ("encoding", "text", "Codering van een tekstbestand.", "Encoding of a text file."),
    ("header", "yesno", "Of de eerste rij de kolommen noemt.", "Whether the first row names the columns."),
    ("decimal", "text", "Decimaalteken: een punt of een komma.", "Decimal mark: a point or a comma."),
    ("time_format", "texts", ("Hoe tijden zijn geschreven: iso, seconds, milliseconds, microseconds, nanoseconds, excel, of "
     "patronen zoals %d-%m-%Y %H:%M."),
     "How times are written: iso, seconds, milliseconds, microseconds, nanoseconds, excel, or patterns such as %d-%m-%Y %H:%M."),
    ("date_formats", "lists", "Hetzelfde per kolom die ervan afwijkt.", "The same for single columns that differ."),
    ("time_zone", "text", "Tijdzone van tijden waar geen zone bij staat.", "Time zone of times that carry none."),
    ("sheet", "text", "Blad van een werkmap.", "Sheet of a workbook."),
    ("query", "text", "De vraag aan een database.", "The question to put to a database."),
)  # fmt: skip
"""Every key of a mapping: its kind, and what it means in Dutch and English."""

_PERIOD = (
    ("to", _TEXT, "Soort object waarbij de gebeurtenis hoort.", "Type of the objects that take the event in."),
    ("since", _TEXT, "Label of element waarmee de periode begint; anders de eerste gebeurtenis.",
     "Label or element that begins the period; else the first event."),
    ("until", _TEXT, "Label of element waarmee de periode eindigt; anders wat een object sluit, of de laatste gebeurtenis.",
     "Label or element that ends the period; else what closes an object, or its last event."),
    ("grace", _GRACE, "Hoeveel langer de periode duurt, zoals 2 days.", "How much longer the period lasts, such as 2 days."),
)  # fmt: skip


def mapping_schema(language: str = "en") -> Schema:
    """Makes the JSON Schema (draft 2020-12) of a mapping file.

    Args:
        language: Of the descriptions: "nl" or "en". Keys are the same in both.

    Returns:
        The schema as JSON values. Nothing is required: what a mapping leaves open is guessed from the file.

    Example:
        >>> sorted(mapping_schema()["properties"]["join"]["additionalProperties"]["anyOf"][1]["properties"])
        ['grace', 'since', 'to', 'until']
    """
    dutch = language == "nl"
    period = {
        "type": "object",
        "required": ["to"],
        "additionalProperties": False,
        "properties": {key: {"description": nl if dutch else en, **kind} for key, kind, nl, en in _PERIOD},
    }
    kinds = {**_KINDS, "join": {"type": "object", "additionalProperties": {"anyOf": [_TEXT, period]}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Koppeling van een bron aan Ketenreis" if dutch else "Mapping of a source to Ketenreis",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {"description": nl if dutch else en, **kinds[kind]} for key, kind, nl, en in _KEYS
        },
    }
