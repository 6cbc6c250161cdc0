"""Terms, holds, lists of two people, and one person's data erased from everywhere while the seal still verifies; in the
pages, and as typed."""

import json
import unicodedata
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import click
import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congtam.access.models import Account, Look
from congtam.audit.actions import note
from congtam.audit.models import Entry
from congtam.audit.verify import verify as verify_audit
from congtam.cli import erasing
from congtam.cycles.models import Cycle
from congtam.engine.findings import Unusable
from congtam.engine.sealing.archive import read_seal
from congtam.engine.sealing.verify import verify
from congtam.evidence.keeping import keep, opened, path_of
from congtam.evidence.models import ErasedFile, Evidence, Stored
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.intake.models import Batch, SetAside, Upload
from congtam.intake.uploads import enqueue
from congtam.marking.admitting import admit
from congtam.notices.otherwise import named_otherwise
from congtam.notices.retaining import retaining
from congtam.objections.models import Request, Slip
from congtam.people.actions import add_person, begin_spell
from congtam.people.models import Person, PersonText
from congtam.people.names import search_key
from congtam.people.queries import names_of
from congtam.ratings.models import Rating
from congtam.retention import carrying_out, person
from congtam.retention.carrying_out import carry_out, unfinished
from congtam.retention.columns import ERASED, KEPT, PLAIN, SWEPT
from congtam.retention.holds import Holds, hold, release
from congtam.retention.kinds import KINDS
from congtam.retention.listing import approve, propose, propose_person, refuse
from congtam.retention.models import Done, Erasure, Hold, Line, Term
from congtam.retention.queries import ended, hindered, lists_of
from congtam.retention.terms import end_term, set_term, terms_on
from congtam.retention.things import Asked, Thing
from congtam.scores.checking import check
from congtam.scores.keeping import file_of
from congtam.scores.models import SealFile, SealText
from congtam.work.models import Item
from cycle_scene import seat
from retention_scene import LATER, NAME, PDF, Scene

pytestmark = pytest.mark.django_db
TEXTS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField,
    models.GenericIPAddressField,
)  # fmt: skip
AFTER = LATER + timedelta(days=800)


def columns() -> dict[str, set[str]]:
    """Every column of every model that holds text, JSON, bytes or a file."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(getattr(field, "base_field", field), TEXTS):
                found.setdefault(model._meta.label, set()).add(field.name)
    return found


def term(scene: Scene, kind: str, years: int = 2) -> Any:
    return set_term(
        scene.seat("nhan-su"), scene.agency, kind, years, "Quy chế thử", "Điều 3", "5/QĐ-SA", date(2030, 1, 1)
    )


def listed(scene: Scene, code: str = "an", now: Any = LATER) -> Any:
    return propose_person(scene.seat("nhan-su"), scene.agency, scene.cast.people[code], "Theo đơn", now)


def erased(scene: Scene) -> Any:
    """An's data erased by 7/QĐ-SA."""
    made = approve(scene.seat("giam-doc"), listed(scene), "7/QĐ-SA", LATER)
    assert carry_out(made.series, LATER) == 1
    return made


def test_every_column_that_holds_text_is_classed_once() -> None:
    classed: dict[str, list[str]] = {}
    for table in (ERASED, SWEPT, PLAIN, {label: kept.columns for label, kept in KEPT.items()}):
        for label, names in table.items():
            classed.setdefault(label, []).extend(names)
    assert {label: sorted(names) for label, names in classed.items()} == {
        label: sorted(names) for label, names in columns().items()
    }, "say in retention.columns what becomes of each column when a person's data are erased"


def test_nothing_has_a_term_until_the_agency_sets_one(scene: Scene) -> None:
    assert terms_on(scene.agency, AFTER.date()) == {}
    found = ended(scene.agency, date(2099, 1, 1), AFTER)
    assert all(one.term is None and not one.free and not one.held for one in found.values())
    for act, article, number in (("", "Điều 3", "5"), ("Quy chế", "", "5"), ("Quy chế", "Điều 3", " ")):
        with pytest.raises(Refused, match="legal basis"):
            set_term(scene.seat("nhan-su"), scene.agency, "looks", 2, act, article, number, date(2030, 1, 1))
    with pytest.raises(Refused, match="for the personnel office"):
        set_term(scene.seat("giam-doc"), scene.agency, "looks", 2, "Quy chế", "Điều 3", "5", date(2030, 1, 1))
    made = term(scene, "looks")
    assert terms_on(scene.agency, date(2029, 12, 31)) == {}
    assert terms_on(scene.agency, date(2030, 1, 1)) == {"looks": made}
    end_term(scene.seat("nhan-su"), made)
    assert terms_on(scene.agency, AFTER.date()) == {}


