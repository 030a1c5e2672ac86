"""Appointment: one client's booking."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel
from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import RedemptionState

NOT_PAID: Final = "not-paid"
"""Why a held time was given back: it was never booked, and its client is shown nothing of it."""


class Channel(models.TextChoices):
    """By which channel an appointment came; the door within it is ``Appointment.door``."""

    WEB = "web"
    STAFF = "staff"
    API = "api"
    IMPORT = "import"


class Appointment(TenantModel):
    """A client's booking, and the promise that was made.

    The promise is a wall clock: ``promised_local`` ("2026-11-24T17:30") in ``promised_zone``
    (the location's zone), computed with ``tzdata``; ``starts_at`` is the instant derived from it.
    ``zone`` is the zone the client chose to read times in, ``device_zone`` what the
    booking device said. Both may be blank. ``address_used`` and ``phone_used`` are the contacts it was booked with. From ``hidden_at`` on the client does not see it any
    more: deleted for them, kept for the business. ``redemption`` is what its credit is doing; while its
    client pays it is held until ``held_until``.
    """

    account_lookup: ClassVar = "client__account"

    location = models.ForeignKey("business.Location", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, related_name="+"
    )
    client = models.ForeignKey(
        "people.Client", on_delete=models.PROTECT, related_name="appointments"
    )
    session = models.ForeignKey(
        "booking.Session",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
    )
    series = models.ForeignKey(
        "booking.Series",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
    )
    status = models.CharField(
        max_length=12, choices=[(status.value, status.name) for status in Status]
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    promised_local = models.CharField(max_length=16)
    promised_zone = models.CharField(max_length=64)
    tzdata = models.CharField(max_length=20)
    zone = models.CharField(max_length=64, blank=True)
    device_zone = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    door = models.CharField(max_length=30)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    address_used = models.CharField(max_length=254, blank=True)
    phone_used = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, blank=True)
    redemption = models.CharField(
        max_length=10,
        choices=[(state.value, state.name) for state in RedemptionState],
        default=RedemptionState.NONE.value,
    )
    held_until = models.DateTimeField(null=True, blank=True)
    price_minor = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    client_note = models.CharField(max_length=1000, blank=True)
    staff_note = models.TextField(blank=True)
    assigned_because = models.JSONField(null=True, blank=True)
    client_confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=30, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    link_nonce = models.CharField(max_length=32)
    link_digest = models.CharField(max_length=64, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """It ends after it starts; the questions asked of it."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="appointment_forward"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.HELD.value) | Q(held_until__isnull=False),
                name="appointment_held_until",
            ),
        ]
        indexes: ClassVar = [
            # The desk's day and week.
            models.Index(fields=["business", "starts_at"], name="appointment_by_day"),
            # A client's own list.
            models.Index(fields=["client", "-starts_at"], name="appointment_by_client"),
            # Fair assignment: a professional's week.
            models.Index(fields=["professional", "starts_at"], name="appointment_by_prof"),
            # Requests that nobody answered before their start.
            models.Index(
                fields=["starts_at"],
                condition=Q(status=Status.REQUESTED.value),
                name="appointment_unanswered",
            ),
            # Holds that end.
            models.Index(
                fields=["held_until"],
                condition=Q(status=Status.HELD.value),
                name="appointment_held",
            ),
            # What waits for redemption: a client's, and the desk's list.
            models.Index(
                fields=["business", "client", "starts_at"],
                condition=Q(redemption=RedemptionState.PENDING.value),
                name="appointment_pending",
            ),
        ]

    def __str__(self) -> str:
        """Without the client."""
        return f"appointment {self.pk}"
