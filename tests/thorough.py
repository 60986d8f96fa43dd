"""Does somebody ask for everything: all seeds, and all pages of both organisations in both languages? It takes minutes more."""

import os

THOROUGH = bool(os.environ.get("KETENREIS_THOROUGH"))
