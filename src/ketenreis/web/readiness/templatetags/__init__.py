"""What templates may ask about initiatives that are built on quicksand."""
