"""How does something new come to stand in an organisation, also in the first minute, when there is no organisation yet?"""

from collections.abc import Mapping
from types import MappingProxyType

from ketenreis.model import Element, Model
from ketenreis.model.edits import Edit, Insert
from ketenreis.notation.slugs import propose
from ketenreis.web.words import say

UNNAMED = "organisation"
"""The id of an organisation that nobody has named yet; forms may ask to add to it before it is there."""


def home(model: Model, language: str, name: str = "") -> Element:
    """The organisation; where there is none yet, the one that the first change will bring.

    Args:
        model: Where it stands.
        language: Of who asks; a new organisation writes in it.
        name: What a new organisation is called, where somebody said so.
    """
    if model.organisation is not None:
        return model.organisation
    fields = {"name": name or say(language, "frame.own_organisation"), "language": language}
    own = propose(name, "", "organisation", model) if name else UNNAMED
    return Element(own, "organisation", None, MappingProxyType(fields))


def housed(model: Model, language: str) -> Model:
    """The model with an organisation to stand in."""
    return model if model.organisation else Model.of((home(model, language), *model), model.edges)


def made(
    model: Model, kind: str, fields: Mapping[str, object], language: str, organisation: str = ""
) -> tuple[tuple[Edit, ...], str]:
    """The edits that make an element in the organisation, and its id; the organisation comes first where there is none.

    Args:
        model: Where it comes to stand.
        kind: Of the element.
        fields: Its values; the id follows from its name.
        language: Of who makes it.
        organisation: What a new organisation is called, where somebody said so.
    """
    around = home(model, language, organisation)
    name = propose(str(fields["name"]), around.id, kind, {*model.elements, around.id})
    element = Element(name, kind, around.id, MappingProxyType(dict(fields)))
    return (*(() if around.id in model else (Insert(around),)), Insert(element)), name
