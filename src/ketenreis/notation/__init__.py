"""Notation: models as text. Read from YAML with every problem as a finding, and written back canonically."""

from ketenreis.notation.text import Reading, read, read_text, read_texts
from ketenreis.notation.writing import write, write_text

__all__ = ["Reading", "read", "read_text", "read_texts", "write", "write_text"]
