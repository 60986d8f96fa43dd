"""Which keys may an element hold in text, in which order, and what stands under each?"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ketenreis.model import COMMON, KIND, KINDS, Field, Kind, Relation, kinds_inside, relations_from

Meaning = Field | Relation | Kind
"""What stands under a key: a field, a relation, or the list of a kind of child."""

FILED = ("journey", "chain", "process")
"""Kinds that have a file for each element when a model is a folder."""


@cache
def keys_of(kind: str) -> Mapping[str, Meaning]:
    """The keys of an element of a kind, in canonical order: id, name, fields, relations, children, note.

    Example:
        >>> list(keys_of("question"))
        ['id', 'name', 'text', 'owned_by', 'note']
    """
    first, note = COMMON[:-1], COMMON[-1]
    keys: dict[str, Meaning] = {field.name: field for field in (*first, *KIND[kind].fields)}
    keys.update((relation.name, relation) for relation in relations_from(kind))
    keys.update((child.plural, child) for child in kinds_inside(kind))
    keys[note.name] = note
    return MappingProxyType(keys)


def top_keys() -> Mapping[str, Kind]:
    """The keys of a whole text: the organisation, and the list of every kind that stands in it."""
    lists = {kind.plural: kind for kind in KINDS if "organisation" in kind.inside}
    return MappingProxyType({"organisation": KIND["organisation"], **lists})
