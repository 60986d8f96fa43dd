"""The 21 reference models go in and come out; what changes in the model, and nothing else, changes in the file."""

import re
import time
from collections import Counter
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from xml.etree import ElementTree as ET

import pytest
from tests.notation.bpmn.xml_difference import difference

from ketenreis.model import Edge, Element, Model, arranged
from ketenreis.notation import read_texts, write
from ketenreis.notation.bpmn import drawings, laid_out, read_bpmn, write_bpmn
from ketenreis.notation.imported import Imported, joined

TASKS = {
    "task", "userTask", "serviceTask", "manualTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask", "callActivity",
}  # fmt: skip
SHOWN = ("BPMNShape", "BPMNEdge", "Bounds", "waypoint", "BPMNLabel")


def counted(data: bytes) -> Counter:
    """How many elements of each name stand in processes, by the standard library's own reader."""
    root = ET.fromstring(data)
    processes = [e for e in root.iter() if e.tag.rpartition("}")[2] == "process"]
    return Counter(e.tag.rpartition("}")[2] for process in processes for e in process.iter())


@cache
def brought(path) -> tuple[Imported, Model, str, bytes]:
    """A file as it was read, the model it makes, the process in it with most activities, and its bytes."""
    data = path.read_bytes()
    imported = read_bpmn(data, path.name)
    model = joined(Model.of([Element("o", "organisation")]), imported).model
    tops = [process for process in model.of_kind("process") if model[process.parent].kind == "organisation"]
    most = max(tops, key=lambda process: len(model.children(process.id, "activity")))
    return imported, model, most.id, data


def with_fields(model: Model, element_id: str, **fields) -> Model:
    """The model in which an element says something else."""
    changed = MappingProxyType({**model[element_id].fields, **fields})
    return Model.of((replace(e, fields=changed) if e.id == element_id else e for e in model), model.edges)


def semantic(found: list) -> list:
    """What differs apart from the picture."""
    return [row for row in found if not row[0].startswith(SHOWN)]


def test_every_task_gateway_event_and_flow_of_a_file_is_in_the_model(any_model):
    data = any_model.read_bytes()
    imported = read_bpmn(data, any_model.name)
    there = counted(data)
    kinds = Counter(element.kind for element in imported.model)
    assert not [finding for finding in imported.findings if finding.level == "error"]
    assert kinds["activity"] == sum(there[name] for name in TASKS)
    assert kinds["gateway"] == sum(count for name, count in there.items() if name.endswith("Gateway"))
    events = ("startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent")
    assert kinds["event"] == sum(there[name] for name in events)
    flows = [edge for edge in imported.model.edges if edge.relation == "then"]
    twice = [left for left in imported.unrepresented if left.why == "flow_twice"]
    assert len(flows) + len(twice) == there["sequenceFlow"]


def test_what_has_no_place_in_the_model_is_listed_and_nothing_of_it_is_unknown(any_model):
    imported = read_bpmn(any_model.read_bytes(), any_model.name)
    assert "unknown" not in {left.why for left in imported.unrepresented}
    messages = len(re.findall(rb"<(?:\w+:)?messageFlow\b", any_model.read_bytes()))
    assert sum(left.why == "message_flow" for left in imported.unrepresented) == messages


def test_a_model_that_did_not_change_goes_out_as_it_came_in_to_the_last_byte(any_model):
    imported, model, _, data = brought(any_model)
    for process in imported.processes:
        assert write_bpmn(model, joined(model, imported).ids[process.id], data).data == data


def test_reading_a_file_again_changes_nothing(any_model):
    imported, model, _, _ = brought(any_model)
    assert joined(model, imported).model == model


def test_what_was_read_is_a_model_that_its_text_brings_back(any_model):
    _, model, _, _ = brought(any_model)
    reading = read_texts(write(model))
    assert [finding.id for finding in reading.findings if finding.level == "error"] == []
    assert reading.model == arranged(model)


