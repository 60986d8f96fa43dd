"""Belmij, an invented phone provider: its model, its mapping, and the exports of its order system."""

from ketenreis.examples.belmij.export import write_belmij
from ketenreis.examples.belmij.parameters import BELMIJ, Bank, Parameters

__all__ = ["BELMIJ", "Bank", "Parameters", "write_belmij"]
