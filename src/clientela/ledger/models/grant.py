"""Grant: the credits a sale gave."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel


class Grant(TenantModel):
    """``credits`` units, numbered from 1, for the services of the day of sale (``services``).

    They count from ``applies_on`` until ``valid_until`` (its last day; none: for ever), days of the
    appointment's promised wall clock. Void sales close their grant (``closed_at``).
    """

    account_lookup: ClassVar = "client__account"

    sale = models.OneToOneField("ledger.Sale", on_delete=models.PROTECT, related_name="grant")
    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="grants")
    unit = models.CharField(max_length=60)
    credits = models.PositiveIntegerField()
    applies_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    granted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Something is granted; what a client may use."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(credits__gte=1), name="grant_of_something"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("applies_on")),
                name="grant_valid_forward",
            ),
        ]
        indexes: ClassVar = [
            # What a client may use, asked at every booking.
            models.Index(
                fields=["client"], condition=Q(closed_at__isnull=True), name="grant_open_of_client"
            ),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"grant {self.pk}"


class GrantService(TenantModel):
    """One service that a grant's credits redeem."""

    grant = models.ForeignKey("ledger.Grant", on_delete=models.CASCADE, related_name="services")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Once each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "service"], name="grant_service_once")
        ]

    def __str__(self) -> str:
        """Say what redeems what."""
        return f"{self.grant_id} redeems {self.service_id}"
