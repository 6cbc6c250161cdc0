"""Which program computed: its own version and those of the libraries that figures pass through."""

import platform
from importlib.metadata import version

from congtam import __version__

THROUGH = ("pydantic", "PyYAML", "numpy", "pyarrow", "duckdb", "sqlglot")


def program() -> dict[str, str]:
    """Versions by name, as installed."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"congtam": __version__, "python": python, **{name.lower(): version(name) for name in THROUGH}}


def differing(sealed: dict[str, str]) -> list[str]:
    """What has another version here than where it was sealed, in words; the program itself first."""
    own = program()
    names = sorted(own.keys() | sealed.keys(), key=lambda name: (name != "congtam", name))
    return [
        f"{name} {sealed.get(name, '–')} → {own.get(name, '–')}" for name in names if sealed.get(name) != own.get(name)
    ]
