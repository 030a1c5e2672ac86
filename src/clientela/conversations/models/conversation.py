"""Conversation: a thread between a business and one person, or one number that nobody knows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class Medium(models.TextChoices):
    """By what the person writes. A chat is the support's, when it comes."""

    SMS = "sms"
    CHAT = "chat"


class Conversation(TenantModel):
    """One thread per medium and address. ``client`` is the card whose number it is, if exactly one has it.

    ``unread`` counts what came in and nobody opened; ``last_at`` orders the inbox; ``closed_at`` puts a thread
    aside until the person writes again.
    """

    account_lookup: ClassVar = "client__account"

    medium = models.CharField(max_length=8, choices=Medium.choices)
    address = models.CharField(max_length=254)
    client = models.ForeignKey(
        "people.Client",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="conversations",
    )
    unread = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        """One per address; the inbox, newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "medium", "address"], name="conversation_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["business", "-last_at"], name="conversation_inbox"),
            models.Index(
                fields=["business"],
                condition=models.Q(unread__gt=0),
                name="conversation_unread",
            ),
        ]

    def __str__(self) -> str:
        """Without the address."""
        return f"conversation {self.pk}"
