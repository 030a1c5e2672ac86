"""DirectText: a text that hangs on no appointment: an answer from the inbox, a test, the word that opts in again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel
from clientela.notify.models.message import Reason
from clientela.platform.leases import Leased


class TextPurpose(models.TextChoices):
    """What it is for."""

    REPLY = "reply"
    TEST = "test"
    KEYWORD = "keyword"


class DirectText(Leased, TenantModel):
    """One text to one number. As with messages, the row is written before it is sent, and says what became of it.

    An interrupted one is never sent again by itself (``unknown``): nobody wants an answer twice.
    """

    purpose = models.CharField(max_length=10, choices=TextPurpose.choices)
    number = models.CharField(max_length=20)
    body = models.CharField(max_length=1600)
    entry = models.OneToOneField(
        "conversations.Entry",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="direct_text",
    )
    reason = models.CharField(max_length=24, choices=Reason.choices, default=Reason.QUEUED)
    provider = models.CharField(max_length=20, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    segments = models.PositiveSmallIntegerField(default=0)
    cost_minor = models.PositiveIntegerField(default=0)
    detail = models.CharField(max_length=300, blank=True)
    send_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """What is due; whose news a receipt is."""

        indexes: ClassVar = [
            models.Index(
                fields=["send_at"],
                name="direct_text_due",
                condition=models.Q(send_at__isnull=False),
            ),
            models.Index(
                fields=["provider_id"],
                name="direct_text_provider_id",
                condition=~models.Q(provider_id=""),
            ),
        ]

    def __str__(self) -> str:
        """Without the number."""
        return f"direct text {self.pk}"
