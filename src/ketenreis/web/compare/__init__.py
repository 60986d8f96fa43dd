"""Any two moments or variants beside each other: as a list, in figures, on the blueprint; and a variant taken over."""
