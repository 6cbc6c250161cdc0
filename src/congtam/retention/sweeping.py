"""Taking what a person is called out of words that may mention anybody."""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from congtam.people.mentioned import mentioning
from congtam.people.models import Person, PersonText
from congtam.people.names import search_key
from congtam.retention.columns import SWEPT
from congtam.retention.things import Counts, told

GONE = "[đã xóa]"
SHORTEST = 6  # letters: a shorter e-mail or phone would be found inside other words


@dataclass(frozen=True)
class Mentions:
    """How a person is mentioned: `words` as people write them (the name in any case, e-mail, phone; a name of one word
    is not looked for, it would be found in other words), `keys` as columns for searching hold them, `codes` where they
    stand alone."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    codes: tuple[str, ...]

    @classmethod
    def of(cls, person: Person) -> "Mentions":
        """How a person is mentioned as long as they have a name."""
        text = PersonText.objects.filter(person=person).first()
        name = text.full_name if text and " " in text.full_name else ""
        cases = (name, name.upper(), name.lower(), name.title())
        written = [form for one in cases for form in (one, unicodedata.normalize("NFD", one))]
        reached = [one for one in (text.email, text.phone) if len(one) >= SHORTEST] if text else []
        account = getattr(person, "account", None)
        return cls(
            tuple(dict.fromkeys(filter(None, [*written, *reached]))),
            (search_key(name),) if name else (),
            tuple(filter(None, (person.code, account.username if account else ""))),
        )


def sweep(mentions: Mentions) -> Counts:
    """Take what somebody is called out of every column that is `SWEPT`; in how many rows. Inside `erasing()`."""
    counts: Counts = {}
    for label, columns in SWEPT.items():
        model = apps.get_model(label)
        for column in columns:
            words = mentions.keys if column == "search_key" else mentions.words
            counts[f"{label}.{column}"] = _swept(model, model._meta.get_field(column), words)
    return told(counts)


def _swept(model: type[models.Model], field: "models.Field", words: Iterable[str]) -> int:
    is_json = isinstance(field, models.JSONField)
    looked_for = [json.dumps(one, ensure_ascii=False)[1:-1] if is_json else one for one in words]
    if not looked_for:
        return 0
    name = connection.ops.quote_name(field.column)
    text = f"{name}::text" if is_json else name
    kept, pattern = f"regexp_replace({text}, %s, %s, 'g')", mentioning(looked_for)
    cut = f"({kept})::jsonb" if is_json else f"left({kept}, {field.max_length})" if field.max_length else kept
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {name} = {cut} WHERE {text} ~ %s", [pattern, GONE, pattern])
        return cursor.rowcount
