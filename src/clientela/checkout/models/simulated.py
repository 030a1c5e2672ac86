"""What the simulated provider knows: its own books, kept apart from ours so that the two can be compared.

Only demo and test installations write any. The rows name accounts and attempts as a provider would, by
words of its own, never by foreign keys.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from django.db import models
from django.db.models import F, Q

from clientela.platform.ids import uuid7


class SimulatedState(models.TextChoices):
    """Where a simulated page stands."""

    OPEN = "open"
    PAID = "paid"
    REFUSED = "refused"
    CLOSED = "closed"


class SimulatedPayment(models.Model):
    """A hosted page and the payment made on it; ``key`` makes a repeated call the same call.

    ``wanted`` is what we said when we asked for the page: whose attempt, what for, where to return to.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_ref = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    page_ref = models.CharField(max_length=60, unique=True)
    payment_ref = models.CharField(max_length=60, blank=True)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    keeps_card = models.BooleanField(default=False)
    wanted = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=SimulatedState.choices, default=SimulatedState.OPEN
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A key makes one page; a payment has one name."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account_ref", "key"], name="simulated_payment_key"),
            models.UniqueConstraint(
                fields=["payment_ref"], condition=~Q(payment_ref=""), name="simulated_payment_ref"
            ),
        ]

    def __str__(self) -> str:
        """Its name at the provider."""
        return self.page_ref


class SimulatedRefund(models.Model):
    """Money that the simulated provider gave back."""

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.ForeignKey(SimulatedPayment, on_delete=models.CASCADE, related_name="refunds")
    key = models.CharField(max_length=100)
    refund_ref = models.CharField(max_length=60, unique=True)
    amount_minor = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        """A key makes one refund."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment", "key"], name="simulated_refund_key"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="simulated_refund_of_something"
            ),
        ]

    def __str__(self) -> str:
        """Its name at the provider."""
        return self.refund_ref


class SimulatedNews(models.Model):
    """An event as the simulated provider tells it, at ``due_at`` (never, where that is empty)."""

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_ref = models.CharField(max_length=100)
    event_id = models.CharField(max_length=60, unique=True)
    body = models.JSONField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """What is to be told next; what an account's list shows."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(told_at__gte=F("made_at")),
                name="simulated_news_told_after",
            )
        ]
        indexes: ClassVar = [
            # What the simulator tells next.
            models.Index(
                fields=["due_at"],
                condition=Q(due_at__isnull=False, told_at__isnull=True),
                name="simulated_news_due",
            ),
            # The provider's own list of events.
            models.Index(fields=["account_ref", "made_at"], name="simulated_news_list"),
        ]

    def __str__(self) -> str:
        """Its name at the provider."""
        return self.event_id
