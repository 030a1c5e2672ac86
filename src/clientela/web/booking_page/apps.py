"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BookingPageConfig(AppConfig):
    """The booking page door."""

    name = "clientela.web.booking_page"
    label = "web_booking_page"
