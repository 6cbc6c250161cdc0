"""Erasing one person's data: everything that says who they are or what was said of them, wherever it stands. Figures
stay, under a number that names nobody."""

import json

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from congtam.access.models import Account
from congtam.audit.actions import erase_texts as erase_entries
from congtam.audit.models import Entry
from congtam.cycles.models import Claim
from congtam.cycles.models import Remark as Told
from congtam.documents.models import KeptPaper, SignerCertificate
from congtam.objections.models import Answer, Remark, Request, Saying
from congtam.people.mentioned import mentioning
from congtam.people.models import Person, PersonText
from congtam.people.names import search_key, sort_key
from congtam.ratings.models import Decision, Rating, Reason, Reported
from congtam.retention.files import erase_files
from congtam.retention.sweeping import Mentions, sweep
from congtam.retention.things import By, Counts, told
from congtam.scores.keeping import erase_texts

OF_ACCOUNT = {  # rows that are an account's own, some of them of rooms above: by which column
    "account.EmailAddress": "user",
    "mfa.Authenticator": "user",
    "socialaccount.SocialAccount": "user",
    "notices.Feed": "account",
    "web.Kept": "account",
    "web.Sent": "account",
}
OF_USERNAME = ("axes.AccessAttempt", "axes.AccessFailureLog", "axes.AccessLog")
OF_PERSON = {"notices.Ways": "person", "desk.Typed": "person"}


def erase_person(key: str, by: By) -> Counts:
    """Erase what is known of a person by name, in the order in which the name is still known. Inside `erasing()`."""
    person = Person.objects.select_for_update().get(pk=int(key))
    mentions = Mentions.of(person)
    counts = {
        **_said(person, by),
        "scores.SealText.row": erase_texts(person.pk, mentions.words),
        "audit.EntryText.body": erase_entries(_entries(person, mentions)),
        **sweep(mentions),
        **_account(person),
        **{label: _of(label, **{column: person.pk}) for label, column in OF_PERSON.items()},
        **_name(person, by),
    }
    return told(counts)


def called(person: int, number: str) -> str:
    """What somebody is called from then on."""
    return f"Người số {person} (đã xóa theo quyết định số {number})"[:120]


def _said(person: Person, by: By) -> Counts:
    """What they said of themselves, asked and were answered; why they were marked; their slips."""
    claims, requests = Claim.objects.filter(person=person), Request.objects.filter(person=person)
    sayings = Saying.objects.filter(slip__person=person).values_list("seq", flat=True)
    answers = Answer.objects.filter(request__person=person).values_list("seq", flat=True)
    words = [*sayings, *requests.values_list("seq", flat=True), *answers]
    given = [
        number
        for kind in (Rating, Reported, Decision)
        for number in kind.objects.filter(person=person).values_list("seq", flat=True)
    ]
    own = {*claims.exclude(evidence=None).values_list("evidence", flat=True)}
    own |= {*requests.exclude(file=None).values_list("file", flat=True)}
    slips = set(KeptPaper.objects.filter(person=person).values_list("file", flat=True))
    return {
        "objections.Remark.text": Remark.objects.filter(seq__in=words).delete()[0],
        "cycles.Remark.text": Told.objects.filter(seq__in=claims.values("series")).delete()[0],
        "ratings.Reason.text": Reason.objects.filter(seq__in=given).delete()[0],
        "cycles.Claim.evidence_name": claims.exclude(evidence_name="").update(evidence_name=""),
        "objections.Request.file_name": requests.exclude(file_name="").update(file_name=""),
        "documents.SignerCertificate.name": SignerCertificate.objects.filter(person=person).update(name=""),
        "evidence.Stored": erase_files(own, by, Claim, Request) + erase_files(slips, by, KeptPaper),
    }


def _entries(person: Person, mentions: Mentions) -> "QuerySet[Entry]":
    """Entries of the journal about the person or their account, and those that mention them."""
    about = Q(subject_kind="person", subject=person.pk)
    about |= Q(subject_kind="account", subject__in=Account.objects.filter(person=person).values("pk"))
    worded = Entry.objects.filter(text__isnull=False)
    for code in mentions.codes:
        about |= Q(pk__in=worded.extra(where=[_ALONE], params=[code]).values("pk"))
    mentioned = mentioning(json.dumps(word, ensure_ascii=False)[1:-1] for word in mentions.words)
    about |= Q(pk__in=worded.extra(where=["body::text ~* %s"], params=[mentioned]).values("pk"))
    return worded.filter(about).exclude(action__startswith="retention.")


_ALONE = "jsonb_path_exists(body, '$.** ? (@ == $code)', jsonb_build_object('code', %s::text))"


def _account(person: Person) -> Counts:
    """Close the account, and erase by what it was known."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return {}
    counts = {label: _of(label, **{column: account.pk}) for label, column in OF_ACCOUNT.items()}
    counts |= {label: _of(label, username=account.username) for label in OF_USERNAME}
    own = [one.pk for one in Session.objects.all() if one.get_decoded().get("_auth_user_id") == str(account.pk)]
    counts["sessions.Session"] = Session.objects.filter(pk__in=own).delete()[0]
    account.username, account.password, account.is_active = f"da-xoa-{account.pk}", make_password(None), False
    account.email = account.first_name = account.last_name = ""
    account.save()
    return counts | {"access.Account": 1}


def _name(person: Person, by: By) -> Counts:
    name = called(person.pk, by.number)
    keys = {"sort_key": sort_key(name), "search_key": search_key(name)[:200]}
    plain = {"full_name": name, "honorific": "", "email": "", "phone": ""}
    count = PersonText.objects.filter(person=person).update(**plain, **keys)
    Person.objects.filter(pk=person.pk).update(code=f"da-xoa-{person.pk}")
    return {"people.PersonText": count, "people.Person.code": 1}


def _of(label: str, **own: object) -> int:
    return apps.get_model(label).objects.filter(**own).delete()[0]
