"""What happened, waiting to be heard; and who has heard it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.leases import Leased
from clientela.platform.tenancy import Tenancy


class OutboxEvent(Leased):
    """A fact, written in the transaction that made it true. The payload holds ids and plain words only."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=100)
    payload = models.JSONField()
    business_id = models.UUIDField(null=True)
    occurred_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    needs_attention_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            # The worker's question, asked every second: what is due and not yet done?
            models.Index(
                fields=["due_at", "id"],
                name="outbox_due",
                condition=models.Q(done_at__isnull=True, needs_attention_at__isnull=True),
            ),
            # The daily purge of what was heard long ago.
            models.Index(
                fields=["done_at"], name="outbox_done", condition=models.Q(done_at__isnull=False)
            ),
            # The operator's list, and the doctor's count.
            models.Index(
                fields=["needs_attention_at"],
                name="outbox_attention",
                condition=models.Q(needs_attention_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Name the event."""
        return f"{self.name} {self.id}"


class EventReceipt(models.Model):
    """One handler has heard one event. Unique, so a handler that ran never runs again."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="receipts")
    handler = models.CharField(max_length=200)
    heard_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_receipt_per_handler")
        ]

    def __str__(self) -> str:
        """Name the handler and the event."""
        return f"{self.handler} heard {self.event_id}"
