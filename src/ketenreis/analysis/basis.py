"""What does a thing in a journey rest on: data, what was seen or heard, or what we think?

Measured is never written in a model: it follows from the events, where a requirement that is measured there was judged.
"""

from collections.abc import Collection
from typing import Literal

from ketenreis.model import Element, Model

Basis = Literal["measured", "observed", "assumed", "intended"]

STRENGTH: tuple[Basis, ...] = ("measured", "observed", "assumed", "intended")
"""What knowledge rests on, the firmest first."""


def basis(model: Model, element: Element, firm: Collection[str] = ()) -> Basis:
    """What an element rests on.

    Args:
        model: Where it stands.
        element: Such as a step, a touchpoint, a wish or an activity.
        firm: The elements that events were judged at.

    Returns:
        Measured, when events say it; else what its text says; else observed, when a signal is about it or about the step
        it stands in, when what was felt there was observed, or when the real letter or film is attached; else assumed.

    Example:
        >>> step, wish = Element("s", "step"), Element("w", "wish", "s")
        >>> basis(Model.of([step, wish]), wish), basis(Model.of([step, wish]), wish, {"w"})
        ('assumed', 'measured')
    """
    if element.id in firm:
        return "measured"
    said = element.get("basis")
    if said in STRENGTH:
        return said
    if element.kind == "artefact":
        return "observed" if element.get("file") else "assumed"
    about = {element.id}
    if element.kind in ("wish", "question") and element.parent is not None:
        about.add(element.parent)
    heard = any(one.kind == "signal" for name in about for one in model.sources(name, "about"))
    return "observed" if heard or _felt(element) else "assumed"


def _felt(element: Element) -> bool:
    """Whether what customers feel there was observed."""
    return any(one.get("basis") == "observed" for one in element.records("feelings"))
