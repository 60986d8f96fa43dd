"""Requirements: what a customer must be able to count on, as patterns with arguments and norms; and how they read."""

from ketenreis.requirements.ctq import Exclusion, Norm, Requirement, gaps, limit_type, requirement
from ketenreis.requirements.measure import EventClass, Measure
from ketenreis.requirements.patterns import PATTERN, PATTERNS, Argument, Clause, Pattern
from ketenreis.requirements.sentences import events_in_words, limit_in_words, open_sentence, sentence

__all__ = [
    "PATTERN",
    "PATTERNS",
    "Argument",
    "Clause",
    "EventClass",
    "Exclusion",
    "Measure",
    "Norm",
    "Pattern",
    "Requirement",
    "events_in_words",
    "gaps",
    "limit_in_words",
    "limit_type",
    "open_sentence",
    "requirement",
    "sentence",
]
