"""A kept seal as its file, with the texts that were not erased; texts erased by a decision."""

from congtam.audit.actions import note
from congtam.engine.sealing.archive import Sealed, read_seal
from congtam.engine.sealing.contents import TEXTS
from congtam.engine.sealing.parts import Part
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.people.models import Person
from congtam.scores.models import Seal, SealFile, SealText


def kept(seal: Seal) -> Sealed:
    """What the site keeps of a seal, texts in their places. Raises `Unusable` where the kept file is broken."""
    sealed = read_seal(bytes(SealFile.objects.get(seal=seal).data))
    return Sealed(sealed.body, sealed.envelope, {**sealed.parts, TEXTS: _with_texts(seal, sealed.parts[TEXTS])})


def file_of(seal: Seal) -> bytes:
    """The seal as a `.seal` file."""
    return kept(seal).to_bytes()


def erase_texts(actor: Actor, person: Person, decision: str) -> int:
    """Erase from every seal what a person is called and why marks and decisions on them were given, by a numbered
    decision; how many texts went. Figures stay under a number that names nobody, and every seal still verifies.

    Raises `Refused` without a decision.
    """
    if not decision.strip():
        raise Refused(
            "Chưa ghi số quyết định cho phép xóa. Hãy ghi số, ký hiệu của quyết định rồi làm lại.",
            "No decision is named. Write the number of the decision that allows the erasing, then try again.",
        )
    count, _ = SealText.objects.filter(person=person).delete()
    note(actor, "scores.erase_texts", "person", person.pk, {"decision": decision.strip(), "texts": count})
    return count


def _with_texts(seal: Seal, part: Part) -> Part:
    rows, salts = list(part.rows), list(part.salts)
    for place, salt, row in SealText.objects.filter(seal=seal).values_list("place", "salt", "row"):
        rows[place], salts[place] = bytes(row), bytes(salt)
    return Part(part.name, part.key, tuple(rows), tuple(salts), part.leaves, part.erasable)
