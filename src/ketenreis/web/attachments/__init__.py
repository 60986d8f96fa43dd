"""The real thing a customer sees: a letter, film or screenshot kept with what it belongs to, with its text taken out."""
