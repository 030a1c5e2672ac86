"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    """Selling, paying and giving back: where the ledger and the appointments meet."""

    name = "clientela.checkout"
    label = "checkout"
