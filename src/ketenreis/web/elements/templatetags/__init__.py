"""What templates may say about values of the model."""
