"""From a hand to 8x8 pixels: the ink, the five steps, the tilted copies."""
