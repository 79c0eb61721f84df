"""What the browser gets from us to read a drawing by itself: `reader/`, and its rule."""
