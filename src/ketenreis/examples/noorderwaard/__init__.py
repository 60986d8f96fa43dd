"""Gemeente Noorderwaard, an invented municipality: its model, its mappings, and the exports of its three systems."""

from ketenreis.examples.noorderwaard.export import EXPORTS
from ketenreis.examples.noorderwaard.parameters import NOORDERWAARD, Course, District, Parameters

__all__ = ["EXPORTS", "NOORDERWAARD", "Course", "District", "Parameters"]
