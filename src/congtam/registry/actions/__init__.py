"""What is done to rules: copies adopted, numbers set, scorecards chosen; each proposed by one person and approved by
another, or taken back, and all of it written down."""

from congtam.registry.actions.cards import add_card, end_card, set_choice
from congtam.registry.actions.copies import adopt, approve_copy, list_products
from congtam.registry.actions.deciding import refuse, withdraw
from congtam.registry.actions.drafts import approve_draft, propose

__all__ = [
    "add_card",
    "adopt",
    "approve_copy",
    "approve_draft",
    "end_card",
    "list_products",
    "propose",
    "refuse",
    "set_choice",
    "withdraw",
]
