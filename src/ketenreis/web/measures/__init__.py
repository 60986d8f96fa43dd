"""Measures: every requirement with its figure, and one requirement with all that lies behind it."""
