"""What a service needs besides a professional: rooms and equipment, all at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class ServiceNeed(TenantModel):
    """One thing a service needs, met by any one of its options ("a room with a couch")."""

    service = models.ForeignKey("catalogue.Service", on_delete=models.CASCADE, related_name="needs")
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the owner's order."""

        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class NeedOption(TenantModel):
    """A room or machine that meets a need."""

    need = models.ForeignKey(
        "catalogue.ServiceNeed", on_delete=models.CASCADE, related_name="options"
    )
    resource = models.ForeignKey("business.Resource", on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Once each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "resource"], name="need_option_once")
        ]

    def __str__(self) -> str:
        """Say what meets what."""
        return f"{self.resource_id} meets {self.need_id}"
