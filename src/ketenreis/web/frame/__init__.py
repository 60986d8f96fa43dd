"""What every page shares: the visitor's language, the workspace, the menu, the shell around it."""
