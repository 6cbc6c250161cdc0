"""Adopting a rulebook: a copy of its shipped files, proposed by one person, approved by another."""

from datetime import date

from congtam.audit.actions import note
from congtam.engine.findings import Unusable, refuse_if_any
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.history.actor import Actor
from congtam.history.laying import lay, put, stretch
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.registry.actions.deciding import account, another, changed, not_before_next_period, open_proposal
from congtam.registry.findings import refusal
from congtam.registry.models import Copy
from congtam.registry.queries import days_of_change, setting_of, settings_on
from congtam.registry.shelf import read
from congtam.registry.shipped import files_of
from congtam.registry.site_changes import with_settings


def adopt(actor: Actor, rulebook_id: str, *, first: date, number: str = "") -> Copy:
    """Propose that the site adopts the shipped rulebook as it is now, with all it needs, from `first` on; `number` is
    that of the decision. The first copy of a rulebook may hold for days gone by, a later one not.

    Raises `Refused` when there is no such rulebook, it is not usable, or a proposal of it is open.
    """
    by = account(actor)
    try:
        files = files_of(rulebook_id)
        book = read(rulebook_id, files)
        refuse_if_any(check(book))
    except Unusable as refused:
        raise refusal(refused.findings) from None
    with in_order():
        _may_hold_from(rulebook_id, first)
        if Copy.standing().filter(rulebook=rulebook_id, state="proposed").exists():
            raise Refused(
                "Đã có một đề xuất áp dụng bộ quy tắc này đang chờ duyệt; hãy duyệt hoặc rút đề xuất ấy trước.",
                "A proposal to adopt this rulebook waits already; approve or withdraw that one first.",
            )
        meaning = meaning_digest(book)
        copy = Copy(rulebook=rulebook_id, files=files, meaning=meaning, wording=wording_digest(book), shipped=meaning,
                    days=stretch(first, None), number=number, proposed_by=by)  # fmt: skip
        made = put(actor, copy)
        note(actor, "registry.adopt", "rulebook_copy", made.seq,
             {"rulebook": rulebook_id, "first": first.isoformat(), "number": number, "meaning": meaning})  # fmt: skip
    return made


def approve_copy(actor: Actor, copy: Copy) -> Copy:
    """Another person approves a copy: it holds from its first day, and the copy before it ends there.

    Raises `Refused` when the same person proposed it, it would reach back, or numbers the site set do not fit it.
    """
    with in_order():
        standing = open_proposal(copy)
        by = another(actor, standing)
        _may_hold_from(standing.rulebook, standing.days.lower)
        book = read(standing.rulebook, standing.files)
        try:
            for day in days_of_change(standing.rulebook, standing.days.lower):
                with_settings(book, [setting_of(one) for one in settings_on(standing.rulebook, day)])
        except Unusable as refused:
            raise refusal(refused.findings) from None
        over = Copy.standing().filter(rulebook=standing.rulebook, state="approved")
        made = lay(actor, changed(standing, state="approved", approved_by=by), over)
        standing.replaced_by = made.seq
        standing.save(update_fields=["replaced_by"])
        note(actor, "registry.approve_copy", "rulebook_copy", made.seq,
             {"of": standing.seq, "rulebook": made.rulebook, "meaning": made.meaning})  # fmt: skip
    return made


def _may_hold_from(rulebook_id: str, first: date) -> None:
    if Copy.standing().filter(rulebook=rulebook_id, state="approved").exists():
        not_before_next_period(first)
