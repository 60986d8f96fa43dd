"""The pages of the history: every change, taken back or restored."""
