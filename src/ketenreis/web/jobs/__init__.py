"""Long work beside the pages: it says how far it is, can be cancelled, and goes on after a restart."""
