"""A year is sealed from the seals of its months and what other bodies sent; its seal stands alone, and a month sealed
again changes nothing of it but is shown by the next one."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from lxml.html import fromstring as html_of

from cast import Cast, build
from closing_scene import go_on
from congtam.cli import verifying
from congtam.closing.blocks import blocks
from congtam.closing.papers import Head
from congtam.closing.personal import year_form
from congtam.closing.queries import difference, letterhead_of
from congtam.closing.sealing import accept, close, supersede
from congtam.cycles.models import Cycle
from congtam.cycles.opening import open_cycle
from congtam.cycles.queries import seen_from
from congtam.cycles.year import sealed_again_since
from congtam.documents.render import docx
from congtam.engine.explaining.formats import points
from congtam.engine.scoring.points import half_up
from congtam.engine.sealing.archive import Sealed, read_seal
from congtam.engine.sealing.beside import beside
from congtam.engine.sealing.body import body_digest
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.recompute import RESULTS
from congtam.engine.sealing.verify import verify
from congtam.history.refused import Refused
from congtam.history.sequence import take
from congtam.registry import actions as registry
from congtam.scores.checking import check
from congtam.scores.extract import extract_now
from congtam.scores.keeping import file_of
from congtam.scores.models import Seal, SealFile
from congtam.scores.seals import sealed_scores
from cycle_scene import seat
from making import DECREE, ONE
from month_scene import BEGAN
from sealed_scene import OF_A
from year_scene import NOW, OPENED, POINT, UNSEALED, YEAR, month_sealed, points_of, year_on_the_way

pytestmark = pytest.mark.django_db
MONTHS = [number for number in range(1, 13) if number != 7]


@pytest.fixture(scope="module")
def scene(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[Cast, Cycle, Seal]]:
    """The year sealed with July accepted as a gap; each test takes back what it did."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        cast = build()
        cycle = year_on_the_way(cast)
        (gap,) = blocks(cycle, NOW)
        assert (gap.kind, gap.about, gap.can_be_accepted) == ("month", f"month:{UNSEALED}", True)
        with pytest.raises(Refused, match="July 2030 is not sealed, and 14 people have no result"):
            close(seat(cast, "giam-doc", NOW), cycle, NOW)
        accept(seat(cast, "giam-doc", NOW), cycle, gap.about, "Hệ thống hỏng cả tháng, biên bản 03/BB", NOW)
        yield cast, cycle, close(seat(cast, "giam-doc", NOW), cycle, NOW)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def mean(totals: list[int]) -> int:
    return half_up(Fraction(sum(totals), len(totals)))


def test_everyone_has_the_mean_of_their_sealed_months_and_of_those_received(scene: tuple[Cast, Cycle, Seal]) -> None:
    cast, _, seal = scene
    said = sealed_scores(seal)
    for place, code in enumerate(OF_A):
        totals = [points_of(month, place) * POINT for month in MONTHS if (code, month) != ("an", 3)]
        totals += [95 * POINT] if code == "an" else []
        assert said[cast.people[code].pk].points == mean(totals), code
        assert said[cast.people[code].pk].grade == "good"


def test_the_seal_of_a_year_recomputes_alone_and_is_that_of_the_database(scene: tuple[Cast, Cycle, Seal]) -> None:
    _, _, seal = scene
    stored = read_seal(file_of(seal))
    assert stored.body["format"] == "congtam-seal-2"
    assert not stored.parts["facts/event"].rows, "no record of work is needed"
    verdict = verify(stored, seal.body)
    assert verdict.holds and verdict.people == 14, verdict.findings
    found = check(seal)
    assert found.holds, found.findings


def typed(words: list[str]) -> Result:
    return CliRunner().invoke(verifying.verify, words, standalone_mode=False)


def said(told: Result) -> str:
    """What a command says, wherever its lines end."""
    return " ".join(told.output.split())


def test_a_month_of_another_content_beside_it_is_named_with_the_person(
    scene: tuple[Cast, Cycle, Seal], tmp_path: Path
) -> None:
    cast, _, seal = scene
    year = read_seal(file_of(seal))
    june = Seal.objects.get(period="2030-06")
    same = read_seal(bytes(SealFile.objects.get(seal=june).data))
    assert list(beside(year, same)) == []
    told = {code: points_of(6, place) for place, code in enumerate(OF_A)} | {"an": 91}
    other = month_sealed(cast, "2030-06", told, NOW)
    found = list(beside(year, read_seal(bytes(SealFile.objects.get(seal=other).data))))
    assert [one.code for one in found] == ["other-month", "month-differs"]
    assert found[1].message.startswith(f"June 2030: Nguyễn Thị An ({cast.people['an'].pk}): the year holds ")
    assert [one.code for one in beside(year, year)] == ["month-not-held"]
    files = [tmp_path / name for name in ("2030.seal", "06.seal", "06-2.seal")]
    for file, one in zip(files, (seal, june, other), strict=True):
        file.write_bytes(file_of(one) if one is seal else bytes(SealFile.objects.get(seal=one).data))
    right, wrong = (typed([str(files[0]), "--month", str(files[at])]) for at in (1, 2))
    assert (right.return_value, wrong.return_value) == (0, 1)
    assert "Nguyễn Thị An" in said(wrong) and "tháng 6 năm 2030" in said(wrong)


