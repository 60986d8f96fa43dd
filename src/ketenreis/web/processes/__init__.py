"""Processes: the list, one process as an outline that can do all its diagram can, and the diagram beside it."""
