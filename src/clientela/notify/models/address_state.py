"""AddressState: what is known of an address itself, whoever's card it stands on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class Trouble(models.TextChoices):
    """Why nothing is sent to an address. Blank: nothing is wrong with it."""

    STOPPED = "stopped"
    COMPLAINED = "complained"
    BOUNCED = "bounced"
    LANDLINE = "landline"
    INVALID = "invalid"


class AddressState(TenantModel):
    """The last word about one e-mail address or number at one business.

    ``trouble`` forbids (blank: it may be written to); ``because`` is what said so (``keyword``, ``receipt``, ``provider``,
    ``staff``), ``detail`` its code or word. ``since`` is when. Each change also writes an ``AddressEvent``.
    """

    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True)
    because = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One row per address."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "channel", "address"], name="address_state_once"
            )
        ]

    def __str__(self) -> str:
        """Without the address."""
        return f"address state {self.pk}: {self.trouble or 'open'}"


class AddressEvent(TenantModel):
    """One change of an address's state, kept as evidence: STOP, START, a bounce, a number mended. Never changed."""

    state = models.ForeignKey(
        "notify.AddressState", on_delete=models.CASCADE, related_name="events"
    )
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True)
    because = models.CharField(max_length=20)
    detail = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order of time."""

        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        """Say what."""
        return f"address event {self.pk}: {self.trouble or 'open'}"
