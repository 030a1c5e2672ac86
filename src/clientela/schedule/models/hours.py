"""Working hours: what repeats every week, and what replaces it on a date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel


class WeeklyHours(TenantModel):
    """One stretch of a resource's week at a location, in the location's wall-clock time.

    A break is the gap between two rows; a night shift is one row until 1440 and one from 0.
    ``weekday`` 0 is Monday. ``valid_until`` is the first date on which the row no longer holds.
    """

    resource = models.ForeignKey("business.Resource", on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey("business.Location", on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens_minute = models.PositiveSmallIntegerField()
    closes_minute = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """A row is a stretch inside one day."""

        ordering: ClassVar = ["weekday", "opens_minute"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekly_hours_weekday"),
            models.CheckConstraint(
                condition=Q(opens_minute__lt=F("closes_minute")) & Q(closes_minute__lte=1440),
                name="weekly_hours_in_day",
            ),
        ]

    def __str__(self) -> str:
        """Say when."""
        return f"weekday {self.weekday} {self.opens_minute}-{self.closes_minute}"


class DatedHours(TenantModel):
    """What replaces a resource's weekly hours at a location on one date.

    Several rows are several stretches; a row without minutes says "closed that day".
    """

    resource = models.ForeignKey("business.Resource", on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey("business.Location", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    opens_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        """Both minutes or neither."""

        ordering: ClassVar = ["on", "opens_minute"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_minute__isnull=True, closes_minute__isnull=True)
                | (
                    Q(opens_minute__isnull=False, closes_minute__isnull=False)
                    & Q(opens_minute__lt=F("closes_minute"))
                    & Q(closes_minute__lte=1440)
                ),
                name="dated_hours_in_day",
            )
        ]

    def __str__(self) -> str:
        """Say when."""
        return f"{self.on} {self.opens_minute}-{self.closes_minute}"
