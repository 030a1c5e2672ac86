"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """The support's chat."""

    name = "clientela.web.chat"
    label = "web_chat"

    def ready(self) -> None:
        """Let a guest who signs in take along what they wrote."""
        from clientela.web.chat import browser  # noqa: PLC0415 -- needs loaded models

        browser.connect()
