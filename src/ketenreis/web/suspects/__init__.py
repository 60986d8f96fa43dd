"""Relations that are to be looked at again: who looks, what changed, and confirm, adapt or break."""
