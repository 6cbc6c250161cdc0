"""Become another program that stops when the supervisor is gone: `python -m congtam.serving.child PROGRAM …`."""

import os
import sys

from congtam.serving.orphans import stop_with_parent


def main(told: list[str]) -> None:
    """Never returns."""
    supervisor = os.getppid()
    stop_with_parent()
    if os.getppid() != supervisor:
        sys.exit(1)  # it died before we listened
    os.execv(told[0], told)


if __name__ == "__main__":
    main(sys.argv[1:])
