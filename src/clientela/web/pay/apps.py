"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PayConfig(AppConfig):
    """The pay door."""

    name = "clientela.web.pay"
    label = "web_pay"
