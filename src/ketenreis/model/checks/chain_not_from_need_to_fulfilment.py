"""A chain that does not run from a customer's need to its fulfilment, or does not say where it starts.

Purchase-to-pay is no customer chain: at its end no customer's need is fulfilled.

Why it matters to the customer: a chain that ends at our own desk can be in perfect order while they still wait.

Smallest example:
    chains: [{id: leveren, name: Leveren}]

How to mend it: write need ("I want ..."), start and fulfilment, each in one sentence, seen from the customer.

Source:
    iPM Partners, on customer chains: from a concrete need to its fulfilment, across departments.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model, is_empty

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Names what each chain does not say of need, start and fulfilment, one finding for each chain."""
    for chain in model.of_kind("chain"):
        if missing := [name for name in ("need", "start", "fulfilment") if is_empty(chain.get(name))]:
            parameters: dict[str, str | int] = {"missing": ", ".join(missing)}
            yield Finding("chain_not_from_need_to_fulfilment", LEVEL, (chain.id,), parameters=parameters)
