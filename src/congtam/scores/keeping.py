"""A kept seal as its file, with the texts that were not erased; texts erased by a decision."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import connection

from congtam.engine.findings import Unusable
from congtam.engine.sealing.archive import Sealed, read_seal
from congtam.engine.sealing.contents import TEXTS
from congtam.engine.sealing.encoding import written
from congtam.engine.sealing.parts import Part
from congtam.history.refused import Refused
from congtam.people.mentioned import mentioning
from congtam.scores.models import Seal, SealFile, SealText

_REASON = b'["reason",'  # how the row of a reason begins
_ERASE = """
DELETE FROM scores_sealtext WHERE person_id = %(person)s OR (
    substr("row", 1, length(%(reason)s)) = %(reason)s
    AND convert_from("row", 'UTF8') ~ %(about)s
)
"""


def kept(seal: Seal) -> Sealed:
    """What the site keeps of a seal, texts in their places. Raises `Unusable` where the kept file is broken."""
    sealed = read_seal(bytes(SealFile.objects.get(seal=seal).data))
    return replace(sealed, parts={**sealed.parts, TEXTS: _with_texts(seal, sealed.parts[TEXTS])})


def file_of(seal: Seal) -> bytes:
    """The seal as a `.seal` file. Raises `Refused` where the kept file is broken."""
    try:
        return kept(seal).to_bytes()
    except Unusable as broken:
        said = {lang: " ".join(broken.findings[0].told(lang)[1:]) for lang in ("vi", "en")}
        raise Refused(said["vi"], said["en"]) from None


def erase_texts(person: int, mentions: Iterable[str] = ()) -> int:
    """Erase from every seal what a person is called, why marks and decisions on them were given, and every other reason
    that mentions them; how many texts went. Figures stay under a number that names nobody, and every seal verifies.
    Who decided it is asked and noted before (see `retention`)."""
    about = mentioning(written(one)[1:-1].decode() for one in mentions)
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, {"person": person, "reason": _REASON, "about": about})
        return cursor.rowcount


def erase_words(seal: int) -> int:
    """Erase from one seal all that people are called and why marks and decisions were given; how many texts went."""
    gone, _ = SealText.objects.filter(seal=seal, person__isnull=False).delete()
    return gone


def _with_texts(seal: Seal, part: Part) -> Part:
    rows, salts = list(part.rows), list(part.salts)
    for place, salt, row in SealText.objects.filter(seal=seal).values_list("place", "salt", "row"):
        rows[place], salts[place] = bytes(row), bytes(salt)
    return Part(part.name, part.key, tuple(rows), tuple(salts), part.leaves, part.erasable)
