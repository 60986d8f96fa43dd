"""What a pasted table or a file of another program brings: shown first, then accepted as one change."""
