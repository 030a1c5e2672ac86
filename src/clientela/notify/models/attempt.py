"""Attempt: one try to hand a message over, written before it begins."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class Outcome(models.TextChoices):
    """How a try ended. A row that still says ``open`` under a lapsed lease was interrupted."""

    OPEN = "open"
    ACCEPTED = "accepted"
    RETRY = "retry"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Attempt(TenantModel):
    """One try. ``code`` is the server's number, ``detail`` its words, without addresses."""

    message = models.ForeignKey("notify.Message", on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    code = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Numbered from one; at most one of a message is open."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_once"),
            models.UniqueConstraint(
                fields=["message"],
                condition=Q(outcome=Outcome.OPEN),
                name="attempt_one_open",
            ),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"attempt {self.number} of {self.message_id}: {self.outcome}"
