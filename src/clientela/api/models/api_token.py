"""ApiToken: a program's key to one business."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class TokenScope(models.TextChoices):
    """What a token may do."""

    READ = "read"
    WRITE = "write"


class ApiToken(TenantModel):
    """A secret that stands for a business's own program; kept only as a digest.

    ``hint`` is the token's first characters, so that a person can tell two apart.
    ``last_used_at`` is coarse (once an hour): a read must not become a write.
    """

    label = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    scope = models.CharField(max_length=10, choices=TokenScope.choices)
    created_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        """Its label and hint."""
        return f"{self.label} ({self.hint}…)"
