"""Consent: the evidence that a person allowed, or stopped, a kind of message."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel
from clientela.people.models.client import NotifyBy


class How(models.TextChoices):
    """On what occasion the person said so."""

    ACTIVATION = "activation"
    BOOKING = "booking"
    PREFERENCES = "preferences"
    STOP_LINK = "stop-link"
    STAFF = "staff"
    API = "api"
    KEYWORD = "keyword"


class Purpose(models.TextChoices):
    """What the messages are for."""

    APPOINTMENTS = "appointments"
    FOLLOW_UP = "follow-up"


class Consent(TenantModel):
    """One statement about one purpose of messages; never changed, the newest one of a purpose holds.

    ``text_version`` names the words that were on the screen. ``account_id`` is a plain id: the
    evidence outlives the log-in.
    """

    account_lookup: ClassVar = "client__account"

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.APPOINTMENTS)
    notify_by = models.CharField(max_length=16, choices=NotifyBy.choices)
    how = models.CharField(max_length=12, choices=How.choices)
    text_version = models.CharField(max_length=20)
    account_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        """The newest statement of a card."""

        indexes: ClassVar = [models.Index(fields=["client", "-at"], name="consent_newest")]

    def __str__(self) -> str:
        """Say which."""
        return f"consent {self.pk}"
