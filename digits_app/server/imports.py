"""What takes long to import, imported by one thread while the others wait.

A package such as scikit-learn imports its own modules. Where two threads enter it by
different ones, each comes to wait for a module that the other is in. Python ends that by
handing out half a module, and one of the two fails: "cannot import name … from partially
initialized module". Each visitor's page runs in a thread of its own, and a class opens
different pages of a server that has just started.
"""

import threading
from functools import cache
from importlib import import_module
from typing import Final

FOR_READING: Final = ("pandas", "sklearn.datasets", "digits_app.reading.recognition")
"""What a drawing is answered with. Streamlit needs pandas for the canvas."""

FOR_ALL_PAGES: Final = (
    *FOR_READING,
    "digits_app.pages.caches",
    "matplotlib.backends.backend_agg",
)
"""What any page needs."""

_importing: Final = threading.Lock()


@cache  # who comes when all are there does not wait for what others import
def import_alone(modules: tuple[str, ...]) -> None:
    """Import some modules, one after the other, while no other thread does.

    Parameters
    ----------
    modules : tuple of str
        Their names.
    """
    for module in modules:
        with _importing:
            import_module(module)
