"""Where each page's script lies, seen from `digits_app/pages/navigation.py`."""

from typing import Final

DRAW: Final = "draw/draw.py"
MISTAKES: Final = "mistakes/mistakes.py"
LESSON: Final = "lesson/lesson.py"
MY_HAND: Final = "my_hand/my_hand.py"
