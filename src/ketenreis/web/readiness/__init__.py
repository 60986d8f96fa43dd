"""Is a chain ready: its gate, its base beside the experience, what stands on quicksand, and the agenda of its meeting."""
