"""What the page draws at a step of the lesson, each scene in a module."""
