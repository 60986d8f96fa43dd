"""Which relations are to be looked at again, by whom, and what changed at their ends since they were last confirmed?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ketenreis.analysis.impact import asked
from ketenreis.model import Element, Model
from ketenreis.notation.confirmed import Suspect
from ketenreis.reports.consequences import Files, Otherwise, otherwise


@dataclass(frozen=True, slots=True)
class ToCheck:
    """One relation to be looked at again.

    Attributes:
        suspect: The relation, and what was confirmed of it.
        source, target: Its ends; None for one that is gone.
        asked: Who is to look; none when nobody owns the other end.
        differing: What the ends say otherwise since; empty when what they said then is not known.
    """

    suspect: Suspect
    source: Element | None
    target: Element | None
    asked: tuple[Element, ...]
    differing: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What one role is to look at again; what nobody owns stands under None."""

    who: Element | None
    relations: tuple[ToCheck, ...]


def to_check(
    model: Model, found: Iterable[Suspect], language: str, files: Files | None = None
) -> tuple[ToCheck, ...]:
    """Tells of each relation who looks and what changed.

    Args:
        model: The model as it stands.
        found: What `suspects` gave.
        language: "nl" or "en".
        files: Where the drawings of processes are kept; without it only their names are told.
    """
    return tuple(_one(model, suspect, language, files) for suspect in found)


def _one(model: Model, suspect: Suspect, language: str, files: Files | None) -> ToCheck:
    edge = suspect.edge
    return ToCheck(
        suspect,
        model.elements.get(edge.source),
        model.elements.get(edge.target),
        asked(model, edge, suspect.changed),
        tuple(otherwise(suspect.differences(model), language, model, model, files)),
    )


def tasks(found: Iterable[ToCheck]) -> tuple[Task, ...]:
    """One task for each role that is asked, by name; what nobody owns comes last.

    Returns:
        A relation of which both ends changed stands in the tasks of both owners.
    """
    by_role: dict[str | None, list[ToCheck]] = {}
    roles: dict[str | None, Element] = {}
    for one in found:
        for name, role in _asked(one):
            by_role.setdefault(name, []).append(one)
            if role is not None:
                roles[name] = role
    made = (Task(roles.get(name), tuple(ones)) for name, ones in by_role.items())
    return tuple(sorted(made, key=lambda task: (task.who is None, task.who.name if task.who else "")))


def _asked(one: ToCheck) -> Iterator[tuple[str | None, Element | None]]:
    yield from ((role.id, role) for role in one.asked)
    if not one.asked:
        yield None, None
