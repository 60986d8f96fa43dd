"""What is the red thread of a requirement: whose wish, which work keeps it, what came out, who owns it?"""

from dataclasses import dataclass

from ketenreis.model import Element, Model


@dataclass(frozen=True, slots=True)
class Strand:
    """One way in which a requirement is kept: an activity with the output that serves it, or a handover.

    Attributes:
        activity: The activity or handover.
        output: The output that serves the requirement; None when the activity itself does.
        roles: Who performs it.
        process: Where the activity stands; None for a handover.
    """

    activity: Element
    output: Element | None
    roles: tuple[Element, ...]
    process: Element | None


@dataclass(frozen=True, slots=True)
class Thread:
    """Both ends of one requirement.

    Attributes:
        ctq: The requirement.
        wishes: The wishes it answers, in the customer's words, the most important first.
        steps: The steps of the journey where those wishes live.
        personas: Whom it is for.
        driver: What it moves; None when not said.
        promises: What was promised to customers on top of it.
        strands: The work that keeps it.
        owner: Who owns it; None when nobody does.
    """

    ctq: Element
    wishes: tuple[Element, ...]
    steps: tuple[Element, ...]
    personas: tuple[Element, ...]
    driver: Element | None
    promises: tuple[Element, ...]
    strands: tuple[Strand, ...]
    owner: Element | None


def thread(model: Model, ctq_id: str) -> Thread:
    """Follows the red thread of a requirement in both directions.

    Args:
        model: The model.
        ctq_id: The requirement.

    Returns:
        Everything the model ties to it; an empty tuple where it ties nothing.

    Raises:
        UnknownElementError: The model has no such element.
    """
    ctq = model[ctq_id]
    wishes = sorted(model.sources(ctq_id, "leads_to"), key=lambda wish: (rank(wish), wish.id))
    steps = dict.fromkeys(step.id for wish in wishes if (step := model.parent(wish.id, "step")))
    return Thread(
        ctq,
        tuple(wishes),
        tuple(model[step] for step in steps),
        model.targets(ctq_id, "for"),
        model.target(ctq_id, "about"),
        model.sources(ctq_id, "rests_on"),
        tuple(_strand(model, server) for server in model.sources(ctq_id, "serves")),
        model.target(ctq_id, "owned_by"),
    )


def rank(wish: Element) -> int:
    """How much a wish weighs among the others: 1 first; one that was not ranked last."""
    said = wish.get("rank")
    return said if isinstance(said, int) else 10**6


def _strand(model: Model, server: Element) -> Strand:
    activity = model.parent(server.id, "activity") if server.kind == "output" else server
    if activity is None:
        activity = server
    return Strand(
        activity,
        server if server.kind == "output" else None,
        model.targets(activity.id, "performed_by"),
        model.parent(activity.id, "process"),
    )
