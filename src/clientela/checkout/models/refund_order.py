"""RefundOrder: money that is to go back by the provider, written before the provider is asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class OrderState(models.TextChoices):
    """Where it stands."""

    ORDERED = "ordered"
    DONE = "done"
    FAILED = "failed"


class RefundOrder(TenantModel):
    """``amount_minor`` of an online payment to give back.

    Its id is the key of the provider's call, so that a call repeated after a crash is the same refund. ``try_at`` is the next try, null once nothing is due.
    """

    account_lookup: ClassVar = "payment__sale__client__account"

    provider_account = models.ForeignKey(
        "checkout.ProviderAccount", on_delete=models.PROTECT, related_name="refund_orders"
    )
    payment = models.ForeignKey(
        "ledger.Payment", on_delete=models.PROTECT, related_name="refund_orders"
    )
    amount_minor = models.PositiveBigIntegerField()
    because = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.ORDERED)
    reason = models.CharField(max_length=200, blank=True)
    provider_ref = models.CharField(max_length=255, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ordered_at = models.DateTimeField()
    try_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    by_kind = models.CharField(max_length=10)
    by_account_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """Something goes back; what the worker does next."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_of_something")
        ]
        indexes: ClassVar = [
            # What the worker does next.
            models.Index(
                fields=["try_at"], condition=Q(try_at__isnull=False), name="refund_order_due"
            )
        ]

    def __str__(self) -> str:
        """Without whose."""
        return f"refund order {self.pk}"
