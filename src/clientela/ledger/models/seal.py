"""Seal: a link of the chain that shows whether movements were tampered with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class Seal(TenantModel):
    """One batch of movements of a business, chained to the batch before.

    ``digest`` is SHA-256 in hex over ``previous`` and the movements in the order of their places.
    """

    number = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    movements = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()

    class Meta:
        """One chain per business."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "number"], name="seal_number_once")
        ]

    def __str__(self) -> str:
        """Its place in the chain."""
        return f"seal {self.number}"


class SealedMovement(TenantModel):
    """A movement's place in its seal."""

    seal = models.ForeignKey("ledger.Seal", on_delete=models.PROTECT, related_name="places")
    movement = models.OneToOneField(
        "ledger.Movement", on_delete=models.PROTECT, related_name="sealed"
    )
    place = models.PositiveIntegerField()

    class Meta:
        """One movement per place."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seal", "place"], name="sealed_place_once")
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.movement_id} at {self.place}"
