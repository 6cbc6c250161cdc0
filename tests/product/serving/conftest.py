"""What tests of a whole site share: one that was started before, so that only tests of a first start pay for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import database
from congtam.serving.packaged import Packaged

PREPARE = """
import os
from congtam.serving.preparing import collect_static, migrate, set_up_django
set_up_django()
migrate(os.environ["DATABASE_URL"])
collect_static()
"""


@pytest.fixture(scope="session")
def prepared() -> Path:
    """A site's folder as a first start leaves it, made once for the whole run."""
    return database.made_once("prepared", _prepare)


@pytest.fixture
def started_before(prepared: Path, tmp_path: Path) -> Path:
    """The folder of a site of this test's own, which was started and stopped before."""
    subprocess.run(["cp", "-Rp", str(prepared), str(tmp_path / "site")], check=True)  # with the owners it has
    return tmp_path / "site"


def _prepare(folder: Path) -> None:
    packaged = Packaged(folder / "postgres")
    packaged.start()
    try:
        environment = {**os.environ, "DATABASE_URL": packaged.url, "CONGTAM_SITE": str(folder)}
        subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
    finally:
        packaged.stop()
