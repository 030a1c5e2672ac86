"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """What a business and a person wrote to each other."""

    name = "clientela.conversations"
    label = "conversations"
