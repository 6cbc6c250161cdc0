"""Run beside a site that runs: fills it for the kill test (`fill`), and counts what is there at the end (`count`)."""

import json
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from congtam.serving.preparing import set_up_django

set_up_django()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

import cast as casting  # noqa: E402
from congtam.audit.actions import close_batch  # noqa: E402
from congtam.audit.verify import verify  # noqa: E402
from congtam.history.actor import SYSTEM, Actor  # noqa: E402
from congtam.people.actions import add_person, begin_spell, set_post  # noqa: E402
from congtam.registry.actions import add_card, adopt, approve_copy  # noqa: E402
from congtam.scores.full import nightly  # noqa: E402
from congtam.sources.actions import add_datum, add_source, make_token, set_authority  # noqa: E402

BOOK, CARD, FIRST = "vn/national/decree-335-2025", "civil_servant_month", date(2026, 1, 1)
MORE = 24  # officials beside the cast


def fill() -> dict[str, object]:
    """The department of the tests with some more officials, one rulebook, one source."""
    made = casting.build()
    codes = ["an", "binh", "chi", "dung"]
    for number in range(MORE):
        code, unit = f"x{number}", made.units[("phong-mot", "phong-hai")[number % 2]]
        person = add_person(SYSTEM, code, full_name=f"Người {number}")
        post = set_post(SYSTEM, f"vt-{code}", unit=unit, title="Chuyên viên", duty_group="staff", first=casting.BEGAN)
        begin_spell(
            SYSTEM, code=f"ct-{code}", person=person, post=post, staff_kind="civil_servant", first=casting.BEGAN
        )
        codes.append(code)
    owner, approver = (Actor(made.account(role).pk) for role in ("owner", "second_owner"))
    approve_copy(approver, adopt(owner, BOOK, first=FIRST, number="1/QĐ"))
    add_card(owner, BOOK, CARD, True, FIRST)
    source = add_source(SYSTEM, "nguon", "Nguồn", first=FIRST)
    datum = add_datum(SYSTEM, "task", "Nhiệm vụ", work_kind="task")
    set_authority(SYSTEM, datum, made.units["so-a"], source, first=FIRST, number="2/QĐ")
    return {"token": make_token(SYSTEM, source, "thử"), "codes": codes}


def count() -> dict[str, object]:
    """What arrived, whether live scores are what a full run says, and whether the audit is intact."""
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for name, query in {
            "records": "SELECT count(*) FROM intake_record WHERE standing",
            "versions": "SELECT count(*) FROM intake_record",
            "events": "SELECT count(*) FROM work_event",
            "items": "SELECT count(*) FROM work_item",
            "set_aside": "SELECT count(*) FROM intake_setaside",
            "waiting": "SELECT (SELECT count(*) FROM work_tofold) + (SELECT count(*) FROM scores_mark)",
        }.items():
            cursor.execute(query)
            found[name] = cursor.fetchone()[0]
    runs = nightly(timezone.now())
    close_batch(patience_ms=5000)
    verdict = verify()
    return found | {
        "compared": sum(run.compared for run in runs),
        "differing": sum(run.differing for run in runs),
        "intact": verdict.intact,
        "entries": verdict.entries,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"fill": fill, "count": count}[sys.argv[1]]()))
