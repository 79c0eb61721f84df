"""A PostgreSQL of one's own, as Debian installs it, until the block is left."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.support.serving import free_port

_PLACES: Final = Path("/usr/lib/postgresql")
MISSING: Final = "No PostgreSQL found. Debian: apt-get install postgresql"


def postgres_programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`; None where there is none."""
    folders = sorted(_PLACES.glob("*/bin"))
    if folders:
        return folders[-1]
    found = shutil.which("initdb")
    return None if found is None else Path(found).parent


@contextmanager
def run_postgres(programs: Path) -> Iterator[tuple[str, Path]]:
    """Run a server with an empty database; yield its address and its folder.

    It does not run as root, so root lends it to the user that Debian made for it.
    """
    user = "postgres" if os.geteuid() == 0 else None
    # Not in pytest's folder, which only its owner may enter.
    with tempfile.TemporaryDirectory(prefix="digits-postgres-", dir="/tmp") as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        data, port = folder / "data", free_port()

        def run(program: str, *options: str) -> None:
            command = [str(programs / program), "-D", str(data), *options]
            subprocess.run(
                command, check=True, cwd=folder, user=user, stdout=subprocess.DEVNULL
            )

        run("initdb", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync")
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres", folder
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