def test_a_term_ends_on_its_day_and_not_before(scene: Scene) -> None:
    term(scene, "seals")  # sealed on 18/07/2030
    assert not ended(scene.agency, date(2032, 7, 18), AFTER)["seals"].free
    (one,) = ended(scene.agency, date(2032, 7, 19), AFTER)["seals"].free
    assert (one.key, one.digest) == (str(scene.seal.pk), scene.seal.head)


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_came_to_its_end_is_listed_approved_by_another_and_erased(scene: Scene, kind: str) -> None:
    term(scene, kind)
    free = ended(scene.agency, AFTER.date(), AFTER)[kind].free
    assert free, f"the scene holds {kind}"
    made = propose(scene.seat("nhan-su"), scene.agency, kind, AFTER)
    assert ended(scene.agency, AFTER.date(), AFTER)[kind].listed == len(free)
    with pytest.raises(Refused, match="nothing to list"):
        propose(scene.seat("nhan-su"), scene.agency, kind, AFTER)
    with pytest.raises(Refused, match="for the head of the agency"):
        approve(scene.seat("nhan-su"), made, "7/QĐ-SA", AFTER)
    approved = approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER)
    with pytest.raises(Refused):
        approve(scene.seat("giam-doc"), approved, "8/QĐ-SA", AFTER)
    assert carry_out(made.series, AFTER) == len(free)
    assert carry_out(made.series, AFTER) == 0
    assert unfinished() == []
    assert all(sum(one.counts.values()) for one in Done.objects.filter(line__series=made.series))
    assert not ended(scene.agency, AFTER.date(), AFTER)[kind].free
    assert verify_audit().intact
    if kind == "seals":
        checked = check(scene.seal)
        assert checked.holds, (checked.findings, checked.verdict)


def test_files_lose_what_they_held_and_say_by_which_decision(scene: Scene) -> None:
    file, _ = keep("bao-cao.pdf", [PDF + b"bao cao"])  # handed in again, it is there again
    opened(file)
    term(scene, "evidence")
    made = propose(scene.seat("nhan-su"), scene.agency, "evidence", AFTER)
    carry_out(approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER).series, AFTER)
    with pytest.raises(Refused, match="erased by decision 7/QĐ-SA"):
        opened(file)
    assert Stored.objects.filter(pk=file.pk).exists(), "that it was there stays, by its digest"


def test_a_file_of_a_source_that_was_erased_is_not_read_again(scene: Scene) -> None:
    upload = Upload.objects.get()
    upload.state = "erased"
    upload.save()
    with pytest.raises(Refused, match="erased by a decision"):
        enqueue(SYSTEM, upload)


def test_who_made_a_list_never_approves_it(scene: Scene) -> None:
    made = listed(scene)
    both = scene.seat("giam-doc")
    with pytest.raises(IntegrityError, match="erasure_two_people"), transaction.atomic():
        type(made).objects.filter(pk=made.pk).bulk_create(
            [type(made)(series=1, agency_id=made.agency_id, kind="people", as_of=made.as_of, state="approved",
                        by_id=both.person, decided_by_id=both.person, number="1")]
        )  # fmt: skip
    refused = refuse(both, made, "Còn cần đối chiếu")
    assert refused.state == "refused"
    assert [one.state for one, _, _ in lists_of(scene.agency)] == ["refused"]
    listed(scene)  # it may be listed again


def test_what_is_held_is_neither_listed_nor_erased(scene: Scene) -> None:
    for kind in ("seals", "people"):
        term(scene, kind)
    made = propose(scene.seat("nhan-su"), scene.agency, "seals", AFTER)
    an = scene.cast.people["an"].pk
    with pytest.raises(Refused, match="a reason"):
        hold(scene.seat("nhan-su"), scene.agency, "3/CV-TTr", " ", person=an)
    held = hold(scene.seat("nhan-su"), scene.agency, "3/CV-TTr", "Đang có khiếu nại", person=an)
    (one, why) = ended(scene.agency, AFTER.date(), AFTER)["people"].held[0]
    assert (one.key, why.en) == (str(an), "it is on hold by document 3/CV-TTr")
    with pytest.raises(Refused, match="on hold by document 3/CV-TTr"):
        approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER)
    release(scene.seat("nhan-su"), held)
    approved = approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER)
    again = hold(scene.seat("nhan-su"), scene.agency, "4/CV-TTr", "Khiếu nại lần hai", kind="seals")
    assert carry_out(approved.series, AFTER) == 0, "a hold that came after the decision holds as well"
    release(scene.seat("nhan-su"), again)
    assert carry_out(approved.series, AFTER) == 1


