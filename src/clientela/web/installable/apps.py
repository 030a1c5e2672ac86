"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class InstallableConfig(AppConfig):
    """What makes the pages install to a home screen and open offline."""

    name = "clientela.web.installable"
    label = "web_installable"

    def ready(self) -> None:
        """Hear when somebody is signed out."""
        from clientela.web.installable.sign_out import watch  # noqa: PLC0415 -- models must be loaded

        watch()
