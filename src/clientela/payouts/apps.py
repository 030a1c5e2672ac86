"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    """What each professional is owed."""

    name = "clientela.payouts"
    label = "payouts"
