"""Payment: money that came for a sale, or went back. Rows are added, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class Method(models.TextChoices):
    """How money is handed over."""

    CASH = "cash"
    TERMINAL = "terminal"
    TRANSFER = "transfer"
    ONLINE = "online"


class PaymentKind(models.TextChoices):
    """Which way it went."""

    PAYMENT = "payment"
    REFUND = "refund"


class Payment(TenantModel):
    """``amount_minor`` of ``currency``, taken or given back on the local day ``paid_on``.

    Online money carries the provider and its reference, which may come once only. Without a sale it is
    money for something that could not be given any more; it is refunded by itself.
    """

    account_lookup: ClassVar = "sale__client__account"

    sale = models.ForeignKey(
        "ledger.Sale", on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    kind = models.CharField(max_length=10, choices=PaymentKind.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    provider = models.CharField(max_length=20, blank=True)
    provider_ref = models.CharField(max_length=255, blank=True)
    refund_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="refunds"
    )
    paid_on = models.DateField()
    recorded_at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_account_id = models.UUIDField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        """Something is paid; a provider's payment counts once; the questions asked."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payment_of_something"),
            models.UniqueConstraint(
                fields=["business", "provider", "provider_ref", "kind"],
                condition=~Q(provider_ref=""),
                name="payment_provider_ref_once",
            ),
        ]
        indexes: ClassVar = [
            # Takings of a period.
            models.Index(fields=["business", "paid_on"], name="payment_by_day"),
        ]

    def __str__(self) -> str:
        """Without whose."""
        return f"payment {self.pk}"
