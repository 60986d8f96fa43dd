"""Which initiatives add delight to a chain whose base is not in order? They are built on quicksand: a warning, never a block."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ketenreis.analysis.chain_scope import chains_of
from ketenreis.analysis.gate import Answer, Readiness, Verdict
from ketenreis.analysis.operations import live
from ketenreis.model import Element, Model

Sign = Literal["expects", "works_on", "extra"]
"""Why an initiative counts as delight.

expects: it expects to lift a requirement that is attractive; works_on: it adds to or strengthens what an attractive
requirement is measured at, or a wish of such a one; extra: it adds to what the customer sees, expects to move no must-be or
performance requirement, and pursues no goal of the chain.
"""
_SEEN = ("journey", "phase", "step", "touchpoint", "message", "artefact", "chain")
_ASKED = ("must_be", "one_dimensional")
_ADDING = ("add", "strengthen")


@dataclass(frozen=True, slots=True)
class Quicksand:
    """An initiative that adds delight to a chain whose base is not in order.

    Attributes:
        initiative: Which.
        chain: On which chain.
        sign: Why it counts as delight.
        at: What the sign was seen at: the requirement, or the element it adds to.
        red: The questions of the chain whose answer is red: to be mended first.
        broken: The base requirements that are not met.
    """

    initiative: Element
    chain: Element
    sign: Sign
    at: Element
    red: tuple[Answer, ...]
    broken: tuple[tuple[Element, Verdict], ...]

    @property
    def fingerprint(self) -> str:
        """Stays the same as long as it is this initiative on this chain."""
        return _hashed(self.initiative.id, self.chain.id)[:16]

    @property
    def facts(self) -> str:
        """Changes with the reason, with what lacks in which answer and with which requirements are broken; not with a share."""
        lacks = (
            f"{answer.question}:{remark.key}:{sorted(one.id for one in remark.elements)}"
            for answer in self.red
            for remark in answer.lacking
            if remark.colour == "red"
        )
        return _hashed(self.fingerprint, self.sign, self.at.id, *lacks, *(ctq.id for ctq, _ in self.broken))


def quicksand(model: Model, ready: Mapping[str, Readiness]) -> tuple[Quicksand, ...]:
    """Finds the initiatives that are built on quicksand.

    Args:
        model: The model.
        ready: The readiness of chains, by id.

    Returns:
        One for each initiative and chain that is not in order (its gate or its base is red); settled initiatives stay out.
    """
    return tuple(
        Quicksand(
            initiative,
            found.scope.chain,
            sign,
            at,
            tuple(answer for answer in found.answers if answer.colour == "red"),
            tuple((ctq, verdict) for ctq, verdict in found.base if verdict.standing == "not_met"),
        )
        for initiative in live(model)
        for found, sign, at in _delights(model, initiative, ready)
        if not found.in_order
    )


def _delights(
    model: Model, initiative: Element, ready: Mapping[str, Readiness]
) -> Iterator[tuple[Readiness, Sign, Element]]:
    """The chains that an initiative adds delight to, each with the first sign of it."""
    seen: set[str] = set()
    for sign, at in _signs(model, initiative):
        for chain in chains_of(model, at.id):
            if (
                chain.id in ready
                and chain.id not in seen
                and _counts(model, initiative, sign, ready[chain.id])
            ):
                seen.add(chain.id)
                yield ready[chain.id], sign, at


def _signs(model: Model, initiative: Element) -> Iterator[tuple[Sign, Element]]:
    for ctq, push in _effects(model, initiative):
        if ctq.get("kano") == "attractive" and push == "up":
            yield "expects", ctq
    adding = [
        (str(row.get("intent")), model[str(row.get("element"))])
        for row in initiative.records("operations")
        if row.get("intent") in _ADDING and str(row.get("element")) in model
    ]
    for _, element in adding:
        near = (*model.sources(element.id, "measured_at"), *model.targets(element.id, "serves", "leads_to"))
        if element.get("kano") == "attractive" or any(one.get("kano") == "attractive" for one in near):
            yield "works_on", element
    asked = any(ctq.get("kano") in _ASKED for ctq, _ in _effects(model, initiative))
    for intent, element in adding:
        if intent == "add" and element.kind in _SEEN and not asked:
            yield "extra", element


def _counts(model: Model, initiative: Element, sign: Sign, found: Readiness) -> bool:
    """An extra that pursues what the chain pursues is no extra."""
    goals = {goal.id for goal in model.targets(found.scope.chain.id, "pursues")}
    return sign != "extra" or not goals & {goal.id for goal in model.targets(initiative.id, "pursues")}


def _effects(model: Model, initiative: Element) -> Iterator[tuple[Element, str]]:
    """The requirements that it expects to move, with the way."""
    for row in initiative.records("effects"):
        if str(row.get("element")) in model:
            yield model[str(row.get("element"))], str(row.get("push"))


def _hashed(*said: str) -> str:
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()
