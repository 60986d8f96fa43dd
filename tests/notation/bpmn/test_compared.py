"""What a newer drawing says otherwise, counted by hand on drawings of a few boxes."""

import re

import pytest

from ketenreis.notation.bpmn import Redrawn, compared

DRAWING = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
<process id="P" name="Kap"><laneSet id="L"><lane id="Lane_1" name="Hovenier"><flowNodeRef>kijk</flowNodeRef><flowNodeRef>zaag</flowNodeRef></lane>
<lane id="Lane_2" name="Planner"><flowNodeRef>meld</flowNodeRef></lane></laneSet>
<task id="meld" name="Melden"/><task id="kijk" name="Kijken"/><task id="zaag" name="Zagen"/>
<sequenceFlow id="f1" sourceRef="meld" targetRef="kijk"/><sequenceFlow id="f2" sourceRef="kijk" targetRef="zaag"/></process>
</definitions>"""


def changed(*pairs):
    data = DRAWING
    for old, new in pairs:
        assert data.count(old) == 1
        data = data.replace(old, new)
    return compared(DRAWING, data, "P")


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([(b'name="Zagen"', b'name="Omzagen"')], [Redrawn("activity", "Zagen", "Omzagen")]),
        (
            [(b'<task id="kijk" name="Kijken"/>', b""), (b'targetRef="kijk"', b'targetRef="zaag"'), (b'<sequenceFlow id="f2" sourceRef="kijk" targetRef="zaag"/>', b"")],
            [Redrawn("activity", "Kijken", ""), Redrawn("then", "", "Melden \u2192 Zagen")],
        ),
        (
            [(b'<task id="zaag"', b'<task id="rij" name="Rijden"/><task id="zaag"'), (b'sourceRef="kijk" targetRef="zaag"/>', b'sourceRef="kijk" targetRef="rij"/><sequenceFlow id="f3" sourceRef="rij" targetRef="zaag"/>')],
            [Redrawn("activity", "", "Rijden"), Redrawn("then", "Kijken \u2192 Zagen", ""), Redrawn("then", "", "Kijken \u2192 Rijden"), Redrawn("then", "", "Rijden \u2192 Zagen")],
        ),
        (
            [(b"<flowNodeRef>zaag</flowNodeRef></lane>", b"</lane>"), (b"<flowNodeRef>meld</flowNodeRef>", b"<flowNodeRef>meld</flowNodeRef><flowNodeRef>zaag</flowNodeRef>")],
            [Redrawn("performed_by", "Zagen: Hovenier", "Zagen: Planner")],
        ),
        ([(b'id="d"', b'id="d" exporter="Another"')], []),
    ],
)  # fmt: skip
def test_what_came_went_and_was_renamed_is_said_and_nothing_else(pairs, found):
    assert list(changed(*pairs)) == found


def test_a_tool_that_gives_every_part_another_id_changes_nothing():
    other = re.sub(rb"\b(meld|kijk|zaag)\b", rb"Activity_\1", DRAWING)
    assert other != DRAWING
    assert compared(DRAWING, other, "P") == ()


def test_of_a_file_that_is_gone_nothing_is_said():
    assert compared(b"", DRAWING, "P") == ()
    assert compared(DRAWING, DRAWING.replace(b'id="P"', b'id="Q"'), "P") == ()
