"""How often something was done lately, shared by all processes and surviving restarts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import Tenancy


class ThrottleCount(models.Model):
    """The recent counts of one limited thing; its key (an address, an IP) is stored hashed."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    slices = models.JSONField(default=dict)
    forget_at = models.DateTimeField(db_index=True)  # for the purge

    def __str__(self) -> str:
        """Name the row; the key itself was never stored."""
        return f"throttle {self.id}"
