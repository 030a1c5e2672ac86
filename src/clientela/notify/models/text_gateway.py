"""TextGateway: by whom a business sends its texts, under which number, and what they may cost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class GatewayName(models.TextChoices):
    """The gateways there are."""

    SIMULATOR = "simulator"
    TWILIO = "twilio"
    VONAGE = "vonage"
    HTTP = "http"


class SenderKind(models.TextChoices):
    """What the reader sees as the sender; some carriers filter some of them (S4.9)."""

    TOLL_FREE = "toll-free"
    LONG_NUMBER = "long-number"
    SHORT_CODE = "short-code"
    NAME = "name"


class TextGateway(TenantModel):
    """A business's account with a text gateway.

    ``sealed`` holds the secrets, encrypted. ``sender`` is a number (E.164), a short code or a name; to a name nobody
    can answer. ``price_minor`` is what one segment is counted with, ``cap_minor`` what a month may cost, never more.
    ``countries`` are the ISO codes of numbers that may be written to. A gateway that was replaced keeps
    receiving news of its old messages (``ended_at``).
    """

    gateway = models.CharField(max_length=12, choices=GatewayName.choices)
    account = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=300, blank=True)
    sealed = models.TextField(blank=True)
    sender = models.CharField(max_length=20)
    sender_kind = models.CharField(max_length=12, choices=SenderKind.choices)
    price_minor = models.PositiveIntegerField(default=8)
    cap_minor = models.PositiveIntegerField(default=2000)
    currency = models.CharField(max_length=3)
    countries = models.JSONField(default=list)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        """One at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business"],
                condition=Q(ended_at__isnull=True),
                name="text_gateway_one_open",
            )
        ]

    def __str__(self) -> str:
        """Without secrets."""
        return f"{self.gateway} gateway {self.pk}"


class TextSpend(TenantModel):
    """What a business's texts have cost in one month of the calendar in UTC (``2026-11``), counted before they leave.

    ``alarmed_at``: when its owners were told that four fifths are used, ``full_at``, that nothing more leaves; a higher
    cap of which that is not so takes both back.
    """

    month = models.CharField(max_length=7)
    spent_minor = models.PositiveBigIntegerField(default=0)
    alarmed_at = models.DateTimeField(null=True, blank=True)
    full_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One row a month."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "month"], name="text_spend_once")
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"texts of {self.month}"
