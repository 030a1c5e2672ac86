"""The values of how a business sells: who it is on an invoice, what it takes, what a cancellation gives back."""

from __future__ import annotations

from django.db import models

from clientela.business.models.tenant import TenantModel


class CancelGives(models.TextChoices):
    """What a client gets back of a session paid while booking, when they cancel it in time."""

    CREDIT = "credit"
    MONEY = "money"


class SalesPolicy(TenantModel):
    """One row per business; without one, these defaults hold.

    ``invoice_series`` begins every invoice's number. ``hold_minutes`` is how long a time is kept while its
    client pays.
    """

    legal_name = models.CharField(max_length=160, blank=True)
    tax_id = models.CharField(max_length=40, blank=True)
    legal_address = models.CharField(max_length=400, blank=True)
    invoice_series = models.CharField(max_length=12, blank=True)
    invoice_note = models.CharField(max_length=400, blank=True)
    takes_cash = models.BooleanField(default=True)
    takes_terminal = models.BooleanField(default=True)
    takes_transfer = models.BooleanField(default=True)
    transfer_text = models.CharField(max_length=400, blank=True)
    cancel_gives = models.CharField(
        max_length=8, choices=CancelGives.choices, default=CancelGives.CREDIT
    )
    hold_minutes = models.PositiveSmallIntegerField(default=30)

    class Meta:
        """Exactly one per business."""

        constraints = [
            models.UniqueConstraint(fields=["business"], name="sales_policy_one_per_business")
        ]

    def __str__(self) -> str:
        """Say whose."""
        return f"sales policy of {self.business_id}"
