"""Location: a place of a business, with the zone its hours are read in."""

from __future__ import annotations

from django.db import models

from clientela.business.models.tenant import TenantModel


class Location(TenantModel):
    """A place where appointments happen. ``zone`` is an IANA name and belongs to the place."""

    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        """In the owner's order."""

        ordering = ["position", "id"]

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def address(self) -> str:
        """Street and town on one line."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.street, town) if part)
