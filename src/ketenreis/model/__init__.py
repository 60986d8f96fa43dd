"""The model: kinds of element and permitted relations as one table of data, and the immutable graph made of them."""

from ketenreis.model.graph import Edge, Element, Model
from ketenreis.model.kinds import COMMON, KIND, KINDS, PLURAL, Choice, Field, Kind, kinds_inside
from ketenreis.model.relations import RELATION, RELATIONS, Relation, relations_from

__all__ = [
    "COMMON",
    "KIND",
    "KINDS",
    "PLURAL",
    "RELATION",
    "RELATIONS",
    "Choice",
    "Edge",
    "Element",
    "Field",
    "Kind",
    "Model",
    "Relation",
    "kinds_inside",
    "relations_from",
]
