"""Ideas, initiatives and the tensions between them; each tension opens a dialogue, and a dialogue ends in actions."""
