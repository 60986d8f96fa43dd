"""Belmij, an invented phone provider: its model, its mapping, and the exports of its order system."""

from ketenreis.examples.belmij.orders import BELMIJ, Parameters, write_belmij

__all__ = ["BELMIJ", "Parameters", "write_belmij"]
