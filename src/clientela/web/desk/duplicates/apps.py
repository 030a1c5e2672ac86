"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    """Suggested duplicates among a business's cards."""

    name = "clientela.web.desk.duplicates"
    label = "web_desk_duplicates"
