"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal door."""

    name = "clientela.web.portal"
    label = "web_portal"
