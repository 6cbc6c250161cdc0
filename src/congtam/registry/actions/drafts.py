"""Setting numbers of an adopted rulebook: proposed with act and article, approved by another person."""

from collections.abc import Mapping
from datetime import date

from congtam.audit.actions import note
from congtam.engine.findings import Unusable
from congtam.history.actor import Actor
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.registry.actions.deciding import (
    account,
    another,
    changed,
    not_before_next_period,
    open_proposal,
    remark,
)
from congtam.registry.figures import figures
from congtam.registry.findings import refusal
from congtam.registry.models import Draft
from congtam.registry.queries import book, supposed
from congtam.registry.values import checked


def propose(
    actor: Actor,
    rulebook_id: str,
    changes: Mapping[str, str],
    *,
    act: str,
    article: str = "",
    first: date,
    why: str = "",
) -> Draft:
    """Propose numbers (path to value, see `figures`) on the basis of an act, from the first day of a coming period.

    Raises `Refused` when a value cannot be, the whole would not hold together, or another proposal changes the same
    number and still waits.
    """
    by = account(actor)
    with in_order():
        not_before_next_period(first)
        values = _values(rulebook_id, changes, first)
        _nobody_else(rulebook_id, values)
        supposed(rulebook_id, values, act=act, article=article, first=first)
        draft = Draft(rulebook=rulebook_id, changes=values, act=act.strip(), article=article.strip(), first=first,
                      proposed_by=by)  # fmt: skip
        made = put(actor, draft)
        if why.strip():
            remark(made.seq, why)
        note(actor, "registry.propose", "rule_draft", made.seq,
             {"rulebook": rulebook_id, "changes": values, "act": act, "article": article, "first": first.isoformat()},
             )  # fmt: skip
    return made


def approve_draft(actor: Actor, draft: Draft) -> Draft:
    """Another person approves a draft; it holds from its first day.

    Raises `Refused` when the same person proposed it, its period has begun, or it no longer fits the rulebook.
    """
    with in_order():
        standing = open_proposal(draft)
        by = another(actor, standing)
        not_before_next_period(standing.first)
        supposed(standing.rulebook, standing.changes, act=standing.act, article=standing.article, first=standing.first)
        made = put(actor, changed(standing, state="approved", approved_by=by), instead_of=standing)
        note(actor, "registry.approve_draft", "rule_draft", made.seq,
             {"of": standing.seq, "rulebook": made.rulebook, "changes": made.changes})  # fmt: skip
    return made


def _values(rulebook_id: str, changes: Mapping[str, str], first: date) -> dict[str, str]:
    """The changes as rulebooks write them."""
    if not changes:
        raise Refused("Chưa có con số nào được đặt. Hãy ghi ít nhất một.", "No number was set. Write at least one.")
    try:
        known = figures(book(rulebook_id, first))
    except Unusable as refused:
        raise refusal(refused.findings) from None
    for path in changes:
        if path not in known:
            raise Refused(
                f"Bộ quy tắc này không có con số “{path}”; hãy mở lại trang và chọn con số đang có.",
                f"This rulebook has no number “{path}”; open the page again and choose one that is there.",
            )
    return {path: checked(known[path], text) for path, text in changes.items()}


def _nobody_else(rulebook_id: str, values: Mapping[str, str]) -> None:
    """Raise `Refused` when an open proposal changes one of the same numbers."""
    for other in Draft.standing().filter(rulebook=rulebook_id, state="proposed"):
        if set(other.changes) & set(values):
            raise Refused(
                f"Đề xuất số {other.seq} đang chờ duyệt cũng đổi con số này; hãy duyệt, từ chối hoặc rút đề xuất ấy "
                "trước.",
                f"Proposal {other.seq}, which waits, changes the same number; approve, refuse or withdraw it first.",
            )
