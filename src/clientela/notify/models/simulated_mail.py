"""SimulatedMail: what a person would have received, kept for the simulator's pages."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.db import models

from clientela.platform.ids import uuid7


class SimulatedMail(models.Model):
    """A mail as it would have left, byte for byte. Only demo and test installations write any.

    Each hand-over is a row, also the second copy of one ``message_id``: the simulator stands
    where the mail server stands, and would show what a mail server was given.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    sender = models.CharField(max_length=300)
    message_id = models.CharField(max_length=200, blank=True)
    source = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        """The inbox of a person, newest first."""

        ordering: ClassVar = ["-received_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["address", "-received_at"], name="simulated_mail_inbox")
        ]

    def __str__(self) -> str:
        """Without the address."""
        return f"simulated mail {self.pk}"
