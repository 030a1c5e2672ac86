"""The table behind Django's database cache, made by our migrations like every other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.tenancy import Tenancy


class CacheEntry(models.Model):
    """One cached value. Django's cache backend reads and writes it; nobody else does."""

    tenancy: ClassVar[Tenancy] = "platform"

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "platform_cache"

    def __str__(self) -> str:
        """Name the key."""
        return self.cache_key
