"""One proposal: what it changes, who would get another grade; another person approves or refuses it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from congtam.access.gate import Right, holds
from congtam.access.queries import called
from congtam.engine.findings import Unusable
from congtam.history.refused import Refused
from congtam.registry import actions, queries, trying
from congtam.registry.findings import refusal
from congtam.registry.models import Copy, Draft
from congtam.registry.shelf import book_of
from congtam.registry.shipped import shipped
from congtam.web.asking import asks
from congtam.web.pages.rules.changed import articles
from congtam.web.pages.rules.figures import lang_of
from congtam.web.pages.rules.history import DONE
from congtam.web.pages.rules.supposing import not_tried
from congtam.web.pages.rules.views.answers import told_of
from congtam.web.pages.rules.views.asked import book_on, last_month, seat_of

Proposal = Copy | Draft


@asks(Right.READ_RULES)
@require_GET
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """A proposal that sets numbers: what it changes is open to everybody."""
    return _proposal(request, get_object_or_404(Draft, seq=number))


@asks(Right.READ_RULES)
@require_GET
def copy(request: HttpRequest, number: int) -> HttpResponse:
    """A proposal to adopt a copy of a rulebook."""
    return _proposal(request, get_object_or_404(Copy.objects.defer("files"), seq=number))


@asks(Right.CHANGE_RULES)
@require_POST
def decide_draft(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, refuse or take back a proposal that sets numbers."""
    return _decided(request, get_object_or_404(Draft, seq=number))


@asks(Right.CHANGE_RULES)
@require_POST
def decide_copy(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, refuse or take back a proposal to adopt a copy."""
    return _decided(request, get_object_or_404(Copy, seq=number))


def _proposal(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    lang, seat = lang_of(request), seat_of(request)
    problem, changed, told, left = "", [], dict[str, Any](), list[str]()
    period = last_month()
    closed = proposal.replaced_by is not None or proposal.state != "proposed"
    try:
        tried = trying.proposal(proposal)
        before, after = trying.before_and_after(tried)
        changed = articles(before, after, lang) if before else []
        if before and not closed and holds(seat, Right.CHANGE_RULES):
            told = told_of(request, tried)
            paths = proposal.changes if isinstance(proposal, Draft) else ()
            left = not_tried(before, paths, period, lang)
    except Unusable as refused:
        problem = refusal(refused.findings).text.in_(lang)
    except Refused as refused:
        problem = refused.text.in_(lang)
    names = called({one for one in (proposal.proposed_by, proposal.approved_by) if one})
    told |= {
        "proposal": proposal,
        "is_draft": isinstance(proposal, Draft),
        "first": proposal.first if isinstance(proposal, Draft) else proposal.days.lower,
        "title": shipped(proposal.rulebook).head.title.in_(lang),
        "by": names.get(proposal.proposed_by, "–"),
        "decided_by": names.get(proposal.approved_by or 0, ""),
        "mine": proposal.proposed_by == seat.account,
        "state": DONE[proposal.state].in_(lang),
        "why": queries.remarks_on([proposal.seq]).get(proposal.seq, ""),
        "closed": closed,
        "changes": holds(seat, Right.CHANGE_RULES),
        "coming": proposal.replaced_by is None and _coming(proposal),
        "later": proposal.replaced_by,
        "changed": changed,
        "not_tried": left,
        "period": period,
        "problem": problem,
    }
    return render(request, "rules/proposal.html", told)


def _coming(proposal: Proposal) -> bool:
    """Whether it is an approved draft that does not hold yet."""
    return isinstance(proposal, Draft) and proposal.state == "approved" and proposal.first > timezone.localdate()


def _decided(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Approve, refuse or take back, as the button says."""
    actor, reason = seat_of(request).actor, request.POST.get("reason", "")
    try:
        match request.POST.get("do"):
            case "approve" if isinstance(proposal, Draft):
                made: Proposal = actions.approve_draft(actor, proposal)
            case "approve" if isinstance(proposal, Copy):
                made = actions.approve_copy(actor, proposal)
            case "refuse":
                made = actions.refuse(actor, proposal, reason)
            case _:
                made = actions.withdraw(actor, proposal, reason)
    except Refused as refused:
        messages.error(request, refused.text.in_(lang_of(request)))
        return _shown(proposal)
    done = DONE[made.state].in_(lang_of(request))
    messages.success(request, f"{done}: {shipped(made.rulebook).head.title.in_(lang_of(request))}")
    return _shown(made)


def _shown(proposal: Proposal) -> HttpResponse:
    return redirect("rule_draft" if isinstance(proposal, Draft) else "rule_copy", number=proposal.seq)


@asks(Right.CHANGE_RULES)
@require_GET
def upgrade(request: HttpRequest, rulebook: str) -> HttpResponse:
    """How the rulebook as shipped with this version differs from the copy the site holds, and a form to adopt it."""
    lang, today = lang_of(request), timezone.localdate()
    held = queries.copy_on(rulebook, today)
    book = book_on(rulebook, today)
    found = queries.shipped_now(held) if held else None
    told = {
        "book": book,
        "copy": held,
        "title": book.head.title.in_(lang),
        "changed": articles(book_of(held), shipped(rulebook), lang, found) if held and found else [],
        "gone": found is None,
        "earliest": queries.next_period(today),
    }
    return render(request, "rules/upgrade.html", told)


@asks(Right.CHANGE_RULES)
@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Propose to adopt a shipped rulebook."""
    rulebook = request.POST.get("rulebook", "")
    try:
        first = date.fromisoformat(request.POST.get("first", ""))
    except ValueError:
        first = queries.next_period(timezone.localdate())
    try:
        made = actions.adopt(
            seat_of(request).actor, rulebook, first=first, number=request.POST.get("number", "").strip()[:64]
        )
    except Refused as refused:
        messages.error(request, refused.text.in_(lang_of(request)))
        return redirect("rules")
    return redirect("rule_copy", number=made.seq)
