"""Closure: dates on which a whole location is shut."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel


class Closure(TenantModel):
    """Holidays of a location, in its local dates; ``until_on`` is the first open date again."""

    location = models.ForeignKey("business.Location", on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        """It ends after it starts."""

        ordering: ClassVar = ["from_on"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(from_on__lt=F("until_on")), name="closure_forward")
        ]

    def __str__(self) -> str:
        """Say when."""
        return f"{self.from_on} to {self.until_on}"
