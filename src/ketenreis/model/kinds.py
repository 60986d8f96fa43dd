"""The kinds of element a model is made of: the first half of the metamodel, as one table.

Everything that must know what an element may hold reads it here: the text notation, its JSON Schema, the checks, the
reference documentation, forms and imports. To add a kind or a field, add a row.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ketenreis.model.fields import Choice, Field, Kind


def _choices(*rows: tuple[str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(*row) for row in rows)


NAME = Field("name", "text", "naam", "name", "Hoe iedereen het noemt.", "What everybody calls it.")
NOTE = Field("note", "prose", "notitie", "note", "Wat een ander moet weten.", "What somebody else must know.")
ID = Field(
    "id",
    "text",
    "id",
    "id",
    "Korte vaste naam, uniek in de werkruimte; wordt één keer uit de naam gemaakt.",
    "Short lasting name, unique in the workspace; made once from the name.",
)
COMMON = (ID, NAME, NOTE)
"""Fields that every element has."""

BASIS = _choices(
    ("assumed", "aangenomen", "assumed"),
    ("observed", "waargenomen", "observed"),
    ("intended", "bedoeld", "intended"),
)
"""What a feeling or pain point rests on. `measured` is an overlay from data, never written."""

_SOURCE = Field("source", "text", "bron", "source", "Waar het vandaan komt.", "Where it comes from.")
_DATE = Field("date", "date", "datum", "date")
_BASIS = Field(
    "basis",
    "choice",
    "grond",
    "basis",
    "Waar het op rust.",
    "What it rests on.",
    required=True,
    choices=BASIS,
)
_TEXT = Field(
    "text",
    "prose",
    "tekst",
    "text",
    "In de eigen woorden van wie het zei.",
    "In the words of who said it.",
    required=True,
)
_LEVELS = _choices(("low", "laag", "low"), ("middle", "midden", "middle"), ("high", "hoog", "high"))
_PROPOSED = (
    Field("impact", "choice", "effect", "impact", choices=_LEVELS),
    Field("effort", "choice", "moeite", "effort", choices=_LEVELS),
    Field(
        "obstacle_type",
        "choice",
        "soort belemmering",
        "type of obstacle",
        choices=_choices(
            ("law", "wet", "law"),
            ("it", "IT", "IT"),
            ("capacity", "capaciteit", "capacity"),
            ("other", "anders", "other"),
        ),
    ),
    Field("obstacle", "prose", "belemmering", "obstacle"),
)
"""What an idea and an initiative are weighed by."""
_QUARTER = Field("quarter", "text", "kwartaal", "quarter", "Bijvoorbeeld 2026-Q4.", "For example 2026-Q4.")

KINDS: tuple[Kind, ...] = (
    Kind(
        "organisation", "organisations", "organisatie", "organisaties", "organisation", "organisations", (),
        "De organisatie waarvan de werkruimte is; één per werkruimte.",
        "The organisation that the workspace belongs to; one per workspace.",
        (
            Field("language", "choice", "taal", "language", "Taal waarin het model geschreven is.", "Language the model is written in.",
                  choices=_choices(("nl", "Nederlands", "Dutch"), ("en", "Engels", "English"))),
            Field("time_zone", "text", "tijdzone", "time zone", "Zoals Europe/Amsterdam; dagen en weken beginnen daar.", "Such as Europe/Amsterdam; days and weeks begin there."),
            Field("words", "words", "woorden", "words", "Eigen woorden voor klant, zaak en afdeling.", "Own words for customer, case and department."),
            Field("vision", "prose", "visie", "vision", "De visie op dienstverlening: het gedeelde uitgangspunt.", "The vision on service: the shared premise."),
            Field("hourly_rate", "money", "uurtarief", "hourly rate", "Om minuten in geld uit te drukken.", "To express minutes as money."),
            Field("objects", "list", "objecten", "objects", "Waar regels over gaan, zoals order of zaak; de eerste is de gewone.", "What rules are about, such as order or case; the first is the usual one."),
        ),
    ),
    Kind(
        "department", "departments", "afdeling", "afdelingen", "department", "departments", ("organisation",),
        "Een afdeling, een team of een partner buiten de organisatie.", "A department, a team, or a partner outside the organisation.",
        (Field("type", "choice", "soort", "type", choices=_choices(("internal", "intern", "internal"), ("partner", "partner", "partner"), ("team", "team", "team"))),),
    ),
    Kind(
        "role", "roles", "rol", "rollen", "role", "roles", ("department", "organisation"),
        "Wie iets doet of bezit; accounts staan buiten het model.", "Who does or owns something; accounts stay outside the model.",
        (
            Field("scarce", "yesno", "schaars", "scarce", "Of er te weinig van is voor twee initiatieven tegelijk.", "Whether there is too little of it for two initiatives at once."),
            Field("posts", "number", "fte", "full-time posts", "Hoeveel voltijdsbanen er zijn, zoals 2.5.", "How many full-time posts there are, such as 2.5."),
        ),
    ),
    Kind(
        "system", "systems", "systeem", "systemen", "system", "systems", ("organisation",),
        "Een systeem dat activiteiten gebruiken.", "A system that activities use.",
    ),
    Kind(
        "calendar", "calendars", "kalender", "kalenders", "calendar", "calendars", ("organisation",),
        "Wanneer er gewerkt wordt: openingstijden, feestdagen en dagen die anders zijn. Een meting noemt hem als klok.",
        "When work is done: opening hours, holidays and days that differ. A measure names it as its clock.",
        (
            Field("hours", "words", "openingstijden", "opening hours", "Per weekdag, bijvoorbeeld monday: 9:00-12:30, 13:00-17:00", "Per weekday, for example monday: 9:00-12:30, 13:00-17:00"),
            Field("holidays", "text", "feestdagen", "public holidays", "Land, zoals NL.", "Country, such as NL."),
            Field("liberation_day", "text", "Bevrijdingsdag", "Liberation Day", "every five years of every year", "every five years or every year"),
            Field("works_on", "list", "werkt toch op", "works all the same on", "Namen van feestdagen.", "Names of holidays."),
            Field("school", "text", "schoolvakanties", "school holidays", "Regio: Noord, Midden of Zuid.", "Region: Noord, Midden or Zuid."),
            Field("closed_in_school_holidays", "yesno", "dicht in schoolvakanties", "closed in school holidays"),
            Field("closed", "list", "ook dicht op", "also closed on", "Datums.", "Dates."),
            Field("open", "words", "anders open op", "open otherwise on", "Datum en tijden, bijvoorbeeld 2026-12-24: 9:00-12:00", "Date and hours, for example 2026-12-24: 9:00-12:00"),
        ),
    ),
    Kind(
        "persona", "personas", "persona", "persona's", "persona", "personas", ("organisation",),
        "Een klantgroep: een regel over klantgegevens, met wat deze mensen willen.", "A customer group: a rule over customer data, with what these people want.",
        (
            Field("object", "text", "object", "object", "Waar de regel over gaat.", "What the rule is about."),
            Field("rule", "condition", "regel", "rule", "Wie erbij hoort, bijvoorbeeld: huishouden >= 3", "Who belongs to it, for example: household >= 3"),
            Field("goals", "list", "doelen", "goals"),
            Field("address", "text", "aanspreekvorm", "form of address"),
            Field("channels", "list", "kanalen", "channels", "Voorkeur, de liefste eerst.", "Preferred, the best first."),
            Field("moments", "list", "momenten", "moments", "Wanneer het deze mensen uitkomt.", "When it suits these people."),
        ),
    ),
    Kind(
        "driver", "drivers", "driver", "drivers", "driver", "drivers", ("organisation", "driver"),
        "Wat de beleving stuurt: één boom voor kwaliteitseisen en vragenlijsten. Het belang wordt gemeten, nooit opgeschreven.",
        "What moves the experience: one tree for requirements and surveys. Its importance is measured, never written down.",
    ),
    Kind(
        "goal", "goals", "doel", "doelen", "goal", "goals", ("organisation",),
        "Een gedeeld doel of uitgangspunt.", "A shared goal or premise.",
        (Field("statement", "prose", "stelling", "statement"),),
    ),
    Kind(
        "journey", "journeys", "klantreis", "klantreizen", "journey", "journeys", ("organisation", "journey"),
        "Wat een klant doormaakt van behoefte tot vervulling; reizen nestelen: levensloop, reis, detailreis.",
        "What a customer goes through from need to fulfilment; journeys nest: life cycle, journey, detail journey.",
        (
            Field("need", "prose", "behoefte", "need", "“Ik wil …”", "“I want …”", required=True),
            Field("start", "prose", "begin", "start", "Waar de reis begint voor de klant.", "Where the journey starts for the customer.", required=True),
            Field("end", "prose", "einde", "end", "Waar de reis eindigt voor de klant.", "Where the journey ends for the customer.", required=True),
            Field("out_of_scope", "prose", "buiten beeld", "out of scope", "Wat er met opzet niet in zit.", "What is left out on purpose.", required=True),
            Field("level", "choice", "niveau", "level", choices=_choices(("life_cycle", "levensloop", "life cycle"), ("journey", "reis", "journey"), ("detail", "detailreis", "detail journey"))),
            Field("audience", "choice", "voor", "audience", choices=_choices(("external", "klanten", "customers"), ("internal", "medewerkers", "staff"))),
            Field("status", "choice", "status", "status", choices=_choices(("draft", "concept", "draft"), ("agreed", "afgesproken", "agreed"))),
            Field("review_by", "date", "herzien voor", "review by"),
        ),
    ),
    Kind(
        "phase", "phases", "fase", "fasen", "phase", "phases", ("journey",),
        "Een deel van de reis.", "A part of the journey.",
    ),
    Kind(
        "step", "steps", "stap", "stappen", "step", "steps", ("phase", "journey"),
        "Wat de klant op een moment doet: een kolom van de blauwdruk.", "What the customer does at one moment: a column of the blueprint.",
        (
            Field("action", "prose", "wat de klant doet", "what the customer does"),
            Field("feelings", "records", "beleving", "feelings", "Van −2 tot +2, altijd met de grond erbij.", "From −2 to +2, always with its basis.",
                  fields=(Field("score", "whole", "score", "score", required=True), _BASIS, _SOURCE, _DATE)),
            Field("own_time", "record", "eigen tijd van de klant", "the customer's own time",
                  fields=(Field("doing", "duration", "doen", "doing"), Field("waiting", "duration", "wachten", "waiting"), Field("travelling", "duration", "reizen", "travelling"))),
            Field("worth", "choice", "de moeite waard", "worth it", choices=_choices(("yes", "ja", "yes"), ("partly", "deels", "partly"), ("no", "nee", "no"))),
            Field("moment_of_truth", "list", "moment van de waarheid", "moment of truth", "Voor wie.", "For whom.",
                  choices=_choices(("customer", "klant", "customer"), ("organisation", "organisatie", "organisation"))),
            Field("influence", "choice", "invloed", "influence", "In hoeverre de organisatie dit kan sturen.", "How far the organisation can steer this.",
                  choices=_choices(("none", "geen", "none"), ("partly", "deels", "partly"), ("full", "volledig", "full"))),
        ),
        lane="customer_action",
    ),
    Kind(
        "touchpoint", "touchpoints", "contactmoment", "contactmomenten", "touchpoint", "touchpoints", ("step",),
        "Eén contact over één kanaal, of een daad van de klant zelf.", "One contact on one channel, or an act of the customer's own.",
        (
            Field("type", "choice", "soort", "type", choices=_choices(("communication", "communicatie", "communication"), ("action", "handeling", "action"))),
            Field("by", "choice", "door", "by", choices=_choices(("customer", "klant", "customer"), ("organisation", "organisatie", "organisation"), ("partner", "partner", "partner"))),
            Field("channel", "text", "kanaal", "channel"),
            Field("mandatory", "yesno", "hoort erbij", "mandatory", "Of elke reis dit contact hoort te hebben.", "Whether every journey should have this contact."),
        ),
        lane="customer_action",
    ),
    Kind(
        "question", "questions", "klantvraag", "klantvragen", "question", "questions", ("step",),
        "Wat de klant zich op dat moment afvraagt.", "What the customer wonders at that moment.", (_TEXT,), "text",
    ),
    Kind(
        "wish", "wishes", "wens", "wensen", "wish", "wishes", ("step",),
        "Wat de klant wil, in eigen woorden; wordt pas een eis als hij meetbaar is.", "What the customer wants, in their own words; a requirement only once it can be measured.",
        (_TEXT, Field("rank", "whole", "rang", "rank", "1 is de belangrijkste.", "1 is the most important."), _SOURCE), "text", "wish",
    ),
    Kind(
        "pain_point", "pain_points", "pijnpunt", "pijnpunten", "pain point", "pain points", ("step",),
        "Wat er schuurt, met eventueel het moment van glorie dat ertegenover staat.", "What hurts, with the moment of glory that may answer it.",
        (_TEXT, _BASIS, _SOURCE, _DATE, Field("glory", "prose", "moment van glorie", "moment of glory")), "text",
    ),
    Kind(
        "artefact", "artefacts", "wat de klant ziet", "wat de klant ziet", "what the customer sees", "what the customer sees", ("organisation",),
        "De brief, film of het scherm zelf, met versie en datum.", "The letter, film or screen itself, with version and date.",
        (Field("file", "text", "bestand", "file"), Field("version", "text", "versie", "version"), _DATE, Field("text", "prose", "tekst", "text")), lane="artefact",
    ),
    Kind(
        "message", "messages", "boodschap", "boodschappen", "message", "messages", ("organisation",),
        "De inhoud die een contactmoment draagt; mag ook buiten een reis staan.", "The content that a touchpoint carries; may also stand outside a journey.",
        (
            Field("text", "texts", "tekst", "text"),
            Field("aim", "choice", "doel", "aim", choices=_choices(("know", "weten", "know"), ("think", "vinden", "think"), ("do", "doen", "do"))),
            Field("asks", "text", "vraagt van de lezer", "asks of the reader"),
            Field("tone", "text", "toon", "tone"),
            Field("valid", "record", "geldig", "valid", "Van welke gebeurtenis tot welke de boodschap waar is.", "From which event until which the message is true.",
                  fields=(Field("from", "event_class", "vanaf", "from"), Field("until", "event_class", "tot", "until"))),
            Field("hook", "text", "aanleiding", "hook"),
            Field("factors", "list", "factoren", "factors"),
            Field("avoid", "prose", "vermijden", "avoid"),
        ), "text",
    ),
    Kind(
        "signal", "signals", "signaal", "signalen", "signal", "signals", ("organisation",),
        "Wat klanten of medewerkers lieten horen, met bron, datum en aantal.", "What customers or staff let us know, with source, date and count.",
        (
            Field("type", "choice", "soort", "type", choices=_choices(
                ("complaint", "klacht", "complaint"), ("call_reason", "belreden", "call reason"), ("open_answer", "open antwoord", "open answer"),
                ("interview", "interview", "interview"), ("staff", "medewerker", "staff"))),
            _TEXT, _SOURCE, _DATE, Field("count", "whole", "aantal", "count"),
        ), "text",
    ),
    Kind(
        "ctq", "ctqs", "kwaliteitseis (CTQ)", "kwaliteitseisen (CTQ's)", "CTQ", "CTQs", ("organisation",),
        "Een wens als meetbare eis: wat telt, hoe ver het mag gaan en in welk deel van de gevallen het moet lukken.",
        "A wish as a measurable requirement: what counts, how far it may go, and for what share of cases it must hold.",
        (
            Field("object", "text", "object", "object", "Waar de eis over gaat, zoals order of zaak.", "What the requirement is about, such as order or case."),
            Field("measure", "measure", "meting", "measure", "Een patroon met zijn gegevens.", "A pattern with its arguments.", required=True),
            Field("norms", "records", "normen", "norms", "De grens per geval en het deel dat hem moet halen, met de dag waarop die ingaat.", "The limit for one case and the share that must make it, with the day it starts.", required=True,
                  fields=(
                      Field("since", "date", "sinds", "since"),
                      Field("limit", "limit", "grens", "limit", "Een duur, een aantal, of een kenmerk van de zaak zoals de uiterste datum.", "A duration, a number, or an attribute of the case such as its deadline."),
                      Field("share", "share", "deel", "share", "Hoeveel gevallen de grens moeten halen.", "How many cases must make the limit.", required=True),
                      Field("origin", "choice", "herkomst", "origin", choices=_choices(
                          ("law", "wet", "law"), ("research", "onderzoek", "research"), ("promise", "belofte", "promise"), ("example", "voorbeeld van elders", "example elsewhere"))),
                      _SOURCE,
                  )),
            Field("population", "condition", "populatie", "population", "Voor welke gevallen de eis geldt.", "Which cases the requirement holds for."),
            Field("exclusions", "records", "uitsluitingen", "exclusions", "Welke gevallen niet tellen, en waarom.", "Which cases do not count, and why.",
                  fields=(Field("where", "condition", "waar", "where", required=True), Field("reason", "text", "reden", "reason", required=True))),
            Field("target", "limit", "streefwaarde", "target", "Een wens die verder gaat dan de norm.", "A wish that goes further than the norm."),
            Field("tolerance", "limit", "speling", "tolerance", "Speling van de meting zelf, zoals klokverschil.", "Slack of the measurement itself, such as clock skew."),
            Field("kano", "choice", "Kano-klasse", "Kano class", choices=_choices(
                ("must_be", "basisfactor", "must-be"), ("one_dimensional", "prestatiefactor", "one-dimensional"), ("attractive", "WAUW-factor (delighter)", "attractive"),
                ("indifferent", "onverschillig", "indifferent"), ("reverse", "omgekeerd", "reverse"))),
        ),
        lane="wish",
    ),
    Kind(
        "internal_requirement", "internal_requirements", "eigen eis", "eigen eisen", "internal requirement", "internal requirements", ("organisation",),
        "Een eis van wet, risico of bewijs: nodig voor ons, niet voor de klant.", "A requirement of law, risk or proof: needed by us, not by the customer.",
        (
            Field("origin", "choice", "herkomst", "origin", required=True, choices=_choices(("law", "wet", "law"), ("risk", "risico", "risk"), ("proof", "bewijs", "proof"))),
            Field("reference", "text", "verwijzing", "reference"),
        ),
    ),
    Kind(
        "promise", "promises", "belofte", "beloften", "promise", "promises", ("organisation",),
        "Wat een brief, film of servicenorm de klant toezegt.", "What a letter, film or service standard tells the customer to expect.",
        (Field("text", "prose", "tekst", "text"), Field("limit", "limit", "grens", "limit", "Wat beloofd is, als getal: dan is te zien of het strenger is dan de eis.", "What is promised, as a number: then it shows whether it is stricter than the requirement.")), "text",
    ),
    Kind(
        "chain", "chains", "klantketen", "klantketens", "chain", "chains", ("organisation",),
        "Van behoefte tot vervulling, dwars door de afdelingen, ook wat de klant niet ziet.", "From need to fulfilment, across departments, also what the customer does not see.",
        (
            Field("need", "prose", "behoefte", "need", required=True), Field("start", "prose", "begin", "start"),
            Field("fulfilment", "prose", "vervulling", "fulfilment", required=True), Field("tactic", "prose", "tactiek", "tactic"),
            Field("tactic_date", "date", "tactiek van", "tactic dated", "De dag waarop de tactiek voor het laatst is afgesproken.", "The day on which the tactic was last agreed."),
            Field("success_criteria", "list", "succescriteria", "success criteria"),
        ),
    ),
    Kind(
        "chain_link", "chain_links", "schakel", "schakels", "chain link", "chain links", ("chain",),
        "Het deel van één afdeling in de keten.", "One department's part in the chain.", title="id",
    ),
    Kind(
        "expectation", "expectations", "verwachting", "verwachtingen", "expectation", "expectations", ("chain",),
        "Wat een klantgroep verwacht, of (zonder persona) wij zelf.", "What a customer group expects or, without a persona, what we do ourselves.", (_TEXT,), "text",
    ),
    Kind(
        "kpi", "kpis", "KPI", "KPI's", "KPI", "KPIs", ("chain",),
        "Een stuurgetal van de keten; mag naar een kwaliteitseis wijzen, vervangt hem nooit.", "A steering figure of the chain; may point at a CTQ, never replaces one.",
        (
            Field("side", "choice", "kant", "side", choices=_choices(("customer", "klantwaarde", "customer value"), ("internal", "interne waarde", "internal value"))),
            Field("definition", "prose", "definitie", "definition"), Field("target", "text", "streefwaarde", "target"),
            Field("frequency", "text", "hoe vaak", "frequency"), Field("measure", "measure", "meting", "measure"),
        ),
    ),
    Kind(
        "handover", "handovers", "overdracht", "overdrachten", "handover", "handovers", ("chain",),
        "Een afspraak tussen twee schakels, door beide kanten opgeschreven.", "An agreement between two chain links, written down by both sides.",
        (
            Field("complete_when", "sides", "compleet als", "complete when", fields=(Field("complete_when", "prose", "compleet als", "complete when"),)),
            Field("within", "sides", "binnen", "within", fields=(Field("within", "duration", "binnen", "within"),)),
            Field("confirmed", "sides", "bevestigd", "confirmed", "De dag waarop elke kant de afspraak bevestigde.", "The day on which each side confirmed the agreement.", fields=(Field("confirmed", "date", "bevestigd", "confirmed"),)),
        ), "id",
    ),
    Kind(
        "process", "processes", "proces", "processen", "process", "processes", ("organisation", "process"),
        "Een werkwijze; een deelproces is een proces in een proces.", "A way of working; a sub-process is a process inside a process.",
        (
            Field("bpmn", "text", "BPMN-bestand", "BPMN file", "Het bewaarde bestand naast het model, en na # het proces daarin.", "The kept file beside the model, and after # the process in it."),
            Field("lanes", "words", "banen", "lanes", "Welke rol of afdeling bij een baan of pool van het BPMN-bestand hoort.", "Which role or department belongs to a lane or pool of the BPMN file."),
        ),
    ),
    Kind(
        "activity", "activities", "activiteit", "activiteiten", "activity", "activities", ("process",),
        "Werk dat iemand of iets doet, met zijn uitkomst.", "Work that somebody or something does, with its output.",
        (
            Field("stage", "choice", "plaats", "stage", choices=_choices(("onstage", "voorgrond", "onstage"), ("backstage", "achtergrond", "backstage"), ("support", "ondersteuning", "support"))),
            Field("minutes", "minutes", "minuten", "minutes", "Werktijd per keer.", "Working time each time."),
            Field("volume", "whole", "aantal per jaar", "volume a year"),
            Field("value", "choice", "waarde", "value", choices=_choices(("adding", "waardetoevoegend", "value-adding"), ("necessary", "nodig", "necessary"), ("waste", "verspilling", "waste"))),
            Field("value_test", "record", "waardetoets", "value test", fields=(
                Field("changes", "yesno", "verandert iets voor de klant", "changes something for the customer"),
                Field("cared_for", "yesno", "de klant geeft erom", "the customer cares"),
                Field("first_time", "yesno", "in één keer goed", "done right the first time"))),
            Field("waste", "choice", "soort verspilling", "type of waste", choices=_choices(
                ("defects", "fouten", "defects"), ("overproduction", "te veel", "overproduction"), ("waiting", "wachten", "waiting"), ("talent", "onbenut talent", "unused talent"),
                ("transport", "transport", "transport"), ("inventory", "voorraad", "inventory"), ("motion", "beweging", "motion"), ("extra_processing", "overbewerking", "extra processing"))),
            Field("contact", "record", "contact", "contact", fields=(
                Field("demand", "choice", "vraagsoort", "demand", choices=_choices(("value", "waardevraag", "value demand"), ("failure", "vermijdbaar contact", "failure demand"))),
                Field("purpose", "choice", "doel", "purpose", choices=_choices(
                    ("transact", "regelen", "transact"), ("inform", "informeren", "inform"), ("reassure", "geruststellen", "reassure"), ("decide", "beslissen", "decide"), ("complain", "klagen", "complain"))))),
            Field("shell", "choice", "kern of schil", "core or shell", choices=_choices(("core", "stabiele kern", "stable core"), ("shell", "flexibele schil", "flexible shell"))),
        ),
        lane="stage",
    ),
    Kind(
        "gateway", "gateways", "splitsing", "splitsingen", "gateway", "gateways", ("process",),
        "Waar een proces zich splitst of samenkomt.", "Where a process splits or comes together.",
        (
            Field("type", "choice", "soort", "type", "Wat er gebeurt: één weg, alle wegen, of de wegen die gelden.", "What happens: one way, every way, or the ways that hold.", choices=_choices(
                ("exclusive", "één weg", "one way"), ("parallel", "alle wegen", "every way"), ("inclusive", "de wegen die gelden", "the ways that hold"),
                ("event", "wat het eerst gebeurt", "what happens first"), ("complex", "eigen regel", "own rule"))),
        ),
    ),
    Kind(
        "event", "events", "gebeurtenis", "gebeurtenissen", "event", "events", ("process", "activity"),
        "Wat er in een proces gebeurt zonder dat iemand werkt: het begint, het wacht, het eindigt. In een activiteit: wat het werk onderbreekt.",
        "What happens in a process without anybody working: it starts, it waits, it ends. In an activity: what interrupts the work.",
        (
            Field("type", "choice", "soort", "type", choices=_choices(
                ("start", "begin", "start"), ("catch", "wacht op", "waits for"), ("throw", "geeft door", "passes on"),
                ("boundary", "onderbreekt", "interrupts"), ("end", "einde", "end"))),
            Field("trigger", "choice", "aanleiding", "trigger", choices=_choices(
                ("message", "bericht", "message"), ("timer", "tijd", "timer"), ("conditional", "voorwaarde", "condition"), ("signal", "signaal", "signal"),
                ("error", "fout", "error"), ("escalation", "opschaling", "escalation"), ("compensation", "herstel", "compensation"), ("cancel", "afbreken", "cancel"),
                ("link", "sprong", "link"), ("terminate", "alles stopt", "terminate"), ("multiple", "meer dan een", "more than one"))),
        ),
    ),
    Kind(
        "output", "outputs", "uitkomst", "uitkomsten", "output", "outputs", ("activity",),
        "Wat een activiteit oplevert.", "What an activity yields.",
        (
            Field("customer_visible", "yesno", "zichtbaar voor de klant", "visible to the customer"),
            Field("no_customer_requirement", "yesno", "geen klanteis", "no customer requirement", "Bewust: geen klant vraagt hierom.", "On purpose: no customer asks for this."),
        ),
    ),
    Kind(
        "initiative", "initiatives", "initiatief", "initiatieven", "initiative", "initiatives", ("organisation",),
        "Een voorstel van een team, als ingrepen op onderdelen van het model.", "A team's proposal, as operations on elements of the model.",
        (
            Field("type", "choice", "soort", "type", choices=_choices(("journey", "klantreis", "journey"), ("lean", "LEAN", "LEAN"), ("other", "anders", "other"))),
            Field("operations", "records", "ingrepen", "operations", fields=(
                Field("intent", "choice", "bedoeling", "intent", required=True, choices=_choices(
                    ("add", "toevoegen", "add"), ("remove", "weghalen", "remove"), ("shorten", "verkorten", "shorten"), ("merge", "samenvoegen", "merge"),
                    ("move", "verplaatsen", "move"), ("automate", "automatiseren", "automate"), ("strengthen", "versterken", "strengthen"))),
                Field("element", "element", "onderdeel", "element", "Waar de ingreep op werkt; bij toevoegen: waar het bij komt.",
                      "What the operation works on; for add: what it comes with.", required=True, relation="operates_on"),
                Field("what", "text", "wat precies", "what exactly", "Bij toevoegen: wat erbij komt.", "For add: what is added."),
                Field("expects", "prose", "verwacht", "expects"))),
            Field("effects", "records", "verwacht effect", "expected effect", "Op welke kwaliteitseis of KPI, en welke kant op.", "On which CTQ or KPI, and which way.", fields=(
                Field("element", "element", "op", "on", required=True, kinds=("ctq", "kpi"), relation="affects"),
                Field("push", "choice", "kant", "push", required=True, choices=_choices(("up", "omhoog", "up"), ("down", "omlaag", "down"))),
                Field("expects", "prose", "verwacht", "expects"))),
            Field("status", "choice", "status", "status", choices=_choices(
                ("proposed", "voorgesteld", "proposed"), ("agreed", "afgesproken", "agreed"), ("running", "loopt", "running"), ("done", "klaar", "done"), ("dropped", "gestopt", "dropped"))),
            *_PROPOSED, _QUARTER,
        ),
    ),
    Kind(
        "idea", "ideas", "idee", "ideeën", "idea", "ideas", ("organisation", "chain"),
        "Een kans, ook een zakelijke; kan een initiatief worden.", "A chance, also a business one; may become an initiative.",
        (
            Field("text", "prose", "tekst", "text"),
            *_PROPOSED, _QUARTER,
        ),
    ),
    Kind(
        "dialogue", "dialogues", "gesprek", "gesprekken", "dialogue", "dialogues", ("organisation",),
        "Een gesprek over een spanning of bevinding: hoe elke kant het ziet, wat beide delen, wat er kan, en het besluit.",
        "A dialogue about a tension or finding: how each side sees it, what both share, what can be done, and the decision.",
        (
            Field("finding", "text", "bevinding", "finding", "Kenmerk van de spanning of bevinding waar het over gaat.", "Fingerprint of the tension or finding it is about."),
            Field("status", "choice", "status", "status", choices=_choices(("open", "loopt", "open"), ("decided", "besloten", "decided"))),
            Field("views", "records", "gezichtspunten", "views", "Per kant, in eigen woorden.", "Per side, in their own words.", fields=(
                Field("by", "element", "van", "by", kinds=("initiative", "department", "role"), relation="viewed_by"),
                Field("view", "prose", "zo zien wij het", "how we see it", required=True))),
            Field("options", "records", "mogelijkheden", "options", fields=(
                Field("text", "prose", "wat", "what", required=True),
                Field("serves", "choice", "helpt", "serves", choices=_choices(("both", "beide", "both"), ("one", "een kant", "one side"))),
                Field("how", "choice", "hoe", "how", choices=_choices(
                    ("earlier", "eerder", "earlier"), ("elsewhere", "elders", "elsewhere"), ("automatic", "automatisch", "automatic"),
                    ("together", "samen", "together"), ("one_after_other", "na elkaar", "one after the other"), ("otherwise", "anders", "otherwise"))))),
            Field("decision", "prose", "besluit", "decision"), Field("why", "prose", "waarom", "why"), Field("date", "date", "besloten op", "decided on"),
        ),
    ),
    Kind(
        "meeting", "meetings", "ketenoverleg", "ketenoverleggen", "chain meeting", "chain meetings", ("chain",),
        "Het overleg van een keten over een periode: alle schakels aan tafel.", "The meeting of a chain about a period: every link at the table.",
        (
            Field("period", "text", "periode", "period", "Bijvoorbeeld 2026-Q4 of 2026-11.", "For example 2026-Q4 or 2026-11."), Field("date", "date", "datum", "date"),
            Field("notes", "prose", "verslag", "notes"), Field("decisions", "list", "besluiten", "decisions"),
        ),
    ),
    Kind(
        "action", "actions", "actie", "acties", "action", "actions", ("organisation", "dialogue", "meeting", "initiative"),
        "Wat iemand na een gesprek of overleg doet; de eigenaar is een rol.", "What somebody does after a dialogue or meeting; its owner is a role.",
        (Field("due", "date", "uiterlijk", "due", "Wanneer het klaar hoort te zijn.", "When it should be done."), Field("done", "date", "gedaan op", "done on")),
    ),
)  # fmt: skip

KIND: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in KINDS})
"""Every kind by its name."""

PLURAL: Mapping[str, Kind] = MappingProxyType({kind.plural: kind for kind in KINDS})
"""Every kind by the key of its list in text."""


def kinds_inside(parent: str) -> tuple[Kind, ...]:
    """The kinds that may stand in an element of that kind, in the table's order.

    Example:
        >>> [kind.name for kind in kinds_inside("journey")]
        ['journey', 'phase', 'step']
    """
    return tuple(kind for kind in KINDS if parent in kind.inside)
