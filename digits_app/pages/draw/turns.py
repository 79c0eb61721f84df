"""One drawing is read after the other, where many draw.

Python computes on one core at a time. Fifty drawings that all share it wait for each other
at every step, and take twice the processor time of fifty that take turns.
"""

import threading
from typing import Final

TURN: Final = threading.Lock()
"""Held by the session whose drawing is read."""
