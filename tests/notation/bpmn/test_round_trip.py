"""Any process that the metamodel allows goes out as BPMN and comes back as itself, drawn before or not."""

from types import MappingProxyType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketenreis.model import Edge, Element, Model, arranged
from ketenreis.notation.bpmn import drawings, laid_out, read_bpmn, write_bpmn
from ketenreis.notation.imported import joined

GATEWAYS = ("exclusive", "parallel", "inclusive", "event", "complex")
TRIGGERS = ("", "message", "timer", "error", "signal")
names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
texts = st.one_of(st.just(""), names, names.map(lambda name: f"{name} & <{name}>"))


@st.composite
def processes(draw):
    """Draws a workspace with one process: roles, requirements, activities, gateways, events, a sub-process, outputs."""
    elements = [Element("o", "organisation"), Element("p", "process", "o", _filled(name=draw(names)))]
    elements += [Element(f"r{n}", "role", "o", _filled(name=f"Rol {n}")) for n in range(3)]
    elements += [Element(f"c{n}", "ctq", "o", _filled(name=draw(names))) for n in range(2)]
    edges: list[Edge] = []
    homes = ["p"]
    if draw(st.booleans()):
        elements.append(Element("sub", "process", "p", _filled(name=draw(texts))))
        homes.append("sub")
    nodes: dict[str, str] = {"sub": "p"} if len(homes) > 1 else {}
    for number in range(draw(st.integers(1, 7))):
        home, kind = (
            draw(st.sampled_from(homes)),
            draw(st.sampled_from(["activity", "activity", "gateway", "event"])),
        )
        name = draw(st.sampled_from([f"n{number}", f"p/N_{number}", f"{number}-e"]))
        fields = {"name": draw(texts), "note": draw(texts)}
        if kind == "gateway":
            fields["type"] = draw(st.sampled_from(GATEWAYS))
        if kind == "event":
            fields |= {
                "type": draw(st.sampled_from(("start", "catch", "throw", "end"))),
                "trigger": draw(st.sampled_from(TRIGGERS)),
            }
        elements.append(Element(name, kind, home, _filled(**fields)))
        nodes[name] = home
        if kind == "activity":
            performers = draw(st.lists(st.sampled_from(["r0", "r1", "r2"]), unique=True, max_size=2))
            edges += [Edge("performed_by", name, role) for role in performers]
            edges += [
                Edge("serves", name, ctq)
                for ctq in draw(st.lists(st.sampled_from(["c0", "c1"]), unique=True))
            ]
            if draw(st.booleans()):
                elements.append(Element(f"u{number}", "output", name, _filled(name=draw(names))))
                edges += [Edge("serves", f"u{number}", "c0")] if draw(st.booleans()) else []
            if draw(st.booleans()):
                elements.append(
                    Element(f"b{number}", "event", name, _filled(type="boundary", trigger="timer"))
                )
                nodes[f"b{number}"] = home
    for one, home in nodes.items():
        for other in draw(st.lists(st.sampled_from(list(nodes)), unique=True, max_size=2)):
            if home == nodes[other]:
                said = draw(texts)
                edges.append(Edge("then", one, other, _filled(condition=said)))
    return arranged(Model.of(elements, edges))


def _filled(**fields: str) -> MappingProxyType:
    return MappingProxyType({name: value for name, value in fields.items() if value})


def told(model: Model) -> tuple:
    """What BPMN can tell of a process: its elements with their fields, and its relations, in any order."""
    own = {"p", *(element.id for element in model.within("p"))}
    fields = ("name", "note", "type", "trigger")
    elements = {(e.id, e.kind, e.parent, tuple(e.get(name) for name in fields)) for e in model if e.id in own}
    edges = {
        (e.relation, e.source, e.target, e.fields.get("condition")) for e in model.edges if e.source in own
    }
    return elements, edges


@given(processes())
@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
def test_a_process_that_nobody_drew_comes_back_as_itself(model):
    out = write_bpmn(model, "p").data
    again = joined(model, read_bpmn(out, "p.bpmn"))
    assert told(again.model) == told(model)
    assert again.findings == ()
    drawing = drawings(out, "p.bpmn")[0]
    nodes = {e.id for e in model.within("p", "activity", "gateway", "event")}
    assert nodes <= {again.ids[shape.id] for shape in drawing.shapes if shape.id in again.ids}


