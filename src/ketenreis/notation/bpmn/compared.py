"""What does one drawing of a process say otherwise than another? What is only drawn elsewhere is no difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ketenreis.model import Element, Model
from ketenreis.model.flow import FLOW_NODES
from ketenreis.notation.bpmn.read import read_bpmn

_PARTS = (*FLOW_NODES, "process", "output")


@dataclass(frozen=True, slots=True)
class Redrawn:
    """One thing that a newer drawing says otherwise.

    Attributes:
        what: The kind of the part that came, went or was renamed; `then` for a flow, `performed_by` for who does it.
        before: How it was called; empty where it was not there.
        after: How it is called; empty where it is gone.
    """

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A process in a file: its parts and flows by their ids in that file."""

    parts: Mapping[str, Element]
    flows: frozenset[tuple[str, str]]
    performers: Mapping[str, str]


def compared(before: bytes, after: bytes, process: str) -> tuple[Redrawn, ...]:
    """What the newer of two BPMN files says otherwise of a process.

    Args:
        before: The older file.
        after: The newer file.
        process: Id of the process in the files; the only process counts where none bears it.

    Returns:
        Parts that went, came or were renamed, then who does them, then flows; nothing where a file cannot be read. A part
        is known by its id in the file, or, where a tool gave it another, by its kind and name.

    Example:
        >>> text = b"<definitions><process id='p'><task id='t' name='%s'/></process></definitions>"
        >>> compared(text % b"Book", text % b"Reserve", "p")
        (Redrawn(what='activity', before='Book', after='Reserve'),)
    """
    was, now = _drawn(before, process), _drawn(after, process)
    if was is None or now is None:
        return ()
    return tuple(_differences(was, now, _same(was, now)))


def _differences(was: _Drawn, now: _Drawn, same: Mapping[str, str]) -> Iterator[Redrawn]:
    back = {new: old for old, new in same.items()}
    for name, part in was.parts.items():
        if name not in same:
            yield Redrawn(part.kind, _called(part), "")
        elif (called := _called(now.parts[same[name]])) != _called(part):
            yield Redrawn(part.kind, _called(part), called)
    for name, part in now.parts.items():
        if name not in back:
            yield Redrawn(part.kind, "", _called(part))
    for old, new in same.items():
        one, other = was.performers.get(old, ""), now.performers.get(new, "")
        if one != other:
            called = _called(now.parts[new])
            yield Redrawn(
                "performed_by", f"{called}: {one}" if one else "", f"{called}: {other}" if other else ""
            )
    # A flow that went with its part says nothing more.
    stayed = {
        (same[start], same[end]): (start, end) for start, end in was.flows if {start, end} <= same.keys()
    }
    for flow in sorted(stayed.keys() - now.flows):
        yield Redrawn("then", _flow(was, stayed[flow]), "")
    for flow in sorted(now.flows - stayed.keys()):
        yield Redrawn("then", "", _flow(now, flow))


def _flow(drawn: _Drawn, flow: tuple[str, str]) -> str:
    return " → ".join(_called(drawn.parts[end]) for end in flow)


def _called(part: Element) -> str:
    """Its name; of a part without one, its id in the file."""
    return part.name if part.get("name") else part.id.rpartition("/")[2]


def _drawn(data: bytes, process: str) -> _Drawn | None:
    model = read_bpmn(data).model
    tops = [one for one in model.of_kind("process") if model.parent(one.id) is None]
    named = [one for one in tops if str(one.get("bpmn") or "").rpartition("#")[2] == process]
    top = next(iter(named or tops), None)
    if top is None or not (named or len(tops) == 1):
        return None
    parts = {_own(top.id, one.id): one for one in model.within(top.id, *_PARTS)}
    flows = frozenset(
        (_own(top.id, edge.source), _own(top.id, edge.target))
        for edge in model.edges
        if edge.relation == "then" and {_own(top.id, edge.source), _own(top.id, edge.target)} <= parts.keys()
    )
    return _Drawn(parts, flows, {name: _performers(model, one) for name, one in parts.items()})


def _own(top: str, element: str) -> str:
    return element.removeprefix(f"{top}/")


def _performers(model: Model, part: Element) -> str:
    return ", ".join(one.name for one in model.targets(part.id, "performed_by"))


def _same(was: _Drawn, now: _Drawn) -> dict[str, str]:
    """For each part of the older drawing that stayed, its id in the newer."""
    same = {
        name: name
        for name, part in was.parts.items()
        if name in now.parts and now.parts[name].kind == part.kind
    }
    gone = _by_name({name: part for name, part in was.parts.items() if name not in same})
    came = _by_name({name: part for name, part in now.parts.items() if name not in same})
    return same | {gone[key]: came[key] for key in gone.keys() & came.keys()}


def _by_name(parts: Mapping[str, Element]) -> dict[tuple[str, str], str]:
    """The parts by kind and name, as far as these tell them apart."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, part in parts.items():
        if part.get("name"):
            found.setdefault((part.kind, part.name), []).append(name)
    return {key: names[0] for key, names in found.items() if len(names) == 1}
