"""Every address of the site × every role, from the URL table itself: a new page without a rule fails here, and so does
a page that lets somebody in, or keeps somebody out, other than this file says by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate

from cast import PASSWORD, ROLES, Cast
from congtam.access.actions import open_account
from congtam.access.gate import Right
from congtam.history.actor import SYSTEM
from congtam.marking.admitting import admit
from congtam.people.actions import add_person
from congtam.web.asking import Rule

POSTED = frozenset(ROLES) - {"auditor"}  # everybody who holds a post
HEADS = frozenset({"head", "leader"})
OTHER_HEADS = frozenset({"other_head", "other_leader"})
OWNERS = frozenset({"owner", "second_owner"})

# Who holds a right over Bình and Phòng Một of Sở A …
OVER_OURS: dict[Right, frozenset[str]] = {
    Right.OWN_MONTH: frozenset({"official"}),  # asked for An's own month
    Right.SEE_POINTS: HEADS | {"personnel", "auditor"},
    Right.SEE_WORK: HEADS | {"auditor"},
    Right.SEE_UNIT: HEADS | {"personnel", "auditor"},
    Right.OWN_WORK: frozenset({"official"}),
    Right.BE_ASKED: frozenset({"official"}),
    Right.GIVE_WORK: HEADS,
    Right.SEE_REGISTERS: frozenset({"clerk", "leader", "auditor"}),
    Right.KEEP_REGISTERS: frozenset({"clerk"}),
    Right.SEE_CYCLE: frozenset({"personnel", "leader", "auditor"}),
    Right.KEEP_CYCLE: frozenset({"personnel"}),
    Right.ANSWER: HEADS,
    Right.SEAL: frozenset({"leader"}),
    Right.SEE_RESULTS: frozenset({"official", "head", "auditor"}),  # of Phòng Một, where they work
    Right.SEE_FUND: frozenset({"accountant", "personnel", "leader", "auditor"}),
    Right.KEEP_FUND: frozenset({"accountant"}),
    Right.APPROVE_FUND: frozenset({"leader"}),
    Right.SEE_RETENTION: frozenset({"personnel", "leader", "auditor"}),
    Right.KEEP_RETENTION: frozenset({"personnel"}),
    Right.APPROVE_ERASURE: frozenset({"leader"}),
    Right.EXEMPT: frozenset({"leader"}),
    Right.RATE: HEADS,
    Right.DECIDE: HEADS,
    Right.EDIT_PEOPLE: frozenset({"personnel"}),
    Right.OPEN_ACCOUNTS: frozenset({"administrator"}),
    Right.READ_RULES: frozenset(ROLES),
    Right.CHANGE_RULES: OWNERS,
    Right.SEE_SOURCES: OWNERS | {"keeper", "personnel", "leader", "auditor", "administrator"},
    Right.KEEP_SOURCES: OWNERS | {"keeper", "administrator"},
    Right.READ_AUDIT: frozenset({"auditor", "leader", "personnel"}),
    Right.SEE_SYSTEM: frozenset({"administrator"}),
}
# … over Em and Sở B, another agency …
LEADS_THERE = (
    Right.SEE_POINTS,
    Right.SEE_WORK,
    Right.SEE_UNIT,
    Right.GIVE_WORK,
    Right.SEE_REGISTERS,
    Right.SEE_CYCLE,
    Right.ANSWER,
    Right.SEAL,
    Right.SEE_RESULTS,
    Right.SEE_FUND,
    Right.APPROVE_FUND,
    Right.SEE_RETENTION,
    Right.APPROVE_ERASURE,
    Right.EXEMPT,
    Right.RATE,
    Right.DECIDE,
    Right.SEE_SOURCES,
)
OVER_THEIRS = {right: frozenset({"other_leader"} if right in LEADS_THERE else ()) for right in Right}
# … and over anything at all.
ANYWHERE = {
    **OVER_OURS,
    Right.OWN_MONTH: POSTED,
    Right.OWN_WORK: POSTED,
    Right.BE_ASKED: POSTED,
    Right.SEE_RESULTS: POSTED | {"auditor"},
    **{
        right: OVER_OURS[right] | OTHER_HEADS
        for right in (
            Right.SEE_POINTS,
            Right.SEE_WORK,
            Right.SEE_UNIT,
            Right.GIVE_WORK,
            Right.RATE,
            Right.DECIDE,
            Right.ANSWER,
        )
    },
    **{
        right: OVER_OURS[right] | {"other_leader"}
        for right in (
            Right.SEE_REGISTERS,
            Right.EXEMPT,
            Right.SEE_CYCLE,
            Right.SEAL,
            Right.SEE_FUND,
            Right.APPROVE_FUND,
            Right.SEE_RETENTION,
            Right.APPROVE_ERASURE,
        )
    },
    Right.SEE_SOURCES: OVER_OURS[Right.SEE_SOURCES] | {"other_leader"},
    Right.READ_AUDIT: OVER_OURS[Right.READ_AUDIT] | {"other_leader"},
}
READ_ONLY = frozenset({"auditor"})  # whatever a mandate opens, it never opens to writing

# allauth's own views, which say for themselves who may ask them: anybody, or who is signed in.
ALLAUTH_PUBLIC = {"account_login", "account_logout", "account_inactive", "mfa_authenticate"}
ALLAUTH_SIGNED_IN = {
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}
# What a view that finds its subject by itself may be asked about in vain.
THEIRS = {"person": "em", "code": "em", "unit": "so-b", "post": "vi-tri-em", "username": "em"}
# Of the programming interface, what only describes it.
DESCRIBING = {"openapi-json", "api-root"}
# What anybody may open, and why.
PUBLIC = {
    "language": "the switch of language on the sign-in page",
    "account_reset_password": "help for who cannot sign in",
    "healthz": "whether the machine is well: no figures of people",
    "metrics": "for the site's own watch; a token of its own guards it",
    "dossier": "citizens look their dossier up by its code and the last digits of their phone",
    "verification": "who holds a paper asks whether it is ours, by its code or the file; nothing of whom it is about",
    "calendar_file": "calendar programs sign in nowhere; the secret in the address opens one account's deadlines",
    "manifest": "what an installed site is called: the same for everybody",
    "service_worker": "the script that keeps the shell on a device: the same for everybody",
    "offline": "the page shown without a network: the same for everybody, and kept on devices",
}
FILL = {"int": 1, "str": "khong-co", "slug": "khong-co", "path": "khong-co", "uuid": "0" * 32}


@dataclass(frozen=True)
class Address:
    """One line of the URL table."""

    route: str
    name: str
    view: Any
    kinds: dict[str, str]

    @property
    def rule(self) -> Rule | None:
        return getattr(self.view, "rule", None)

    @property
    def by_token(self) -> bool:
        """An endpoint of the API: a source signs with its token, sessions count for nothing."""
        return self.route.startswith("api/")

    def filled(self, **codes: str) -> str:
        """The address with something in every place."""
        where = "/" + self.route
        for name, kind in self.kinds.items():
            given = codes.get(name, FILL[kind])
            where = where.replace(f"<{kind}:{name}>", str(given)).replace(f"<{name}>", str(given))
        return where


def table() -> list[Address]:
    """Every address, however deeply included."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern).lstrip("^").rstrip("$")
        if isinstance(one, URLResolver):
            yield from _walk(one, route)
        elif isinstance(one, URLPattern):
            kinds = {name: _kind(made) for name, made in one.pattern.converters.items()}
            yield Address(route, one.name or "", one.callback, kinds)


