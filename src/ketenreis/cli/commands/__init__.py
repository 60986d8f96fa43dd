"""The commands: one file each, with its page beside it."""
