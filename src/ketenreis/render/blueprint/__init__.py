"""The service blueprint, drawn: one value, and from it a board to read, an equal table, a drawing, a sheet and slides."""
