"""Entry: one thing that was said in a conversation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class Direction(models.TextChoices):
    """Who said it."""

    IN = "in"
    OUT = "out"


class Entry(TenantModel):
    """One message in a thread; its words are never changed.

    ``key`` is the provider's id of what came in: the same delivery twice is one entry. ``keyword`` says that it was
    one of the words that stop or start texts. ``by`` is the staff member who answered. Whether an answer left, its
    ``direct_text`` (in notify) tells.
    """

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="entries"
    )
    direction = models.CharField(max_length=3, choices=Direction.choices)
    body = models.CharField(max_length=1600)
    key = models.CharField(max_length=200, blank=True)
    keyword = models.CharField(max_length=10, blank=True)
    by_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order of time; what came in, once."""

        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "key"], condition=~Q(key=""), name="entry_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["conversation", "at"], name="entry_thread"),
        ]

    def __str__(self) -> str:
        """Without the words."""
        return f"entry {self.pk}"
