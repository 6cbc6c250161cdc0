"""What copies and drafts share: who may decide on them, and how they are refused or taken back."""

from datetime import date
from typing import TypeVar

from django.utils import timezone

from congtam.audit.actions import note
from congtam.engine.findings import Unusable
from congtam.history.actor import Actor
from congtam.history.conflict import expect_standing
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.registry.findings import refusal
from congtam.registry.models import Copy, Draft, Remark
from congtam.registry.queries import book, days_of_change, next_period

Proposal = TypeVar("Proposal", Copy, Draft)

SUBJECTS: dict[type, str] = {Copy: "rulebook_copy", Draft: "rule_draft"}


def refuse(actor: Actor, proposal: Proposal, reason: str) -> Proposal:
    """Another person than its proposer refuses a proposal, and says why. Raises `Refused`."""
    _needs_reason(reason)
    with in_order():
        standing = open_proposal(proposal)
        by = another(actor, standing)
        made = put(actor, changed(standing, state="refused", approved_by=by), instead_of=standing)
        remark(made.seq, reason)
        note(actor, "registry.refuse", SUBJECTS[type(made)], made.seq, {"of": standing.seq, "reason": reason})
    return made


def withdraw(actor: Actor, proposal: Proposal, reason: str = "") -> Proposal:
    """Take back a proposal, or a draft that was approved and has not begun. Raises `Refused`."""
    account(actor)
    with in_order():
        standing = expect_standing(type(proposal), proposal.seq)
        coming = isinstance(standing, Draft) and standing.state == "approved" and standing.first > timezone.localdate()
        if standing.state != "proposed" and not coming:
            raise Refused(
                "Không rút được: nội dung này đã có hiệu lực hoặc đã khép lại. Muốn đổi, hãy lập một đề xuất mới.",
                "It cannot be taken back: it holds already, or is closed. To change it, make a new proposal.",
            )
        if coming:
            _needs_reason(reason)
        made = put(actor, changed(standing, state="withdrawn"), instead_of=standing)
        if coming:
            _still_usable(made.rulebook, made.first)
        if reason:
            remark(made.seq, reason)
        note(actor, "registry.withdraw", SUBJECTS[type(made)], made.seq, {"of": standing.seq, "reason": reason})
    return made


def _still_usable(rulebook_id: str, first: date) -> None:
    """Raise `Refused` when what stays set from `first` on does not hold together without what was taken back."""
    try:
        for day in days_of_change(rulebook_id, first):
            book(rulebook_id, day)
    except Unusable as refused:
        raise refusal(refused.findings) from None


def open_proposal(proposal: Proposal) -> Proposal:
    """The proposal as it stands, if it still waits to be decided. Raises `Refused` or `Conflict`."""
    standing = expect_standing(type(proposal), proposal.seq)
    if standing.state != "proposed":
        raise Refused(
            "Đề xuất này đã được quyết định. Hãy mở lại trang để xem kết quả.",
            "This proposal was already decided. Open the page again to see the outcome.",
        )
    return standing


def another(actor: Actor, proposal: Copy | Draft) -> int:
    """The account that decides. Raises `Refused` when it is the one that proposed."""
    by = account(actor)
    if by == proposal.proposed_by:
        raise Refused(
            "Người đề xuất không tự duyệt. Hãy nhờ một người phụ trách quy tắc khác duyệt.",
            "Who proposes does not approve. Ask another person in charge of rules to approve it.",
        )
    return by


def account(actor: Actor) -> int:
    """The account that acts. Raises `Refused` for the machine, which decides nothing."""
    if actor.account is None:
        raise Refused(
            "Máy không tự đổi quy tắc; hãy đăng nhập bằng tài khoản của người phụ trách quy tắc.",
            "The machine changes no rules; sign in with the account of a person in charge of rules.",
        )
    return actor.account


def changed(row: Proposal, **values: object) -> Proposal:
    """The same row with other values, to be written as its correction."""
    own = ("seq", "recorded_at", "recorded_by", "replaced_by", *values)
    kept = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.name not in own}
    return type(row)(**kept, **values)


def remark(seq: int, text: str) -> None:
    """Keep what somebody wrote, apart from the row it is about."""
    Remark.objects.create(seq=seq, text=text.strip())


def not_before_next_period(first: date) -> None:
    """Raise `Refused` when a change would reach into a period that has begun."""
    earliest = next_period(timezone.localdate())
    if first < earliest:
        raise Refused(
            f"Quy tắc không đổi giữa kỳ, cũng không đổi cho kỳ đã qua. Hãy chọn từ ngày {earliest:%d/%m/%Y} trở đi.",
            f"Rules change neither inside a period nor for one gone by. Choose {earliest:%d/%m/%Y} or a later day.",
        )


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Hãy ghi lý do, để người đề xuất biết cần sửa gì.", "Say why, so that the proposer knows.")
