"""Measurements of accuracy and speed; each prints a table."""
