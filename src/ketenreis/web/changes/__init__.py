"""Every change ever made to a model, and the model at any moment."""
