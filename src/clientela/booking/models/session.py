"""Session: a group occurrence with seats."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel


class Session(TenantModel):
    """An occurrence of a group service. Its resources are occupied once, by the session.

    ``promised_*`` and ``tzdata`` as in ``Appointment``. A session that its first client opened
    (``opened_by_client``) ends when its last seat is given back.
    """

    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey("business.Location", on_delete=models.PROTECT, related_name="+")
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    promised_local = models.CharField(max_length=16)
    promised_zone = models.CharField(max_length=64)
    tzdata = models.CharField(max_length=20)
    seats = models.PositiveSmallIntegerField()
    opened_by_client = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        """It has seats and ends after it starts."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")) & Q(seats__gte=1), name="session_sound"
            )
        ]
        indexes: ClassVar = [
            # Offered sessions of a service; the desk's day.
            models.Index(fields=["business", "starts_at"], name="session_by_day"),
            models.Index(fields=["service", "starts_at"], name="session_by_service"),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"session {self.pk}"


class Seat(TenantModel):
    """A taken seat. Seats are numbered from 1; a guard refuses a number above ``Session.seats``.

    A freed seat is a deleted row.
    """

    session = models.ForeignKey("booking.Session", on_delete=models.CASCADE, related_name="taken")
    number = models.PositiveSmallIntegerField()
    appointment = models.OneToOneField(
        "booking.Appointment", on_delete=models.CASCADE, related_name="seat"
    )

    class Meta:
        """Each seat once, each appointment one seat."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "number"], name="seat_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_number_from_one"),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"seat {self.number} of {self.session_id}"
