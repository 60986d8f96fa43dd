"""What does the model say of a process that its BPMN file does not? Found by reading the file as anybody else would."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from ketenreis.findings import Finding
from ketenreis.model import Element, Model
from ketenreis.notation.bpmn.read import read_bpmn
from ketenreis.notation.imported import matches, renamed

_OF_THE_FILE = ("bpmn", "lanes")
"""Fields that say which file it is and how it is drawn."""
_TOLD_BY_WAY = "then"
"""A way that has no place is told by its two ends."""


def unsaid(model: Model, process: str, data: bytes, path: str = "") -> tuple[Finding, ...]:
    """The fields and relations of a process that its file does not hold.

    Args:
        model: The model.
        process: Id of the process.
        data: The process as a file.
        path: Where the file it was read from is kept; empty when it was drawn here.

    Returns:
        A finding for each field and relation, about all elements of the process that have it; in the order of the model.
    """
    imported = read_bpmn(data, PurePath(path).name if path else "process.bpmn")
    if not imported.processes:
        return ()
    ids = matches(model, imported.model, None if path else process)
    said, unnamed = renamed(imported.model, ids), {ids[name] for name in imported.unnamed}
    silent: dict[str, list[str]] = {}
    for element in (model[process], *model.within(process)):
        for name in _missing(model, element, said):
            if name != "name" or element.id not in unnamed:
                silent.setdefault(name, []).append(element.id)
    return tuple(
        Finding("export_unsaid", "advice", tuple(of), name, {"key": name, "n": len(of)})
        for name, of in silent.items()
    )


def _missing(model: Model, element: Element, said: Model) -> Iterator[str]:
    """The fields and relations of an element that a file has not, or otherwise."""
    there: Mapping[str, object] = said[element.id].fields if element.id in said else {}
    yield from (
        name
        for name, value in element.fields.items()
        if value not in (None, "", ()) and name not in _OF_THE_FILE and there.get(name) != value
    )
    told = {(edge.relation, edge.target) for edge in said.by_source.get(element.id, ())}
    yield from dict.fromkeys(
        edge.relation
        for edge in model.by_source.get(element.id, ())
        if edge.relation != _TOLD_BY_WAY and (edge.relation, edge.target) not in told
    )
