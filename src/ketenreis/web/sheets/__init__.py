"""Sheets that come back: what they would change, and that as one change."""
