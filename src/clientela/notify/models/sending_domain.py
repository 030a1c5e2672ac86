"""SendingDomain: what the public records of a domain we send from said when they were last looked at."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.db import models

from clientela.platform.ids import uuid7
from clientela.rules.sender_records import State


class SendingDomain(models.Model):
    """One domain that stands behind the @ of our mails, and its three records. A chore looks daily.

    ``checked_at`` is when the name servers last answered for it.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=253, unique=True)
    spf = models.CharField(max_length=8, choices=[(one.value, one.name) for one in State])
    dkim = models.CharField(max_length=8, choices=[(one.value, one.name) for one in State])
    dmarc = models.CharField(max_length=8, choices=[(one.value, one.name) for one in State])
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"records of {self.name}"
