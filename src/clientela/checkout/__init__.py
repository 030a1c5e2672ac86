"""Selling, paying and giving back: where the ledger and the appointments meet."""
