"""Builds the documentation as a site; a program of the project, never shipped."""
