"""In which ways may an object-centric log break its standard, and what is said of each: where, what was done, what next?"""

from collections import Counter
from collections.abc import Iterable, Mapping

SHOWN = 3
"""So many places of each break are named."""

_REPAIR = (
    "Laat dit in het bronsysteem herstellen en lees opnieuw in.",
    "Have it mended in the source system and import again.",
)
_REFUSED = ("[die staat|ze staan] bij de geweigerde rijen", "[it is|they are] among the refused rows")

BREAKS: Mapping[str, tuple[str, str]] = {
    "ocel_no_part": (
        "OCEL vraagt om {where}, en dat ontbreekt: wat daar had moeten staan is niet na te gaan. Vraag om een volledige uitvoer.",
        "OCEL asks for {where}, which is missing: what should have stood there cannot be checked. Ask for a complete export."),
    "ocel_no_member": (
        f"{{n}} [onderdeel is|onderdelen zijn] geen gebeurtenis of voorwerp ({{where}}) en [is|zijn] weggelaten. {_REPAIR[0]}",
        f"{{n}} [member is|members are] no event and no object ({{where}}) and [was|were] left out. {_REPAIR[1]}"),
    "ocel_no_list": (
        f"{{n}} keer staat iets anders waar OCEL een lijst of tabel heeft ({{where}}); het is gelezen als leeg. {_REPAIR[0]}",
        f"{{n}} [time|times] something else stands where OCEL has a list or table ({{where}}); it was read as empty. {_REPAIR[1]}"),
    "ocel_no_key": (
        "{n} keer ontbreekt een sleutel die OCEL 1 vraagt ({where}); gelezen als leeg. Er gaat niets door verloren.",
        "{n} [time|times] a key is missing that OCEL 1 asks for ({where}); it was read as empty. Nothing is lost by it."),
    "ocel_no_text": (
        "{n} [naam of nummer is|namen of nummers zijn] geen tekst ({where}); gelezen is wat er staat. Kijk na of er geen nullen wegvielen.",
        "{n} [name or id is|names or ids are] no text ({where}); what stands there was read. Check that no zeros were lost."),
    "ocel_event_without_id": (
        "{n} [gebeurtenis heeft|gebeurtenissen hebben] geen nummer ({where}); [die telt|ze tellen] mee, maar een herhaling is niet te zien.",
        "{n} [event has|events have] no id ({where}); [it counts|they count], but a repetition does not show."),
    "ocel_event_id_twice": (
        ("{n} [gebeurtenis draagt|gebeurtenissen dragen] een nummer dat al gebruikt was ({where}); [die telt|ze tellen alle] mee. Zijn het herhalingen, neem ze "
        "dan weg en lees opnieuw in."),
        ("{n} [event carries|events carry] an id that was used already ({where}); [it counts|all of them count]. If they are repetitions, take them out and "
        "import again.")),
    "ocel_event_without_type": (
        f"{{n}} [gebeurtenis zegt|gebeurtenissen zeggen] niet wat er gebeurde ({{where}}); {_REFUSED[0]}. {_REPAIR[0]}",
        f"{{n}} [event does|events do] not say what happened ({{where}}); {_REFUSED[1]}. {_REPAIR[1]}"),
    "ocel_event_without_time": (
        f"{{n}} [gebeurtenis heeft|gebeurtenissen hebben] geen tijd ({{where}}); {_REFUSED[0]}. {_REPAIR[0]}",
        f"{{n}} [event has|events have] no time ({{where}}); {_REFUSED[1]}. {_REPAIR[1]}"),
    "ocel_time_written_otherwise": (
        ("{n} [tijd is|tijden zijn] niet geschreven zoals OCEL vraagt, 2024-01-31T10:00:00Z ({where}). Wat toch te lezen was telt mee, de "
        "rest staat bij de geweigerde rijen. Zeg in de koppeling met `time_format` hoe ze geschreven zijn."),
        ("{n} [time is|times are] not written as OCEL asks, 2024-01-31T10:00:00Z ({where}). What could be read all the same counts, the "
        "rest is among the refused rows. Say in the mapping how they are written, with `time_format`.")),
    "ocel_event_type_unknown": (
        ("{n} [gebeurtenis is|gebeurtenissen zijn] van een soort die het bestand niet aankondigt ({where}); [die telt|ze tellen] mee. Is het een schrijffout, "
        "geef het label dan in de koppeling hetzelfde element."),
        ("{n} [event is|events are] of a type that the file does not declare ({where}); [it counts|they count]. If it is a slip of the pen, give the "
        "label the same element in the mapping.")),
    "ocel_object_without_id": (
        f"{{n}} [voorwerp heeft|voorwerpen hebben] geen nummer ({{where}}) en [is|zijn] weggelaten: niets kan ernaar verwijzen. {_REPAIR[0]}",
        f"{{n}} [object has|objects have] no id ({{where}}) and [was|were] left out: nothing can refer to [it|them]. {_REPAIR[1]}"),
    "ocel_object_without_type": (
        f"{{n}} [voorwerp heeft|voorwerpen hebben] geen soort ({{where}}) en [is|zijn] weggelaten, met de verwijzingen ernaar. {_REPAIR[0]}",
        f"{{n}} [object has|objects have] no type ({{where}}) and [was|were] left out, with the references to [it|them]. {_REPAIR[1]}"),
    "ocel_object_id_twice": (
        f"{{n}} [voorwerp draagt|voorwerpen dragen] een nummer dat al gebruikt was ({{where}}); het eerste van dat nummer geldt. {_REPAIR[0]}",
        f"{{n}} [object carries|objects carry] an id that was used already ({{where}}); the first of that id holds. {_REPAIR[1]}"),
    "ocel_object_type_unknown": (
        ("{n} [voorwerp is|voorwerpen zijn] van een soort die het bestand niet aankondigt ({where}); [het is|ze zijn] opgenomen als eigen soort. Kijk na "
        "of het een schrijffout is."),
        ("{n} [object is|objects are] of a type that the file does not declare ({where}); [it was|they were] taken in as a type of [its|their] own. Check "
        "whether it is a slip of the pen.")),
    "ocel_attribute_without_name": (
        f"{{n}} [kenmerk heeft|kenmerken hebben] geen naam ({{where}}) en [is|zijn] weggelaten. {_REPAIR[0]}",
        f"{{n}} [attribute has|attributes have] no name ({{where}}) and [was|were] left out. {_REPAIR[1]}"),
    "ocel_attribute_without_time": (
        "{n} [kenmerk van een voorwerp zegt niet vanaf wanneer het geldt|kenmerken van voorwerpen zeggen niet vanaf wanneer ze gelden] ({where}); [het is|ze zijn] gelezen als “vanaf het begin”.",
        "{n} [attribute of an object does not say since when it holds|attributes of objects do not say since when they hold] ({where}); [it was|they were] read as “from the start”."),
    "ocel_attribute_unknown": (
        ("{n} [waarde staat|waarden staan] in een kenmerk dat bij de soort niet is aangekondigd ({where}); [die is|ze zijn] opgenomen als tekst of getal, "
        "naar hoe ze eruitzien."),
        ("{n} [value stands|values stand] in an attribute that is not declared for the type ({where}); [it was|they were] taken in as text or number, "
        "by how they look.")),
    "ocel_value_of_other_type": (
        "{n} [waarde is|waarden zijn] niet van de aangekondigde soort ({where}). Het kenmerk is gelezen naar wat er staat; kijk de waarden na.",
        "{n} [value is|values are] not of the type that was declared ({where}). The attribute was read by what stands there; check the values."),
    "ocel_tie_without_object": (
        f"{{n}} [verwijzing noemt|verwijzingen noemen] geen voorwerp ({{where}}) en [is|zijn] weggelaten. {_REPAIR[0]}",
        f"{{n}} [reference names|references name] no object ({{where}}) and [was|were] left out. {_REPAIR[1]}"),
    "ocel_tie_without_qualifier": (
        "{n} [verwijzing zegt|verwijzingen zeggen] niet welke rol het voorwerp speelt, zoals OCEL 2 vraagt ({where}). Er gaat niets door verloren.",
        "{n} [reference does|references do] not say which part the object plays, as OCEL 2 asks ({where}). Nothing is lost by it."),
    "ocel_tie_of_unknown_event": (
        f"{{n}} [verwijzing is|verwijzingen zijn] van een gebeurtenis die het bestand niet kent ({{where}}) en [is|zijn] weggelaten. {_REPAIR[0]}",
        f"{{n}} [reference is|references are] of an event that the file does not know ({{where}}) and [was|were] left out. {_REPAIR[1]}"),
    "ocel_event_not_listed": (
        f"{{n}} [gebeurtenis staat|gebeurtenissen staan] in de tabel van [haar|hun] soort en niet in `event` ({{where}}); [die is|ze zijn] weggelaten. {_REPAIR[0]}",
        f"{{n}} [event stands|events stand] in the table of [its|their] type and not in `event` ({{where}}); [it was|they were] left out. {_REPAIR[1]}"),
    "unknown_objects": (
        ("{n} [verwijzing noemt|verwijzingen noemen] een voorwerp dat het bestand niet kent ({where}). De gebeurtenis telt mee bij haar andere "
        f"voorwerpen; heeft ze die niet, dan is ze geweigerd. {_REPAIR[0]}"),
        ("{n} [reference names|references name] an object that the file does not know ({where}). The event counts for its other objects. "
        f"An event with no others is refused. {_REPAIR[1]}")),
}  # fmt: skip
"""What is said of each kind of break, in Dutch and English: how many, where, what became of it, the next move."""


class Breaks:
    """Takes the breaks of one log: how many of each kind, and where the first of them stand."""

    def __init__(self) -> None:
        """Starts with none."""
        self.counts: Counter[str] = Counter()
        self._places: dict[str, list[str]] = {kind: [] for kind in BREAKS}

    def add(self, kind: str, *where: str, n: int = 1) -> None:
        """Takes so many breaks of a kind, of which some places are known."""
        places = self._places[kind]
        self.counts[kind] += n
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
