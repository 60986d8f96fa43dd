"""How does each promise stand: against the norm it rests on, in the places where it is made, and in what the checks find?"""

from collections.abc import Iterable
from dataclasses import dataclass

from ketenreis.findings import Finding, Sentences
from ketenreis.model import Element, Model
from ketenreis.quantity import Attribute, Limit
from ketenreis.requirements import limit_in_words, requirement
from ketenreis.requirements.checks.promise_stricter_than_ctq import compared
from ketenreis.web.findings.told import told
from ketenreis.web.words import say


@dataclass(frozen=True, slots=True)
class Made:
    """One place where a promise is made: the message or the thing customers see, and the steps where they meet it."""

    at: Element
    steps: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise.

    Attributes:
        element: The promise.
        ctq: The requirement it rests on, if any.
        promised: Its limit in words; empty where it names none.
        norm: The limit of the requirement's newest norm in words; empty where there is none.
        share: The share of cases that must make it.
        beside: How the two compare: stricter, looser, equal, or unknown where they cannot be compared.
        made: Where it is made.
        announced: The steps and contacts it announces, in the order of the model.
        findings: What the checks say of it, each with its words.
    """

    element: Element
    ctq: Element | None
    promised: str
    norm: str
    share: str
    beside: str
    made: tuple[Made, ...]
    announced: tuple[Element, ...]
    findings: tuple[tuple[Finding, Sentences], ...]


def promises(model: Model, found: Iterable[Finding], language: str) -> tuple[Promise, ...]:
    """Every promise of a model.

    Args:
        model: Where they stand.
        found: What the checks found in it; those that begin with a promise belong to it.
        language: For limits and findings.
    """
    beside = {promise.id: _ORDER[order] for promise, *_, order in compared(model)}
    place = {element.id: number for number, element in enumerate(model)}
    about: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.elements and finding.id != "element_without_owner":
            about.setdefault(finding.elements[0], []).append(finding)
    return tuple(
        _promise(model, one, beside.get(one.id, "unknown"), about.get(one.id, []), place, language)
        for one in model.of_kind("promise")
    )


_ORDER = {-1: "stricter", 0: "equal", 1: "looser"}


def _promise(
    model: Model,
    element: Element,
    beside: str,
    findings: list[Finding],
    place: dict[str, int],
    language: str,
) -> Promise:
    ctq = model.target(element.id, "rests_on")
    promised = element.get("limit")
    wanted = requirement(ctq) if ctq is not None else None
    norm = wanted.norms[-1] if wanted is not None and wanted.norms else None
    announced = sorted(model.targets(element.id, "announces"), key=lambda each: place[each.id])
    return Promise(
        element,
        ctq,
        _in_words(promised if isinstance(promised, Limit) else None, language),
        _in_words(norm.limit if norm else None, language),
        norm.share.in_words(language) if norm else "",
        "equal" if norm is not None and norm.limit is not None and promised == norm.limit else beside,
        tuple(Made(one, _steps(model, one)) for one in model.targets(element.id, "made_in")),
        tuple(announced),
        tuple((one, told(one, model, language)) for one in findings),
    )


def _steps(model: Model, at: Element) -> tuple[Element, ...]:
    """The steps where a customer meets a message or a thing."""
    contacts = (*model.targets(at.id, "carried_by"), *model.sources(at.id, "shows"))
    steps = (one if one.kind == "step" else model.parent(one.id, "step") for one in contacts)
    return tuple({step.id: step for step in steps if step is not None}.values())


def _in_words(limit: Limit | None, language: str) -> str:
    if limit is None:
        return ""
    said = limit_in_words(limit, language)
    return say(language, "promises.by_case", name=said) if isinstance(limit, Attribute) else said
