"""What is known of this installation as a whole."""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models

from clientela.platform.tenancy import Tenancy

THE_ONE: Final = UUID(int=1)


class Installation(models.Model):
    """The single row about the installation itself."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=THE_ONE, editable=False)
    sending_held_since = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=THE_ONE), name="one_installation")
        ]

    def __str__(self) -> str:
        """Name the row."""
        return "this installation"


class InstalledGuard(models.Model):
    """Which guard stands in the database, and the digest of the SQL it was built from."""

    tenancy: ClassVar[Tenancy] = "platform"

    name = models.CharField(max_length=150, primary_key=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Name the guard."""
        return self.name
