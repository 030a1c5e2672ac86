"""Who did what to whom, and why. Append-only: the database refuses to change or delete a line."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import Tenancy


class AuditEvent(models.Model):
    """One sensitive act. Ids and words; no address, no secret, so a line may outlive an erased person."""

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    business_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=50, blank=True, default="")
    actor_label = models.CharField(max_length=100, blank=True, default="")
    action = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True, default="")
    details = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            # The history beside one thing: an appointment's panel, a client's card.
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_subject"),
            # A business's own log, newest first.
            models.Index(fields=["business_id", "at"], name="audit_business"),
        ]

    def __str__(self) -> str:
        """Say the act in one line."""
        return f"{self.actor_kind} {self.action} {self.subject_type} {self.subject_id}"
