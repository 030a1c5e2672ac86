"""Time off: an exact stretch in which a resource is not to be booked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel


class TimeOff(TenantModel):
    """A professional's absence or a room's maintenance, half-open, at every location."""

    resource = models.ForeignKey("business.Resource", on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        """It ends after it starts."""

        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="time_off_forward")
        ]
        indexes: ClassVar = [
            # Building a resource's open mask for some weeks.
            models.Index(fields=["resource", "ends_at"], name="time_off_by_resource")
        ]

    def __str__(self) -> str:
        """Say when."""
        return f"{self.starts_at} to {self.ends_at}"
