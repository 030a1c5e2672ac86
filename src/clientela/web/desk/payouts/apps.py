"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskPayoutsConfig(AppConfig):
    """Markers explained, commissions, statements."""

    name = "clientela.web.desk.payouts"
    label = "web_desk_payouts"
