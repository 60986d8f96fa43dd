"""What would this touch? A change that nobody saved yet, told before it is made."""
