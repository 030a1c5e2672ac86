"""Movement: units that passed from one account to another. Rows are added, never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel


class Movement(TenantModel):
    """``amount`` whole units (minor units of money, or credits) from one account to another.

    Because each movement takes what it gives, a unit sums to zero over all accounts whatever happens.
    ``cause`` is unique: a thing, what happened to it, and which time ("appointment:…:redeem:2"), so that
    nothing is posted twice. ``happened_on`` is the local day it counts from, ``recorded_at`` when we knew.
    """

    from_account = models.ForeignKey(
        "ledger.LedgerAccount", on_delete=models.PROTECT, related_name="out_of"
    )
    to_account = models.ForeignKey(
        "ledger.LedgerAccount", on_delete=models.PROTECT, related_name="into"
    )
    unit = models.CharField(max_length=60)
    amount = models.PositiveBigIntegerField()
    cause = models.CharField(max_length=120)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        """Something moves, elsewhere, once; the questions asked."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="movement_of_something"),
            models.CheckConstraint(
                condition=~Q(from_account=F("to_account")), name="movement_elsewhere"
            ),
            models.UniqueConstraint(fields=["business", "cause"], name="movement_cause_once"),
        ]
        indexes: ClassVar = [
            # What came into an account until a day, as known at a time.
            models.Index(fields=["to_account", "happened_on", "recorded_at"], name="movement_into"),
            # What went out of it.
            models.Index(
                fields=["from_account", "happened_on", "recorded_at"], name="movement_out_of"
            ),
        ]

    def __str__(self) -> str:
        """Say why it moved."""
        return f"{self.amount} {self.unit} for {self.cause}"
