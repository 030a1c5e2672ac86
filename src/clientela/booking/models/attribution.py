"""Attribution: whether an appointment's client was new or returning, every time that was decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel
from clientela.rules.attribution import MarkerPolicy, MarkerReason, Newness
from clientela.rules.reclassification import Ground


class MarkedFor(models.TextChoices):
    """What made the rule be asked."""

    BOOKED = "booked"
    CHANGED = "changed"  # the person's appointments: one was cancelled, moved, corrected
    MERGED = "merged"
    PARTED = "parted"
    HOUSEHOLD = "household"  # clients said that they belong together
    RECLASSIFIED = "reclassified"
    IMPORTED = "imported"
    OLD = "old"  # booked before markers were kept


class Attribution(TenantModel):
    """What the marker of an appointment was decided to be; the row with the highest ``number`` holds.

    ``facts`` is all the rule was told (``rules/attribution.py``), ids and words only; with ``policy`` and ``version``
    it gives ``value`` and ``reason`` again. Rows are only added, so that what was known at any moment can be asked.
    """

    appointment = models.ForeignKey(
        "booking.Appointment", on_delete=models.CASCADE, related_name="attributions"
    )
    number = models.PositiveIntegerField()
    value = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Newness])
    reason = models.CharField(
        max_length=16, choices=[(one.value, one.name) for one in MarkerReason]
    )
    policy = models.CharField(
        max_length=16, choices=[(one.value, one.name) for one in MarkerPolicy]
    )
    version = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    marked_for = models.CharField(max_length=12, choices=MarkedFor.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=20)
    by_account_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """One after the other; the index of the constraint finds the last."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appointment", "number"], name="attribution_in_order")
        ]

    def __str__(self) -> str:
        """Say what of."""
        return f"{self.value} {self.appointment_id}"


class MarkerPolicyChoice(TenantModel):
    """By which policy appointments booked from ``since`` on are marked. Rows are only added.

    Before the first one, and without any, it is ``one-person``.
    """

    policy = models.CharField(
        max_length=16, choices=[(one.value, one.name) for one in MarkerPolicy]
    )
    since = models.DateTimeField()
    by_account_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """Which one held at a moment."""

        indexes: ClassVar = [
            models.Index(fields=["business", "-since", "-id"], name="marker_policy_since")
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.policy} of {self.business_id}"


class ReclassifyState(models.TextChoices):
    """Whom a request waits for."""

    WAITING = "waiting"  # for an owner
    GRANTED = "granted"
    REFUSED = "refused"


class ReclassifyRequest(TenantModel):
    """Somebody of the staff says that a marker is wrong; an owner decides. Nothing changes until then.

    ``wanted`` is what it is to say instead; ``note`` is the asker's own words, forgotten with the client.
    """

    appointment = models.ForeignKey(
        "booking.Appointment", on_delete=models.CASCADE, related_name="reclassify_requests"
    )
    wanted = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Newness])
    ground = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Ground])
    note = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=ReclassifyState.choices, default=ReclassifyState.WAITING
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """One at a time for an appointment; what waits, the oldest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(state=ReclassifyState.WAITING.value),
                name="reclassify_one_waiting",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["business", "asked_at"],
                condition=Q(state=ReclassifyState.WAITING.value),
                name="reclassify_waiting",
            )
        ]

    def __str__(self) -> str:
        """Say what of."""
        return f"{self.wanted} for {self.appointment_id}"
