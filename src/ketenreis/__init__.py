"""Customer journeys, the chains that must make them true, and the measured answer."""
