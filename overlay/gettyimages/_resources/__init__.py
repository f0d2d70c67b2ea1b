"""What is added by hand to generated resources."""
