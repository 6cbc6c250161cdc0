"""Where a rule is read: the address of a rulebook, at one of its indicators when named."""

from django.urls import reverse


def rule_url(rulebook_id: str, indicator: str = "") -> str:
    """The page of a rulebook, at the place of an indicator (or of a part, as `card/part`)."""
    return reverse("rulebook", args=[rulebook_id]) + (f"#{indicator.replace('/', '-')}" if indicator else "")