def _kind(converter: Any) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def pages() -> list[Address]:
    """The addresses that carry a rule of ours."""
    return [one for one in table() if one.rule is not None]


def test_every_address_has_a_rule_or_stands_in_the_short_list() -> None:
    without = [
        f"/{one.route} ({one.name})"
        for one in table()
        if one.rule is None and one.name not in ALLAUTH_PUBLIC | ALLAUTH_SIGNED_IN and not one.by_token
    ]
    assert not without, "\n".join(["these addresses say nothing to the gate (use @asks or @public):", *without])


def test_what_is_public_is_listed_with_its_reason() -> None:
    assert {one.name for one in pages() if one.rule and one.rule.public} <= set(PUBLIC)


@pytest.mark.parametrize("role", [None, *sorted(ROLES)])
def test_no_seat_opens_the_programming_interface_without_a_token(role: str | None, cast: Cast) -> None:
    client = Client()
    if role is not None:
        client.force_login(cast.account(role))
    wrong = []
    for address in table():
        for method in ("GET", "POST", "PUT", "DELETE") if address.by_token and address.name not in DESCRIBING else ():
            for sent in ({}, {"headers": {"Authorization": "Bearer no-such-token"}}):
                answer = _ask(client, method, address.filled(), **sent)
                if _status(answer) not in (401, 403, 405):
                    wrong.append(f"{method} /{address.route}: {role} got {_status(answer)}")
    assert not wrong, "\n".join(wrong)


def test_nobody_writes_through_a_reader_s_right() -> None:
    from congtam.access.gate import HELD_BY, WRITES
    from congtam.access.seats import Role

    assert not [right for right in WRITES if Role.AUDITOR in HELD_BY[right]]
    assert not [
        right for right in (Right.SEE_POINTS, Right.SEE_UNIT, Right.SEE_WORK) if Role.ADMINISTRATOR in HELD_BY[right]
    ]


