"""Snelpak, an invented parcel carrier: its model, its mappings, and the exports of its four systems."""

from ketenreis.examples.snelpak.export import EXPORTS
from ketenreis.examples.snelpak.parameters import SNELPAK, Depot, Parameters, Shop, Wait

__all__ = ["EXPORTS", "SNELPAK", "Depot", "Parameters", "Shop", "Wait"]
