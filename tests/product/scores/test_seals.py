"""Seals of a site: made once, standing until another takes their place, verified beside the database and elsewhere.

The month is played once, in a database of its own that commits: two people seal it at one instant.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.test import override_settings

import cast as casting
import database
from cast import Cast
from closing_scene import go_on
from congtam.audit.models import Entry
from congtam.calendars.actions import set_day
from congtam.cli import sealing, verifying
from congtam.closing.sealing import close
from congtam.cycles.models import Cycle
from congtam.cycles.opening import open_cycle
from congtam.documents.checking import changed_papers, erased_papers
from congtam.documents.keeping import keep_paper
from congtam.documents.models import KeptPaper
from congtam.engine.findings import Unusable
from congtam.engine.sealing.archive import Sealed, read_seal
from congtam.engine.sealing.body import body_digest
from congtam.engine.sealing.encoding import read
from congtam.engine.sealing.verify import verify
from congtam.evidence.keeping import path_of
from congtam.evidence.models import ErasedFile
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.objections.slips import show_slips
from congtam.ratings.actions import rate
from congtam.scores import extract as extracts
from congtam.scores import live
from congtam.scores.checking import check
from congtam.scores.keeping import erase_texts, file_of, kept
from congtam.scores.models import Run, RunScore, Seal, SealedScore, SealFile, SealText
from congtam.scores.prepared import Made, prepare
from congtam.scores.seals import seals_of, standing_seal
from congtam.scores.taking import Taken, take
from congtam.serving import keeping
from cycle_scene import OPENED, seat
from making import MONTH, Works, at
from paper_samples import DECISION
from sealed_scene import NOW, extract, leader, play, sealed, settle_limits


@dataclass
class Scene:
    """The department with June sealed; what each of two people who did it at once was told."""

    cast: Cast
    url: str
    seal: Seal
    answers: list[Seal | Refused]


@pytest.fixture(scope="module")
def played(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), other_database("sealing", database.copy("sealing")) as url:
        cast = casting._by_actions()  # by deeds: this database takes its numbers as they come
        set_day(SYSTEM, date(2030, 6, 14), "off", "3/TB")
        play(cast)
        settle_limits(cast)
        live.refresh(NOW)  # what is read in columns is read as it stands folded
        answers = at_once(cast, to_its_seal(cast))
        (made,) = seals_of(cast.units["so-a"].pk)
        yield Scene(cast, url, made, answers)


@pytest.fixture
def scene(played: Scene) -> Iterator[Scene]:
    """The scene, as it was before each test."""
    with transaction.atomic():
        yield played
        transaction.set_rollback(True)
    extracts.evaluated.cache_clear()


class other_database:  # noqa: N801
    """Django's connection on another database for a while."""

    def __init__(self, name: str, url: str):
        self.name, self.url = name, url

    def __enter__(self) -> str:
        self.before = connection.settings_dict["NAME"]
        self._switch(self.name)
        return self.url

    def __exit__(self, *_: object) -> None:
        self._switch(self.before)

    def _switch(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name
        extracts.evaluated.cache_clear()


def to_its_seal(cast: Cast) -> Cycle:
    """The month opened, its slips shown and answered by silence: nothing blocks its seal."""
    cycle = open_cycle(seat(cast), cast.units["so-a"].pk, MONTH, now=OPENED)
    go_on(cast, cycle, "draft_slip", OPENED)
    show_slips(seat(cast), cycle, now=OPENED)
    go_on(cast, cycle, "seal", OPENED)
    return cycle


def at_once(cast: Cast, cycle: Cycle) -> list[Seal | Refused]:
    """Two people press the button at one instant."""
    both = threading.Barrier(2)
    answers: list[Seal | Refused] = []

    def press() -> None:
        try:
            both.wait(10)
            answers.append(close(leader(cast), cycle, NOW))
        except Refused as refused:
            answers.append(refused)
        finally:
            connection.close()

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    return answers


def changed(statement: str, table: str) -> None:
    """Somebody changes the database behind the product's back."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER kept")
        cursor.execute(statement)
        assert cursor.rowcount == 1
    extracts.evaluated.cache_clear()


def test_of_two_people_who_seal_at_once_one_does_and_the_other_is_told(scene: Scene) -> None:
    (made,) = [one for one in scene.answers if isinstance(one, Seal)]
    (refused,) = [one for one in scene.answers if isinstance(one, Refused)]
    assert made == scene.seal
    assert "was sealed at 09:00 05/07/2030" in refused.text.en and "đã được chốt lúc" in refused.text.vi
    finals = list(Run.objects.filter(kind="final").values_list("rulebook", "scorecard"))
    assert len(finals) == len(set(finals)), "one final run of each card"
    assert (Seal.objects.count(), SealFile.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="closing.seal").count() == 1


def test_who_seals_what_somebody_else_just_sealed_is_told_and_writes_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*told: Any) -> Made:
        monkeypatch.undo()
        sealed(scene.cast)  # meanwhile
        return prepare(*told)

    said = {"criterion": "general", "period": MONTH.label, "value": 21_000_000, "by": scene.cast.people["nhan-su"]}
    rate(SYSTEM, person=scene.cast.people["an"], **said)
    monkeypatch.setattr("congtam.scores.seals.prepare", slow)
    with pytest.raises(Refused, match="Somebody else sealed this period"):
        sealed(scene.cast)
    assert len(seals_of(scene.cast.units["so-a"].pk)) == 2


def test_a_seal_holds_and_says_what_it_says_of_everyone(scene: Scene) -> None:
    checked = check(scene.seal)
    assert checked.holds, (checked.findings, checked.verdict)
    assert checked.verdict is not None
    assert checked.verdict.people == scene.seal.people == SealedScore.objects.filter(seal=scene.seal).count() == 14
    an = SealedScore.objects.get(seal=scene.seal, person=scene.cast.people["an"])
    assert (an.points, an.grade, an.post_title) == (92_000_000, "excellent", "Chuyên viên")


def test_the_same_sealed_again_has_the_same_body_whoever_does_it_whenever(scene: Scene) -> None:
    extracts.evaluated.cache_clear()
    assert body_digest(prepare(extract(scene.cast, at(9, month=8)), {}).body) == scene.seal.body
    with pytest.raises(Refused, match="says exactly this"):
        sealed(scene.cast, at(9, month=7))


def test_a_later_seal_takes_its_place_and_leaves_it_as_it_was(scene: Scene) -> None:
    before, told = file_of(scene.seal), list(SealedScore.objects.filter(seal=scene.seal).values())
    said = {"criterion": "general", "period": MONTH.label, "value": 5_000_000}
    rate(SYSTEM, person=scene.cast.people["an"], by=scene.cast.people["nhan-su"], **said)
    with pytest.raises(Refused, match="The facts changed just now"):
        from congtam.scores.seals import seal

        old = {one.card: {} for one in SealedScore.objects.filter(seal=scene.seal)}
        seal(scene.seal.agency_id, MONTH, leader(scene.cast), at(9, month=7), old)
    after = sealed(scene.cast, at(9, month=7))
    assert (after.number, after.supersedes, after.previous) == (2, scene.seal, scene.seal)
    assert standing_seal(after.agency_id, MONTH) == after
    assert SealedScore.objects.get(seal=after, person=scene.cast.people["an"]).grade == "good"
    assert file_of(scene.seal) == before
    assert list(SealedScore.objects.filter(seal=scene.seal).values()) == told
    assert check(scene.seal).holds
    assert check(after).holds


def test_nothing_is_sealed_while_a_grade_waits(scene: Scene) -> None:
    from congtam.ratings.models import Rating

    changed(
        f"UPDATE ratings_rating SET state = 'missing', value = NULL WHERE criterion = 'general' "
        f"AND person_id = {scene.cast.people['an'].pk}",
        Rating._meta.db_table,
    )
    with pytest.raises(Refused, match="no final grade yet"):
        sealed(scene.cast, at(9, month=7))


@pytest.fixture(scope="module")
def elsewhere(played: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site on another database and in another folder, from its backup; the folder."""
    folder, other = tmp_path_factory.mktemp("sites"), database.empty("sealed_elsewhere")
    (folder / "site").mkdir()
    with override_settings(SITE=folder / "site"):
        header = replace(DECISION.header, code="ABCD-EFGH-JKLM")
        told = {"agency": played.seal.agency_id, "period": played.seal.period, "now": NOW, "seal": played.seal.pk}
        keep_paper(SYSTEM, replace(DECISION, header=header), b"%PDF-1.7\n% paper\n%%EOF\n", "pdf", **told)
    keeping.backup(played.url, folder / "site", folder / "backup.tar", NOW, lambda _: None)
    keeping.bring_back(folder / "backup.tar", other, folder / "elsewhere", lambda _: None)
    return folder / "elsewhere"


@pytest.fixture
def other_site(played: Scene, elsewhere: Path) -> Iterator[Seal]:
    """The seal on that site, as it was before each test."""
    with (
        override_settings(SITE=elsewhere),
        other_database("sealed_elsewhere", ""),
        transaction.atomic(),
    ):
        yield Seal.objects.get()
        transaction.set_rollback(True)


def test_on_a_second_database_from_the_backup_every_seal_recomputes(played: Scene, other_site: Seal) -> None:
    assert other_site.body == played.seal.body
    checked = check(other_site)
    assert checked.holds, (checked.findings, checked.verdict)
    assert list(changed_papers()) == []


AN, BOOK = "Nguyễn Thị An (số {an})", "vn/national/decree-335-2025"
ONE_BYTE: dict[str, tuple[str, str, str, str]] = {  # table, statement, and what is named
    "mark": (
        "ratings_rating",
        "UPDATE ratings_rating SET value = value + 1 WHERE criterion = 'general' AND person_id = {an}",
        f"Điểm chấm tiêu chí general của {AN}, tháng 6 năm 2030, bước final trong cơ sở dữ liệu không còn như lúc ",
        "giá trị lúc chốt là 22,00, nay là 22,000001.",
    ),
    "event": (
        "work_event",
        "UPDATE work_event SET at = at + interval '1 minute' WHERE seq = (SELECT max(seq) FROM work_event "
        "WHERE activity = 'finished' AND official_id = {an} AND at < '2030-06-30')",
        "Sự kiện số ",
        "thời điểm lúc chốt là ",
    ),
    "rule": (
        "registry_copy",
        "UPDATE registry_copy SET files = replace(files::text, 'points: 70', 'points: 71')::jsonb "
        f"WHERE rulebook = '{BOOK}' AND state = 'approved'",
        f"Tệp {BOOK}/scorecards/civil_servant_month.yaml của bộ quy tắc {BOOK} trong cơ sở dữ liệu",
        "lúc chốt là “points: 70”, nay là “points: 71”",
    ),
    "calendar": (
        "calendars_day",
        "UPDATE calendars_day SET day = '2030-06-13'",
        f"Ngày 14/06/2030 trong lịch làm việc của {BOOK} trong cơ sở dữ liệu",
        "lúc chốt có, nay không còn",
    ),
    "result": (
        "scores_sealedscore",
        "UPDATE scores_sealedscore SET grade = 'excellenu' WHERE person_id = {an}",
        f"Kết quả của {AN} trên các trang không phải kết quả đã chốt: ",
        "xếp loại lúc chốt là excellent, nay là excellenu.",
    ),
}


@pytest.mark.parametrize("what", ONE_BYTE)
def test_one_byte_changed_behind_our_back_is_named(played: Scene, other_site: Seal, what: str) -> None:
    table, statement, row, differs = ONE_BYTE[what]
    an = played.cast.people["an"].pk
    changed(statement.format(an=an), table)
    checked = check(other_site)
    assert not checked.holds
    assert checked.verdict is not None
    assert checked.verdict.holds, "what was sealed is still what it was"
    told = [one.told("vi")[1] for one in checked.findings]
    assert any(one.startswith(row.format(an=an)) and differs in one for one in told), told


def test_one_byte_changed_in_a_paper_is_named(other_site: Seal) -> None:
    paper = path_of(KeptPaper.objects.get().file_id)
    whole = paper.read_bytes()
    paper.write_bytes(whole.replace(b"paper", b"paqer"))
    (changed,) = changed_papers(agency=other_site.agency_id)
    paper.unlink()
    (lost,) = changed_papers(period=other_site.period)
    paper.write_bytes(whole)
    assert changed.told("vi")[1].startswith("Văn bản ABCD-EFGH-JKLM (pdf, bản 1, mã băm ")
    assert "không còn đúng từng byte như lúc lưu" in changed.told("vi")[1]
    assert "is gone" in lost.message


def test_a_paper_erased_by_a_decision_is_told_and_is_no_finding(
    other_site: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "database", nullcontext)
    kept = KeptPaper.objects.get()
    path, whole = path_of(kept.file_id), path_of(kept.file_id).read_bytes()
    path.unlink()
    ErasedFile.objects.create(file=kept.file, number="7/QĐ-SA", at=NOW)
    found, count = list(changed_papers()), erased_papers(agency=other_site.agency_id)
    said = CliRunner().invoke(verifying.verify, ["--site"], standalone_mode=False)
    path.write_bytes(whole)
    assert (found, count, said.return_value) == ([], 1, 0), said.output
    assert "0 văn bản không còn như lúc lưu; 1 văn bản đã xóa theo quyết định." in " ".join(said.output.split())


def test_a_kept_file_that_was_changed_is_told(scene: Scene) -> None:
    data = bytearray(SealFile.objects.get(seal=scene.seal).data)
    data[60] ^= 1  # of the packed manifest
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE scores_sealfile DISABLE TRIGGER kept")
    SealFile.objects.filter(seal=scene.seal).update(data=bytes(data))
    checked = check(scene.seal)
    assert (checked.holds, checked.verdict) == (False, None)
    assert "manifest.json" in checked.findings[0].told("vi")[1]
    with pytest.raises(Refused, match="Take another copy of the seal: from a backup"):
        file_of(scene.seal)


def test_a_seal_still_verifies_after_a_person_s_texts_were_erased(scene: Scene) -> None:
    an = scene.cast.people["an"]
    assert "Nguyễn Thị An".encode() in unpacked(file_of(scene.seal))
    assert erase_texts(an.pk) >= 1
    assert not SealText.objects.filter(person=an).exists()
    left = file_of(scene.seal)
    assert "Nguyễn Thị An".encode() not in unpacked(left)
    verdict = verify(read_seal(left), scene.seal.body)
    assert verdict.holds
    assert verdict.erased == {"texts": 1}
    assert check(scene.seal).holds


def test_so_many_people_that_work_is_sealed_in_columns_get_the_same(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with what was finished after the month's end, and what came to be done only then."""
    records = prepare(extract(scene.cast), {})
    monkeypatch.setattr(extracts, "MOST_AT_ONCE", 3)
    columns = prepare(extract(scene.cast), {})
    assert "work/share" in columns.parts
    assert "facts/event" in records.parts
    assert figures(columns) == figures(records)
    assert columns.finals == records.finals
    made = sealed(scene.cast, at(6, month=7))
    Works(scene.cast).task("ghi-muon", "an", at(10), at(12, 17), at(15, 15))  # told after the seal
    checked = check(made)
    assert checked.holds, (checked.findings, checked.verdict)
    an = scene.cast.people["an"].pk
    whole = kept(made)
    part = whole.parts["work/share"]
    place = next(at for at, row in enumerate(part.rows) if row.startswith(f'["{an}"'.encode()))
    before = read(part.rows[place])[1].splitlines()
    for line in (1, len(before)):  # one byte of the first row, and of the last
        ends = part.rows[place].split(b"\\n")
        ends[line - 1] = ends[line - 1].replace(b"\\t1", b"\\t3", 1)
        rows = tuple(b"\\n".join(ends) if at == place else row for at, row in enumerate(part.rows))
        worse = replace(whole, parts={**whole.parts, part.name: replace(part, rows=rows)})
        (finding,) = verify(worse).findings
        item = before[line - 1].split("\t")[item_column(whole)]
        named = f"Phần việc của Nguyễn Thị An (số {an}), dòng {line} (công việc số {item}), không còn như lúc chốt"
        assert finding.told("vi")[1].startswith(named)


def test_so_many_people_that_a_run_is_taken_in_columns_get_the_same(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Down to every part, reason and proposal; also in the middle of the month, when work is still open, and while
    records wait to be folded."""
    for now in (at(20, 10), NOW):
        if now == NOW:
            Works(scene.cast).task("vua-den", "an", at(10), at(12, 17), at(15, 15))
        records = take(scene.seal.agency_id, MONTH, now)
        with monkeypatch.context() as few:
            few.setattr(extracts, "MOST_AT_ONCE", 3)
            columns = take(scene.seal.agency_id, MONTH, now)
        assert records.agency_run is not None
        assert columns.agency_run is None
        assert columns.legal == records.legal
        assert (columns.seq, columns.as_of) == (records.seq, records.as_of)
        assert rows_of(columns) == rows_of(records)
        assert sum(map(len, rows_of(columns).values())) == 14


def rows_of(taken: Taken) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of everyone, by card."""
    left_out = ("id", "run_id")
    return {
        card: [
            {name: value for name, value in row.items() if name not in left_out}
            for row in RunScore.objects.filter(run=run).order_by("person_id").values()
        ]
        for card, run in taken.runs.items()
    }


def item_column(sealed: Sealed) -> int:
    """Where the number of the item stands in a row of shares."""
    told = sorted((place, name) for of, name, place, _ in sealed.parts["work/columns"].values() if of == "share")
    return [name for _, name in told if name not in ("_official", "_row")].index("_item")


def figures(made: Made) -> dict[str, list[Any]]:
    """What a seal would say of each person."""
    names = ("card", "lowest", "highest", "n_items", "grade_before", "graded_by", "grade", "parts")
    return {code: [told[name] for name in names] for code, told in made.parts["results"].values()}


def unpacked(data: bytes) -> bytes:
    """Every row of a seal."""
    return b"\n".join(row for part in read_seal(data).parts.values() for row in part.rows)


def test_seals_are_listed_exported_and_verified_as_typed(
    scene: Scene, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "database", nullcontext)
    monkeypatch.setattr(verifying, "database", nullcontext)

    def typed(command: click.Command, *words: str) -> Any:
        result = CliRunner().invoke(command, words, standalone_mode=False)
        if result.exception is not None:
            raise result.exception
        return result

    (told,) = json.loads(typed(sealing.seal, "list", "--agency", "so-a", "--json").output)
    assert (told["body"], told["people"]) == (scene.seal.body, 14)
    file = tmp_path / "so-a.seal"
    typed(sealing.seal, "export", "so-a", "2030-06", str(file))
    assert file.read_bytes() == file_of(scene.seal)
    with pytest.raises(Unusable, match="no such seal"):
        typed(sealing.seal, "export", "so-b", "2030-06", str(file))
    erase_texts(scene.cast.people["an"].pk)
    with override_settings(SITE=elsewhere.parent / "site"):
        said = typed(verifying.verify, "--site", "--json")
    assert said.return_value == 0
    told = json.loads(said.stdout)
    (one,), papers = told["seals"], told["papers"]
    assert papers == []
    assert (one["holds"], one["verdict"]["erased"]) == (True, {"texts": 1})
    assert typed(sealing.seal, "make", "so-a", "2030-06", "--as", "nhan-su").return_value == 3
