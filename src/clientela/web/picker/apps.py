"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PickerConfig(AppConfig):
    """The part in which visitors choose a time; it has no address of its own."""

    name = "clientela.web.picker"
    label = "web_picker"
