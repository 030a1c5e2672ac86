"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """What can be booked."""

    name = "clientela.catalogue"
    label = "catalogue"
