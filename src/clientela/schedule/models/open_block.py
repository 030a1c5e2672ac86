"""OpenBlock: a resource's open time as a mask, kept so that availability need not recompute it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class OpenBlock(TenantModel):
    """When a resource is open at a location during 32 UTC days, one bit per five minutes.

    Derived from hours, dated hours, closures and time off in the transaction that writes them.
    It holds for one tzdata version only: readers ignore a row of another version and compute.
    """

    resource = models.ForeignKey("business.Resource", on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey("business.Location", on_delete=models.CASCADE, related_name="+")
    block = models.IntegerField()
    cells = models.BinaryField()
    tzdata = models.CharField(max_length=20)

    class Meta:
        """One row per resource, place and block, which is also how it is read."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resource", "location", "block"], name="open_block_once"
            )
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"open {self.resource_id} {self.block}"
