"""What is remarkable in a model by itself, before any data: one check a file, listed here.

The name of a check is the id of its finding, its module, its fixture in tests/findings and its page in the
documentation. To add one: a module with LEVEL and check, a line in the table, four sentences in each language, a fixture.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from ketenreis.findings import Finding, Level
from ketenreis.model.checks import (
    activity_not_placed,
    activity_without_performer,
    activity_without_requirement,
    answer_repeated,
    calendar_unreadable,
    chain_link_without_department,
    chain_link_without_process,
    chain_links_without_handover,
    chain_not_from_need_to_fulfilment,
    chain_without_success_criteria,
    ctq_without_activity,
    ctq_without_driver,
    ctq_without_wish,
    element_without_owner,
    element_without_persona,
    feeling_out_of_range,
    feeling_without_touchpoint,
    handover_agreed,
    handover_not_confirmed_by_both,
    handover_one_sided,
    handover_sides_differ,
    handover_without_agreement,
    internal_requirement_unused,
    journey_one_channel_only,
    journey_without_chain,
    journey_without_scope,
    kpi_incomplete,
    kpis_one_sided,
    kpis_out_of_range,
    message_duplicate_sender,
    message_not_carried,
    message_without_question_or_goal,
    next_loops_to_itself,
    observed_without_source,
    onstage_without_backstage,
    onstage_without_customer_action,
    operation_on_unknown,
    output_unused,
    output_without_requirement,
    persona_unused,
    promise_made_nowhere,
    promise_without_ctq,
    question_answered_too_late,
    question_unanswered,
    questions_answered,
    required_missing,
    signal_about_nothing,
    step_out_of_journey,
    still_empty,
    time_zone_unknown,
    touchpoint_floating,
    touchpoint_unrealised,
    touchpoint_without_channel,
    wish_without_ctq,
    wishes_served,
)
from ketenreis.model.graph import Model

__all__ = ["CHECKS", "Check", "listed", "run"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        id: Name of its finding, and of its module.
        level: How much its findings matter at most; a check may say less of a model that has only just begun.
        function: Finds them in a model.
        explanation: What it looks for, why that matters to the customer, the smallest example, how to mend it.
    """

    id: str
    level: Level
    function: Callable[[Model], Iterator[Finding]]
    explanation: str


class CheckModule(Protocol):
    """What the module of a check offers."""

    __name__: str
    __doc__: str | None
    LEVEL: Level

    def check(self, model: Model) -> Iterator[Finding]:
        """Finds what the check looks for."""
        ...


def listed(*modules: CheckModule) -> Mapping[str, Check]:
    """Makes a table of checks by id, in the order given."""
    ids = {module.__name__.rpartition(".")[2]: module for module in modules}
    return MappingProxyType(
        {name: Check(name, module.LEVEL, module.check, module.__doc__ or "") for name, module in ids.items()}
    )


CHECKS = listed(
    activity_not_placed,
    activity_without_performer,
    activity_without_requirement,
    answer_repeated,
    calendar_unreadable,
    chain_link_without_department,
    chain_link_without_process,
    chain_links_without_handover,
    chain_not_from_need_to_fulfilment,
    chain_without_success_criteria,
    ctq_without_activity,
    ctq_without_driver,
    ctq_without_wish,
    element_without_owner,
    element_without_persona,
    feeling_out_of_range,
    feeling_without_touchpoint,
    handover_agreed,
    handover_not_confirmed_by_both,
    handover_one_sided,
    handover_sides_differ,
    handover_without_agreement,
    internal_requirement_unused,
    journey_one_channel_only,
    journey_without_chain,
    journey_without_scope,
    kpi_incomplete,
    kpis_one_sided,
    kpis_out_of_range,
    message_duplicate_sender,
    message_not_carried,
    message_without_question_or_goal,
    next_loops_to_itself,
    observed_without_source,
    onstage_without_backstage,
    onstage_without_customer_action,
    operation_on_unknown,
    output_unused,
    output_without_requirement,
    persona_unused,
    promise_made_nowhere,
    promise_without_ctq,
    question_answered_too_late,
    question_unanswered,
    questions_answered,
    required_missing,
    signal_about_nothing,
    step_out_of_journey,
    still_empty,
    time_zone_unknown,
    touchpoint_floating,
    touchpoint_unrealised,
    touchpoint_without_channel,
    wish_without_ctq,
    wishes_served,
)
"""Every check that needs the model alone, by id."""


def run(model: Model) -> list[Finding]:
    """Runs every check that needs the model alone.

    Args:
        model: Any model, also one that has only just begun.

    Returns:
        What was found, check by check. Without places: the notation knows where an element stands.

    Example:
        >>> from ketenreis.model.graph import Element
        >>> [finding.id for finding in run(Model.of([Element("on-time", "ctq")]))]
        ['ctq_without_activity']
    """
    return [finding for check in CHECKS.values() for finding in check.function(model)]
