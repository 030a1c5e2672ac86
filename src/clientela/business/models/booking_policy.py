"""The values of a business's booking policies.

The rules that read them are in ``rules/``: ``cancellation.py``, ``rescheduling.py``, ``zone_choice.py``.
"""

from __future__ import annotations

from django.db import models

from clientela.business.models.tenant import TenantModel
from clientela.rules.zone_choice import ZoneMode


class PhoneField(models.TextChoices):
    """Whether the booking page asks for a phone number."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


class ClientLogin(models.TextChoices):
    """Whether clients have a log-in at this business: the setting *Client login*."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


class NotificationGate(models.TextChoices):
    """Whom messages may reach before the person has proved anything.

    ``own_booking``: what a person booked for themselves is confirmed to the contact they typed;
    everything else waits for activation or a proved address. ``activated_only``: nothing before
    activation. ``verified_contact``: nothing to an address that is not proved.
    """

    OWN_BOOKING = "own_booking"
    ACTIVATED_ONLY = "activated_only"
    VERIFIED_CONTACT = "verified_contact"


class BookingPolicy(TenantModel):
    """One row per business. Cut-offs are minutes before the start; the switches are separate.

    Until ``cancel_free_minutes`` before (none: as long as clients may cancel at all) a cancelled appointment
    gives its credit back; afterwards it is forfeited, as a missed one's is where ``no_show_forfeits``.

    A service may override the two cut-offs (``Service.reschedule_closes_minutes`` …).
    """

    client_may_reschedule = models.BooleanField(default=True)
    reschedule_closes_minutes = models.PositiveIntegerField(default=24 * 60)
    client_may_cancel = models.BooleanField(default=True)
    cancel_closes_minutes = models.PositiveIntegerField(default=24 * 60)
    cancel_free_minutes = models.PositiveIntegerField(null=True, blank=True)
    no_show_forfeits = models.BooleanField(default=True)
    zone_mode = models.CharField(
        max_length=20,
        choices=[(mode.value, mode.name) for mode in ZoneMode],
        default=ZoneMode.CLIENT_CHOOSES.value,
    )
    phone_field = models.CharField(
        max_length=10, choices=PhoneField.choices, default=PhoneField.OPTIONAL
    )
    client_login = models.CharField(
        max_length=10, choices=ClientLogin.choices, default=ClientLogin.OPTIONAL
    )
    notification_gate = models.CharField(
        max_length=20, choices=NotificationGate.choices, default=NotificationGate.OWN_BOOKING
    )
    online_booking = models.BooleanField(default=True)

    class Meta:
        """Exactly one per business."""

        constraints = [models.UniqueConstraint(fields=["business"], name="policy_one_per_business")]

    def __str__(self) -> str:
        """Say whose."""
        return f"policy of {self.business_id}"