def test_renaming_a_task_changes_its_name_and_nothing_else(reference_model):
    _, model, process, data = brought(reference_model)
    for task in model.children(process, "activity")[:3]:
        out = write_bpmn(with_fields(model, task.id, name='Nieuw & "anders" <é>'), process, data).data
        gone, new = difference(data, out)
        assert [row[1] for row in gone] in (["name"], [])
        assert [(row[1], row[2]) for row in new] == [("name", 'Nieuw & "anders" <é>')]


def test_adding_a_flow_adds_that_flow_its_ends_and_its_line(reference_model):
    _, model, process, data = brought(reference_model)
    nodes = model.children(process, "activity", "event")
    pair = next(
        (one.id, other.id)
        for one in nodes
        for other in nodes
        if one != other and not any(edge.target == other.id for edge in model.out(one.id, "then"))
    )
    wider = Model.of(model, [*model.edges, Edge("then", *pair, MappingProxyType({"condition": "akkoord"}))])
    out = write_bpmn(wider, process, data).data
    gone, new = difference(data, out)
    assert gone == []
    flow = [row for row in new if row[0].startswith("sequenceFlow")]
    assert {row[1] for row in flow} == {"", "id", "name", "sourceRef", "targetRef"}
    assert {row[0].partition("#")[0] for row in new} <= {
        "sequenceFlow",
        "incoming",
        "outgoing",
        "BPMNEdge",
        "waypoint",
    }
    again = joined(wider, read_bpmn(out, reference_model.name)).model
    assert set(map(str, again.edges)) == set(map(str, wider.edges))


def test_moving_a_task_to_another_lane_moves_its_reference_and_its_shape(shared_data):
    moved = 0
    for name in ("A.4.0", "A.4.1", "B.1.0", "C.1.0", "C.2.0", "C.4.0", "C.5.0", "C.7.0"):
        imported, model, _, data = brought(shared_data / "bpmn" / "miwg" / "Reference" / f"{name}.bpmn")
        for top in imported.processes:
            roles = [
                role for role in (top.get("lanes") or {}).values() if imported.model[role].kind == "role"
            ]
            process = joined(model, imported).ids[top.id]
            edges = [e for a in model.children(process, "activity") for e in model.out(a.id, "performed_by")]
            if len(roles) < 2 or not edges:
                continue
            was = edges[0]
            other = next(role for role in roles if role != was.target)
            changed = Model.of(model, [replace(e, target=other) if e == was else e for e in model.edges])
            out = write_bpmn(changed, process, data).data
            gone, new = difference(data, out)
            task = was.source.rpartition("/")[2]
            assert semantic(gone) == [("flowNodeRef", "", ""), ("flowNodeRef", "text", task)]
            assert semantic(new) == semantic(gone)
            assert any(row[0] == "Bounds" and row[1] == "y" for row in new)
            again = joined(changed, read_bpmn(out, f"{name}.bpmn")).model
            assert set(map(str, again.edges)) == set(map(str, changed.edges))
            moved += 1
    assert moved >= 6


def test_what_an_activity_serves_goes_out_in_extension_elements_and_comes_back(reference_model):
    _, model, process, data = brought(reference_model)
    task = model.children(process, "activity")[0].id
    asked = Model.of(
        [*model, Element("op-tijd", "ctq", "o", {"name": "Op tijd"})],
        [*model.edges, Edge("serves", task, "op-tijd")],
    )
    out = write_bpmn(asked, process, data).data
    gone, new = difference(data, out)
    assert gone == []
    assert {row[0].partition("#")[0] for row in new} <= {"extensionElements", "serves"}
    assert ("serves", "ref", "op-tijd") in new
    forgot = Model.of(asked, model.edges)
    again = joined(forgot, read_bpmn(out, reference_model.name)).model
    assert [edge.source for edge in again.into("op-tijd", "serves")] == [task]
    assert difference(data, write_bpmn(model, process, out).data) == ([], [])


