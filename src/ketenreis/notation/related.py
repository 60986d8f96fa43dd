"""Which relations does an element have by what stands under the key of a relation?"""

from collections.abc import Mapping
from types import MappingProxyType

from ketenreis.model import Edge, Relation
from ketenreis.notation.nodes import Node, Record, Scalar, Sequence
from ketenreis.notation.typed import Context, is_empty, read_entries


def related(relation: Relation, node: Node, source: str, kind: str, context: Context) -> tuple[Edge, ...]:
    """The relations that a node stands for: an id, a record with `to`, or a list of these.

    Args:
        relation: Which.
        node: What stands under its name.
        source: The id of the element it is written at.
        kind: Of that element.
        context: Receives what is wrong.
    """
    items = node.items if isinstance(node, Sequence) else (node,)
    targets = relation.targets(kind)
    seen: set[str] = set()
    edges: list[Edge] = []
    for item in items:
        if is_empty(item):
            continue
        target, fields = _target(relation, item, targets, context)
        if not isinstance(target, Scalar):
            context.wrong("target_expected", item, relation.name)
            continue
        name = target.text.strip()
        if name in seen:
            context.wrong("relation_twice", target, relation.name)
        elif context.known(name, target, relation.name, targets):
            edges.append(Edge(relation.name, source, name, fields))
        seen.add(name)
    if relation.is_one(kind) and len(seen) > 1:
        context.wrong("too_many_targets", node, relation.name)
    return tuple(edges)


def _target(
    relation: Relation, item: Node, targets: tuple[str, ...], context: Context
) -> tuple[Node | None, Mapping[str, object]]:
    """The node that names the target, and the relation's own fields."""
    if not isinstance(item, Record):
        return item, MappingProxyType({})
    # `{role: operations, date: …}` reads better than `{to: operations, date: …}`; both are understood.
    names = ("to", *targets) if len(targets) < 3 else ("to",)
    key = next((name for name in names if item.get(name) is not None), "to")
    fields = {field.name: field for field in relation.fields}
    read = read_entries(item, fields, context, besides=(key,))
    return item.get(key), read or MappingProxyType({})
