"""Does somebody ask for everything: all seeds, and all pages of both organisations in both languages? It takes minutes more."""

import os

THOROUGH = bool(os.environ.get("KETENREIS_THOROUGH"))


def seeds(few: int, many: int) -> range:
    """The seeds of drawings that take seconds each: a few, and many where everything is asked for."""
    return range(1, 1 + (many if THOROUGH else few))
