"""In which ways may an object-centric log break its standard, and what is said of each: where, what was done, what next?"""

from collections import Counter
from collections.abc import Iterable, Mapping

SHOWN = 3
"""So many places of each break are named."""

_REPAIR = (
    "Laat dit in het bronsysteem herstellen en lees opnieuw in.",
    "Have it mended in the source system and import again.",
)
_REFUSED = ("ze staan bij de geweigerde rijen", "they are among the refused rows")

BREAKS: Mapping[str, tuple[str, str]] = {
    "ocel_no_part": (
        "OCEL vraagt om {where}, en dat ontbreekt: wat daar had moeten staan is niet na te gaan. Vraag om een volledige uitvoer.",
        "OCEL asks for {where}, which is missing: what should have stood there cannot be checked. Ask for a complete export."),
    "ocel_no_member": (
        f"{{n}} onderdelen zijn geen gebeurtenis of voorwerp ({{where}}) en zijn weggelaten. {_REPAIR[0]}",
        f"{{n}} members are no event and no object ({{where}}) and were left out. {_REPAIR[1]}"),
    "ocel_no_list": (
        f"{{n}} keer staat iets anders waar OCEL een lijst of tabel heeft ({{where}}); het is gelezen als leeg. {_REPAIR[0]}",
        f"{{n}} times something else stands where OCEL has a list or table ({{where}}); it was read as empty. {_REPAIR[1]}"),
    "ocel_no_key": (
        "{n} keer ontbreekt een sleutel die OCEL 1 vraagt ({where}); gelezen als leeg. Er gaat niets door verloren.",
        "{n} times a key is missing that OCEL 1 asks for ({where}); it was read as empty. Nothing is lost by it."),
    "ocel_no_text": (
        "{n} namen of nummers zijn geen tekst ({where}); ze zijn gelezen zoals ze er staan. Kijk na of er geen nullen wegvielen.",
        "{n} names or ids are no text ({where}); they were read as they stand. Check that no zeros were lost."),
    "ocel_event_without_id": (
        "{n} gebeurtenissen hebben geen nummer ({where}); ze tellen mee, maar een herhaling is niet te zien.",
        "{n} events have no id ({where}); they count, but a repetition does not show."),
    "ocel_event_id_twice": (
        ("{n} gebeurtenissen dragen een nummer dat al gebruikt was ({where}); ze tellen alle mee. Zijn het herhalingen, neem ze "
        "dan weg en lees opnieuw in."),
        ("{n} events carry an id that was used already ({where}); all of them count. If they are repetitions, take them out and "
        "import again.")),
    "ocel_event_without_type": (
        f"{{n}} gebeurtenissen zeggen niet wat er gebeurde ({{where}}); {_REFUSED[0]}. {_REPAIR[0]}",
        f"{{n}} events do not say what happened ({{where}}); {_REFUSED[1]}. {_REPAIR[1]}"),
    "ocel_event_without_time": (
        f"{{n}} gebeurtenissen hebben geen tijd ({{where}}); {_REFUSED[0]}. {_REPAIR[0]}",
        f"{{n}} events have no time ({{where}}); {_REFUSED[1]}. {_REPAIR[1]}"),
    "ocel_time_written_otherwise": (
        ("{n} tijden zijn niet geschreven zoals OCEL vraagt, 2024-01-31T10:00:00Z ({where}). Wat toch te lezen was telt mee, de "
        "rest staat bij de geweigerde rijen. Zeg in de koppeling met `time_format` hoe ze geschreven zijn."),
        ("{n} times are not written as OCEL asks, 2024-01-31T10:00:00Z ({where}). What could be read all the same counts, the "
        "rest is among the refused rows. Say in the mapping how they are written, with `time_format`.")),
    "ocel_event_type_unknown": (
        ("{n} gebeurtenissen zijn van een soort die het bestand niet aankondigt ({where}); ze tellen mee. Is het een schrijffout, "
        "geef het label dan in de koppeling hetzelfde element."),
        ("{n} events are of a type that the file does not declare ({where}); they count. If it is a slip of the pen, give the "
        "label the same element in the mapping.")),
    "ocel_object_without_id": (
        f"{{n}} voorwerpen hebben geen nummer ({{where}}) en zijn weggelaten: niets kan ernaar verwijzen. {_REPAIR[0]}",
        f"{{n}} objects have no id ({{where}}) and were left out: nothing can refer to them. {_REPAIR[1]}"),
    "ocel_object_without_type": (
        f"{{n}} voorwerpen hebben geen soort ({{where}}) en zijn weggelaten, met de verwijzingen ernaar. {_REPAIR[0]}",
        f"{{n}} objects have no type ({{where}}) and were left out, with the references to them. {_REPAIR[1]}"),
    "ocel_object_id_twice": (
        f"{{n}} voorwerpen dragen een nummer dat al gebruikt was ({{where}}); het eerste van dat nummer geldt. {_REPAIR[0]}",
        f"{{n}} objects carry an id that was used already ({{where}}); the first of that id holds. {_REPAIR[1]}"),
    "ocel_object_type_unknown": (
        ("{n} voorwerpen zijn van een soort die het bestand niet aankondigt ({where}); ze zijn opgenomen als eigen soort. Kijk na "
        "of het een schrijffout is."),
        ("{n} objects are of a type that the file does not declare ({where}); they were taken in as a type of their own. Check "
        "whether it is a slip of the pen.")),
    "ocel_attribute_without_name": (
        f"{{n}} kenmerken hebben geen naam ({{where}}) en zijn weggelaten. {_REPAIR[0]}",
        f"{{n}} attributes have no name ({{where}}) and were left out. {_REPAIR[1]}"),
    "ocel_attribute_without_time": (
        "{n} kenmerken van voorwerpen zeggen niet vanaf wanneer ze gelden ({where}); ze zijn gelezen als “vanaf het begin”.",
        "{n} attributes of objects do not say since when they hold ({where}); they were read as “from the start”."),
    "ocel_attribute_unknown": (
        ("{n} waarden staan in een kenmerk dat bij hun soort niet is aangekondigd ({where}); ze zijn opgenomen als tekst of getal, "
        "naar hoe ze eruitzien."),
        ("{n} values stand in an attribute that is not declared for their type ({where}); they were taken in as text or number, "
        "by how they look.")),
    "ocel_value_of_other_type": (
        "{n} waarden zijn niet van de aangekondigde soort ({where}). Het kenmerk is gelezen naar wat er staat; kijk de waarden na.",
        "{n} values are not of the type that was declared ({where}). The attribute was read by what stands there; check the values."),
    "ocel_tie_without_object": (
        f"{{n}} verwijzingen noemen geen voorwerp ({{where}}) en zijn weggelaten. {_REPAIR[0]}",
        f"{{n}} references name no object ({{where}}) and were left out. {_REPAIR[1]}"),
    "ocel_tie_without_qualifier": (
        "{n} verwijzingen zeggen niet welke rol het voorwerp speelt, zoals OCEL 2 vraagt ({where}). Er gaat niets door verloren.",
        "{n} references do not say which part the object plays, as OCEL 2 asks ({where}). Nothing is lost by it."),
    "ocel_tie_of_unknown_event": (
        f"{{n}} verwijzingen zijn van een gebeurtenis die het bestand niet kent ({{where}}) en zijn weggelaten. {_REPAIR[0]}",
        f"{{n}} references are of an event that the file does not know ({{where}}) and were left out. {_REPAIR[1]}"),
    "ocel_event_not_listed": (
        f"{{n}} gebeurtenissen staan in de tabel van hun soort en niet in `event` ({{where}}); ze zijn weggelaten. {_REPAIR[0]}",
        f"{{n}} events stand in the table of their type and not in `event` ({{where}}); they were left out. {_REPAIR[1]}"),
    "unknown_objects": (
        ("{n} verwijzingen noemen een voorwerp dat het bestand niet kent ({where}). De gebeurtenis telt mee bij haar andere "
        f"voorwerpen; heeft ze die niet, dan is ze geweigerd. {_REPAIR[0]}"),
        ("{n} references name an object that the file does not know ({where}). The event counts for its other objects. "
        f"An event with no others is refused. {_REPAIR[1]}")),
}  # fmt: skip
"""What is said of each kind of break, in Dutch and English: how many, where, what became of it, the next move."""


class Breaks:
    """Takes the breaks of one log: how many of each kind, and where the first of them stand."""

    def __init__(self) -> None:
        """Starts with none."""
        self.counts: Counter[str] = Counter()
        self._places: dict[str, list[str]] = {}

    def add(self, kind: str, *where: str, n: int = 1) -> None:
        """Takes so many breaks of a kind, of which some places are known."""
        if kind not in self.counts:
            assert kind in BREAKS, kind  # noqa: S101  # a kind is a row of the table
        self.counts[kind] += n
        places = self._places.setdefault(kind, [])
        places += [each for each in where if each not in places][: SHOWN - len(places)]

    def notes(self) -> dict[str, object]:
        """The breaks as notes of the quality report."""
        return {
            kind: {"n": self.counts[kind], "where": _listed(self._places[kind], self.counts[kind])}
            for kind in BREAKS
            if self.counts[kind]
        }


def _listed(places: Iterable[str], n: int) -> str:
    """The places that are named, and that there are more."""
    shown = list(places)
    return ", ".join(shown) + (" …" if n > len(shown) else "")
