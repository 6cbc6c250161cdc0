"""What every block is made of: numbers, days, names, expressions as text, texts for people, and who answers.

Numbers are decimals and days are dates; what is not one is refused with how to write it. A `Sourced` block can state
its legal basis and its owner.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _decimal(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError("a number is written like 12 or 0.25")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a number; write it like 12 or 0.25") from None
    if not number.is_finite():
        raise ValueError("a number is written like 12 or 0.25")
    return number


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{value!r} is not a day; write it like 2026-01-01") from None


Number = Annotated[Decimal, BeforeValidator(_decimal)]
Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Expression = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]


class Block(BaseModel):
    """Any block of a rulebook file: strict and frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, populate_by_name=True)


class Text(Block):
    """A text for people, in Vietnamese and English."""

    vi: str
    en: str

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi


class Certainty(StrEnum):
    """How sure we are of a rule: text read, reported by others, or unverified."""

    VERIFIED = "verified"
    REPORTED = "reported"
    UNVERIFIED = "unverified"


class LegalBasis(Block):
    """Where a number comes from. `note` says what is not certain, or how a conflict was settled."""

    act: str
    article: str | None = None
    from_: Day | None = Field(default=None, alias="from")
    certainty: Certainty
    confirmed_on: Day | None = None
    note: Text | None = None


class Sourced(Block):
    """A block whose figures may have a legal basis and an owner of their own."""

    legal_basis: LegalBasis | None = None
    owner: str | None = None
