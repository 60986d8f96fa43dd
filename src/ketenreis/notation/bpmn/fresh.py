"""How does a process that nobody drew read as BPMN? Roles are lanes; the picture is made afterwards."""

from ketenreis.model import Element, Model
from ketenreis.notation.bpmn import vocabulary as words
from ketenreis.notation.bpmn.making import Making
from ketenreis.notation.splices import NewTag, written


def fresh(model: Model, process: str) -> bytes:
    """Writes a process as BPMN without a picture.

    Args:
        model: The model.
        process: Id of the process.

    Returns:
        A whole file. Every id in it says which element of the model it is, so that reading it finds them again.
    """
    making = Making(model, "bpmn")
    top = model[process]
    name = making.id_for(top)
    nodes = making.nodes_of(top)
    lanes = _lanes(model, nodes)
    roles = list(dict.fromkeys(lanes[node.id] for node in nodes if node.id in lanes))
    inside: list[NewTag] = []
    flow = _made(making, nodes, lanes)
    if roles:
        inside.append(
            NewTag(
                "bpmn:laneSet",
                {"id": making.free_id(f"{name}_lanes")},
                [_lane(making, role, [n.id for n in nodes if lanes.get(n.id) == role]) for role in roles],
            )
        )
    said = {"id": name, "name": str(top.get("name") or ""), "isExecutable": "false"}
    note = [NewTag("bpmn:documentation", text=str(top.get("note")))] if top.get("note") else []
    body = [NewTag("bpmn:process", said, [*note, *inside, *flow])]
    if roles:
        party = {"id": making.free_id(f"{name}_pool"), "name": str(top.get("name") or ""), "processRef": name}
        group = {"id": making.free_id(f"{name}_collaboration")}
        body.insert(0, NewTag("bpmn:collaboration", group, [NewTag("bpmn:participant", party)]))
    definitions = NewTag(
        "bpmn:definitions",
        {
            "xmlns:bpmn": words.MODEL,
            "xmlns:bpmndi": words.DI,
            "xmlns:dc": words.DC,
            "xmlns:di": words.WAYS,
            "xmlns:ketenreis": words.OURS,
            "id": making.free_id(f"{name}_definitions"),
            "targetNamespace": words.OURS,
            "exporter": words.EXPORTER,
        },
        body,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written(definitions, "")}\n'.encode()


def _made(making: Making, nodes: list[Element], lanes: dict[str, str]) -> list[NewTag]:
    """The flow of the process, each element with who performs it by its lane; then the ways."""
    made = [making.node(node, {}, [lanes[node.id]] if node.id in lanes else []) for node in nodes]
    own = {node.id for node in nodes}
    ways = (edge for edge in making.model.edges if edge.relation == "then")
    return made + [making.flow(edge) for edge in ways if edge.source in own and edge.target in own]


def _lane(making: Making, role: str, nodes: list[str]) -> NewTag:
    about = {"id": making.free_id(f"Lane_{words.xml_id(role)}"), "name": making.model.name(role)}
    refs = [NewTag("bpmn:flowNodeRef", text=making.made[node]) for node in nodes]
    return NewTag("bpmn:lane", about, refs)


def _lanes(model: Model, nodes: list[Element]) -> dict[str, str]:
    """The role in whose lane each element stands: who performs it; gateways and events go with what is before or after."""
    found: dict[str, str] = {}
    for node in nodes:
        if performer := model.target(node.id, "performed_by"):
            found[node.id] = performer.id
    waiting = [node for node in nodes if node.kind in ("gateway", "event")]
    for _ in range(len(waiting)):
        for node in waiting:
            near = [*model.into(node.id, "then"), *model.out(node.id, "then")]
            ends = [edge.source if edge.target == node.id else edge.target for edge in near]
            if node.parent is not None and node.get("type") == "boundary":
                ends = [node.parent]
            role = next((found[end] for end in ends if end in found), None)
            if node.id not in found and role is not None:
                found[node.id] = role
    return found
