"""Legal bases in words: where a figure comes from, and how sure that is."""

from congtam.engine.explaining.manual import words
from congtam.engine.rulebook.model import LegalBasis, Sourced

NONE = ("chưa nêu", "none stated")


def basis_text(basis: LegalBasis | None, lang: str) -> str:
    """Act, article, day, certainty and note on one line."""
    if basis is None:
        return NONE[lang == "en"]
    parts = [basis.act, *([basis.article] if basis.article else [])]
    if basis.from_:
        parts.append(f"{'from' if lang == 'en' else 'từ'} {basis.from_:%d/%m/%Y}")
    sure = words.CERTAINTY[basis.certainty].in_(lang)
    if basis.confirmed_on:
        sure += f" ({'confirmed on' if lang == 'en' else 'xác nhận ngày'} {basis.confirmed_on:%d/%m/%Y})"
    note = f" {basis.note.in_(lang)}" if basis.note else ""
    return f"{', '.join(parts)}. {'Certainty' if lang == 'en' else 'Độ chắc chắn'}: {sure}.{note}"


def own_basis(block: Sourced, lang: str) -> str:
    """The basis of a block that states its own, as a sentence to hang on; nothing when it inherits."""
    if block.legal_basis is None:
        return ""
    return f"{'Basis' if lang == 'en' else 'Căn cứ'}: {basis_text(block.legal_basis, lang)}"
