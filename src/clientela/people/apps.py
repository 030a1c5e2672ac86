"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """A business's client cards and how to reach them."""

    name = "clientela.people"
    label = "people"
