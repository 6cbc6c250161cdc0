"""A register of very many rows into the database: uploaded, read, checked, versioned and kept, with events to be
folded; beside a bare COPY of the same rows of the database into tables without index or constraint.

    python bench/into_database.py [rows]        (200,000 unless given; planted faults must come back as counted)

Where the time goes: `writing_cpu_seconds` of the thread that decides and writes, `reading_cpu_seconds` of the one that
reads and checks the next step meanwhile (one of the two runs at a time), `database_cpu_seconds` of the database's
process, which runs beside them. 5,000,000 rows need about 30 GB of disk.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from intake_at_scale import MAPPING, peak_mib, planted, write_register

ROWS = 200_000
KEPT = ("work_item", "intake_record", "intake_payload", "work_event", "work_tofold")


def measure(rows: int) -> dict[str, Any]:
    """Seconds, rows a second and the peak of memory; with the database of a new site."""
    folder = Path(tempfile.mkdtemp(prefix="congtam-bench-"))
    try:
        return _measure(rows, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(rows: int, folder: Path) -> dict[str, Any]:
    from congtam.serving.packaged import start

    os.environ["DATABASE_URL"], _server = start(folder / "postgres")
    os.environ |= {"CONGTAM_SITE": str(folder / "site"), "DJANGO_SETTINGS_MODULE": "congtam.web.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    write_register(folder / "register.csv", rows)
    upload = _uploaded(folder / "register.csv")
    before = peak_mib()
    from congtam.history.actor import SYSTEM
    from congtam.intake.reading import read_upload

    begun, used, wrote, served = time.perf_counter(), time.process_time(), time.thread_time(), _database_cpu()
    outcome = read_upload(SYSTEM, upload)
    seconds, used = time.perf_counter() - begun, time.process_time() - used
    wrote, served = time.thread_time() - wrote, _database_cpu() - served
    expected = sum(planted(rows).values())
    assert outcome is not None
    assert (outcome.accepted, outcome.set_aside) == (rows - expected, expected), outcome
    peak, bare = peak_mib(), _bare_copy(folder)
    return {
        "rows": rows,
        "seconds": round(seconds, 2),
        "rows_per_second": round(rows / seconds),
        "cpu_seconds": round(used, 2),
        "reading_cpu_seconds": round(used - wrote, 2),
        "writing_cpu_seconds": round(wrote, 2),
        "database_cpu_seconds": round(served, 2),
        "rows_per_cpu_second": round(rows / max(used, served)),
        "bare_copy_seconds": round(bare, 2),
        "times_a_bare_copy": round(seconds / bare, 1),
        "peak_mib": round(peak),
        "peak_before_mib": round(before),
    }


def _database_cpu() -> float:
    """Seconds of processor the database's own process for this connection has used."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _uploaded(path: Path) -> Any:
    """The register as an upload ready to be read, in a site that knows everybody in it."""
    from congtam.history.actor import SYSTEM
    from congtam.intake import uploads
    from congtam.orgs.models import Unit
    from congtam.people.models import Person
    from congtam.sources.actions import add_source

    Person.objects.bulk_create(Person(code=f"CB{n:04d}") for n in range(2003))
    Unit.objects.bulk_create(Unit(code=f"Phòng {n}") for n in range(41))
    source = add_source(SYSTEM, "register", "Sổ", first=date(2020, 1, 1))
    upload = uploads.begin(SYSTEM, source, path.name, path.stat().st_size)
    with path.open("rb") as file:
        while piece := file.read(8 << 20):
            upload = uploads.append_piece(upload, upload.received, piece)
    return uploads.keep_mapping(SYSTEM, upload, MAPPING)


def _bare_copy(folder: Path) -> float:
    """Seconds for a COPY of the rows that were kept into bare tables, from files."""
    from django.db import connection

    total = 0.0
    with connection.cursor() as cursor:
        for table in KEPT:
            file = folder / table  # one table after the other, so that the disk holds them
            with file.open("wb") as out, cursor.copy(f"COPY {table} TO STDOUT") as copy:
                for block in copy:
                    out.write(block)
            cursor.execute(f"CREATE TABLE bare_{table} AS SELECT * FROM {table} LIMIT 0")
            begun = time.perf_counter()
            with file.open("rb") as told, cursor.copy(f"COPY bare_{table} FROM STDIN") as copy:
                while block := told.read(1 << 16):
                    copy.write(block)
            total += time.perf_counter() - begun
            cursor.execute(f"DROP TABLE bare_{table}")
            file.unlink()
    return total


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS), indent=1))
