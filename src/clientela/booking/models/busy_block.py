"""BusyBlock: a resource's taken time as a mask, kept in the transaction of each occupancy."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class BusyBlock(TenantModel):
    """What is taken of a resource during 32 UTC days, one bit per five minutes, buffers included.

    Always equal to a recount of ``Occupancy``; ``clientela audit`` and the tests compare the two.
    """

    resource = models.ForeignKey("business.Resource", on_delete=models.CASCADE, related_name="+")
    block = models.IntegerField()
    cells = models.BinaryField()

    class Meta:
        """One row per resource and block, which is also how it is read."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resource", "block"], name="busy_block_once")
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"busy {self.resource_id} {self.block}"
