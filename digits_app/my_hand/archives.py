"""Arrays in an archive that came from a stranger's disk.

It may be anything: damaged, locked with a password, packed in a way that takes gigabytes
to unpack, or with a list of contents that takes seconds to read. So what it announces is
looked at first, and no code in it is run (`allow_pickle=False`).
"""

from collections.abc import Collection
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np
from numpy.typing import NDArray

MAX_MEMBERS: Final = 100
"""Most files in an archive; ours have four."""

_ENTRY: Final = b"PK\x01\x02"
"""How each entry in a ZIP's list of contents begins (PKWARE APPNOTE, 4.3.12)."""


def read_arrays(
    content: bytes, name: str, wanted: Collection[str], max_unpacked: int
) -> dict[str, NDArray[Any]]:
    """Read arrays from a NumPy archive, or from a ZIP that holds one.

    Parameters
    ----------
    content : bytes
        The file as it came.
    name : str
        The NumPy archive's name in a ZIP.
    wanted : collection of str
        Names of the arrays.
    max_unpacked : int
        Most bytes that the archive may hold once unpacked.

    Returns
    -------
    dict of str to ndarray
        Those that are there.

    Raises
    ------
    Exception
        Of whatever kind: so many readers take part that no list of errors is complete.
        See `digits_app.drawing.errors.any_failure_as`.

    Examples
    --------
    >>> file = BytesIO()
    >>> np.savez(file, target=np.arange(3))
    >>> read_arrays(file.getvalue(), "digits.npz", ["target", "data"], 1000)
    {'target': array([0, 1, 2])}
    """
    if name in _names(content, max_unpacked):
        with ZipFile(BytesIO(content)) as archive:
            content = archive.read(name)
        _names(content, max_unpacked)
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        return {each: arrays[each] for each in wanted if each in arrays}


def _names(content: bytes, max_unpacked: int) -> list[str]:
    """List what is in a ZIP, if it is not too much."""
    if len(content) > max_unpacked or content.count(_ENTRY) > MAX_MEMBERS:
        raise ValueError("the archive is too large")
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
    if sum(part.file_size for part in parts) > max_unpacked:
        raise ValueError("the archive unpacks to too much")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise ValueError("the archive is packed in a way that NumPy never does")
    return [part.filename for part in parts]
