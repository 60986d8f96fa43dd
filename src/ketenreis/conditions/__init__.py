"""Conditions: one small safe language for rules, populations, personas and filters.

A condition is read once into a tree, and from there judged in Python or written as SQL. It has three answers: a
missing attribute makes it neither true nor false but unknown, and unknown is never silently taken for false.
"""

from ketenreis.conditions.grammar import parse
from ketenreis.conditions.tree import All, Any_, Comparison, Condition, Missing, Name, Not, OneOf, names

__all__ = ["All", "Any_", "Comparison", "Condition", "Missing", "Name", "Not", "OneOf", "names", "parse"]