def test_links_and_figures_stay_when_a_file_is_read_again(reference_model):
    imported, model, process, _ = brought(reference_model)
    task = model.children(process, "activity")[0].id
    richer = with_fields(model, task, stage="backstage")
    richer = Model.of(
        [*richer, Element("op-tijd", "ctq", "o", {"name": "Op tijd"})],
        [*model.edges, Edge("serves", task, "op-tijd")],
    )
    again = joined(richer, imported)
    assert again.model[task].get("stage") == "backstage"
    assert [edge.source for edge in again.model.into("op-tijd", "serves")] == [task]
    assert again.findings == ()


def test_taking_a_task_away_takes_away_all_that_speaks_of_it_alone(reference_model):
    _, model, process, data = brought(reference_model)
    task = model.children(process, "activity")[0].id
    gone = {task, *(element.id for element in model.within(task))}
    smaller = Model.of(
        (e for e in model if e.id not in gone), (e for e in model.edges if not {e.source, e.target} & gone)
    )
    out = write_bpmn(smaller, process, data).data
    assert task.rpartition("/")[2].encode() not in re.sub(rb"<(\w+:)?message.*?>", b"", out)
    _, new = difference(data, out)
    assert new == []
    again = joined(smaller, read_bpmn(out, reference_model.name)).model
    assert set(again.elements) == set(smaller.elements)


def test_a_new_task_gets_a_place_where_nothing_stands(reference_model):
    _, model, process, data = brought(reference_model)
    before = model.children(process, "activity")[0].id
    wider = Model.of(
        [*model, Element("extra", "activity", process, {"name": "Extra"})],
        [*model.edges, Edge("then", before, "extra")],
    )
    out = write_bpmn(wider, process, data).data
    gone, _ = difference(data, out)
    assert {row[:2] for row in gone} <= {("Bounds", "width")}
    again = joined(wider, read_bpmn(out, reference_model.name)).model
    assert set(again.elements) == set(wider.elements)
    shapes = {shape.id: shape for drawing in drawings(out, reference_model.name) for shape in drawing.shapes}
    new = next(shape for name, shape in shapes.items() if name.endswith("/extra"))
    others = [s for s in shapes.values() if s.kind in ("activity", "gateway", "event") and s is not new]
    assert not [other.id for other in others if new.box.touches(other.box)]


@pytest.mark.parametrize("seconds", [3.0])
def test_a_file_goes_in_and_out_within_seconds(reference_model, seconds):
    began = time.perf_counter()
    imported, model, _, data = brought.__wrapped__(reference_model)  # what was kept would take no time
    for process in imported.processes:
        write_bpmn(model, joined(model, imported).ids[process.id], data)
    assert time.perf_counter() - began < seconds


def test_a_file_without_a_picture_gets_one_with_everything_in_it_and_nothing_on_another(any_model):
    data = any_model.read_bytes()
    bare = re.sub(rb"<(\w+:)?BPMNDiagram.*</(\w+:)?BPMNDiagram>", b"", data, flags=re.DOTALL)
    out = laid_out(bare, any_model.name)
    assert laid_out(bare, any_model.name) == out
    assert laid_out(out, any_model.name) == out
    _, new = difference(bare, out)
    assert difference(bare, out)[0] == []
    assert {row[0].partition("#")[0] for row in new} <= {
        "BPMNDiagram",
        "BPMNPlane",
        "BPMNShape",
        "Bounds",
        "BPMNEdge",
        "waypoint",
    }
    imported = read_bpmn(data, any_model.name)
    nodes = {e.id for e in imported.model if e.kind in ("activity", "gateway", "event")}
    for drawing in drawings(out, any_model.name):
        placed = [
            s
            for s in drawing.shapes
            if s.kind in ("activity", "gateway") or (s.kind == "event" and s.type != "boundary")
        ]
        nodes -= {shape.id for shape in drawing.shapes}
        for at, one in enumerate(placed):
            assert not [other.id for other in placed[at + 1 :] if one.box.touches(other.box)]
    assert not nodes
