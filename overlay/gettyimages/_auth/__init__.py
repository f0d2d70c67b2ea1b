"""Credentials, grants and access tokens."""
