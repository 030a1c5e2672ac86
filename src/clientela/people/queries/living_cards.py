"""Which cards stand for somebody today."""

from __future__ import annotations

from django.db.models import QuerySet

from clientela.people.models import Client


def living_cards() -> QuerySet[Client]:
    """Return the cards of the scope that were neither taken up by another nor erased."""
    return Client.objects.filter(merged_into__isnull=True, erased_at__isnull=True)
