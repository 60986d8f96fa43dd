"""A model as large as no organisation has yet, made from its number of elements: journeys with all that hangs on them, work, agreements."""

from collections.abc import Iterator
from types import MappingProxyType

from ketenreis.model import Edge, Element, Model
from ketenreis.model.arrangement import arranged
from ketenreis.quantity import Duration, Share
from ketenreis.requirements import EventClass, Measure

STEPS = 20
"""Steps in a journey; twenty-two further elements hang on each."""
A_STEP = 22


def large(elements: int) -> Model:
    """A model of about so many elements, and three relations for each."""
    journeys = max(1, elements // (STEPS * A_STEP))
    made = [*_organisation(), *(one for number in range(journeys) for one in _journey(number))]
    model = Model.of(
        (one for one in made if isinstance(one, Element)), (one for one in made if isinstance(one, Edge))
    )
    return arranged(model)


def _element(own: str, kind: str, parent: str | None, /, **fields: object) -> Element:
    return Element(own, kind, parent, MappingProxyType(fields))


def _organisation() -> Iterator[Element | Edge]:
    yield _element("o", "organisation", None, name="Groot", language="nl")
    for number in range(10):
        yield _element(f"d{number}", "department", "o", name=f"Afdeling {number}")
        for role in range(5):
            yield _element(f"d{number}-r{role}", "role", f"d{number}", name=f"Rol {number} {role}")
    for number in range(20):
        yield _element(f"persona{number}", "persona", "o", name=f"Groep {number}")
        yield _element(f"systeem{number}", "system", "o", name=f"Systeem {number}")


def _journey(j: int) -> Iterator[Element | Edge]:
    journey, process, chain = f"j{j}", f"p{j}", f"k{j}"
    yield _element(journey, "journey", "o", name=f"Reis {j}", need="Ik wil iets", start="Begin", end="Eind")
    yield _element(process, "process", "o", name=f"Proces {j}")
    yield _element(chain, "chain", "o", name=f"Keten {j}", need="Ik wil iets", fulfilment="Het is er")
    yield Edge("realised_by", journey, chain)
    yield Edge("for", journey, f"persona{j % 20}")
    yield Edge("for", chain, f"persona{j % 20}")
    for who in (journey, process, chain):
        yield Edge("owned_by", who, f"d{j % 10}-r{j % 5}")
    for number in range(STEPS):
        if number % 10 == 0:
            yield _element(f"{journey}-f{number}", "phase", journey, name=f"Fase {number}")
        yield from _step(j, number)


def _step(j: int, n: int) -> Iterator[Element | Edge]:
    journey, process = f"j{j}", f"p{j}"
    step, ctq, role = f"{journey}-s{n}", f"c{j}-{n}", f"d{(j + n) % 10}-r{n % 5}"
    yield _element(step, "step", f"{journey}-f{n - n % 10}", name=f"Stap {n}", action="Doet iets")
    if n:
        yield Edge("next", f"{journey}-s{n - 1}", step)
    yield Edge("realised_by", step, process)
    measure = Measure("existence", MappingProxyType({"event": EventClass((f"{step}-t0",))}))
    norm = MappingProxyType({"limit": Duration.parse("1 hour"), "share": Share.parse("95%")})
    yield _element(ctq, "ctq", "o", name=f"Eis {j} {n}", measure=measure, norms=(norm,))
    yield Edge("measured_at", ctq, f"{step}-t0")
    yield Edge("for", ctq, f"persona{j % 20}")
    yield Edge("owned_by", ctq, role)
    for k in range(3):
        touchpoint, activity, output = f"{step}-t{k}", f"{process}-a{n}-{k}", f"{process}-u{n}-{k}"
        question, message, wish = f"{step}-q{k}", f"m{j}-{n}-{k}", f"{step}-w{k}"
        yield _element(
            touchpoint, "touchpoint", step, name=f"Contact {n} {k}", channel="mail", by="organisation"
        )
        yield _element(question, "question", step, text=f"Vraag {n} {k}?")
        yield _element(wish, "wish", step, text=f"Wens {n} {k}")
        yield _element(
            message,
            "message",
            "o",
            name=f"Bericht {j} {n} {k}",
            text=MappingProxyType({"nl": "Er is nieuws"}),
        )
        yield _element(
            activity, "activity", process, name=f"Activiteit {n} {k}", stage="onstage" if k else "backstage"
        )
        yield _element(output, "output", activity, name=f"Uitkomst {n} {k}")
        yield Edge("leads_to", wish, ctq)
        yield Edge("realised_by", touchpoint, activity)
        yield Edge("answers", message, question)
        yield Edge("carried_by", message, touchpoint)
        yield Edge("sent_by", message, role)
        yield Edge("owned_by", message, role)
        yield Edge("for", message, f"persona{j % 20}")
        yield Edge("performed_by", activity, role)
        yield Edge("uses", activity, f"systeem{(n + k) % 20}")
        yield Edge("serves", output, ctq)
        yield Edge("serves", activity, ctq)
        yield Edge("owned_by", activity, role)
        yield Edge("owned_by", touchpoint, role)
        yield Edge("owned_by", question, role)
        yield Edge("owned_by", wish, role)
        yield Edge("owned_by", output, role)
        if k:
            yield Edge("takes", activity, f"{process}-u{n}-{k - 1}")
            yield Edge("then", f"{process}-a{n}-{k - 1}", activity)
    yield _element(f"{step}-p", "pain_point", step, text=f"Pijn {n}", basis="assumed")
    yield _element(
        f"b{j}-{n}",
        "promise",
        "o",
        name=f"Belofte {j} {n}",
        text="binnen een uur",
        limit=Duration.parse("1 hour"),
    )
    yield Edge("rests_on", f"b{j}-{n}", ctq)
    yield Edge("made_in", f"b{j}-{n}", f"m{j}-{n}-0")
    yield Edge("owned_by", step, role)
    yield Edge("owned_by", f"{step}-p", role)
    yield Edge("owned_by", f"b{j}-{n}", role)
