"""Occupancy: what the database refuses to overlap."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel


class Occupancy(TenantModel):
    """A resource is taken from ``starts_at`` to ``ends_at``, buffers included, half-open.

    Written by one path only (``booking/actions/occupy.py``). A guard on both engines refuses two
    rows of one resource that overlap. A freed stretch is a deleted row: history is in the audit.
    """

    resource = models.ForeignKey("business.Resource", on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(
        "booking.Appointment",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="occupancies",
    )
    session = models.ForeignKey(
        "booking.Session",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="occupancies",
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        """Of one appointment or one session; forward in time."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="occupancy_forward"
            ),
            models.CheckConstraint(
                condition=Q(appointment__isnull=True, session__isnull=False)
                | Q(appointment__isnull=False, session__isnull=True),
                name="occupancy_of_one",
            ),
        ]
        indexes: ClassVar = [
            # The overlap trigger, and the recount of a busy mask.
            models.Index(fields=["resource", "starts_at", "ends_at"], name="occupancy_by_resource")
        ]

    def __str__(self) -> str:
        """Say what is taken."""
        return f"{self.resource_id} taken {self.starts_at}"
