"""Builds the typed client package from the API's own documents. Never shipped."""
