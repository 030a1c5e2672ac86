"""Receipt: what a provider said afterwards about a message it had taken."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class ReceiptKind(models.TextChoices):
    """What became of it, as the provider says."""

    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED_HARD = "bounced_hard"
    BOUNCED_SOFT = "bounced_soft"
    FILTERED = "filtered"
    LANDLINE = "landline"
    INVALID = "invalid"
    OPTED_OUT = "opted_out"
    COMPLAINED = "complained"
    FAILED = "failed"


class Receipt(TenantModel):
    """One piece of news, kept once: ``key`` is the provider's own id of the event, or made from what it says.

    It is written in the transaction of its effect; the same news again finds it and does nothing.
    """

    message = models.ForeignKey(
        "notify.Message", on_delete=models.CASCADE, null=True, blank=True, related_name="receipts"
    )
    direct_text = models.ForeignKey(
        "notify.DirectText",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="receipts",
    )
    provider = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=ReceiptKind.choices)
    code = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        """Each event once."""

        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "provider", "key"], name="receipt_once")
        ]

    def __str__(self) -> str:
        """Say what."""
        return f"receipt {self.pk}: {self.kind}"
