"""Keys that a caller chose so that asking twice acts once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import Tenancy


class IdempotencyKey(models.Model):
    """One key of one owner, hashed, with what was asked (hashed) and the ids of what came of it."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.CharField(max_length=200)
    key_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    claimed_at = models.DateTimeField(db_index=True)  # for the purge of old keys

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key_hash"], name="one_use_per_key")
        ]

    def __str__(self) -> str:
        """Name the owner; the key itself was never stored."""
        return f"{self.owner} {self.id}"
