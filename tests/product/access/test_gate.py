"""Who may do what with whom: rights follow posts, delegations and mandates on the day, and nothing else."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cast import ROLES, Cast
from congtam.access.actions import give_mandate, open_account, withdraw_mandate
from congtam.access.gate import Right, holds, over_account, over_person, over_unit, points_as_of, seen_as
from congtam.access.models import Mandate
from congtam.access.seats import Role, Seat, seat_of
from congtam.history.actor import SYSTEM, Actor
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.people.actions import begin_spell, delegate, end_spell, set_post, withdraw_delegation

DAY = date(2025, 6, 10)


def seat(cast: Cast, who: str, day: date = DAY) -> Seat:
    """The seat of a user name."""
    return seat_of(cast.accounts[who], day)


def may(cast: Cast, who: str, right: Right, whom: str, day: date = DAY) -> bool:
    return over_person(seat(cast, who, day), right, cast.people[whom].pk)


def test_roles_follow_from_posts(cast: Cast) -> None:
    roles = {role: seat(cast, who).roles for role, who in ROLES.items()}
    assert roles == {
        "official": {Role.OFFICIAL},
        "head": {Role.OFFICIAL, Role.HEAD},
        "other_head": {Role.OFFICIAL, Role.HEAD},
        "leader": {Role.OFFICIAL, Role.HEAD, Role.LEADER},
        "other_leader": {Role.OFFICIAL, Role.HEAD, Role.LEADER},
        "personnel": {Role.OFFICIAL, Role.PERSONNEL},
        "owner": {Role.OFFICIAL, Role.OWNER},
        "second_owner": {Role.OFFICIAL, Role.OWNER},
        "keeper": {Role.OFFICIAL, Role.KEEPER},
        "clerk": {Role.OFFICIAL, Role.CLERK},
        "accountant": {Role.OFFICIAL, Role.ACCOUNTANT},
        "administrator": {Role.OFFICIAL, Role.ADMINISTRATOR},
        "auditor": {Role.AUDITOR},
    }


def test_before_anybody_began_nobody_has_a_right(cast: Cast) -> None:
    for who in cast.accounts:
        assert not seat(cast, who, date(2025, 2, 28)).roles


def test_an_action_is_written_down_with_the_highest_post(cast: Cast) -> None:
    assert seat(cast, "truong-mot").actor == Actor(cast.accounts["truong-mot"].pk, cast.posts["truong-mot"].pk)


def test_a_seat_costs_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for who in ("an", "truong-mot", "nhan-su", "giam-doc", "kiem-tra"):
        with django_assert_num_queries(1):
            seat(cast, who)


def test_a_head_sees_their_own_unit_s_people_and_no_others(cast: Cast) -> None:
    assert may(cast, "truong-mot", Right.SEE_POINTS, "an")
    assert not may(cast, "truong-mot", Right.SEE_POINTS, "chi")
    assert not may(cast, "truong-mot", Right.SEE_POINTS, "giam-doc")
    assert over_unit(seat(cast, "truong-mot"), Right.SEE_WORK, cast.units["phong-mot"].pk)
    assert not over_unit(seat(cast, "truong-mot"), Right.SEE_WORK, cast.units["phong-hai"].pk)


def test_an_official_sees_nobody_else(cast: Cast) -> None:
    assert may(cast, "an", Right.OWN_MONTH, "an")
    for right in Right:
        if right not in (Right.READ_RULES, Right.SEE_RESULTS):  # grades are announced in the agency
            assert not may(cast, "an", right, "binh"), right


def test_the_administrator_sees_no_scores(cast: Cast) -> None:
    for whom in ("an", "giam-doc", "truong-mot"):
        assert not may(cast, "quan-tri", Right.SEE_POINTS, whom)
    assert not holds(seat(cast, "quan-tri"), Right.SEE_UNIT)


def test_rights_go_with_the_post_from_the_day_on(cast: Cast) -> None:
    end_spell(SYSTEM, cast.spells["truong-mot"], date(2025, 7, 1))
    begin_spell(
        SYSTEM,
        code="ct-an-truong",
        person=cast.people["an"],
        post=cast.posts["truong-mot"],
        staff_kind="civil_servant",
        first=date(2025, 7, 1),
    )
    assert may(cast, "truong-mot", Right.SEE_POINTS, "binh", date(2025, 6, 30))
    assert not may(cast, "truong-mot", Right.SEE_POINTS, "binh", date(2025, 7, 1))
    assert not may(cast, "an", Right.SEE_POINTS, "binh", date(2025, 6, 30))
    assert may(cast, "an", Right.SEE_POINTS, "binh", date(2025, 7, 1))


def test_who_left_is_still_seen_where_they_last_worked(cast: Cast) -> None:
    end_spell(SYSTEM, cast.spells["binh"], date(2025, 5, 1))
    assert may(cast, "truong-mot", Right.SEE_POINTS, "binh")
    assert not may(cast, "truong-hai", Right.SEE_POINTS, "binh")


def test_nobody_rates_or_decides_on_themselves(cast: Cast) -> None:
    for who in ("truong-mot", "giam-doc", "truong-hai", "giam-doc-b"):
        for right in (Right.RATE, Right.DECIDE):
            assert not may(cast, who, right, who)
    assert may(cast, "truong-mot", Right.RATE, "an")
    assert may(cast, "giam-doc", Right.DECIDE, "truong-mot")


def test_a_deputy_to_whom_the_unit_is_lent_leads_it_but_never_rates_its_head(cast: Cast) -> None:
    lent = delegate(
        SYSTEM,
        giver=cast.people["truong-mot"],
        receiver=cast.people["an"],
        unit=cast.units["phong-mot"],
        first=date(2025, 6, 1),
        until=date(2025, 7, 1),
        decision="05/UQ",
    )
    assert may(cast, "an", Right.RATE, "binh")
    assert not may(cast, "an", Right.RATE, "truong-mot")
    assert not may(cast, "an", Right.RATE, "an")
    assert not may(cast, "an", Right.SEE_POINTS, "chi")
    assert seen_as(seat(cast, "an"), cast.people["binh"].pk) == "delegate"
    assert not may(cast, "an", Right.RATE, "binh", date(2025, 7, 1))
    withdraw_delegation(SYSTEM, lent, date(2025, 6, 5))
    assert not may(cast, "an", Right.RATE, "binh")


def test_the_head_of_a_part_is_rated_from_above_also_by_somebody_who_heads_both(cast: Cast) -> None:
    deputy = set_post(
        SYSTEM,
        "vi-tri-kiem-nhiem",
        unit=cast.units["phong-mot"],
        title="Phụ trách",
        duty_group="head",
        leads=True,
        first=date(2025, 4, 1),
    )
    begin_spell(
        SYSTEM,
        code="ct-kiem-nhiem",
        person=cast.people["giam-doc"],
        post=deputy,
        staff_kind="civil_servant",
        first=date(2025, 4, 1),
    )
    assert may(cast, "giam-doc", Right.RATE, "truong-mot")
    assert may(cast, "giam-doc", Right.RATE, "an")
    assert not may(cast, "truong-mot", Right.RATE, "giam-doc")


def test_one_leader_reaches_nothing_of_another_agency(cast: Cast) -> None:
    for right in (Right.SEE_POINTS, Right.RATE, Right.EDIT_PEOPLE, Right.OPEN_ACCOUNTS):
        assert not may(cast, "giam-doc", right, "em")
        assert not may(cast, "nhan-su", right, "em")
        assert not may(cast, "kiem-tra", right, "em")


def test_a_mandate_reads_its_scope_while_it_lasts_and_never_writes(cast: Cast) -> None:
    auditor = open_account(SYSTEM, "kiem-toan", "x" * 12)
    mandate = give_mandate(SYSTEM, auditor, "13/QĐ-TTr", cast.units["phong-mot"], date(2025, 6, 1), date(2025, 6, 30))
    held = seat_of(auditor, DAY)
    assert over_person(held, Right.SEE_POINTS, cast.people["an"].pk)
    assert not over_person(held, Right.SEE_POINTS, cast.people["chi"].pk)
    assert seen_as(held, cast.people["an"].pk) == "auditor"
    assert not seat_of(auditor, date(2025, 6, 30)).roles
    assert not held.writing.roles
    withdraw_mandate(SYSTEM, mandate)
    assert not seat_of(auditor, DAY).roles
    with pytest.raises(Conflict):
        withdraw_mandate(SYSTEM, mandate)


def test_a_mandate_needs_a_number_and_an_end_after_its_beginning(cast: Cast) -> None:
    auditor, unit = cast.accounts["kiem-tra"], cast.units["so-a"]
    with pytest.raises(Refused, match="numbered decision"):
        give_mandate(SYSTEM, auditor, " ", unit, DAY, DAY + timedelta(days=1))
    with pytest.raises(Refused, match="must come after"):
        give_mandate(SYSTEM, auditor, "1", unit, DAY, DAY)
    assert Mandate.standing().count() == 1


def test_points_of_others_are_of_last_night_unless_the_site_says_live(cast: Cast) -> None:
    head, an = seat(cast, "truong-mot"), cast.people["an"].pk
    assert points_as_of(head, an) == "last_night"
    assert points_as_of(head, an, "live") == "live"
    assert points_as_of(head, cast.people["truong-mot"].pk) == "live"


def test_accounts_of_auditors_and_of_the_own_agency_are_the_administrator_s(cast: Cast) -> None:
    administrator = seat(cast, "quan-tri")
    assert over_account(administrator, Right.OPEN_ACCOUNTS, cast.accounts["an"])
    assert over_account(administrator, Right.OPEN_ACCOUNTS, cast.accounts["kiem-tra"])
    assert not over_account(administrator, Right.OPEN_ACCOUNTS, cast.accounts["em"])
    assert not over_account(seat(cast, "nhan-su"), Right.OPEN_ACCOUNTS, cast.accounts["kiem-tra"])


def test_a_visitor_holds_nothing(cast: Cast) -> None:
    assert not holds(None, Right.READ_RULES)
    assert not over_person(None, Right.OWN_MONTH, cast.people["an"].pk)
    assert not over_unit(None, Right.SEE_WORK, cast.units["so-a"].pk)


def test_which_right_somebody_looked_by(cast: Cast) -> None:
    an = cast.people["an"].pk
    assert [seen_as(seat(cast, who), an) for who in ("truong-mot", "giam-doc", "nhan-su", "kiem-tra", "an")] == [
        "head",
        "head",
        "personnel",
        "auditor",
        "official",
    ]
