"""What BPMN has no place for is told of every file that goes out."""

from dataclasses import replace
from types import MappingProxyType

from ketenreis.model import Edge, Element, Model
from ketenreis.notation.bpmn import read_bpmn, write_bpmn
from ketenreis.notation.imported import joined

SILENT = [("minutes", ("a", "b")), ("stage", ("a",)), ("uses", ("a",))]


def model(**more):
    elements = [
        Element("p", "process", None, {"name": "P", "note": "Zo gaat het"}),
        Element("a", "activity", "p", {"name": "A", **more}),
        Element("b", "activity", "p", {"name": "B", **({"minutes": 7} if more else {})}),
        Element("g", "gateway", "p", {"name": "G?", "type": "parallel"}),
        Element("u", "output", "a", {"name": "U"}),
        Element("r", "role", None, {"name": "R"}),
        Element("s", "system", None, {"name": "S"}),
        Element("c", "ctq", None, {"name": "C"}),
    ]
    edges = [
        Edge("performed_by", "a", "r"),
        Edge("then", "a", "g", {"condition": "ja"}),
        Edge("then", "g", "b"),
        Edge("takes", "b", "u"),
        Edge("serves", "u", "c"),
        *([Edge("uses", "a", "s")] if more else []),
    ]
    return Model.of(elements, edges)


def silent(written):
    assert {one.id for one in written.findings} <= {"export_unsaid"}
    return [(one.field, one.elements) for one in written.findings]


def test_what_a_file_says_is_not_told():
    assert silent(write_bpmn(model(), "p")) == []


def test_what_a_file_does_not_say_of_its_process_is_told_for_a_fresh_and_for_a_kept_one():
    whole = model(minutes=5, stage="onstage")
    out = write_bpmn(whole, "p")
    assert silent(out) == SILENT
    known = joined(whole, read_bpmn(out.data, "p.bpmn"), "p").model
    fields = MappingProxyType({**known["p"].fields, "bpmn": "bpmn/p.bpmn#p"})
    kept = Model.of((replace(one, fields=fields) if one.id == "p" else one for one in known), known.edges)
    assert sorted(silent(write_bpmn(kept, "p", out.data))) == SILENT
