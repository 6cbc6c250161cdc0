"""Schemes of reward, the fund as a ledger, who is paid what, and what is paid later or taken back."""
