"""Identifier: an e-mail address or phone number of a client."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class IdentifierKind(models.TextChoices):
    """By what a person can be reached."""

    EMAIL = "email"
    PHONE = "phone"


class Identifier(TenantModel):
    """One contact of a client. ``value`` is normalised (E.164 for phones), ``written`` as typed.

    The first living contact of a kind with ``for_notifications`` is where messages go.
    The same value may stand on several cards: couples share a phone, offices an address.
    """

    account_lookup: ClassVar = "client__account"

    client = models.ForeignKey(
        "people.Client", on_delete=models.CASCADE, related_name="identifiers"
    )
    kind = models.CharField(max_length=10, choices=IdentifierKind.choices)
    value = models.CharField(max_length=254)
    written = models.CharField(max_length=254)
    for_notifications = models.BooleanField(default=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        """A card holds a value once; the look-up by value."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "kind", "value"], name="identifier_once")
        ]
        indexes: ClassVar = [
            # Finding the card that a guest's address belongs to.
            models.Index(fields=["business", "kind", "value"], name="identifier_by_value")
        ]

    def __str__(self) -> str:
        """Without the address."""
        return f"{self.kind} {self.pk}"
