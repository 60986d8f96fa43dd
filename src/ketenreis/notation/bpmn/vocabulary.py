"""Which words of BPMN stand for which kinds of the metamodel, and what has no place in it?

What differs between tools is only how they write these words: the prefix, an older namespace, or none at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from ketenreis.notation.xml_tree import Tag

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
WAYS: Final = "http://www.omg.org/spec/DD/20100524/DI"
OURS: Final = "urn:ketenreis:bpmn"
"""The namespace of what we add to a file: requirements served, outputs, roles without a lane."""

EXPORTER: Final = "Ketenreis"

NodeKind = Literal["activity", "gateway", "event", "process"]


@dataclass(frozen=True, slots=True)
class Word:
    """What an element of BPMN that takes part in the flow stands for.

    Attributes:
        kind: A kind of the metamodel.
        type: The value of its field `type`; empty for kinds without one.
    """

    kind: NodeKind
    type: str = ""


_TASKS = ("task", "userTask", "serviceTask", "manualTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask", "callActivity")  # fmt: skip
_SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")

NODES: Mapping[str, Word] = MappingProxyType({
    **dict.fromkeys(_TASKS, Word("activity")),
    **dict.fromkeys(_SUB_PROCESSES, Word("process")),
    "exclusiveGateway": Word("gateway", "exclusive"),
    "parallelGateway": Word("gateway", "parallel"),
    "inclusiveGateway": Word("gateway", "inclusive"),
    "eventBasedGateway": Word("gateway", "event"),
    "complexGateway": Word("gateway", "complex"),
    "startEvent": Word("event", "start"),
    "intermediateCatchEvent": Word("event", "catch"),
    "intermediateThrowEvent": Word("event", "throw"),
    "boundaryEvent": Word("event", "boundary"),
    "endEvent": Word("event", "end"),
})  # fmt: skip
"""What takes part in the flow, by its name in BPMN; the first of a kind and type is what we write."""

TRIGGERS: Mapping[str, str] = MappingProxyType({
    "messageEventDefinition": "message",
    "timerEventDefinition": "timer",
    "conditionalEventDefinition": "conditional",
    "signalEventDefinition": "signal",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "compensateEventDefinition": "compensation",
    "cancelEventDefinition": "cancel",
    "linkEventDefinition": "link",
    "terminateEventDefinition": "terminate",
})  # fmt: skip
"""What triggers an event, by the name of its definition in BPMN."""

Reason = Literal[
    "message_flow", "party", "remark", "data_store", "data", "repetition", "rules", "called", "execution",
    "extension", "dialogue", "lane_without_name", "flow_twice", "output_of_event", "ad_hoc", "unknown",
]  # fmt: skip

REASONS: Mapping[Reason, tuple[str, str]] = MappingProxyType({
    "message_flow": ("Berichten tussen partijen staan bij de boodschappen en de overdrachten van een keten.", "Messages between parties stand with the messages and the handovers of a chain."),
    "party": ("Een partij zonder eigen stappen; als zij meewerkt, hoort zij bij de schakels van een keten.", "A party without steps of its own; if it takes part, it belongs with the links of a chain."),
    "remark": ("Opmerkingen en groepen in de tekening staan niet in het model.", "Remarks and groups in the drawing do not stand in the model."),
    "data_store": ("Een gegevensopslag: zeg bij een activiteit met `uses` welk systeem dat is.", "A data store: say at an activity with `uses` which system that is."),
    "data": ("Gegevens die geen activiteit in dit proces oplevert.", "Data that no activity of this process yields."),
    "repetition": ("Dat dit werk wordt herhaald.", "That this work is repeated."),
    "rules": ("Wanneer een gebeurtenis precies optreedt.", "When exactly an event occurs."),
    "called": ("Welk ander proces hier wordt aangeroepen.", "Which other process is called here."),
    "execution": ("Aanwijzingen voor een systeem dat het proces uitvoert.", "Instructions for a system that runs the process."),
    "extension": ("Toevoegingen van een ander programma.", "Additions of another program."),
    "dialogue": ("Een choreografie of conversatie tussen partijen.", "A choreography or conversation between parties."),
    "lane_without_name": ("Een baan zonder naam zegt niet wie het werk doet.", "A lane without a name does not say who does the work."),
    "flow_twice": ("Een tweede pijl tussen dezelfde twee plaatsen.", "A second arrow between the same two places."),
    "output_of_event": ("Gegevens die al van een andere activiteit komen, of niet van een activiteit.", "Data that already come from another activity, or from no activity."),
    "ad_hoc": ("Dat de stappen van dit deelproces in elke volgorde mogen, of door een gebeurtenis beginnen.", "That the steps of this sub-process may come in any order, or begin with an event."),
    "unknown": ("Iets dat BPMN niet kent.", "Something that BPMN does not know."),
})  # fmt: skip
"""Why something has no place in the model, in Dutch and English."""

KEPT_ONLY: Mapping[str, Reason] = MappingProxyType({
    "messageFlow": "message_flow",
    "textAnnotation": "remark", "group": "remark", "association": "remark", "category": "remark",
    "dataStore": "data_store", "dataStoreReference": "data_store",
    "standardLoopCharacteristics": "repetition", "multiInstanceLoopCharacteristics": "repetition",
    "choreography": "dialogue", "globalConversation": "dialogue", "conversation": "dialogue", "callConversation": "dialogue",
    "subConversation": "dialogue", "conversationLink": "dialogue", "choreographyTask": "dialogue", "subChoreography": "dialogue",
    "callChoreography": "dialogue", "globalChoreographyTask": "dialogue", "participantAssociation": "dialogue",
    **dict.fromkeys((
        "message", "signal", "error", "escalation", "interface", "resource", "itemDefinition", "import", "property", "performer",
        "potentialOwner", "humanPerformer", "resourceRole", "endPoint", "partnerEntity", "partnerRole", "correlationProperty",
        "correlationSubscription", "correlationKey", "script", "rendering", "globalTask", "globalUserTask", "globalManualTask",
        "globalScriptTask", "globalBusinessRuleTask", "relationship", "auditing", "monitoring", "extension", "eventDefinition",
        "cancelEventDefinitionRoot", "implicitThrowEvent", "supportedInterfaceRef", "activationCondition", "completionCondition",
    ), "execution"),
})  # fmt: skip
"""What stays in the file alone, by its name in BPMN."""

STRUCTURE = frozenset((
    "definitions", "process", "collaboration", "participant", "participantMultiplicity", "laneSet", "lane", "childLaneSet",
    "flowNodeRef", "incoming", "outgoing", "sequenceFlow", "conditionExpression", "documentation", "extensionElements",
    "dataObject", "dataObjectReference", "dataState", "dataInputAssociation", "dataOutputAssociation", "ioSpecification",
    "dataInput", "dataOutput", "inputSet", "outputSet", "sourceRef", "targetRef", "transformation", "assignment", "from", "to",
    "eventDefinitionRef", "text", "dataInputRefs", "dataOutputRefs", "inputSetRefs", "outputSetRefs", "optionalInputRefs",
    "optionalOutputRefs", "whileExecutingInputRefs", "whileExecutingOutputRefs", "ioBinding", "partitionElement", "partitionElementRef",
))  # fmt: skip
"""What is read, or is only how BPMN puts together what is read."""


def is_bpmn(tag: Tag) -> bool:
    """Whether an element is written in the language of BPMN: also in one of its older namespaces, or in none."""
    space = tag.space
    if space in (MODEL, ""):
        return True
    return (
        "omg.org" in space and "BPMN" in space and not space.endswith("/DI") and "non-normative" not in space
    )


_NOT_IN_ID = re.compile(r"[^\w.\-]")
_ESCAPED = re.compile(r"_x([0-9A-F]{4,6})_")


def id_part(xml_id: str) -> str:
    """An id of a file as the last part of an id of the model: what an id may not hold is written as `_xHHHH_`.

    Example:
        >>> id_part("Activity_1"), id_part("{A 1}")
        ('Activity_1', '_x007B_A_x0020_1_x007D_')
    """
    said = _NOT_IN_ID.sub(_escape, _ESCAPED.sub(lambda m: "_x005F_" + m[0][1:], xml_id))
    return said if re.match(r"\w", said) else _escape_first(said)


def xml_id(part: str) -> str:
    """An id of the model as an id of a file, which begins with a letter and holds no slash; `plain` undoes it.

    Example:
        >>> xml_id("order/Task_1"), xml_id("3-weken"), plain(xml_id("order/3"))
        ('order_x002F_Task_1', '_x0033_-weken', 'order/3')
    """
    said = id_part(part)
    return said if re.match(r"[^\W\d]", said) else _escape_first(said)


def plain(part: str) -> str:
    """What an escaped id says."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if int(m[1], 16) < 0x110000 else m[0], part)


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


def _escape_first(said: str) -> str:
    return f"_x{ord(said[0]):04X}_{said[1:]}" if said else "_"
