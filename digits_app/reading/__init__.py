"""Read a drawing: which digit, how sure, and whether it is one at all."""
