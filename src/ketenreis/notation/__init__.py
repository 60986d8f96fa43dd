"""Notation: models as text. Read from YAML with every problem as a finding, and written back canonically."""

from ketenreis.notation.arrangement import arranged
from ketenreis.notation.text import Reading, read, read_text, read_texts

__all__ = ["Reading", "arranged", "read", "read_text", "read_texts"]
