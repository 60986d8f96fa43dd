"""A chain link that names no department.

Why it matters to the customer: a link that is nobody's part is where their order is left lying.

Smallest example:
    chain_links: [{id: betalen}]

How to mend it: name the department, or the partner outside: department: betaaldienst.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "warning"


def check(model: Model) -> Iterator[Finding]:
    """Finds the chain links that are no department's part."""
    for link in model.of_kind("chain_link"):
        if not model.out(link.id, "department"):
            yield Finding("chain_link_without_department", LEVEL, (link.id,))
