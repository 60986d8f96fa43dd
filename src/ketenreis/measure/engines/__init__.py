"""Where the one SQL text is run. What differs per engine: how to take a quantile, where the log lives, how to run."""
