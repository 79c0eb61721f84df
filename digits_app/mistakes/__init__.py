"""The test set as a classifier reads it: judged, chosen and drawn."""
