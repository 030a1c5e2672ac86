"""CalendarFeed: the secret address under which a person's calendar program reads their appointments."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.platform.ids import uuid7


class CalendarFeed(models.Model):
    """One subscription address of an account, over all its businesses; kept as a digest and a nonce.

    A new one ends the old one at once.
    """

    tenancy: ClassVar[Literal["bridge"]] = "bridge"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    nonce = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """At most one that answers."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ended_at__isnull=True),
                name="calendar_feed_one_living",
            )
        ]

    def __str__(self) -> str:
        """Without the secret."""
        return f"calendar feed {self.pk}"
