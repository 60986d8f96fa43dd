"""By which names do columns, lifecycles and missing values go? Dutch and English, one row per meaning."""

import re
from collections.abc import Mapping

NAMES: Mapping[str, tuple[tuple[str, int], ...]] = {
    # pattern of the whole plain name (lower case, words apart by one space), points
    "case": (
        (r"case concept name", 100),
        (r"(case|zaak|trace|dossier)( ?(id|nr|no|number|nummer|name|key|identifier|identificatie))?", 95),
        (r"(process|proces) ?(instance|instantie)( ?id)?", 90),
        (r"ocel type (orders?|cases?|zaken|zaak|applications?|incidents?)", 88),
        (
            (r"(order|ticket|incident|aanvraag|request|claim|melding|offerte|factuur|invoice|contract|application|"
            r"sr|problem|zending|shipment|klacht|complaint|declaration|permit|polis|case order|journey|klantreis|"
            r"bestelling|opdracht|patient|encounter|episode|traject|session|sessie|lead|loan|purchase order|po)"
            r"( ?(id|nr|no|number|nummer|code|key|reference|referentie))"),
            80,
        ),
        (r"(order|ticket|incident|aanvraag|melding|claim|dossier|journey|bestelling)", 70),
        (r"ocel type .*", 50),
        (r"(klant|customer|client|user|subject|object|instance|entity|item)( ?(id|nr|no|number|nummer))", 40),
        (r"(id|.* (id|nr|number|nummer))", 25),
    ),
    "activity": (
        (r"concept name|ocel activity", 100),
        (r"(activity|activiteit|task|taak)( ?(name|naam|label|omschrijving|description))?", 95),
        (r"(event|gebeurtenis)( ?(name|naam|label|omschrijving|description))?", 85),
        ((r"(event ?type|handeling|actie|action|stap|step|processtap|process step|operation|bewerking|touchpoint)"
         r"( ?(name|naam|omschrijving))?"), 80),
        (r"(activity|activiteit|task|event|gebeurtenis) ?(id|code|nr)|activity en|activityname(en|nl)", 60),
        (r"status|state|fase|phase|stage|toestand", 55),
        (r"(omschrijving|description|label|name|naam|type|initiators ?label)", 30),
    ),
    "time": (
        (r"time timestamp|ocel timestamp", 100),
        (r"(complete|end|completion|finish|eind|event) ?(timestamp|time ?stamp|time|tijdstip|tijd|datetime)", 92),
        (r"(timestamp|time ?stamp|date ?time|datum ?tijd|tijdstip|tijdstempel|datum en tijd|date and time)( utc)?", 90),
        (r"(epoch|unix)( ?(time|timestamp))?( ?(ms|millis|milliseconds|s|sec|seconds))?", 90),
        (r"(event|activity|gebeurtenis|activiteit) ?(date|datum|time|tijd|tijdstip|timestamp)", 88),
        (r"(complete|completed|end|ended|finished|einde|gereed|afgerond|time ?completed)( ?(date|datum|at|op))?", 75),
        (r"(time|tijd|datum|date|moment|when|wanneer|occurred at|created at|logged at)", 70),
        (r".*(timestamp|tijdstip|datetime).*", 50),
        (r".*(time|date|datum|tijd).*", 20),
    ),
    "time_of_day": ((r"(tijd|time|tijdstip|uur|clock|klok ?tijd|time of day)( ?(event|gebeurtenis))?", 90),),
    "lasting": ((r".*(duur|duration|wacht|wait|doorloop|looptijd|lead|norm|elapsed|minuten|minutes|seconds).*", 90),),
    "start": (
        (r"(start|begin|started|aanvang)( ?(timestamp|time ?stamp|time|tijd|tijdstip|datetime|date|datum|at|op))?", 95),
        (r"(start|begin) .*|time ?started", 60),
    ),
    "lifecycle": (
        (r"lifecycle transition", 100),
        (r"(lifecycle|life cycle|levenscyclus)( ?(transition|state|status|overgang))?|transition|event transition", 95),
        (r"(event ?type|eventtype|status|state|transactie)", 30),
    ),
    "channel": ((r"(channel|kanaal|contact ?kanaal|contact ?channel|ingang|medium)( ?(name|naam))?", 95),),
    "department": (
        (r"org group", 100),
        (r"(department|afdeling|team|unit|business unit|organisatie ?onderdeel)( ?(name|naam|code))?", 95),
        (r"(group|groep|org role|organization|organisatie|organization involved|werkgroep|queue|rol|role)", 60),
    ),
    "employee": (
        (r"org resource", 100),
        (
            (r"(resource|user|username|user name|medewerker|employee|behandelaar|responsible|verantwoordelijke|agent|"
            r"operator|actor|assignee|assigned to|gebruiker|gebruikersnaam|uitvoerder|staff|originator|worker|"
            r"handler|case ?worker|performer|owner|eigenaar|consulent|adviseur|employee ?(id|name|nr)|"
            r"medewerker ?(id|naam|nr|nummer)|user ?id|monitoring ?resource|doctor|nurse|arts|monteur|changed by|"
            r"created by|gewijzigd door|aangemaakt door|responsible actor|resource ?(id|name))"),
            95,
        ),
    ),
    "customer": (
        (
            (r"(customer|klant|client|cliënt|patient|patiënt|inwoner|burger|huurder|citizen|applicant|aanvrager|"
            r"end ?user|contact ?person|contactpersoon|consumer|tenant|member|lid|bsn|person|persoon|subscriber)"
            r"( ?(id|nr|no|name|naam|number|nummer|key))?"),
            95,
        ),
        (r"ocel type (customers?|klanten|clients|persons?|personen)", 95),
        ((r"(e ?mail|e ?mailadres|email address|phone|telefoon|telefoonnummer|iban|adres|address|surname|"
         r"first ?name|last ?name|achternaam|voornaam|geboortedatum|birth ?date|date of birth)"), 90),
    ),
    "deadline": ((r"(deadline|due ?date|due|uiterste ?datum|uiterlijke ?datum|streef ?datum|fatale ?datum|sla ?date)", 95),),
}  # fmt: skip

