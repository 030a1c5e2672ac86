"""Sale: what was sold to a client, when, from when it counts, and how far it is paid."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel
from clientela.rules.sale_state import SaleState


class SaleKind(models.TextChoices):
    """What is sold: a package, one session of a service, or a fee that grants nothing."""

    PACKAGE = "package"
    SINGLE = "single"
    FEE = "fee"


class Sale(TenantModel):
    """One thing sold to one client. What was agreed never changes; only ``state`` goes on, and the card.

    Prices are in minor units of ``currency`` with the tax in them: ``net_minor`` + ``tax_minor`` =
    ``price_minor``. ``sold_on`` and ``applies_on`` are local days of the business: when it was sold, and from
    when its credits count (the application date). ``valid_until`` is the last day they count on; none: for
    ever. ``cause`` is what it was sold for ("appointment:…"), or blank. ``returned_minor`` is how much of the
    price was taken back by credit notes.
    """

    account_lookup: ClassVar = "client__account"

    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="sales")
    kind = models.CharField(max_length=10, choices=SaleKind.choices)
    package = models.ForeignKey(
        "catalogue.Package", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(
        "catalogue.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    credits = models.PositiveIntegerField()
    price_minor = models.PositiveBigIntegerField()
    net_minor = models.PositiveBigIntegerField()
    tax_minor = models.PositiveBigIntegerField()
    tax_basis_points = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    sold_on = models.DateField()
    applies_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    cause = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        max_length=16, choices=[(state.value, state.name) for state in SaleState]
    )
    returned_minor = models.PositiveBigIntegerField(default=0)
    door = models.CharField(max_length=30)
    by_kind = models.CharField(max_length=10)
    by_account_id = models.UUIDField(null=True, blank=True)
    sold_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_because = models.CharField(max_length=300, blank=True)

    class Meta:
        """Parts make the whole; what is sold fits its kind; the questions asked."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(price_minor=F("net_minor") + F("tax_minor")),
                name="sale_parts_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(returned_minor__lte=F("price_minor")), name="sale_returned_within_price"
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="package", package__isnull=False, credits__gte=1)
                    | Q(kind="single", service__isnull=False, credits=1)
                    | Q(kind="fee", credits=0)
                ),
                name="sale_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("applies_on")),
                name="sale_valid_forward",
            ),
        ]
        indexes: ClassVar = [
            # A client's sales, newest first.
            models.Index(fields=["client", "-sold_at"], name="sale_by_client"),
            # The desk's list and the reports of a period.
            models.Index(fields=["business", "-sold_on"], name="sale_by_day"),
            # What waits for payment.
            models.Index(
                fields=["business", "sold_on"],
                condition=Q(state__in=["pending_payment", "partly_paid"]),
                name="sale_outstanding",
            ),
        ]

    def __str__(self) -> str:
        """Without the client."""
        return f"sale {self.pk}"