def thing(scene: Scene, kind: str) -> Thing:
    """The first thing of a kind in the scene that has come to its end."""
    return KINDS[kind].find(Asked(scene.agency, before=AFTER))[0]


def why_held(scene: Scene, kind: str, one: Thing | None = None) -> str | None:
    why = hindered(kind, one or thing(scene, kind), Holds(scene.agency), AFTER)
    return why.en if why else None


def test_who_takes_a_post_elsewhere_after_being_listed_is_not_erased(scene: Scene) -> None:
    an, post = scene.cast.people["an"], scene.cast.posts["em"]
    made = listed(scene)
    begin_spell(SYSTEM, code="ct-moi", person=an, post=post, staff_kind="civil_servant", first=date(2030, 8, 20))
    with pytest.raises(Refused, match="holds a post"):
        approve(scene.seat("giam-doc"), made, "7/QĐ-SA", LATER)


def test_who_takes_a_post_elsewhere_after_the_approval_is_not_erased(scene: Scene) -> None:
    an, post = scene.cast.people["an"], scene.cast.posts["em"]
    made = approve(scene.seat("giam-doc"), listed(scene), "7/QĐ-SA", LATER)
    begin_spell(SYSTEM, code="ct-moi", person=an, post=post, staff_kind="civil_servant", first=date(2030, 8, 20))
    assert carry_out(made.series, LATER) == 0
    assert names_of([an.pk]) == {an.pk: NAME}
    assert unfinished() == [made.series]


def test_a_file_of_a_source_with_a_row_to_mend_is_not_erased(scene: Scene) -> None:
    term(scene, "uploads")
    made = propose(scene.seat("nhan-su"), scene.agency, "uploads", AFTER)
    upload = Upload.objects.get()
    batch = Batch.objects.create(source=upload.source, kind="upload", upload=upload)
    row = SetAside.objects.create(batch=batch, place="2", code="x", message="x", advice="x", cells={})
    with pytest.raises(Refused, match="wait to be mended"):
        approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER)
    SetAside.objects.filter(pk=row.pk).update(state="dropped", closed_at=AFTER)
    approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER)
    Upload.objects.update(state="queued")
    assert carry_out(made.series, AFTER) == 0


def test_evidence_handed_in_again_to_open_work_is_not_erased(scene: Scene) -> None:
    file, name = keep("bao-cao.pdf", [PDF + b"bao cao"])
    term(scene, "evidence")
    made = propose(scene.seat("nhan-su"), scene.agency, "evidence", AFTER)
    approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER)
    open_ = Item.objects.filter(standing__finished_at=None).first()
    Evidence.objects.create(item=open_, file=file, name=name, by=scene.cast.people["binh"], at=AFTER)
    assert carry_out(made.series, AFTER) == 0
    opened(file)


