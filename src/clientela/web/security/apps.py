"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    """How a person gets in: second factor, passkeys, other providers, sessions."""

    name = "clientela.web.security"
    label = "web_security"
