"""Resource: whatever can be occupied."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models.tenant import TenantModel


class ResourceKind(models.TextChoices):
    """What kind of thing is occupied."""

    PROFESSIONAL = "professional"
    ROOM = "room"
    EQUIPMENT = "equipment"


class Resource(TenantModel):
    """A professional, a room or a piece of equipment: one appointment at a time occupies it.

    A professional's own facts are in ``Professional``, which shares this row's key.
    ``location`` is where a room or a machine stands; professionals work where their hours say.
    """

    kind = models.CharField(max_length=20, choices=ResourceKind.choices)
    name = models.CharField(max_length=120)
    location = models.ForeignKey(
        "business.Location", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hue = models.PositiveSmallIntegerField(default=200)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        """In the owner's order."""

        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        """Its name."""
        return self.name
