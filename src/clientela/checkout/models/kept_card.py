"""KeptCard: a payment card that the provider keeps for no-show fees, with the consent as evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class KeptCard(TenantModel):
    """A client's card at the provider; we hold its references and what tells it apart, never its number.

    ``text_version`` names the words the client agreed to at ``agreed_at``, with the fee that stood there.
    """

    account_lookup: ClassVar = "client__account"

    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="kept_cards")
    provider_account = models.ForeignKey(
        "checkout.ProviderAccount", on_delete=models.PROTECT, related_name="kept_cards"
    )
    customer_ref = models.CharField(max_length=255)
    card_ref = models.CharField(max_length=255)
    brand = models.CharField(max_length=20, blank=True)
    last_digits = models.CharField(max_length=4, blank=True)
    expires_month = models.PositiveSmallIntegerField(null=True, blank=True)
    expires_year = models.PositiveSmallIntegerField(null=True, blank=True)
    fee_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    text_version = models.CharField(max_length=20)
    agreed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One card at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(removed_at__isnull=True), name="kept_card_one"
            )
        ]

    def __str__(self) -> str:
        """Without whose."""
        return f"kept card {self.pk}"
