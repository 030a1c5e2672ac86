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


class BookingPolicy(TenantModel):
    """One row per business. Cut-offs are minutes before the start; the switches are separate.

    A service may override the two cut-offs (``Service.reschedule_closes_minutes`` …).
    """

    client_may_reschedule = models.BooleanField(default=True)
    reschedule_closes_minutes = models.PositiveIntegerField(default=24 * 60)
    client_may_cancel = models.BooleanField(default=True)
    cancel_closes_minutes = models.PositiveIntegerField(default=24 * 60)
    zone_mode = models.CharField(
        max_length=20,
        choices=[(mode.value, mode.name) for mode in ZoneMode],
        default=ZoneMode.CLIENT_CHOOSES.value,
    )
    phone_field = models.CharField(
        max_length=10, choices=PhoneField.choices, default=PhoneField.OPTIONAL
    )
    online_booking = models.BooleanField(default=True)

    class Meta:
        """Exactly one per business."""

        constraints = [models.UniqueConstraint(fields=["business"], name="policy_one_per_business")]

    def __str__(self) -> str:
        """Say whose."""
        return f"policy of {self.business_id}"
