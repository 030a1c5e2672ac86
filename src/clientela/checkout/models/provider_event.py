"""ProviderEvent: the inbox of webhooks, written in the transaction of their effect."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class EventState(models.TextChoices):
    """What became of it. ``waiting`` came before what it is about; ``quarantined`` is genuine but wrong."""

    APPLIED = "applied"
    IGNORED = "ignored"
    WAITING = "waiting"
    QUARANTINED = "quarantined"


class ProviderEvent(TenantModel):
    """One genuine event of a provider, once. ``facts`` is what we read of it: ids, amounts, words."""

    provider_account = models.ForeignKey(
        "checkout.ProviderAccount", on_delete=models.PROTECT, related_name="events"
    )
    event_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=EventState.choices)
    reason = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Each event once; what still waits."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider_account", "event_id"], name="provider_event_once"
            )
        ]
        indexes: ClassVar = [
            # What waits for its payment, and what a person has to look at.
            models.Index(
                fields=["business", "received_at"],
                condition=models.Q(state__in=["waiting", "quarantined"]),
                name="provider_event_unsettled",
            ),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.kind} {self.event_id}"
