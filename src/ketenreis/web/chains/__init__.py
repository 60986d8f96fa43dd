"""Customer chains from need to fulfilment, the agreements between their links, and what customers need from a department."""
