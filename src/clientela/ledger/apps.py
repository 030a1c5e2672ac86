"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What was sold, granted, redeemed and paid: movements that balance."""

    name = "clientela.ledger"
    label = "ledger"