def test_what_is_not_as_it_was_sealed_is_told_and_never_compared(
    scene: tuple[Cast, Cycle, Seal], tmp_path: Path
) -> None:
    year = read_seal(file_of(scene[2]))
    june = read_seal(bytes(SealFile.objects.get(seal__period="2030-06").data))
    files = {"2030": year, "06": june, "year": _broken(year, "months"), "forged": _broken(june, RESULTS)}
    for name, one in files.items():
        (tmp_path / name).write_bytes(one.to_bytes())
    told = typed([str(tmp_path / "2030"), "--month", str(tmp_path / "forged"), "--lang", "en"])
    assert told.return_value == 1 and "seal the year again" not in said(told)
    assert said(told).index("Intact; computed again") < said(told).index("The seal of 2030-06 beside it was changed")
    told = typed([str(tmp_path / "year"), "--month", str(tmp_path / "06"), "--lang", "en"])
    assert told.return_value == 1 and "Changed; not computed again" in said(told)
    assert "This month was not compared" in said(told)
    told = typed(["--site", "--month", str(tmp_path / "06"), "--lang", "en"])
    assert told.return_value == 2 and "--month goes with the file" in said(told)
    part = Part.of(RESULTS, 1, [["an", "no result"]], b"")
    body = {**june.body, "parts": {**june.body["parts"], RESULTS: part.told()}}
    envelope = {**june.envelope, "body": body_digest(body)}
    unread = replace(june, body=body, envelope=envelope, head=None, parts={**june.parts, RESULTS: part})
    assert [one.code for one in beside(year, unread)] == ["months-unread"]


def _broken(sealed: Sealed, name: str) -> Sealed:
    """The seal with one row of a part no longer a row."""
    part = sealed.parts[name]
    return replace(sealed, parts={**sealed.parts, name: replace(part, rows=(b"[1", *part.rows[1:]))})


