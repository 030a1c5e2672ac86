"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """A human's log-in, global to the installation."""

    name = "clientela.accounts"
    label = "accounts"
