"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    """How a person gets in: second factor, passkeys, other providers, sessions."""

    name = "clientela.web.security"
    label = "web_security"

    def ready(self) -> None:
        """From now on every log-in is noted for its owner's list of browsers."""
        from clientela.web.security.kept_sessions import watch  # noqa: PLC0415 -- needs loaded models

        watch()
