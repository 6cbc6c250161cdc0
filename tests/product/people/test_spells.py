"""Posts and spells: dated edits, corrections that supersede, what was known then, and who is where."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cast import BEGAN, Cast
from congtam.audit.queries import entries
from congtam.history.actor import SYSTEM
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.history.sequence import last_known
from congtam.people.actions import (
    add_person,
    begin_spell,
    correct_spell,
    end_spell,
    rename_person,
    set_post,
    withdraw_spell,
)
from congtam.people.models import PersonText, PostSpan, Spell
from congtam.people.queries import names_of, posts_held, search, staff_of, units_of, units_of_all

JUNE, JULY, AUGUST = date(2025, 6, 1), date(2025, 7, 1), date(2025, 8, 1)


def moved(cast: Cast) -> Spell:
    """An leaves Phòng Một with June and begins in Phòng Hai in August."""
    end_spell(SYSTEM, cast.spells["an"], JULY, "21/QĐ")
    post = set_post(
        SYSTEM, "vi-tri-moi", unit=cast.units["phong-hai"], title="Chuyên viên", duty_group="staff", first=AUGUST
    )
    return begin_spell(
        SYSTEM, code="ct-an-2", person=cast.people["an"], post=post, staff_kind="civil_servant", first=AUGUST
    )


def test_units_of_follows_the_days_and_remembers_the_last_after_leaving(cast: Cast) -> None:
    moved(cast)
    one, two = cast.units["phong-mot"].pk, cast.units["phong-hai"].pk
    an = cast.people["an"].pk
    assert units_of(an, date(2025, 2, 28)) == []
    assert units_of(an, date(2025, 6, 30)) == [one]
    assert units_of(an, JULY) == [one]  # between two posts: the last one
    assert units_of(an, AUGUST) == [two]
    assert units_of_all([an, cast.people["chi"].pk], AUGUST) == {an: [two], cast.people["chi"].pk: [two]}


def test_a_person_in_two_posts_is_in_two_units(cast: Cast) -> None:
    begin_spell(
        SYSTEM,
        code="ct-an-kiem",
        person=cast.people["an"],
        post=cast.posts["chi"],
        staff_kind="civil_servant",
        first=JUNE,
    )
    assert set(units_of(cast.people["an"].pk, JUNE)) == {cast.units["phong-mot"].pk, cast.units["phong-hai"].pk}


def test_an_ended_spell_is_a_new_row_and_the_old_one_stays_as_it_was(cast: Cast) -> None:
    before = last_known()
    ended = end_spell(SYSTEM, cast.spells["an"], JULY, "21/QĐ")
    old = Spell.objects.get(seq=cast.spells["an"].seq)
    assert old.replaced_by == ended.seq
    assert (old.days.upper, old.decision) == (None, "01/QĐ-SA")
    assert (ended.days.upper, ended.decision, ended.code) == (JULY, "21/QĐ", "ct-an")
    assert [one.seq for one in Spell.standing().filter(code="ct-an")] == [ended.seq]
    assert [one.seq for one in Spell.known_at(before).filter(code="ct-an")] == [old.seq]
    assert [one.seq for one in Spell.known_at(last_known()).filter(code="ct-an")] == [ended.seq]


def test_a_correction_supersedes_and_can_change_post_and_kind(cast: Cast) -> None:
    corrected = correct_spell(
        SYSTEM, cast.spells["an"], first=JUNE, post=cast.posts["binh"], staff_kind="contract", decision="30/QĐ"
    )
    assert (corrected.post_id, corrected.staff_kind, corrected.days.lower) == (cast.posts["binh"].pk, "contract", JUNE)
    assert Spell.objects.filter(code="ct-an").count() == 2


def test_two_people_who_edit_one_spell_do_not_overwrite_each_other(cast: Cast) -> None:
    seen = cast.spells["an"]
    end_spell(cast_actor(cast), seen, JULY)
    with pytest.raises(Conflict) as told:
        correct_spell(SYSTEM, seen, first=JUNE)
    assert told.value.by == cast.account("personnel").pk
    assert "Phạm Thu Hà" in told.value.naming("Phạm Thu Hà").vi
    with pytest.raises(Conflict):
        end_spell(SYSTEM, Spell.objects.get(seq=seen.seq), JULY, expected=seen.seq)


def cast_actor(cast: Cast):  # type: ignore[no-untyped-def]
    from congtam.history.actor import Actor

    return Actor(cast.account("personnel").pk, cast.posts["nhan-su"].pk)


def test_a_withdrawn_spell_never_was_but_is_remembered(cast: Cast) -> None:
    withdraw_spell(SYSTEM, cast.spells["an"], "ghi nhầm người")
    assert not Spell.standing().filter(code="ct-an").exists()
    assert Spell.objects.filter(code="ct-an").exists()
    with pytest.raises(Conflict):
        withdraw_spell(SYSTEM, cast.spells["an"], "lần nữa")


def test_the_same_post_twice_on_one_day_is_refused_with_words_and_by_the_database(cast: Cast) -> None:
    again = {"person": cast.people["an"], "post": cast.posts["an"], "staff_kind": "civil_servant"}
    with pytest.raises(Refused, match="ct-an"):
        begin_spell(SYSTEM, code="ct-an-2", **again, first=JUNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Spell.objects.create(code="x", **again, days=DateRange(JUNE, None))


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    an, post = cast.people["an"], cast.posts["an"]
    with pytest.raises(Refused, match="must come after"):
        end_spell(SYSTEM, cast.spells["an"], BEGAN)
    with pytest.raises(Refused, match="does not stand"):
        begin_spell(SYSTEM, code="y", person=an, post=post, staff_kind="contract", first=date(2020, 1, 1))
    with pytest.raises(Refused, match="no kind of staff"):
        begin_spell(SYSTEM, code="y", person=an, post=cast.posts["chi"], staff_kind="friend", first=JUNE)
    with pytest.raises(Refused, match="exists"):
        begin_spell(SYSTEM, code="ct-an", person=an, post=cast.posts["chi"], staff_kind="contract", first=JUNE)
    end_spell(SYSTEM, cast.spells["an"], JUNE)
    with pytest.raises(Refused, match="had ended"):
        end_spell(SYSTEM, Spell.standing().get(code="ct-an"), JULY)


def test_the_database_keeps_facts_as_they_were_written(cast: Cast) -> None:
    rows = Spell.objects.filter(code="ct-an")
    for change in (
        lambda: rows.update(decision="đã sửa"),
        lambda: rows.update(days=DateRange(BEGAN, JULY)),
        lambda: rows._raw_delete("default"),
        lambda: rows.update(replaced_by=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    end_spell(SYSTEM, cast.spells["an"], JULY)
    with pytest.raises(IntegrityError), transaction.atomic():  # a closed row is closed once
        Spell.objects.filter(seq=cast.spells["an"].seq).update(replaced_by=999)


def test_who_has_facts_cannot_be_deleted(cast: Cast) -> None:
    from django.db.models import RestrictedError

    with pytest.raises(RestrictedError):
        cast.people["an"].delete()


def test_a_post_that_changes_its_title_keeps_its_past(cast: Cast) -> None:
    post = set_post(
        SYSTEM,
        "vi-tri-truong-mot",
        unit=cast.units["phong-mot"],
        title="Trưởng phòng Tổng hợp",
        duty_group="head",
        leads=True,
        first=JULY,
    )
    titles = {span.days.lower: (span.title, span.days.upper) for span in PostSpan.standing().filter(post=post)}
    assert titles == {BEGAN: ("Trưởng phòng", JULY), JULY: ("Trưởng phòng Tổng hợp", None)}


def test_a_planned_change_stays_when_something_before_it_is_edited(cast: Cast) -> None:
    told = {"unit": cast.units["phong-mot"], "duty_group": "staff"}
    set_post(SYSTEM, "vi-tri-an", title="Từ tháng 8", first=AUGUST, **told)
    set_post(SYSTEM, "vi-tri-an", title="Từ tháng 6", first=JUNE, **told)
    spans = PostSpan.standing().filter(post=cast.posts["an"]).order_by("days")
    assert [(one.title, one.days.lower, one.days.upper) for one in spans] == [
        ("Chuyên viên", BEGAN, JUNE),
        ("Từ tháng 6", JUNE, AUGUST),
        ("Từ tháng 8", AUGUST, None),
    ]


def test_an_edit_in_the_middle_splits_what_stood(cast: Cast) -> None:
    told = {"unit": cast.units["phong-mot"], "duty_group": "staff"}
    set_post(SYSTEM, "vi-tri-an", title="Riêng tháng 6", first=JUNE, until=JULY, **told)
    spans = PostSpan.standing().filter(post=cast.posts["an"]).order_by("days")
    assert [(one.title, one.days.lower, one.days.upper) for one in spans] == [
        ("Chuyên viên", BEGAN, JUNE),
        ("Riêng tháng 6", JUNE, JULY),
        ("Chuyên viên", JULY, None),
    ]


def test_an_edit_of_the_same_days_is_a_correction(cast: Cast) -> None:
    set_post(SYSTEM, "vi-tri-an", unit=cast.units["phong-hai"], title="Khác", duty_group="staff", first=BEGAN)
    assert [one.title for one in PostSpan.standing().filter(post=cast.posts["an"])] == ["Khác"]


def test_an_unknown_function_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="no function"):
        set_post(SYSTEM, "z", unit=cast.units["so-a"], title="T", duty_group="g", functions=["king"], first=BEGAN)


def test_staff_sort_by_post_then_given_name_then_family_name(cast: Cast) -> None:
    staff = staff_of([cast.units["phong-mot"].pk, cast.units["phong-hai"].pk], JUNE)
    assert [one.full_name for one in staff] == [
        "Nguyễn Văn Bảo",
        "Đặng Thị Cúc",
        "Nguyễn Thị An",
        "Hoàng Bình",
        "Võ Mai Chi",
        "Lý Anh Dũng",
    ]
    assert (staff[0].leads, staff[0].title, staff[0].spell) == (True, "Trưởng phòng", "ct-truong-mot")


def test_people_are_found_without_diacritics_by_code_and_within_units(cast: Cast) -> None:
    def found(text: str, units: list[int] | None = None) -> list[str]:
        return [one.full_name for one in search(text, units, JUNE)]

    assert found("dung") == ["Lý Anh Dũng"]
    assert found("nguyen") == ["Nguyễn Thị An", "Nguyễn Văn Bảo"]
    assert found("CHI") == ["Võ Mai Chi"]
    assert found("nguyen", [cast.units["phong-hai"].pk]) == []


def test_the_highest_post_comes_first_with_its_agency(cast: Cast) -> None:
    begin_spell(
        SYSTEM,
        code="ct-an-kiem",
        person=cast.people["an"],
        post=cast.posts["pho-giam-doc"],
        staff_kind="civil_servant",
        first=JUNE,
    )
    held = list(posts_held(cast.people["an"].pk, JUNE))
    assert [one.title for one in held] == ["Phó Giám đốc", "Chuyên viên"]


def test_what_a_person_is_called_stands_in_one_place_and_can_be_changed(cast: Cast) -> None:
    rename_person(SYSTEM, cast.people["an"], full_name="  Nguyễn   Thị  Ẩn ", honorific="Bà")
    assert names_of([cast.people["an"].pk]) == {cast.people["an"].pk: "Nguyễn Thị Ẩn"}
    assert PersonText.objects.get(person=cast.people["an"]).search_key == "nguyen thi an"
    with pytest.raises(Refused, match="name is empty"):
        rename_person(SYSTEM, cast.people["an"], full_name=" ")


def test_a_code_is_given_once(cast: Cast) -> None:
    with pytest.raises(Refused, match="taken"):
        add_person(SYSTEM, "an", full_name="Ai Đó")
    with pytest.raises(Refused, match="name is empty"):
        add_person(SYSTEM, "moi", full_name="")


def test_the_audit_holds_numbers_and_no_names(cast: Cast) -> None:
    told = [one.text.body for one in entries(subject_kind="person", subject=cast.people["an"].pk)]
    assert told
    assert not [body for body in told if "Nguyễn" in str(body)]
