"""Stores a seal of this release beside this file: the invented month of `sealed_scene`. Later versions verify it.

python tests/sealed/store.py          once for each release, before it is tagged
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import database  # noqa: E402


def store() -> Path:
    """The file written."""
    database.begin()
    os.environ["DJANGO_SETTINGS_MODULE"] = "congtam.web.settings"
    try:
        return _stored()
    finally:
        database.end()


def _stored() -> Path:
    import django

    django.setup()
    database.copy("stored")
    from django.db import connection

    import cast as casting
    import sealed_scene
    from congtam import __version__
    from congtam.scores.keeping import file_of

    connection.settings_dict["NAME"] = "stored"
    cast = casting.build()
    sealed_scene.play(cast)
    sealed_scene.settle_limits(cast)
    to = HERE / f"{__version__}.seal"
    to.write_bytes(file_of(sealed_scene.sealed(cast)))
    connection.close()
    return to


if __name__ == "__main__":
    sys.stdout.write(f"{store()}\n")
