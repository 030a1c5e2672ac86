"""Membership: which account may do what in which business."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.business.models.tenant import TenantModel


class Role(models.TextChoices):
    """What a member of staff may do; the policy table says where each may go."""

    OWNER = "owner"
    FRONT_DESK = "front_desk"
    PROFESSIONAL = "professional"


class Membership(TenantModel):
    """An account's role in a business. Ended memberships are kept: the audit trail names them."""

    account_lookup: ClassVar = "account"

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    professional = models.ForeignKey(
        "business.Professional",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One living membership per account and business."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "account"],
                condition=Q(ended_at__isnull=True),
                name="membership_one_living",
            )
        ]

    def __str__(self) -> str:
        """Say who is what."""
        return f"{self.account_id} {self.role} of {self.business_id}"


class Invitation(TenantModel):
    """A mailed offer of a role. The token is derived from ``nonce`` and kept only hashed."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    nonce = models.CharField(max_length=32)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Without the address."""
        return f"invitation {self.pk}"