def test_visitors_see_only_what_is_public(cast: Cast) -> None:
    wrong = []
    for address in table():
        if address.by_token or (address.rule and address.rule.public) or address.name in ALLAUTH_PUBLIC:
            continue
        answer = _ask(Client(), "GET", address.filled())
        sent = getattr(answer, "headers", {}).get("Location", "")
        if answer != 405 and not sent.startswith("/tai-khoan/dang-nhap/"):
            wrong.append(
                f"GET /{address.route} ({address.name}): a visitor got {_status(answer)}, not the sign-in page"
            )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_opens_what_it_may_and_nothing_else(role: str, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(role))
    wrong = []
    for address in pages():
        for codes, expected in _cases(address, role):
            for method in ("GET", "POST"):
                may = expected and not (method == "POST" and role in READ_ONLY and _wants(address))
                answer = _ask(client, method, address.filled(**codes))
                told = _judge(answer, may)
                if told:
                    wrong.append(f"{method} {address.filled(**codes)} ({address.name}): {role} {told}")
    assert not wrong, "\n".join(wrong)


def test_a_rater_without_a_post_opens_today_and_the_marks_and_nothing_else(cast: Cast) -> None:
    invited = add_person(SYSTEM, "chuyen-gia", full_name="Phan Thị Ngọc")
    day = localdate()
    admit(SYSTEM, rater=invited, person=cast.people["an"], decision="3/QĐ", first=day, until=day + timedelta(days=9))
    client = Client()
    client.force_login(open_account(SYSTEM, "chuyen-gia", PASSWORD, person=invited))
    wrong = []
    for address in pages():
        rule = address.rule
        assert rule is not None
        for method in ("GET", "POST") if rule.right is not None else ():
            told = _judge(_ask(client, method, address.filled()), rule.right is Right.BE_ASKED)
            if told:
                wrong.append(f"{method} {address.filled()} ({address.name}): {told}")
    assert not wrong, "\n".join(wrong)
    assert {one.name for one in pages() if one.rule and one.rule.right is Right.BE_ASKED} == {
        "today",
        "marking",
        "marking_row",
    }


@pytest.mark.parametrize("role", ["head", "leader", "auditor", "official"])
def test_what_does_not_exist_looks_like_what_is_not_ours(role: str, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(role))
    for address in pages():
        rule = address.rule
        assert rule is not None
        if (rule.person or rule.unit or rule.account) and rule.right is not Right.READ_RULES:
            assert _status(_ask(client, "GET", address.filled())) in (403, 405), address.route


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"other_leader"}))
def test_nobody_reaches_people_units_and_accounts_of_another_agency(role: str, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(role))
    wrong = []
    for address in table():
        theirs = {name: code for name, code in THEIRS.items() if name in address.kinds}
        for method in ("GET", "POST") if theirs else ():
            answer = _ask(client, method, address.filled(**theirs))
            if _status(answer) not in (403, 404, 405):
                wrong.append(f"{method} {address.filled(**theirs)} ({address.name}): {role} got {_status(answer)}")
    assert not wrong, "\n".join(wrong)


def _wants(address: Address) -> bool:
    return address.rule is not None and address.rule.right is not None and address.rule.right is not Right.READ_RULES


def _cases(address: Address, role: str) -> Iterator[tuple[dict[str, str], bool]]:
    """What to put into the address, and whether the role may."""
    rule = address.rule
    assert rule is not None
    if rule.right is None:
        yield {}, True
    elif rule.person is not None or rule.account is not None:
        name = str(rule.person or rule.account)
        ours = "an" if rule.right in (Right.OWN_MONTH, Right.OWN_WORK) else "binh"
        yield {name: ours}, role in OVER_OURS[rule.right]
        yield {name: "em"}, role in OVER_THEIRS[rule.right]
    elif rule.unit is not None:
        yield {rule.unit: "phong-mot"}, role in OVER_OURS[rule.right]
        yield {rule.unit: "so-b"}, role in OVER_THEIRS[rule.right]
    else:
        yield {}, role in ANYWHERE[rule.right]


def _ask(client: Client, method: str, where: str, **sent: Any) -> Any:
    """The answer, or what the view raised. Nothing it wrote stays."""
    with transaction.atomic():
        try:
            return client.generic(method, where, "", content_type="application/x-www-form-urlencoded", **sent)
        except Exception as error:
            return error
        finally:
            transaction.set_rollback(True)


def _status(answer: Any) -> Any:
    return f"{type(answer).__name__}: {answer}" if isinstance(answer, Exception) else answer.status_code


def _judge(answer: Any, may: bool) -> str:
    """What is wrong with an answer; empty when nothing is."""
    status = _status(answer)
    if isinstance(answer, Exception) or status >= 500:
        return f"met an error: {status}"
    if status == 405:
        return ""
    if may and status == 403:
        return "was refused, and should be let in"
    if not may and status != 403:
        return f"got {status}, and should be refused"
    return ""
