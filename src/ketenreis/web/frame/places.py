"""On which page is an element at home, and what makes a link or a form lead to it?

Some kinds have a page of their own; every other has the common one, where the form of any element stands.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

from django.urls import reverse

from ketenreis.model import Element
from ketenreis.render.markup import Markup, filled

OWN_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "journey": "journeys:one",
        "ctq": "measures:one",
        "chain": "chains:one",
        "process": "processes:one",
        "department": "chains:needs",
        "role": "chains:needs",
        "initiative": "initiatives:one",
        "dialogue": "initiatives:dialogue",
    }
)
"""The address of a kind's own page, by kind."""


def address(workspace: str, element: Element) -> str:
    """Where to go to see an element."""
    return reverse(OWN_PAGES.get(element.kind, "elements:one"), args=[workspace, element.id])


@lru_cache(maxsize=50_000)
def form(workspace: str, element: str) -> str:
    """The address of an element's form; a page asks for hundreds of them."""
    return reverse("elements:one", args=[workspace, element])


def acting(workspace: str, element: str) -> Markup:
    """What makes a form act on an element: in place where there is script, as an ordinary form where there is none."""
    return filled(
        'method="post" action="{there}" hx-post="{there}" hx-target="#content" hx-select="#content" hx-swap="outerMorph"',
        there=form(workspace, element),
    )


def opening(workspace: str, element: str, back: str, at: str = "") -> Markup:
    """What makes a link to an element open beside the page; an ordinary link where there is no script.

    Args:
        workspace: Whose element.
        element: Its id.
        back: The page it opens beside, as it was asked for; who saves comes back there.
        at: A place of its form; empty for its beginning.
    """
    return filled(
        'href="{there}{mark}{at}" hx-get="{there}?back={back}" hx-target="#panel-body" hx-select="#panel-part" data-panel="{at}"',
        there=form(workspace, element),
        mark="#" if at else "",
        at=at,
        back=_quoted(back),
    )


_quoted = lru_cache(quote)  # the same on every line of a page
