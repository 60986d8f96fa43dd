"""A chain with links, but without a word on when it succeeds.

Why it matters to the customer: whoever has not said what success is, counts work done instead of needs fulfilled.

Smallest example:
    chains: [{id: leveren, name: Leveren, chain_links: [{id: magazijn}]}]

How to mend it: write one to three success criteria that a customer would recognise.

Keeps silent: about a chain without links.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the chains that do not say when they succeed."""
    for chain in model.of_kind("chain"):
        if model.children(chain.id, "chain_link") and not chain.get("success_criteria"):
            yield Finding("chain_without_success_criteria", LEVEL, (chain.id,), "success_criteria")
