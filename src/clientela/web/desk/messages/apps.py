"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """What clients write, and what they were written."""

    name = "clientela.web.desk.messages"
    label = "web_desk_messages"
