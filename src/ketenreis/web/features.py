"""Which features does the environment have? A folder each; to add one, add a row."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """One folder of pages.

    Attributes:
        name: The folder, and the group of its sentences.
        menu: Whether it stands in the menu; its sentence `menu` is what it is called there.
        under: The feature of the menu that leads to it; empty where none does.
    """

    name: str
    menu: bool = True
    under: str = ""


FEATURES: tuple[Feature, ...] = (
    Feature("frame", menu=False),
    Feature("tour", menu=False),
    Feature("history", menu=False),
    Feature("journeys"),
    Feature("blueprint"),
    Feature("chains"),
    Feature("processes", menu=False, under="chains"),
    Feature("intake", menu=False),
    Feature("sheets", menu=False),
    Feature("promises", menu=False, under="measures"),
    Feature("coverage"),
    Feature("measures"),
    Feature("initiatives"),
    Feature("deviations", menu=False, under="journeys"),
    Feature("readiness", menu=False, under="chains"),
    Feature("impact", menu=False),
    Feature("compare", menu=False),
    Feature("suspects"),
    Feature("findings"),
    Feature("evidence"),
    Feature("attachments", menu=False, under="journeys"),
    Feature("elements", menu=False),
)
"""In the order of the menu."""
