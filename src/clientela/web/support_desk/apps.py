"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SupportDeskConfig(AppConfig):
    """Where support agents see what is asked of the installation."""

    name = "clientela.web.support_desk"
    label = "web_support_desk"
