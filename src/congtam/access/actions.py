"""Writing accounts and mandates. Nobody signs up: the administrator opens an account for a person."""

from datetime import date

from allauth.mfa.models import Authenticator
from axes.utils import reset as unlock
from django.db import transaction

from congtam.access.models import Account, Mandate
from congtam.audit.actions import note
from congtam.history.actor import SYSTEM, Actor
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, stretch, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.models import Unit
from congtam.people.checks import days_follow
from congtam.people.models import Person


def open_account(
    actor: Actor,
    username: str,
    password: str,
    *,
    person: Person | None = None,
    language: str = "vi",
    demo: bool = False,
    temporary: bool = False,
) -> Account:
    """A new account, of a person (None: of an auditor from outside). `temporary`: the password must be changed at the
    next sign-in. Raises `Refused` when the name is taken or the person has an account."""
    username = username.strip().lower()
    with transaction.atomic():
        if Account.objects.filter(username=username).exists():
            raise Refused(
                f"Tên đăng nhập {username} đã có. Hãy chọn tên khác.",
                f"The user name {username} is taken. Choose another.",
            )
        if person is not None and Account.objects.filter(person=person).exists():
            raise Refused(
                f"Người có mã {person.code} đã có tài khoản. Hãy mở lại tài khoản đó.",
                f"The person {person.code} has an account. Open that one again.",
            )
        account = Account(username=username, person=person, language=language, demo=demo, temporary=temporary)
        account.set_password(password)
        account.save()
        note(actor, "access.open_account", "account", account.pk, {"username": username})
    return account


def close_account(actor: Actor, account: Account, reason: str = "") -> None:
    """The account can no longer sign in; who is signed in is out with the next page."""
    with transaction.atomic():
        account.is_active = False
        account.save(update_fields=["is_active"])
        note(actor, "access.close_account", "account", account.pk, {"reason": reason})


def reopen_account(actor: Actor, account: Account, reason: str = "") -> None:
    """A closed account can sign in again."""
    with transaction.atomic():
        account.is_active = True
        account.save(update_fields=["is_active"])
        note(actor, "access.reopen_account", "account", account.pk, {"reason": reason})


def reset_password(actor: Actor, account: Account, password: str, reason: str = "") -> None:
    """A temporary password, handed over in person: it must be changed at the next sign-in. All sessions and a lock-out
    end."""
    with transaction.atomic():
        account.set_password(password)
        account.temporary = True
        account.save(update_fields=["password", "temporary"])
        unlock(username=account.username)
        note(actor, "access.reset_password", "account", account.pk, {"reason": reason})


def signed_in(actor: Actor, account: Account) -> None:
    """Somebody signed in."""
    note(actor, "access.signed_in", "account", account.pk)


def locked_out(username: str) -> None:
    """Too many wrong passwords: the name is locked for a while. Noted once for each lock-out that is met."""
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is not None:
        note(SYSTEM, "access.locked_out", "account", account.pk)


def own_password_changed(actor: Actor, account: Account) -> None:
    """The owner of the account has set a password of their own."""
    with transaction.atomic():
        account.temporary = False
        account.save(update_fields=["temporary"])
        note(actor, "access.own_password_changed", "account", account.pk)


def reset_second_factor(actor: Actor, account: Account, reason: str = "") -> None:
    """The second factor and its recovery codes are taken off: the owner lost them and came in person."""
    with transaction.atomic():
        Authenticator.objects.filter(user=account).delete()
        note(actor, "access.reset_second_factor", "account", account.pk, {"reason": reason})


def give_mandate(actor: Actor, account: Account, number: str, scope: Unit, first: date, until: date) -> Mandate:
    """An auditor may read what is in `scope` and under it, up to, and without, `until`, by a numbered decision.

    Raises `Refused` without a number, or when the days do not follow.
    """
    if not number.strip():
        raise Refused(
            "Giao nhiệm vụ kiểm tra cần có số quyết định. Hãy nhập số quyết định.",
            "A mandate needs a numbered decision. Write its number.",
        )
    with in_order():
        days_follow(first, until)
        mandate = put(actor, Mandate(account=account, number=number.strip(), scope=scope, days=stretch(first, until)))
        told = {"row": mandate.seq, "number": mandate.number, "scope": scope.pk, "until": until.isoformat()}
        note(actor, "access.give_mandate", "account", account.pk, told)
    return mandate


def withdraw_mandate(actor: Actor, mandate: Mandate, reason: str = "") -> None:
    """The mandate no longer holds. Raises `Conflict` when the row no longer stands."""
    with in_order():
        withdraw(expect_standing(Mandate, mandate.seq))
        note(actor, "access.withdraw_mandate", "account", mandate.account_id, {"row": mandate.seq, "reason": reason})
