"""Events: from a file of whatever make to a store that measures fast, with the truth about what came in."""
