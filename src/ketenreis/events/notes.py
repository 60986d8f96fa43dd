"""What may an import have to tell beside its counts, in words? Why rows were refused, and what was odd in the file."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ketenreis.events.ocel_breaks import BREAKS
from ketenreis.findings.counted import in_number

Number = Callable[[int], str]

REASONS: Mapping[str, tuple[str, str]] = {
    "no_case": ("geen zaak", "no case id"),
    "no_activity": ("geen gebeurtenis", "no activity"),
    "no_time": ("geen tijd", "no time"),
    "unreadable_time": ("tijd niet te lezen", "the time cannot be read"),
    "nul_bytes": ("bevat nultekens", "holds NUL bytes"),
    "too_few_fields": ("te weinig velden", "too few fields"),
    "too_many_fields": ("te veel velden", "too many fields"),
    "not_in_encoding": ("tekens buiten de codering", "characters outside the encoding"),
    "unbalanced_quote": ("aanhalingsteken zonder wederhelft", "a quote without its other half"),
    "line_too_long": ("regel te lang", "the line is too long"),
    "total_row": ("een totaal- of voetregel", "a row with totals, or a footer"),
    "not_a_row": ("niet als rij te lezen", "not readable as a row"),
}


NOTES: Mapping[str, tuple[str, str]] = {
    "traces_without_name": ("{n} [spoor heeft|sporen hebben] geen naam; [het heet naar zijn|ze heten naar hun] volgnummer.",
                            "{n} [trace has|traces have] no name; [it is called by its|they are called by their] number."),
    "events_outside_traces": ("{n} [gebeurtenis staat|gebeurtenissen staan] buiten elk spoor.", "{n} [event stands|events stand] outside any trace."),
    "no_global_event": ("Het bestand heeft geen `ocel:global-event`; dat mag, en er ontbreekt niets door.",
                        "The file has no `ocel:global-event`; that is allowed, and nothing is missing by it."),
    "object_changes": ("{n} [kenmerk van een voorwerp verandert later; bewaard is zijn|kenmerken van voorwerpen veranderen later; bewaard is hun] eerste waarde.",
                       "{n} [attribute of an object changes later; its|attributes of objects change later; their] first value is kept."),
    "object_relations": ("{n} [band tussen voorwerpen onderling is|banden tussen voorwerpen onderling zijn] niet overgenomen.",
                         "{n} [relation between objects themselves was|relations between objects themselves were] not taken over."),
    "qualifiers": ("{n} [band van een gebeurtenis met een voorwerp zegt|banden van een gebeurtenis met een voorwerp zeggen] welke rol het heeft; die rol is niet bewaard.",
                   "{n} [tie of an event to an object says|ties of an event to an object say] which part it plays; that part is not kept."),
    "zoneless_beside_zoned": (("{n} [tijd draagt|tijden dragen] geen zone, terwijl andere in het bestand er wel een dragen: [die kan|ze kunnen] "
                              "verschoven zijn. Zeg in de koppeling welke `time_zone` het was."),
                              ("{n} [time carries|times carry] no zone while others in the file do: [it|they] may be shifted. Say in the "
                              "mapping which `time_zone` it was.")),
    "shifted": (("Wat “vanaf het begin” betekent staat {n} naast middernacht UTC: de tijden zijn verschoven doordat de zone "
                "wegviel. Zeg in de koppeling welke `time_zone` het was."),
                ("What means “from the start” stands {n} beside midnight UTC: the times were shifted when their zone got "
                "lost. Say in the mapping which `time_zone` it was.")),
    "above_header": ("{n} [rij boven de kolomnamen is|rijen boven de kolomnamen zijn] overgeslagen.", "{n} [row above the column names was|rows above the column names were] skipped."),
    "cut_short": (("Een eerdere bewerking van deze opslag werd afgebroken. De opslag was heel gebleven; wat half was, is "
                  "opgeruimd."),
                  ("An earlier change of this store was cut short. The store had stayed whole; what was half done is "
                  "cleared away.")),
    "trimmed": ("Wat om de waarden heen stond (spaties, aanhalingstekens, een munt, een weekdag) is weggelaten in: {n}.",
                "What stood around the values (spaces, quotes, a currency, a weekday) was left out in: {n}."),
    "joined_clocks": ("Een dag en een tijd zijn samen gelezen: {n}.", "A day and a time were read together: {n}."),
    "encoding": ("De tekst is gelezen als {encoding} (het is geen UTF-8), met “{separator}” tussen de velden.",
                 "The text was read as {encoding} (it is not UTF-8), with “{separator}” between the fields."),
    "written_dates": ("Tijden zijn gelezen zoals in “{shown}”.", "Times were read as in “{shown}”."),
    "doubtful_dates": (("Tijden zijn gelezen zoals in “{shown}”, maar geen enkele waarde laat zien of de dag of de maand "
                       "voorop staat. Kijk dat na."),
                      ("Times were read as in “{shown}”, but no value shows whether the day or the month comes first. "
                       "Please check.")),
    "crossed_dates": (("Tijden zijn gelezen zoals in “{shown}”, maar in de kolom staan ook datums met dag en maand andersom. Die zijn "
                      "geweigerd waar dat te zien is; tot en met de twaalfde is het niet te zien en zijn ze verkeerd gelezen. Maak "
                      "er in het bronsysteem één schrijfwijze van en lees opnieuw in."),
                     ("Times were read as in “{shown}”, but the column also holds dates with day and month the other way round. "
                      "These are refused where it shows; up to the twelfth it does not show and they were read wrongly. Write "
                      "them in one way in the source system and import again.")),
    "rounded_ids": (("Zaken heten hier zoals “{shown}”: een rekenblad heeft hun nummers afgerond, dus verschillende zaken kunnen onder "
                    "één nummer staan. Maak van die kolom tekst in het rekenblad, en voer opnieuw uit."),
                   ("Cases are called like “{shown}” here: a spreadsheet rounded their ids, so several cases may stand under one. "
                    "Make that column text in the spreadsheet, and export again.")),
    "no_activity_key": ("De gebeurtenissen hebben geen `concept:name`; dat mag, en wat er gebeurde is gelezen uit “{column}”.",
                        "The events have no `concept:name`; that is allowed, and what happened was read from “{column}”."),
    "no_time_key": ("De gebeurtenissen hebben geen `time:timestamp`; dat mag, en de tijd is gelezen uit “{column}”.",
                    "The events have no `time:timestamp`; that is allowed, and the time was read from “{column}”."),
    "case_called": ("{rows} [rij is|rijen zijn] van een zaak die “{case}” heet: dat is hier een naam, en geen “geen waarde”.",
                    "{rows} [row is|rows are] of a case called “{case}”: that is a name here, and not “no value”."),
    "case_without_id": (("{rows} [rij hoort|rijen horen] bij de zaak “{case}”, waarvan het nummer leeg was gemaakt: de nummers eromheen "
                        "zijn er wel."),
                       ("{rows} [row belongs|rows belong] to the case “{case}”, the id of which had been emptied: the ids around it are "
                        "there.")),
    "odd_dates": ("“{name}”: {n} [datum ligt|datums liggen] voor 1900 of na 2100. Klopt dat?",
                  "“{name}”: {n} [date lies|dates lie] before 1900 or after 2100. Is that right?"),
    "skewed": (("De helft van de {cases} zaken duurt korter dan {half_s}, terwijl het gemiddelde {mean_s} is: het gemiddelde "
                "alleen misleidt."),
               ("Half of the {cases} cases take less than {half_s}, while the mean is {mean_s}: the mean alone misleads.")),
    "phases": (("Een begin ({starts}×) en een einde ({ends}×) zijn samen één handeling. Hooguit {both} handelingen hebben "
                "allebei; van de andere is de duur niet bekend."),
               ("A start ({starts}×) and an end ({ends}×) are one activity together. At most {both} [activity has|activities have] both; "
                "how long the others took is not known.")),
    "same_events": (("{n} [gebeurtenis staat|gebeurtenissen staan] al in de bron “{other}” en [telt|tellen] nu dubbel. Trek een van de twee terug: "
                    "ketenreis events withdraw."),
                   ("{n} [event stands|events stand] in the source “{other}” already and [counts|count] double now. Withdraw one of the two: "
                    "ketenreis events withdraw.")),
    "shifted_copy": (("{n} [gebeurtenis staat|gebeurtenissen staan] ook in de bron “{other}”, maar {hours} uur verschoven: hetzelfde logboek, "
                     "gelezen met de klok van een andere zone. Zeg welke `time_zone` het was, of trek een van de twee terug."),
                    ("{n} [event stands|events stand] in the source “{other}” too, but {hours} [hour|hours] apart: the same log, read by the clock "
                     "of another zone. Say which `time_zone` it was, or withdraw one of the two.")),
    "sheet": ("Gelezen is het blad “{n}”.", "The sheet “{n}” was read."),
    "other_type": (("“{name}” staat ook in de bron “{other}”, maar is daar van een andere soort (getal, tekst of datum): samen is "
                   "het nu tekst. Betekent het iets anders, geef de kolom dan een eigen naam in de koppeling, zoals "
                   "`columns: {{{source}_{name}: {name}}}`, en lees opnieuw in."),
                  ("“{name}” stands in the source “{other}” too, but is of another type there (number, text or date): together "
                   "it is text now. If it means something else, give the column a name of its own in the mapping, such as "
                   "`columns: {{{source}_{name}: {name}}}`, and import again.")),
    "other_values": (("“{name}” staat ook in de bron “{other}”, en geen enkele waarde komt in beide voor. Betekent het iets anders, "
                     "geef de kolom dan een eigen naam in de koppeling, zoals `columns: {{{source}_{name}: {name}}}`, en lees "
                     "opnieuw in."),
                    ("“{name}” stands in the source “{other}” too, and no value occurs in both. If it means something else, give "
                     "the column a name of its own in the mapping, such as `columns: {{{source}_{name}: {name}}}`, and import "
                     "again.")),
    "merged": ("{n} keer zijn cellen onder elkaar samengevoegd; elk ervan is gelezen met wat er in staat.",
               "{n} [time|times] cells below each other are merged; each was read with what stands in them."),
    **BREAKS,
}  # fmt: skip
"""What a reader may have to tell, in words."""


def in_words(notes: Mapping[str, object], numbers: tuple[Number, Number]) -> Iterator[tuple[str, str]]:
    """The sentences of notes, in Dutch and English; a note that has none is for programs only.

    Args:
        notes: A number or text, or several by name, by the name of the note (`name:which` where there may be several).
        numbers: What writes a number in Dutch and in English.
    """
    for name, value in notes.items():
        kind = name.partition(":")[0]
        if kind in NOTES:
            given = value if isinstance(value, dict) else {"n": value}
            nl, en = NOTES[kind]
            dutch, english = _shown(given, numbers[0], "nl"), _shown(given, numbers[1], "en")
            yield in_number(nl, dutch).format(**dutch), in_number(en, english).format(**english)


def _shown(given: Mapping[str, Any], n: Number, language: str) -> dict[str, str]:
    """What a note holds, as it stands in its sentence: `…_s` is a number of seconds."""
    return {
        name: lasting(value, language)
        if name.endswith("_s")
        else n(value)
        if isinstance(value, int)
        else str(value)
        for name, value in given.items()
    }


def lasting(seconds: float, language: str) -> str:
    """A duration in the largest unit of which there are two or more.

    Example:
        >>> lasting(466_560, "nl"), lasting(2868, "en"), lasting(5, "nl")
        ('5,4 dagen', '47.8 minutes', '5 seconden')
    """
    units = (
        (86_400, "dagen", "days"),
        (3_600, "uur", "hours"),
        (60, "minuten", "minutes"),
        (1, "seconden", "seconds"),
    )
    size, nl, en = next((unit for unit in units if seconds >= 2 * unit[0]), units[-1])
    text = f"{seconds / size:.1f}".removesuffix(".0")
    return f"{text.replace('.', ',')} {nl}" if language == "nl" else f"{text} {en}"
