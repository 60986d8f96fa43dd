"""Coverage: which work keeps which requirement, both ways, and the relations that are proposed."""
