"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """The sign in door."""

    name = "clientela.web.sign_in"
    label = "web_sign_in"
