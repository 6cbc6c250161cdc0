"""Quỹ thưởng: the fund and its ledger, lists of payments, achievements, what people earn, one's own."""
