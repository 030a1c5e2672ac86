"""Encrypted parcels that wait for their one use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import Tenancy


class SealedPayload(models.Model):
    """Something secret, encrypted at rest, wiped once handed over or when its time is up."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=50)
    sealed = models.TextField(blank=True)
    kept_at = models.DateTimeField()
    wipe_at = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            # The hourly wiping of parcels that nobody fetched.
            models.Index(
                fields=["wipe_at"], name="sealed_wipe", condition=models.Q(wiped_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        """Name the purpose, never the content."""
        return f"{self.purpose} {self.id}"
