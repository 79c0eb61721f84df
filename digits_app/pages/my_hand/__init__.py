"""The My hand page."""
