"""Findings: what is remarkable, where, why it matters, what to do next; dismissed with a reason until the facts change."""
