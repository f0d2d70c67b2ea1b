"""Tests of files saved by many processes."""
