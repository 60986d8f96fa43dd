"""The model: kinds of element and permitted relations as one table of data, and the immutable graph made of them."""

from ketenreis.model.applying import Applied, Conflict, apply
from ketenreis.model.arrangement import arranged
from ketenreis.model.diff import diff
from ketenreis.model.edits import (
    LAST,
    Edit,
    Insert,
    Move,
    Relate,
    Remove,
    Unrelate,
    Update,
    inverse,
    removal,
)
from ketenreis.model.fields import Choice, Field, Kind
from ketenreis.model.graph import Edge, Element, Model
from ketenreis.model.kinds import COMMON, KIND, KINDS, PLURAL, kinds_inside
from ketenreis.model.relations import RELATION, RELATIONS, Relation, relations_from

__all__ = [
    "COMMON",
    "KIND",
    "KINDS",
    "LAST",
    "PLURAL",
    "RELATION",
    "RELATIONS",
    "Applied",
    "Choice",
    "Conflict",
    "Edge",
    "Edit",
    "Element",
    "Field",
    "Insert",
    "Kind",
    "Model",
    "Move",
    "Relate",
    "Relation",
    "Remove",
    "Unrelate",
    "Update",
    "apply",
    "arranged",
    "diff",
    "inverse",
    "kinds_inside",
    "relations_from",
    "removal",
]
