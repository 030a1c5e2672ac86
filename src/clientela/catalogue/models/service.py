"""Service: what can be booked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from clientela.business.models import TenantModel


def _by_five(field: str) -> Q:
    """All lengths are multiples of five minutes: availability masks are exact on that grid."""
    return Q(Exact(Mod(F(field), 5), 0))


class PaysOnline(models.TextChoices):
    """Whether a client pays while booking on their own: not, if they like, a deposit, or all of it.

    What is asked must be paid: the time is held meanwhile.
    """

    OFF = "off"
    MAY = "may"
    DEPOSIT = "deposit"
    FULL = "full"


class Service(TenantModel):
    """What a client books. Durations and buffers are minutes, multiples of five.

    ``capacity`` above one makes it a group service: appointments are seats of a session.
    Sessions are scheduled by staff, or opened by the first client where ``opens_sessions``.
    ``lead_minutes`` is the shortest notice, ``horizon_days`` how many local days ahead
    the calendar is open (today is day 0). The two ``*_closes_minutes`` override the business's policy.

    Of a service that ``needs_credits`` an appointment without valid balance is pending redemption.
    Prices have ``tax_basis_points`` (hundredths of a per cent) in them. One session sold by itself is valid
    ``single_valid_days`` from its application date; none: for ever. With a ``no_show_fee_minor`` a card is
    kept while booking.
    """

    name = models.CharField(max_length=120)
    description = models.CharField(max_length=400, blank=True)
    duration_minutes = models.PositiveSmallIntegerField()
    buffer_before_minutes = models.PositiveSmallIntegerField(default=0)
    buffer_after_minutes = models.PositiveSmallIntegerField(default=0)
    price_minor = models.PositiveBigIntegerField(default=0)
    grid_minutes = models.PositiveSmallIntegerField(default=15)
    lead_minutes = models.PositiveIntegerField(default=120)
    horizon_days = models.PositiveSmallIntegerField(default=90)
    capacity = models.PositiveSmallIntegerField(default=1)
    opens_sessions = models.BooleanField(default=False)
    needs_approval = models.BooleanField(default=False)
    is_remote = models.BooleanField(default=False)
    is_online = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    reschedule_closes_minutes = models.PositiveIntegerField(null=True, blank=True)
    cancel_closes_minutes = models.PositiveIntegerField(null=True, blank=True)
    cancel_free_minutes = models.PositiveIntegerField(null=True, blank=True)
    needs_credits = models.BooleanField(default=False)
    tax_basis_points = models.PositiveIntegerField(default=0)
    single_valid_days = models.PositiveSmallIntegerField(null=True, blank=True)
    pays_online = models.CharField(max_length=8, choices=PaysOnline.choices, default=PaysOnline.OFF)
    deposit_minor = models.PositiveBigIntegerField(default=0)
    no_show_fee_minor = models.PositiveBigIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the owner's order; lengths on the five-minute grid."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=5) & Q(duration_minutes__lte=1440),
                name="service_duration_range",
            ),
            models.CheckConstraint(
                condition=Q(grid_minutes__gte=5) & Q(grid_minutes__lte=1440),
                name="service_grid_range",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="service_capacity_positive"),
            models.CheckConstraint(
                condition=Q(tax_basis_points__lte=10_000), name="service_tax_range"
            ),
            models.CheckConstraint(
                condition=~Q(pays_online="deposit")
                | (Q(deposit_minor__gt=0) & Q(deposit_minor__lte=F("price_minor"))),
                name="service_deposit_within_price",
            ),
            models.CheckConstraint(
                condition=_by_five("duration_minutes")
                & _by_five("buffer_before_minutes")
                & _by_five("buffer_after_minutes")
                & _by_five("grid_minutes"),
                name="service_minutes_by_five",
            ),
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def is_group(self) -> bool:
        """Whether appointments are seats of a session."""
        return self.capacity > 1


class ServiceProfessional(TenantModel):
    """Who gives a service."""

    service = models.ForeignKey(
        "catalogue.Service", on_delete=models.CASCADE, related_name="offers"
    )
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        """Once each."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "professional"], name="service_professional_once"
            )
        ]

    def __str__(self) -> str:
        """Say who gives what."""
        return f"{self.professional_id} gives {self.service_id}"