@given(processes(), processes())
@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
def test_a_file_that_is_changed_to_another_model_says_that_model(first, second):
    """The first is drawn and kept; then the model becomes the second: what goes out says the second."""
    kept = write_bpmn(first, "p").data
    known = joined(first, read_bpmn(kept, "p.bpmn")).model
    changed = Model.of(
        (Element(e.id, e.kind, e.parent, MappingProxyType({**e.fields, "bpmn": known["p"].get("bpmn"), "lanes": known["p"].get("lanes") or MappingProxyType({})})) if e.id == "p" else e for e in second),
        second.edges,
    )  # fmt: skip
    out = write_bpmn(changed, "p", kept).data
    again = joined(changed, read_bpmn(out, "p.bpmn")).model
    elements, edges = told(again)
    wanted, ways = told(changed)
    assert {row[:3] for row in elements} >= {row[:3] for row in wanted}
    assert {row for row in ways if row[0] in ("then", "serves")} <= edges


@given(processes())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_a_file_that_went_out_and_did_not_change_goes_out_the_same(model):
    kept = write_bpmn(model, "p").data
    known = joined(model, read_bpmn(kept, "p.bpmn")).model
    assert write_bpmn(known, "p", kept).data == kept


UNNAMED = b"<definitions><process id='Process_1'><startEvent id='StartEvent_1'/><task id='t' name='Book'/></process></definitions>"


def test_a_process_without_a_name_is_called_after_its_file_until_somebody_names_it():
    first = joined(Model.of([Element("o", "organisation")]), read_bpmn(UNNAMED, "Order 1.0.bpmn")).model
    assert first["order-1-0"].name == "Order 1.0"
    # However the file is called where it is kept: nobody changed the name, so nothing is written.
    kept = _pointing(first, "order-1-0", "Order-1-0-0123456789.bpmn")
    assert write_bpmn(kept, "order-1-0", UNNAMED).data == laid_out(UNNAMED)
    named = _pointing(first, "order-1-0", "x.bpmn", name="Bestellen")
    assert b'name="Bestellen"' in write_bpmn(named, "order-1-0", UNNAMED).data
    again = joined(named, read_bpmn(UNNAMED, "Order 1.1.bpmn"))
    assert again.model["order-1-0"].name == "Bestellen"


def test_a_file_with_the_ids_of_another_may_be_a_process_of_its_own():
    first = joined(Model.of([Element("o", "organisation")]), read_bpmn(UNNAMED, "a.bpmn")).model
    newer = joined(first, read_bpmn(UNNAMED, "b.bpmn")).model
    assert [one.id for one in newer.of_kind("process")] == ["a"]
    apart = joined(first, read_bpmn(UNNAMED, "b.bpmn"), apart=True).model
    assert [one.id for one in apart.of_kind("process")] == ["a", "b"]
    for own, file in (("a", "a.bpmn"), ("b", "b.bpmn")):
        assert write_bpmn(_pointing(apart, own, file), own, UNNAMED).data == laid_out(UNNAMED)


def test_a_way_out_of_a_sub_process_is_told_where_a_fresh_file_cannot_hold_it():
    elements = [
        ("p", "process", None),
        ("sub", "process", "p"),
        ("a", "activity", "sub"),
        ("b", "activity", "p"),
    ]
    model = Model.of([Element(*one, {"name": one[0]}) for one in elements], [Edge("then", "a", "b")])
    assert [(one.id, one.elements) for one in write_bpmn(model, "p").findings] == [
        ("export_left_out", ("a", "b"))
    ]


ACROSS = (
    b"<definitions><process id='Q' name='Q'><task id='b' name='B'/></process>"
    b"<process id='P' name='P'><task id='a' name='A'/><sequenceFlow id='f' sourceRef='a' targetRef='b'/></process></definitions>"
)


def test_a_flow_that_a_broken_file_leads_into_another_process_stays_where_it_is():
    known = joined(Model.of([Element("o", "organisation")]), read_bpmn(laid_out(ACROSS), "p.bpmn")).model
    assert [(edge.source, edge.target) for edge in known.edges if edge.relation == "then"] == [("p/a", "q/b")]
    assert write_bpmn(known, "p", laid_out(ACROSS)).data == laid_out(ACROSS)


def _pointing(model, process, file, **fields):
    said = {**model[process].fields, "bpmn": f"bpmn/{file}#Process_1", **fields}
    changed = Element(process, "process", model[process].parent, MappingProxyType(said))
    return Model.of((changed if one.id == process else one for one in model), model.edges)