LIFECYCLES = frozenset(
    [
        "schedule",
        "assign",
        "reassign",
        "start",
        "resume",
        "suspend",
        "complete",
        "autoskip",
        "manualskip",
        "withdraw",
        "ate_abort",
        "pi_abort",
        "abort_activity",
        "abort_case",
        "allocate",
        "validate",
        "review",
        "unknown",
        "started",
        "completed",
        "ended",
        "finish",
        "finished",
    ]
)

MISSING = ("EMPTY", "NULL", "null", "?", "#MULTIVALUE", "#N/A", "N/A", "n/a", "NaN", "nan", "NaT", "None", "<NA>",
           "(null)", "(leeg)", "leeg", "onbekend", "UNKNOWN", "-", "--", "---", "\\N", "MISSING", "missing", "Null",
           "n.v.t.", "N.v.t.", "n.v.t", "N.V.T.", "nvt", "NVT", "Nvt", "#N/B", "#VERW!", "#WAARDE!", "#DEEL/0!", "#NAAM?", "#GETAL!", "#LEEG!",
           "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")  # fmt: skip
"""Marks that are taken for "no value" wherever they turn up in an attribute."""

DOUBTFUL = ("NA", "onbekend", "UNKNOWN", "unknown", "leeg")
"""Marks that may as well be a value: only told, and taken over by putting them in the mapping."""

SENTINELS = ("-100", "-1", "-999", "-9999", "999999", "9999-12-31")
"""Numbers that mean "no value" only with evidence: frequent, and far from all others."""

OPEN_DATES = re.compile(
    r"(31[-/.]12[-/.](9999|2999)|12/31/(9999|2999)|(9999|2999)[-/.]12[-/.]31|99991231)([ T].*)?|"
    r"(0?1[-/.]0?1[-/.](0001|1753|1900)|(0001|1753|1900)[-/.]01[-/.]01)([ T]0?0:00(:00(\.0+)?)?)?Z?"
)
"""Dates that systems write where there is none: the end of time, and the begin of theirs."""

NO_DATE = re.compile(r"(00?[-/.]00?[-/.]0000|0000[-/.]00[-/.]00|00000000)([ T]0?0:00(:00(\.0+)?)?)?Z?")
"""What systems write where there is no date, and what no calendar knows."""

TRUTHS: Mapping[str, bool] = {"true": True, "false": False}


def plain(name: str) -> str:
    """A column name in lower case, its words apart by one space.

    Example:
        >>> plain("case:Concept_Name"), plain("StartTimestamp")
        ('case concept name', 'start timestamp')
    """
    apart = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-Z])", " ", name)
    return re.sub(r"[^\w]+|_+", " ", apart).strip().lower()


def points(role: str, name: str) -> int:
    """How well a column name suits a role, 0 to 100."""
    whole = plain(name)
    bare = whole.removeprefix("case ") if name.lower().startswith("case:") else whole
    best = 0
    for pattern, worth in NAMES[role]:
        if re.fullmatch(pattern, whole) or re.fullmatch(pattern, whole.replace(" ", "")):
            best = max(best, worth)
        elif bare != whole and re.fullmatch(pattern, bare):
            best = max(best, worth - 15)
    return best
