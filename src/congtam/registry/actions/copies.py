"""Adopting a rulebook: a copy of its shipped files, or of the adopted ones with another catalogue of products,
proposed by one person, approved by another."""

from datetime import date

from congtam.audit.actions import note
from congtam.engine.findings import Unusable, refuse_if_any
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.catalogue import Catalogue, catalogue_yaml
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.history.actor import Actor
from congtam.history.laying import lay, put, stretch
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.registry.actions.deciding import account, another, changed, not_before_next_period, open_proposal
from congtam.registry.findings import NOT_ADOPTED, refusal
from congtam.registry.models import Copy
from congtam.registry.queries import copy_on, days_of_change, own_catalogues, setting_of, settings_on
from congtam.registry.shelf import read
from congtam.registry.shipped import files_of, shipped
from congtam.registry.site_changes import with_settings


def adopt(actor: Actor, rulebook_id: str, *, first: date, number: str = "") -> Copy:
    """Propose that the site adopts the shipped rulebook as it is now, with all it needs, from `first` on; `number` is
    that of the decision. The first copy of a rulebook may hold for days gone by, a later one not. Catalogues that the
    site listed stay.

    Raises `Refused` when there is no such rulebook, it is not usable, or a proposal of it is open.
    """
    by = account(actor)
    try:
        held = copy_on(rulebook_id, first)
        files = files_of(rulebook_id) | (own_catalogues(held) if held else {})
        book = _sound(rulebook_id, files)
        meaning = meaning_digest(shipped(rulebook_id))
    except Unusable as refused:
        raise refusal(refused.findings) from None
    with in_order():
        _may_hold_from(rulebook_id, first)
        copy = _proposed(actor, book, files, shipped=meaning, first=first, number=number, by=by)
        note(actor, "registry.adopt", "rulebook_copy", copy.seq,
             {"rulebook": rulebook_id, "first": first.isoformat(), "number": number,
              "meaning": copy.meaning})  # fmt: skip
    return copy


def list_products(
    actor: Actor, rulebook_id: str, name: str, catalogue: Catalogue, *, first: date, number: str = ""
) -> Copy:
    """Propose that the adopted rulebook has this catalogue of products, called `name`, from `first` on; its rows say
    themselves from when they hold. `number` is that of the decision.

    Raises `Refused` when no copy is adopted on that day, the whole does not hold together, or a proposal is open.
    """
    by = account(actor)
    with in_order():
        not_before_next_period(first)
        held = copy_on(rulebook_id, first)
        if held is None:
            raise Refused(NOT_ADOPTED.vi, NOT_ADOPTED.en)
        files = held.files | {f"{rulebook_id}/catalogues/{name}.yaml": catalogue_yaml(catalogue)}
        try:
            book = _sound(rulebook_id, files)
        except Unusable as refused:
            raise refusal(refused.findings) from None
        copy = _proposed(actor, book, files, shipped=held.shipped, first=first, number=number, by=by)
        note(actor, "registry.list_products", "rulebook_copy", copy.seq,
             {"rulebook": rulebook_id, "catalogue": name, "products": len(catalogue.products),
              "first": first.isoformat(), "number": number, "meaning": copy.meaning})  # fmt: skip
    return copy


def _sound(rulebook_id: str, files: dict[str, str]) -> Rulebook:
    """The rulebook that files make. Raises `Unusable` when it does not hold together."""
    book = read(rulebook_id, files)
    refuse_if_any(check(book))
    return book


def _proposed(
    actor: Actor, book: Rulebook, files: dict[str, str], *, shipped: str, first: date, number: str, by: int
) -> Copy:
    """The proposal of a copy. Raises `Refused` when another of the rulebook is open."""
    if Copy.standing().filter(rulebook=book.id, state="proposed").exists():
        raise Refused(
            "Đã có một đề xuất về bộ quy tắc này đang chờ duyệt; hãy duyệt hoặc rút đề xuất ấy trước.",
            "A proposal about this rulebook waits already; approve or withdraw that one first.",
        )
    copy = Copy(rulebook=book.id, files=files, meaning=meaning_digest(book), wording=wording_digest(book),
                shipped=shipped, days=stretch(first, None), number=number, proposed_by=by)  # fmt: skip
    return put(actor, copy)


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
