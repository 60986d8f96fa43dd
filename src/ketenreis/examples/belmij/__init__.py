"""Belmij, an invented phone provider: its model, its mapping, and the exports of its order system."""

from ketenreis.examples.belmij.export import EXPORTS
from ketenreis.examples.belmij.parameters import BELMIJ, Bank, Parameters

__all__ = ["BELMIJ", "EXPORTS", "Bank", "Parameters"]