def test_a_file_is_still_there_when_erasing_was_cut_off(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    file, _ = keep("don-cua-toi.pdf", [PDF + b"don"])
    made = approve(scene.seat("giam-doc"), listed(scene), "7/QĐ-SA", LATER)

    def cut_off(*told: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(carrying_out, "note", cut_off)
        with pytest.raises(KeyboardInterrupt):
            carry_out(made.series, LATER)
    opened(file)
    assert carry_out(made.series, LATER) == 1
    assert not path_of(file.pk).exists()


def test_a_hold_of_another_agency_on_a_person_holds_that_person_whole(scene: Scene) -> None:
    an, other = scene.cast.people["an"], scene.cast.units["so-b"]
    Hold.objects.create(seq=10**9, agency=other, kind="words", person=an, period="2030-06", number="9/CV-B")
    assert why_held(scene, "people") == "it is on hold by document 9/CV-B"
    assert why_held(scene, "words") is None, "the rest of another agency is its own"


def test_looks_are_of_the_agency_in_which_somebody_worked_that_day(scene: Scene) -> None:
    an, post = scene.cast.people["an"], scene.cast.posts["em"]
    begin_spell(SYSTEM, code="ct-moi", person=an, post=post, staff_kind="civil_servant", first=date(2030, 8, 20))
    Look.objects.create(viewer=scene.cast.accounts["em"], role="leader", person=an, what="month", at=LATER)
    elsewhere = Asked(scene.cast.units["so-b"].pk, before=AFTER)
    assert [one.period for one in KINDS["looks"].find(Asked(scene.agency, before=AFTER))] == ["2030-07"]
    assert [one.period for one in KINDS["looks"].find(elsewhere)] == ["2030-09"]


def test_a_hold_holds_all_that_it_may_speak_of(scene: Scene) -> None:
    personnel, binh = scene.seat("nhan-su"), scene.cast.people["binh"].pk
    year = hold(personnel, scene.agency, "3/CV", "Thanh tra", period="2030")
    assert {kind for kind in KINDS if why_held(scene, kind)} == set(KINDS), "of the year, and what has no period"
    release(personnel, year)
    release(personnel, hold(personnel, scene.agency, "3/CV", "Thanh tra", period="2029"))
    named = hold(personnel, scene.agency, "4/CV", "Khiếu nại", person=binh)
    held = {kind for kind in KINDS if why_held(scene, kind)}
    assert held >= {"seals", "words", "evidence", "uploads"}
    assert "people" not in held, "An is somebody else"
    release(personnel, named)
    hold(personnel, scene.agency, "5/CV", "Khiếu nại", person=binh, kind="words", period="2030-Q2")
    assert {kind for kind in KINDS if why_held(scene, kind)} == {"words"}


def test_a_rater_from_outside_is_erased_once_no_admission_stands(scene: Scene) -> None:
    guest = add_person(SYSTEM, "khach", full_name="Tạ Văn Khách")
    admit(
        SYSTEM, rater=guest, decision="8/QĐ-SA", first=date(2030, 6, 1), until=date(2030, 10, 1),
        unit=scene.cast.units["phong-mot"],
    )  # fmt: skip
    with pytest.raises(Refused, match="admitted to mark others by decision 8/QĐ-SA"):
        propose_person(scene.seat("nhan-su"), scene.agency, guest, "Theo đơn", LATER)
    assert str(guest.pk) in {one.key for one in KINDS["people"].find(Asked(scene.agency, before=AFTER))}
    made = propose_person(scene.seat("nhan-su"), scene.agency, guest, "Theo đơn", AFTER)
    approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER)
    assert carry_out(made.series, AFTER) == 1


def test_many_people_are_looked_through_in_as_many_queries_as_one(scene: Scene) -> None:
    things = KINDS["people"].find(Asked(scene.agency, keys=[str(one.pk) for one in scene.cast.people.values()]))
    with CaptureQueriesContext(connection) as one:
        KINDS["people"].hindrances(things[:1], LATER)
    with CaptureQueriesContext(connection) as many:
        held = KINDS["people"].hindrances(things, LATER)
    assert len(many) == len(one)
    assert set(held) == {thing.key for thing in things} - {str(scene.cast.people["an"].pk)}


def test_the_digest_tells_who_lists_and_who_approves(scene: Scene) -> None:
    personnel, leader = scene.cast.people["nhan-su"].pk, scene.cast.people["giam-doc"].pk
    asked = {"people": [personnel, leader], "until": 10**9, "now": AFTER}
    assert list(retaining(asked, AFTER.date())) == []
    term(scene, "seals")
    (ended_,) = retaining(asked, AFTER.date())
    assert (ended_.person, ended_.what, ended_.key) == (personnel, "term_ended", f"2032-11-{scene.agency}")
    made = propose(scene.seat("nhan-su"), scene.agency, "seals", AFTER)
    (waits,) = retaining(asked, AFTER.date())
    assert (waits.person, waits.what, waits.key, waits.who) == (leader, "to_erase", str(made.series), personnel)
    told = named_otherwise([("to_erase", waits.key), ("term_ended", ended_.key)], "vi")
    assert told["to_erase", waits.key] == ("Họ tên và lý do trong bản chốt", "retention")
    assert told["term_ended", ended_.key][1] == "retention"


def test_who_holds_a_post_or_waits_for_an_answer_is_not_erased(scene: Scene) -> None:
    with pytest.raises(Refused, match="holds a post"):
        listed(scene, "binh")
    Cycle.objects.create(agency_id=scene.agency, period="2030-07", opened_at=LATER)
    with pytest.raises(Refused, match=r"July 2030 is not sealed|2030 is not sealed"):
        listed(scene)
    Cycle.objects.filter(period="2030-07").delete()
    slip = Slip.objects.filter(person=scene.cast.people["an"]).first()
    Request.objects.create(
        slip=slip, cycle=scene.cycle, person_id=slip.person_id, line="general", asked_at=LATER, due_at=LATER
    )
    with pytest.raises(Refused, match="no answer"):
        listed(scene)


def test_one_person_erased_leaves_no_name_anywhere_and_the_seal_verifies(scene: Scene) -> None:
    an = scene.cast.people["an"]
    figures = list(Rating.objects.filter(person=an).values_list("seq", "value"))
    assert len(found(NAME)) >= 9, "the name stands in many places before"
    made = erased(scene)
    kept = {f"{label}.{name}" for label, one in KEPT.items() for name in one.columns}
    assert found(NAME, "an.nguyen@so-a.vn", "0912345678") <= kept
    assert names_of([an.pk]) == {an.pk: f"Người số {an.pk} (đã xóa theo quyết định số 7/QĐ-SA)"}
    assert Person.objects.get(pk=an.pk).code == f"da-xoa-{an.pk}"
    account = Account.objects.get(pk=scene.cast.accounts["an"].pk)
    assert (account.username, account.is_active, account.has_usable_password()) == (
        f"da-xoa-{account.pk}",
        False,
        False,
    )
    assert list(Rating.objects.filter(person=an).values_list("seq", "value")) == figures
    checked = check(scene.seal)
    assert checked.holds, (checked.findings, checked.verdict)
    file = file_of(scene.seal)
    assert NAME.encode() not in b"\n".join(row for part in read_seal(file).parts.values() for row in part.rows)
    verdict = verify(read_seal(file), scene.seal.body)
    assert verdict.holds
    assert verdict.erased["texts"] == checked.verdict.erased["texts"] >= 3
    assert names_of([scene.cast.people["binh"].pk]) == {scene.cast.people["binh"].pk: "Hoàng Bình"}
    assert SealText.objects.filter(person=scene.cast.people["binh"]).exists()
    audited = verify_audit()
    assert audited.intact, audited.findings
    assert Entry.objects.filter(action="retention.erased", subject=made.series).count() == 1
    assert Entry.objects.filter(text__body__code="binh").exists(), "what is said of others stays"
    with pytest.raises(Refused, match="erased already"):
        propose_person(scene.seat("nhan-su"), scene.agency, an, "Theo đơn", AFTER)


def test_whose_name_only_begins_or_ends_with_the_erased_one_keeps_it_and_the_reasons(scene: Scene) -> None:
    alike = [form(one) for one in (f"{NAME}h", f"{NAME}2", f"D{NAME}") for form in (str, nfd)] + [nfd(NAME + "\u0302")]
    meant = [f"Cùng {NAME}.", f"Việc\n{NAME}", nfd(f"({NAME})")]
    rows = [json.dumps(["reason", at, one], ensure_ascii=False, separators=(",", ":")).encode()
            for at, one in enumerate(alike + meant)]  # fmt: skip
    SealText.objects.bulk_create(
        SealText(seal=scene.seal, place=10**6 + at, salt=b"", row=row) for at, row in enumerate(rows)
    )
    Upload.objects.update(report={"said": alike + meant}, problem="; ".join(alike + meant))
    note(SYSTEM, "evidence.hand_in", "item", 1, {"name": f"{NAME}h.pdf"})
    erased(scene)
    kept = SealText.objects.filter(place__gte=10**6).order_by("place").values_list("row", flat=True)
    assert [bytes(one) for one in kept] == rows[: len(alike)]
    gone = ["Cùng [đã xóa].", "Việc\n[đã xóa]", "([đã xóa])"]
    (upload,) = Upload.objects.all()
    assert (upload.report, upload.problem) == ({"said": alike + gone}, "; ".join(alike + gone))
    assert Entry.objects.filter(text__body__name=f"{NAME}h.pdf").exists()


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def found(*words: str) -> set[str]:
    """Every text column of the database in which one of the words stands, in any case or form."""
    forms = {
        one for word in words for one in (word, word.upper(), unicodedata.normalize("NFD", word), search_key(word))
    }
    where = set()
    for label, names in columns().items():
        model = apps.get_model(label)
        asked = [name for name in sorted(names) if (label, name) != ("scores.SealText", "salt")]
        told = ", ".join(f"bool_or({_read(label, model._meta.get_field(name))} ILIKE ANY(%(forms)s))" for name in asked)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {told} FROM {model._meta.db_table}", {"forms": [f"%{form}%" for form in forms]})
            where |= {f"{label}.{name}" for name, stands in zip(asked, cursor.fetchone(), strict=True) if stands}
    return where


def _read(label: str, field: models.Field) -> str:
    column = connection.ops.quote_name(field.column)
    if label == "scores.SealText":
        return f"convert_from({column}, 'UTF8')"
    return f"encode({column}, 'escape')" if isinstance(field, models.BinaryField) else f"{column}::text"


def test_a_worker_cut_off_in_the_middle_goes_on_where_it_stopped(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    term(scene, "papers")
    made = propose(scene.seat("nhan-su"), scene.agency, "papers", AFTER)
    approved = approve(scene.seat("giam-doc"), made, "7/QĐ-SA", AFTER)
    lines = list(Line.objects.filter(series=made.series).order_by("pk"))
    assert len(lines) == 2
    calm, seen = carrying_out.note, []

    def cut_off(*told: Any) -> None:
        seen.append(told)
        raise KeyboardInterrupt

    monkeypatch.setattr(carrying_out, "note", cut_off)  # the last step of the last line
    with pytest.raises(KeyboardInterrupt):
        carry_out(approved.series, AFTER)
    assert seen
    assert [one.line for one in Done.objects.filter(line__in=lines)] == lines[:1]
    assert unfinished() == [made.series]
    monkeypatch.setattr(carrying_out, "note", calm)
    assert carry_out(approved.series, AFTER) == 1
    assert unfinished() == []
    assert ErasedFile.objects.filter(file__in=[one.digest for one in lines]).count() == 2


def test_a_row_that_is_kept_changes_only_while_it_is_erased_and_only_in_its_words(scene: Scene) -> None:
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Evidence.objects.update(note="")
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Look.objects.all().delete()
    from congtam.history.erasing import erasing

    with pytest.raises(IntegrityError, match="written once"), erasing():
        Evidence.objects.update(at=AFTER)
    with pytest.raises(IntegrityError, match="written once"), erasing():
        SealFile.objects.update(data=b"")


def test_a_name_of_one_word_is_not_looked_for_in_other_words(scene: Scene) -> None:
    PersonText.objects.filter(person=scene.cast.people["an"]).update(full_name="An", phone="113")
    told = person.Mentions.of(scene.cast.people["an"])
    assert told.words == ("an.nguyen@so-a.vn",)
    assert told.keys == ()
    PersonText.objects.filter(person=scene.cast.people["an"]).update(email="")
    assert person.Mentions.of(scene.cast.people["an"]).words == ()
    others = SealText.objects.exclude(person=scene.cast.people["an"]).count()
    erased(scene)
    assert SealText.objects.count() == others, "where there is no word to look for, nothing mentions them"
    assert seat(scene.cast, "nhan-su", LATER).person


@pytest.fixture
def clients(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    found = {code: Client(headers={"accept-language": "vi"}) for code in ("nhan-su", "giam-doc", "binh", "kiem-tra")}
    for code, client in found.items():
        client.force_login(scene.cast.accounts[code])
    return found


def read(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def write(client: Client, name: str, *args: Any, **told: Any) -> Any:
    """Both steps of a form; where the second leads."""
    shown = client.post(reverse(name, args=args), {**told, "step": "review"})
    assert shown.status_code == 200, shown.content.decode()[:3000]
    token = shown.content.decode().split('name="token" value="')[1].split('"')[0]
    return client.post(reverse(name, args=args), {**told, "step": "write", "token": token})


def test_a_term_a_hold_and_a_person_are_done_by_two_people_in_the_pages(
    scene: Scene, clients: dict[str, Client]
) -> None:
    personnel, leader = clients["nhan-su"], clients["giam-doc"]
    assert "Lưu giữ không thời hạn: cơ quan chưa đặt" in read(personnel, "retention")
    term = {"years": 1, "act": "Quy chế lưu trữ thử", "article": "Điều 3", "number": "5/QĐ-SA", "first": "01/01/2029"}
    refused = personnel.post(reverse("retention_term", args=["seals"]), {**term, "act": "", "step": "review"})
    assert refused.status_code == 422
    assert write(personnel, "retention_term", "seals", **term).status_code == 302
    assert "Quy chế lưu trữ thử" in read(clients["kiem-tra"], "retention")
    write(personnel, "retention_hold", number="3/CV", why="Đang có khiếu nại", code="binh", kind="", period="")
    assert "Đang có khiếu nại" in read(leader, "retention")
    write(personnel, "retention_release", Hold.standing().get().pk)
    write(personnel, "retention_term_end", Term.standing().get().pk)
    assert not Term.standing().exists()

    made = write(personnel, "erasure_person", person=scene.cast.people["an"].pk, why="Theo đơn của người ấy")
    list_ = Erasure.standing().get()
    assert made["Location"] == reverse("erasure", args=[list_.series])
    assert NAME in read(leader, "erasure", list_.series)
    assert "Duyệt hoặc không duyệt" not in read(personnel, "erasure", list_.series)
    assert "1 danh sách xóa dữ liệu chờ" in read(leader, "today")
    missing = leader.post(reverse("erasure_decide", args=[list_.series]), {"verdict": "approve", "step": "review"})
    assert missing.status_code == 422
    write(leader, "erasure_decide", list_.series, verdict="approve", number="7/QĐ-SA", why="")
    carry_out(list_.series, LATER)

    for client, name, args in (
        (leader, "erasure", [list_.series]),
        (personnel, "erasure_minutes", [list_.series]),
        (clients["binh"], "results", []),
        (personnel, "journal", []),
        (personnel, "organisation", []),
    ):
        page = read(client, name, *args)
        assert NAME not in page, name
    assert "đã xóa theo quyết định số 7/QĐ-SA" in read(personnel, "erasure", list_.series)
    minutes = read(personnel, "erasure_minutes", list_.series)
    assert "Hệ thống đã xóa 1 trên 1 mục" in minutes
    assert "Trần Văn Đức" in minutes


def test_a_list_of_what_ended_is_shown_before_it_is_made(scene: Scene, clients: dict[str, Client]) -> None:
    personnel = clients["nhan-su"]
    empty = personnel.post(reverse("erasure_new", args=["looks"]), {"step": "review"})
    assert empty.status_code == 422
    assert "chưa có mục nào hết thời hạn" in empty.content.decode()
    assert personnel.get(reverse("erasure_new", args=["khong-co"])).status_code == 404
    assert personnel.get(reverse("erasure_minutes", args=[10**9])).status_code == 404


def test_one_person_is_erased_as_typed(
    scene: Scene, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "database", nullcontext)

    def typed(command: click.Command, *words: str) -> Any:
        result = CliRunner().invoke(command, words, standalone_mode=False)
        if result.exception is not None:
            raise result.exception
        return result

    told = json.loads(typed(erasing.erase, "ended", "so-a", "--json").output)
    assert told["people"] == {"years": None, "free": [], "held": {}, "listed": 0}
    assert typed(erasing.erase, "person", "an", "--why", "Theo đơn", "--as", "giam-doc").return_value == 3
    with pytest.raises(Unusable, match="no person"):
        typed(erasing.erase, "person", "ann", "--why", "Theo đơn", "--as", "nhan-su")
    with pytest.raises(click.ClickException, match="đang giữ hoặc sắp nhận một vị trí"):
        typed(erasing.erase, "person", "binh", "--why", "Theo đơn", "--as", "nhan-su")
    with pytest.raises(click.ClickException, match="Không có gì để lập danh sách"):
        typed(erasing.erase, "list", "so-a", "papers", "--as", "nhan-su")
    assert typed(erasing.erase, "person", "an", "--why", "Theo đơn", "--as", "nhan-su").return_value == 0
    number = str(Erasure.standing().get().series)
    assert typed(erasing.erase, "approve", number, "--decision", "7/QĐ", "--as", "nhan-su").return_value == 3
    said = typed(erasing.erase, "approve", number, "--decision", "7/QĐ", "--as", "giam-doc").output
    assert "Đã xóa 1 mục" in said
    assert "Đã xóa 0 mục; còn 0 danh sách" in typed(erasing.erase, "go-on").output
