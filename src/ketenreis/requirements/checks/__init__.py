"""What is remarkable in measures, norms and promises, before any data; and every check of model and requirements together."""

from collections.abc import Mapping
from types import MappingProxyType

from ketenreis.findings import Finding
from ketenreis.model import checks as model_checks
from ketenreis.model.checks import Check, listed
from ketenreis.model.graph import Model
from ketenreis.requirements.checks import (
    ctq_measured_nowhere,
    ctq_only_a_wish,
    message_valid_nowhere,
    norm_asks_nothing,
    norm_history,
    pattern_contradiction,
    promise_looser_than_ctq,
    promise_order_unmeasured,
    promise_stricter_than_ctq,
)

__all__ = ["ALL_CHECKS", "CHECKS", "run", "run_all"]

CHECKS = listed(
    ctq_measured_nowhere,
    ctq_only_a_wish,
    message_valid_nowhere,
    norm_asks_nothing,
    norm_history,
    pattern_contradiction,
    promise_looser_than_ctq,
    promise_order_unmeasured,
    promise_stricter_than_ctq,
)
"""Every check that reads measures or norms, by id."""

ALL_CHECKS: Mapping[str, Check] = MappingProxyType({**model_checks.CHECKS, **CHECKS})
"""Every check there is without data, by id."""


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
