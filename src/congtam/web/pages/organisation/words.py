"""What levels, kinds and duties are called on the pages of people and units."""

from congtam.engine.explaining.words import STAFF_KINDS
from congtam.engine.rulebook.model import Text
from congtam.people.sheet_columns import AWAY, DUTIES, EXTRA, LEVELS
from congtam.web.words import both

ENGLISH = {
    "agency": "Agency",
    "department": "Department",
    "section": "Section, office",
    "centre": "Centre, public service unit",
    "commune": "Commune, ward",
    "unit": "Other unit",
    "lanh_dao": "Leading posts",
    "chuyen_mon": "Professional work",
    "ho_tro": "Support",
    "personnel": "Personnel",
    "reform": "Administrative reform",
    "rules": "Owner of rules and indicators",
    "sources": "Data sources",
    "registers": "Records and registers of documents",
    "finance": "Accounts and the fund of rewards",
    "administrator": "System administration",
    "annual": "Annual leave",
    "sick": "Sick leave",
    "maternity": "Maternity leave",
    "unpaid": "Unpaid leave",
    "training": "Training, study",
    "secondment": "Secondment",
    "other": "Another reason",
}
CHANGES = {
    "founding": Text(vi="Thành lập", en="Founding"),
    "merger": Text(vi="Hợp nhất, sáp nhập", en="Merger"),
    "split": Text(vi="Chia, tách", en="Split"),
    "transfer": Text(vi="Chuyển nhiệm vụ", en="Transfer of tasks"),
    "renaming": Text(vi="Đổi tên, chuyển nơi trực thuộc", en="Renaming or moving"),
    "abolition": Text(vi="Giải thể", en="Abolition"),
}
ALL = {**LEVELS, **DUTIES, **EXTRA, **AWAY}


def word(code: str) -> str:
    """What a code is called in the language of the page; a code nobody named stays as it is."""
    if code in STAFF_KINDS:
        told = STAFF_KINDS[code]
        return str(both(told.vi, told.en))
    return str(both(ALL[code], ENGLISH[code])) if code in ALL else code


def choices(words: dict[str, str], kept: str = "") -> list[tuple[str, object]]:
    """A list to choose from; `kept` is a value of the site's own that stays choosable."""
    found: list[tuple[str, object]] = [(code, both(vi, ENGLISH[code])) for code, vi in words.items()]
    return found if not kept or kept in words else [*found, (kept, kept)]


STAFF_CHOICES = [(code, both(one.vi, one.en)) for code, one in STAFF_KINDS.items()]
