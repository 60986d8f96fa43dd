"""Journeys: the list, and one journey as a guided path from steps to measures."""
