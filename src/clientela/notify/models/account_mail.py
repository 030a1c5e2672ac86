"""AccountMail: a mail about a log-in (a code, a reset, an invitation) that waits to leave."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.db import models

from clientela.notify.models.message import Reason
from clientela.platform.ids import uuid7
from clientela.platform.leases import Leased


class AccountMail(Leased):
    """One mail of account security. Its words are sealed, and wiped once they were handed over.

    An attempt that was interrupted is made again: a second copy of a code harms nobody, a
    missing one locks a person out. ``tries`` counts every taking, also those that died.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    address = models.CharField(max_length=254)
    parcel_id = models.UUIDField()
    message_id = models.CharField(max_length=120, unique=True)
    reason = models.CharField(max_length=24, choices=Reason.choices, default=Reason.QUEUED)
    send_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    detail = models.CharField(max_length=300, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """What is due is asked every second."""

        indexes: ClassVar = [
            models.Index(
                fields=["send_at"],
                name="account_mail_due",
                condition=models.Q(send_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        """Without the address."""
        return f"account mail {self.pk}"
