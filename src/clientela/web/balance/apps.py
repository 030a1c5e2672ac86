"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BalanceConfig(AppConfig):
    """The balance door."""

    name = "clientela.web.balance"
    label = "web_balance"
