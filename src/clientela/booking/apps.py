"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Appointments and what they occupy."""

    name = "clientela.booking"
    label = "booking"
