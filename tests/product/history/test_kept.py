"""The database itself keeps what was written: every table of facts, in every room, also those that come later."""

import pytest
from django.apps import apps
from django.db import connection

from congtam.history.dated import Fact

pytestmark = pytest.mark.django_db
WRITTEN_ONCE = {"audit_entry", "audit_entrytext", "audit_batch", "access_look", "work_event", "orgs_changeshare"}
WRITTEN_ONCE |= {"evidence_evidence", "evidence_stored", "registers_step", "registers_paper"}

CONVENIENCE = {"web.Kept", "web.Sent"}  # what goes with its account and nobody misses


def kept() -> set[str]:
    """The tables with a trigger that refuses to rewrite them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'kept' AND tgenabled = 'O'")
        return {name for (name,) in cursor.fetchall()}


def test_every_table_of_facts_is_kept() -> None:
    facts = {model._meta.db_table for model in apps.get_models() if issubclass(model, Fact)}
    assert facts
    assert not facts - kept(), "add history.dated.append_only(table) to the room's 0002 migration"


def test_what_is_written_once_is_kept() -> None:
    assert not WRITTEN_ONCE - kept()


def test_what_others_point_at_is_never_deleted_with_them() -> None:
    from django.db.models import CASCADE

    ours = [model for model in apps.get_models() if model.__module__.startswith("congtam.")]
    cascading = [
        f"{model._meta.label}.{field.name}"
        for model in ours
        if model._meta.label not in CONVENIENCE
        for field in model._meta.get_fields()
        if getattr(getattr(field, "remote_field", None), "on_delete", None) is CASCADE and not field.auto_created
    ]
    assert not cascading
