"""Measures speed against named peers."""
