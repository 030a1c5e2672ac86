"""When recurring work runs next, and which workers are alive."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.leases import Leased
from clientela.platform.tenancy import Tenancy


class DueWork(Leased):
    """One row per recurring work: its next time, shared by all workers, and how the last run went."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=100, unique=True)
    due_at = models.DateTimeField()
    last_ok_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True, default="")

    def __str__(self) -> str:
        """Name the work."""
        return self.name


class WorkerHeartbeat(models.Model):
    """A worker says now and then that it lives; one that was stopped properly takes its row with it."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    process = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Name the process."""
        return self.process
