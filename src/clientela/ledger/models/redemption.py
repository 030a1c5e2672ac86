"""Redemption: one credit of a grant, used for one cause."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class Redemption(TenantModel):
    """Credit ``number`` of a grant, used for ``cause`` ("appointment:…") of the day ``on``.

    It stands until ``released_at``. ``forfeited`` says it was used up by not coming or by cancelling late. ``lent``:
    it was used, with leave, for somebody else of the household of the grant's client.
    A credit is used once, and a cause uses one credit, while it stands: the database refuses the second.
    """

    account_lookup: ClassVar = "grant__client__account"

    grant = models.ForeignKey("ledger.Grant", on_delete=models.PROTECT, related_name="redemptions")
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=60)
    turn = models.PositiveIntegerField()
    on = models.DateField()
    forfeited = models.BooleanField(default=False)
    lent = models.BooleanField(default=False)
    redeemed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """No credit twice, no cause twice; ``turn`` counts how often a cause redeemed."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["grant", "number"],
                condition=Q(released_at__isnull=True),
                name="redemption_credit_once",
            ),
            models.UniqueConstraint(
                fields=["business", "cause"],
                condition=Q(released_at__isnull=True),
                name="redemption_cause_once",
            ),
            models.UniqueConstraint(
                fields=["business", "cause", "turn"], name="redemption_turn_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="redemption_from_one"),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"credit {self.number} of {self.grant_id}"
