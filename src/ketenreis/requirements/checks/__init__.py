"""What is remarkable in measures, norms and promises, before any data; and every check of model and requirements together."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ketenreis.findings import Finding
from ketenreis.model import checks as model_checks
from ketenreis.model.checks import Check, listed
from ketenreis.model.edits import Edit, Relate, Unrelate
from ketenreis.model.graph import Model
from ketenreis.model.near import Near, near

__all__ = ["ALL_CHECKS", "CHECKS", "run", "run_again", "run_all"]

CHECKS = listed(__name__, __path__)
"""Every check that reads measures or norms, by id."""

ALL_CHECKS: Mapping[str, Check] = MappingProxyType({**model_checks.CHECKS, **CHECKS})
"""Every check there is without data, by id."""

WHOLE = frozenset({"onstage_without_backstage", "touchpoint_floating"})
"""Checks that wait for something anywhere in the model, or look at all of it; every other is near what it speaks of."""


def run(model: Model) -> list[Finding]:
    """Runs every check that reads measures or norms."""
    return [finding for check in CHECKS.values() for finding in check.function(model)]


def run_all(model: Model) -> list[Finding]:
    """Runs every check that needs no data.

    Args:
        model: Any model, also one that has only just begun.

    Returns:
        What was found, check by check; `worst_first` orders it for a reader.

    Example:
        >>> from ketenreis.model.graph import Element
        >>> [finding.id for finding in run_all(Model.of([Element("on-time", "ctq")]))]
        ['ctq_without_activity', 'ctq_only_a_wish']
    """
    return [*model_checks.run(model), *run(model)]


def run_again(before: Iterable[Finding], old: Model, new: Model, edits: Iterable[Edit]) -> list[Finding]:
    """The findings after edits, told from those before: only what is near the edits is checked again.

    Args:
        before: What `run_all` found in the model before.
        old: That model.
        new: The model after.
        edits: What leads from one to the other.

    Returns:
        What `run_all` would find in the new model, in another order.
    """
    edits = tuple(edits)
    laid = {edit.edge.relation for edit in edits if isinstance(edit, Relate | Unrelate)}
    if old.kinds != new.kinds or laid & set(old.relations) != laid & set(new.relations):
        return run_all(new)  # a check may wait for the first of a kind
    about, around = near(old, new, edits)
    few = Near(new, around)
    stays = [
        finding
        for finding in before
        if finding.id not in WHOLE and not (finding.elements and finding.elements[0] in about)
    ]
    again = (
        finding
        for check in ALL_CHECKS.values()
        for finding in check.function(new if check.id in WHOLE else few)
        if check.id in WHOLE or finding.elements[0] in about
    )
    return [*stays, *again]
