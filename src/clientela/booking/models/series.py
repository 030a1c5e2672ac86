"""Series: appointments that repeat."""

from __future__ import annotations

from django.db import models

from clientela.business.models import TenantModel


class Series(TenantModel):
    """What was asked for when several appointments were booked in one go."""

    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    every_weeks = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say how often."""
        return f"every {self.every_weeks} weeks, {self.count} times"
