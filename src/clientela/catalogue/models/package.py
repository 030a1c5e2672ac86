"""Package: what a sale grants."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class ValidUnit(models.TextChoices):
    """In what a package's validity is counted."""

    DAY = "day"
    MONTH = "month"


class SoldOnline(models.TextChoices):
    """Who may buy a package on their own: nobody, who is a client already, or anyone signed in."""

    NOBODY = "nobody"
    CLIENTS = "clients"
    ANYONE = "anyone"


class Package(TenantModel):
    """``credits`` of the services it covers, for ``price_minor`` with the tax in it.

    The credits count from the sale's application date for ``valid_count`` days or months; none: for ever.
    ``tax_basis_points`` are hundredths of a per cent.
    """

    name = models.CharField(max_length=120)
    description = models.CharField(max_length=400, blank=True)
    credits = models.PositiveIntegerField()
    price_minor = models.PositiveBigIntegerField()
    tax_basis_points = models.PositiveIntegerField(default=0)
    valid_count = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_unit = models.CharField(max_length=6, choices=ValidUnit.choices, default=ValidUnit.MONTH)
    sold_online = models.CharField(
        max_length=10, choices=SoldOnline.choices, default=SoldOnline.CLIENTS
    )
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the owner's order; something is granted."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(credits__gte=1) & Q(credits__lte=1000), name="package_of_something"
            ),
            models.CheckConstraint(
                condition=Q(tax_basis_points__lte=10_000), name="package_tax_range"
            ),
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class PackageService(TenantModel):
    """One service that a package covers."""

    package = models.ForeignKey(
        "catalogue.Package", on_delete=models.CASCADE, related_name="covers"
    )
    service = models.ForeignKey("catalogue.Service", on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Once each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "service"], name="package_service_once")
        ]

    def __str__(self) -> str:
        """Say what covers what."""
        return f"{self.package_id} covers {self.service_id}"
