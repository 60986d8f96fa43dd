"""Evidence: the sources of events, and a new one brought in by the same guided import as on the command line."""
