"""The service blueprint of a journey, a chain or a process, with its live figures and its red threads."""
