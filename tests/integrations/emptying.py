"""An empty installation, in the middle of a test."""

from __future__ import annotations

from clientela.booking.models import Appointment, BusyBlock, Occupancy, Seat, Series, Session
from clientela.business.models import Business, Resource
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.tenancy import system_scope

_PROTECTED = (
    Seat, Occupancy, BusyBlock, Appointment, Session, Series, Client, Service, Resource,
)  # fmt: skip


def emptied() -> None:
    """Delete every business with all it owns; what is protected goes first."""
    with system_scope("a test begins anew"):
        Client.objects.update(merged_into=None)  # a card protects the one that took it up
        for model in _PROTECTED:
            model.objects.all().delete()
        Business.objects.all().delete()
