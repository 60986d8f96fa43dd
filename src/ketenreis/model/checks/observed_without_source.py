"""Something is said to be observed, but not where, or not when: a feeling, a pain point, a signal.

What is assumed or intended needs no source. A signal is observed by nature.

Why it matters to the customer: without a source, a hunch counts as much as what customers really said.

Smallest example:
    pain_points: [{text: Lang wachten, basis: observed}]

How to mend it: add source and date, or call it assumed.
"""

from collections.abc import Iterator, Mapping

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Element, Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Names what each observation does not say about where it comes from."""
    for element in model.of_kind("step", "pain_point", "signal"):
        missing = {
            name: None for row in _observed(element) for name in ("source", "date") if not row.get(name)
        }
        if missing:
            field = "feelings" if element.kind == "step" else None
            parameters: dict[str, str | int] = {"missing": ", ".join(missing)}
            yield Finding("observed_without_source", LEVEL, (element.id,), field, parameters)


def _observed(element: Element) -> Iterator[Mapping[str, object]]:
    """The observations that an element holds, as records."""
    if element.kind == "signal" or (element.kind == "pain_point" and element.get("basis") == "observed"):
        yield element.fields
    yield from (one for one in element.records("feelings") if one.get("basis") == "observed")
