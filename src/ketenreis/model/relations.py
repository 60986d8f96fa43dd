"""The relations that may join elements: the second half of the metamodel, as one table.

A relation is written at its source, under its name. `matters` says which fields at either end make a confirmed relation
suspect when they change. What is not in this table cannot be related.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ketenreis.model.fields import Choice, Field
from ketenreis.model.kinds import KINDS


@dataclass(frozen=True, slots=True)
class End:
    """Which kinds one relation joins, and how many targets one source may have."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    one: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """One permitted relation.

    Attributes:
        name: Key in text, code and data.
        ends: The pairs of kinds it may join.
        nl, en: Its label from the source; back_nl, back_en seen from the target.
        matters: Fields (kind.field) whose change makes it suspect; `parent` is a move, `gone` a removal.
        fields: What the relation itself holds.
        derived: Read from elsewhere, never written.
    """

    name: str
    ends: tuple[End, ...]
    nl: str
    en: str
    back_nl: str
    back_en: str
    matters: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    derived: bool = False

    def end(self, source: str) -> tuple[End, ...]:
        """The ends that start at a kind."""
        return tuple(end for end in self.ends if source in end.sources)

    def targets(self, source: str) -> tuple[str, ...]:
        """The kinds it may lead to from a kind."""
        return tuple(target for end in self.end(source) for target in end.targets)

    def is_one(self, source: str) -> bool:
        """Whether one source of that kind has one target at most."""
        return all(end.one for end in self.end(source))


_ANY = tuple(kind.name for kind in KINDS)
_PATH = Field(
    "path", "choice", "pad", "path",
    choices=(Choice("main", "hoofdpad", "main"), Choice("branch", "aftakking", "branch"), Choice("detour", "omweg", "detour")),
)  # fmt: skip
_FLOW = ("activity", "gateway", "event", "process")
"""What may follow each other in a process; a process there is a sub-process."""
_CONDITION = Field(
    "condition",
    "text",
    "voorwaarde",
    "condition",
    "Wanneer deze weg wordt genomen, bijvoorbeeld: akkoord",
    "When this way is taken, for example: approved",
)

RELATIONS: tuple[Relation, ...] = (
    Relation("for", (End(("journey", "chain", "ctq", "message", "expectation"), ("persona",)),), "voor", "for", "geldt", "concerned by"),
    Relation(
        "realised_by",
        (
            End(("journey",), ("chain",)), End(("phase",), ("process",)), End(("step",), ("process", "activity")),
            End(("touchpoint",), ("activity",)), End(("chain_link",), ("process",)),
        ),
        "waargemaakt door", "realised by", "maakt waar", "realises", ("activity.stage", "touchpoint.channel", "process.bpmn", "parent"),
    ),
    Relation("next", (End(("step",), ("step",)),), "daarna", "next", "hiervoor", "before", fields=(_PATH,)),
    Relation("then", (End(_FLOW, _FLOW),), "daarna", "then", "hiervoor", "before", fields=(_CONDITION,)),
    Relation("leads_to", (End(("wish",), ("ctq",)),), "leidt tot", "leads to", "komt van", "comes from", ("wish.text",)),
    Relation(
        "about", (End(("ctq",), ("driver",), one=True), End(("signal",), ("step", "touchpoint", "activity")), End(("dialogue",), _ANY)),
        "gaat over", "about", "onderwerp van", "subject of",
    ),
    Relation(
        "serves", (End(("output", "activity", "handover"), ("ctq", "internal_requirement")),),
        "draagt bij aan", "serves", "waargemaakt door", "served by", ("ctq.measure", "ctq.norms", "output.name", "handover.within"),
    ),
    Relation("measured_at", (End(("ctq", "kpi"), ("touchpoint", "activity")),), "gemeten aan", "measured at", "meetpunt van", "measures", ("gone",), derived=True),
    Relation("rests_on", (End(("promise",), ("ctq",), one=True),), "steunt op", "rests on", "beloofd door", "promised by", ("ctq.norms", "promise.limit")),
    Relation("made_in", (End(("promise",), ("message", "artefact")),), "gedaan in", "made in", "belooft", "promises"),
    Relation("announces", (End(("promise",), ("step", "touchpoint")),), "kondigt aan", "announces", "aangekondigd door", "announced by"),
    Relation("answers", (End(("message", "touchpoint"), ("question",)),), "beantwoordt", "answers", "beantwoord door", "answered by", ("message.text", "question.text")),
    Relation("carried_by", (End(("message",), ("touchpoint",)),), "gedragen door", "carried by", "draagt", "carries", ("message.text",)),
    Relation("sent_by", (End(("message",), ("role",)),), "afzender", "sent by", "verstuurt", "sends"),
    Relation("shows", (End(("step", "touchpoint"), ("artefact",)),), "toont", "shows", "te zien bij", "shown at"),
    Relation("from", (End(("handover",), ("chain_link",), one=True),), "van", "from", "geeft over", "gives"),
    Relation("to", (End(("handover",), ("chain_link",), one=True),), "naar", "to", "ontvangt", "receives"),
    Relation("hands", (End(("handover",), ("output",)),), "draagt over", "hands over", "overgedragen in", "handed over in", ("output.name",)),
    Relation("performed_by", (End(("activity", "process"), ("role",)),), "gedaan door", "performed by", "doet", "performs"),
    Relation("department", (End(("chain_link",), ("department",), one=True),), "afdeling", "department", "doet mee als", "takes part as"),
    Relation("uses", (End(("activity",), ("system",)),), "gebruikt", "uses", "gebruikt door", "used by"),
    Relation("takes", (End(("activity",), ("output",)),), "neemt", "takes", "gaat naar", "goes to", ("output.name",)),
    Relation("owned_by", (End(_ANY, ("role",), one=True),), "eigenaar", "owned by", "bezit", "owns"),
    Relation(
        "endorsed_by", (End(("kpi",), ("role",)),), "onderschreven door", "endorsed by", "onderschrijft", "endorses",
        ("kpi.definition", "kpi.target"), (Field("date", "date", "datum", "date"),),
    ),
    Relation("operates_on", (End(("initiative",), _ANY),), "grijpt in op", "operates on", "ingreep van", "operated on by", derived=True),
    Relation("affects", (End(("initiative",), ("ctq", "kpi")),), "raakt", "affects", "geraakt door", "affected by", derived=True),
    Relation("viewed_by", (End(("dialogue",), ("initiative", "department", "role")),), "gezien door", "viewed by", "ziet het in", "gives a view in", derived=True),
    Relation("pursues", (End(("initiative", "message", "chain", "step", "dialogue"), ("goal",)),), "streeft naar", "pursues", "nagestreefd door", "pursued by"),
    Relation("proposed_by", (End(("initiative", "idea"), ("department",)),), "voorgesteld door", "proposed by", "stelt voor", "proposes"),
    Relation("grows_into", (End(("idea",), ("initiative",)),), "wordt", "grows into", "begon als", "grew from"),
    Relation("points_at", (End(("driver", "kpi"), _ANY),), "wijst naar", "points at", "aangewezen door", "pointed at by"),
)  # fmt: skip

RELATION: Mapping[str, Relation] = MappingProxyType({relation.name: relation for relation in RELATIONS})
"""Every relation by its name."""


def relations_from(source: str) -> tuple[Relation, ...]:
    """The relations that can be written at an element of that kind.

    Example:
        >>> [relation.name for relation in relations_from("wish")]
        ['leads_to', 'owned_by']
    """
    return tuple(relation for relation in RELATIONS if relation.end(source) and not relation.derived)
