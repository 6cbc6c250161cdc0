"""Labels and messages of forms in the language of the page that prints them."""

from django.utils.functional import lazy
from django.utils.translation import get_language

from congtam.engine.rulebook.model import Text


def _in_language(vi: str, en: str) -> str:
    return Text(vi=vi, en=en).in_(get_language() or "vi")


said = lazy(_in_language, str)
"""The text in the language of the page, told when it is printed."""
