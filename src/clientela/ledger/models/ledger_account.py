"""LedgerAccount: what units move between."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class AccountKind(models.TextChoices):
    """What an account is for. Its balance is what came in less what went out.

    Money: ``earned`` and ``tax`` give what is sold to ``owed`` (one per sale: what its client still owes),
    payments move it on to a ``till`` (one per method), and ``unapplied`` is money that came for nothing we
    could give. Credits: ``issued`` gives them to ``open`` (one per grant: what can be used), a redemption
    moves one on to ``used``, a forfeit from there to ``forfeited``.
    """

    EARNED = "earned"
    TAX = "tax"
    OWED = "owed"
    TILL = "till"
    UNAPPLIED = "unapplied"
    ISSUED = "issued"
    OPEN = "open"
    USED = "used"
    FORFEITED = "forfeited"


class LedgerAccount(TenantModel):
    """One account of a business in one unit.

    ``unit`` is an ISO 4217 code (amounts are its minor units) or ``credit:`` and what it is a credit of.
    ``key`` says which of its kind: a sale's or a grant's id, a method of payment, or nothing.
    """

    kind = models.CharField(max_length=12, choices=AccountKind.choices)
    key = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=60)

    class Meta:
        """Each once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "kind", "key", "unit"], name="ledger_account_once"
            )
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.kind}:{self.key} in {self.unit}"
