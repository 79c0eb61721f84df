"""The pages: read the widgets, call the core, show."""