def test_one_s_year_shows_each_month_and_where_its_points_come_from(
    scene: tuple[Cast, Cycle, Seal], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, _, seal = scene
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    client.force_login(cast.accounts["an"])
    shown = text_of_page(client.get(reverse("my_year"), {"nam": "2030"}).content.decode())
    total = points(sealed_scores(seal)[cast.people["an"].pk].points, "vi")
    assert f"Kết quả năm đã chốt: {total} điểm, Hoàn thành tốt nhiệm vụ" in shown
    assert "Trang này nói về thời điểm" in shown
    assert f"Tổng {total}/100,00 điểm." in shown and "Trung bình của 11 tháng." in shown
    assert shown.count("Đã chốt ") == 10 and "03/2030 95,00 Nơi khác gửi, phiếu 12/KQ, Sở B" in shown
    assert "07/2030 – Chưa chốt; chưa đủ việc" in shown
    assert client.get(reverse("my_year"), {"nam": "2030-06"}).status_code == 404


def text_of_page(html: str) -> str:
    return " ".join(" ".join(html_of(html).itertext()).split())


def test_a_month_sealed_again_is_shown_by_the_next_seal_of_the_year(
    scene: tuple[Cast, Cycle, Seal], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, cycle, seal = scene
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    leader, an = seat(cast, "giam-doc", NOW), cast.people["an"]
    before = file_of(seal)
    with pytest.raises(Refused, match="nothing to seal again"):
        supersede(leader, cycle, "Thử", NOW)
    told = {code: points_of(5, place) for place, code in enumerate(OF_A)}
    month_sealed(cast, "2030-05", told | {"an": told["an"] + 11}, NOW)
    written = copy(seal)
    written.known = take(1)[0]  # as if the year had been written after that, from what it knew before
    for one in (seal, written):
        assert [month.label for month in sealed_again_since(cycle, one)] == ["2030-05"]
    client.force_login(cast.accounts["giam-doc"])
    page = text_of_page(client.get(reverse("closing_cycle", args=[cycle.pk])).content.decode())
    assert "Chốt sau bản này: 05/2030." in page
    assert file_of(seal) == before and check(seal).holds, "the year's seal stays as it was"
    again = supersede(leader, cycle, "Chốt lại tháng 5 theo QĐ 20", NOW)
    (change,) = difference(seal, again)
    assert change.person == an.pk and change.before is not None and change.after is not None
    assert (change.after.points or 0) - (change.before.points or 0) == POINT, "eleven months, eleven points"
    assert sealed_again_since(cycle, again) == [] and check(again).holds and check(seal).holds


def test_a_month_another_agency_did_not_seal_is_a_gap_of_whoever_was_there(scene: tuple[Cast, Cycle, Seal]) -> None:
    cast, cycle, _ = scene
    dung, agency = cast.people["dung"].pk, cast.units["so-b"].pk
    march = {one.agency_id: one for one in Seal.objects.filter(period="2030-03")}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # as if Sở B had never sealed it
        for table, column in (("sealedscore", "seal_id"), ("sealfile", "seal_id"), ("seal", "id")):
            cursor.execute(f"DELETE FROM scores_{table} WHERE {column} = %s", [march[agency].pk])
    (block,) = blocks(cycle, NOW)
    assert (block.about, block.can_be_accepted) == (f"month:2030-03:{agency}", True)
    assert block.what.en.startswith("March 2030 of Sở B is not sealed, and 1 person graded there has no result (Lý Anh")
    extract = extract_now(cycle.agency_id, YEAR, seen_from(cycle, NOW))
    held = {row.subject: row for row in extract.without_work.sealed if row.period == "2030-03"}
    assert (held[str(dung)].points, held[str(dung)].seal) == (None, "")
    binh = held[str(cast.people["binh"].pk)]
    assert (binh.points is not None, binh.seal) == (True, march[cycle.agency_id].body)


def test_the_form_of_a_year_holds_its_months_as_its_seal_does(scene: tuple[Cast, Cycle, Seal]) -> None:
    cast, cycle, seal = scene
    an, head = cast.people["an"], Head("21/PĐG-SA", NOW.date(), letterhead_of(cycle.agency_id))
    with pytest.raises(Refused, match="made from the seal of a year"):
        year_form(Seal.objects.get(period="2030-06"), an, head, NOW.date())
    month_sealed(cast, "2030-05", {"an": 99}, NOW)  # sealed again since: this paper is of the year's seal
    paper = year_form(seal, an, head, NOW.date())
    held = {one.period: (one.points, one.counted) for one in paper.months}
    may = points_of(5, OF_A.index("an")) * POINT
    assert len(held) == 12 and held["tháng 5 năm 2030"] == (may, "Tính")
    assert held["tháng 3 năm 2030"] == (95 * POINT, "Tính, theo phiếu 12/KQ, Sở B")
    assert held["tháng 7 năm 2030"] == (None, "Chưa có kết quả đã chốt")
    total = sealed_scores(seal)[an.pk].points
    assert (paper.year, paper.average, paper.name) == (2030, total, "Nguyễn Thị An")
    shown = "".join(etree.fromstring(ZipFile(BytesIO(docx(paper))).read("word/document.xml")).itertext())
    assert all(one in shown for one in ("21/PĐG-SA", points(total, "vi"), "95,00", "12/KQ, Sở B"))


def test_a_changed_score_of_a_month_is_told_by_the_site(scene: tuple[Cast, Cycle, Seal]) -> None:
    _, _, seal = scene
    june = Seal.objects.get(period="2030-06")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # behind the back of every trigger
        cursor.execute("UPDATE scores_sealfile SET data = %s WHERE seal_id = %s", [_other(june), june.pk])
    assert any("June 2030" in one.message for one in check(seal).findings)


def _other(seal: Seal) -> bytes:
    """The seal's file with one point more for its first person."""
    sealed = read_seal(bytes(SealFile.objects.get(seal=seal).data))
    (code, told), *others = sealed.parts[RESULTS].values()
    worse = told | {name: told[name] + POINT for name in ("lowest", "highest")}
    part = Part.of(RESULTS, 1, [[code, worse], *others], b"")
    return replace(sealed, parts={RESULTS: part}).to_bytes()


def test_a_quarter_is_the_mean_of_its_three_sealed_months(scene: tuple[Cast, Cycle, Seal]) -> None:
    cast, _, _ = scene
    with transaction.atomic():
        registry.add_card(ONE, DECREE, "civil_servant_quarter", True, BEGAN)
        keeper = seat(cast, now=OPENED)
        cycle = open_cycle(keeper, cast.units["so-a"].pk, "2030-Q1", "03/KH-SA", now=OPENED)
        go_on(cast, cycle, "seal", NOW)
        assert blocks(cycle, NOW) == []
        seal = close(seat(cast, "giam-doc", NOW), cycle, NOW)
        said = sealed_scores(seal)
        for place, code in enumerate(OF_A):
            march = 95 if code == "an" else points_of(3, place)
            totals = [one * POINT for one in (points_of(1, place), points_of(2, place), march)]
            one = said.get(cast.people[code].pk)
            assert (one.points if one else None) == (None if code == "dung" else mean(totals)), code
        assert cast.people["dung"].pk not in said, "Sở B grades the quarter that began there"
        assert verify(read_seal(file_of(seal))).holds
        transaction.set_rollback(True)
