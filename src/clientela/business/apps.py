"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BusinessConfig(AppConfig):
    """The tenant: who it is, where, by which policies, with whom and with what."""

    name = "clientela.business"
    label = "business"
