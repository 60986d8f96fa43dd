"""How does something new come to stand in an organisation, also in the first minute, when there is no organisation yet?"""

from collections.abc import Mapping
from types import MappingProxyType

from ketenreis.model import Element, Model
from ketenreis.model.edits import Edit, Insert
from ketenreis.notation.slugs import propose


def made(model: Model, kind: str, fields: Mapping[str, object]) -> tuple[tuple[Edit, ...], str]:
    """The edits that make an element in the organisation, and its id; the organisation comes first where there is none.

    Args:
        model: Where it comes to stand.
        kind: Of the element.
        fields: Its values; the id follows from its name.
    """
    organisation = model.organisation
    around: tuple[Edit, ...] = ()
    if organisation is None:
        organisation = Element("organisatie", "organisation", None, MappingProxyType({"name": "Organisatie"}))
        around = (Insert(organisation),)
    name = propose(str(fields["name"]), organisation.id, kind, model)
    element = Element(name, kind, organisation.id, MappingProxyType(dict(fields)))
    return (*around, Insert(element)), name
