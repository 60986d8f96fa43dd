"""What customers were promised: where, how much, and whether it is kept."""
