"""Statement, its lines, and what corrects them afterwards. None of it is ever changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel
from clientela.rules.attribution import Newness


class Statement(TenantModel):
    """What a professional earned from ``first_on`` to ``last_on``, both included, as known when it was closed.

    Days are those of the appointments' own clocks. The next one of the same currency begins the day after.
    ``total_minor`` is ``visits_minor`` plus ``adjustments_minor``; the latter may be negative.
    """

    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, related_name="+"
    )
    first_on = models.DateField()
    last_on = models.DateField()
    currency = models.CharField(max_length=3)
    visits_minor = models.BigIntegerField()
    adjustments_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    closed_at = models.DateTimeField()
    by_account_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """One after the other, and its sum is a sum."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["professional", "currency", "first_on"], name="statement_after_another"
            ),
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on"))
                & Q(total_minor=F("visits_minor") + F("adjustments_minor")),
                name="statement_sound",
            ),
        ]
        indexes: ClassVar = [
            # Up to which day somebody is settled; the list.
            models.Index(fields=["professional", "-last_on"], name="statement_latest")
        ]

    def __str__(self) -> str:
        """Say whose."""
        return f"statement {self.pk}"


class Adjustment(TenantModel):
    """What a visit of a settled day turned out to be worth more, or less: it stands in the next statement.

    ``of_statement`` is the closed one it corrects, which keeps what it says. ``was_minor`` is what had been counted
    for the visit until then, ``is_minor`` what it is worth now; ``amount_minor`` the difference. ``cause`` names the
    one event that made it (``marked:3``, ``status:5``), so that an event heard twice is counted once.
    """

    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, related_name="+"
    )
    appointment = models.ForeignKey(
        "booking.Appointment", on_delete=models.PROTECT, related_name="+"
    )
    of_statement = models.ForeignKey(
        "payouts.Statement", on_delete=models.PROTECT, related_name="corrections"
    )
    cause = models.CharField(max_length=40)
    newness = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Newness])
    share = models.PositiveSmallIntegerField()
    basis_minor = models.PositiveBigIntegerField()
    was_minor = models.BigIntegerField()
    is_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        """Once for a cause; never of nothing."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["professional", "appointment", "cause"], name="adjustment_once"
            ),
            models.CheckConstraint(
                condition=Q(is_minor=F("was_minor") + F("amount_minor")) & ~Q(amount_minor=0),
                name="adjustment_sound",
            ),
        ]
        indexes: ClassVar = [
            # What had been counted for a visit.
            models.Index(fields=["appointment", "professional"], name="adjustment_of_visit")
        ]

    def __str__(self) -> str:
        """Say what of."""
        return f"adjustment of {self.appointment_id}"


class StatementLine(TenantModel):
    """One visit of a statement; or, with ``adjustment``, the correction of one that an earlier statement settled.

    ``marker`` is the number of the attribution it was counted by, ``rule`` the commission rule.
    """

    statement = models.ForeignKey(
        "payouts.Statement", on_delete=models.PROTECT, related_name="lines"
    )
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, related_name="+"
    )
    appointment = models.ForeignKey(
        "booking.Appointment", on_delete=models.PROTECT, related_name="+"
    )
    adjustment = models.OneToOneField(
        "payouts.Adjustment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="line",
    )
    on = models.DateField()
    basis_minor = models.PositiveBigIntegerField()
    newness = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Newness])
    marker = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField()
    rule = models.ForeignKey(
        "payouts.CommissionRule",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    amount_minor = models.BigIntegerField()

    class Meta:
        """A visit is settled once for a professional; all else corrects it."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appointment", "professional"],
                condition=Q(adjustment__isnull=True),
                name="statement_line_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["statement", "on"], name="statement_lines")]

    def __str__(self) -> str:
        """Say what of."""
        return f"line of {self.statement_id}"
