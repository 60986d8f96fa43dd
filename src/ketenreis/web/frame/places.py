"""On which page is an element at home? Some kinds have a page of their own; every other has the common one."""

from collections.abc import Mapping
from types import MappingProxyType

from django.urls import reverse

from ketenreis.model import Element

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
