"""CommissionRule: which share of a visit is the professional's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel
from clientela.rules.commission import WHOLE


class CommissionRule(TenantModel):
    """From ``valid_from`` on, the share of each visit in basis points: of a new client's, and of a returning one's.

    For one service, one professional, both, or all. Rows are only added: a later one for the same replaces it from
    its day on, and one without shares gives way to the wider rule again. ``number`` counts those of the business.
    """

    number = models.PositiveIntegerField()
    service = models.ForeignKey(
        "catalogue.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    new_share = models.PositiveSmallIntegerField(null=True, blank=True)
    returning_share = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    made_at = models.DateTimeField()
    by_account_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """In order; both shares or neither, none above the whole."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "number"], name="commission_in_order"),
            models.CheckConstraint(
                condition=Q(new_share__isnull=True, returning_share__isnull=True)
                | Q(new_share__lte=WHOLE, returning_share__lte=WHOLE),
                name="commission_shares",
            ),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"commission {self.number} of {self.business_id}"
