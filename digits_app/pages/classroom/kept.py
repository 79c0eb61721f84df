"""What is kept, where and until when, in the words of the page."""

import time
from datetime import datetime

from digits_app.classroom.joining import Classroom
from digits_app.classroom.place import kept_on


def whose() -> str:
    """Whose computer keeps the digits, as the teacher in front of it is told."""
    where = kept_on()
    return "this computer" if where.startswith("your teacher") else where


def until(classroom: Classroom) -> str:
    """When a class ends by itself, as one says it: "today, 10:15"."""
    ends = datetime.fromtimestamp(classroom.ends_at)
    days = (ends.date() - datetime.fromtimestamp(time.time()).date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"{ends:%A}, {ends.day} {ends:%B}")
    return f"{day}, {ends:%H:%M}"
