"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ClientPagesConfig(AppConfig):
    """The client's own pages: home, appointments, activation, profile, addresses, messages."""

    name = "clientela.web.client"
    label = "web_client"
