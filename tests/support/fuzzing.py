"""How many examples Hypothesis tries.

The checks try the same few each time. `make fuzz` tries many more, and others each time.
"""

import os
from typing import Final

from hypothesis import settings

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "check")
TIMES_MORE: Final = {"check": 1, "fuzz": 20}

settings.register_profile("check", derandomize=True, deadline=None)
settings.register_profile("fuzz", deadline=None, print_blob=True)


def examples(n: int) -> settings:
    """As many examples as a check has time for."""
    return settings(settings.get_profile(PROFILE), max_examples=n * TIMES_MORE[PROFILE])
