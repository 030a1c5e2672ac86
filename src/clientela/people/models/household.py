"""Household: people of one business who belong together, and stay two people."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel
from clientela.platform.ids import uuid7


class HouseholdRole(models.TextChoices):
    """What somebody is in it."""

    ADULT = "adult"
    CHILD = "child"


class Household(TenantModel):
    """A couple or a family at one business; it says nothing about who is who."""

    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"household {self.pk}"


class HouseholdMember(TenantModel):
    """One card in a household, from ``since`` until ``until``. Rows are added and ended; only the four words change.

    An adult belongs from the moment they themselves agreed; a child is put there by an adult, who answers for it
    (``guardian``). What the others may do is the member's to give (a child's guardian's): ``lets_book``,
    ``lets_pay``, ``lets_see``, ``shares_credits``. Nothing is allowed by itself.
    """

    account_lookup: ClassVar = "client__account"

    household = models.ForeignKey(
        "people.Household", on_delete=models.CASCADE, related_name="members"
    )
    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=HouseholdRole.choices)
    guardian = models.ForeignKey(
        "people.Client", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    lets_book = models.BooleanField(default=False)
    lets_pay = models.BooleanField(default=False)
    lets_see = models.BooleanField(default=False)
    shares_credits = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A card is in one household at a time; a child has a guardian, an adult none."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(until__isnull=True), name="household_member_once"
            ),
            models.CheckConstraint(
                condition=Q(role="child", guardian__isnull=False)
                | Q(role="adult", guardian__isnull=True),
                name="household_child_has_guardian",
            ),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"member {self.pk}"


class HouseholdInvitation(models.Model):
    """``account`` says that whoever reads ``email`` belongs to their household; nothing holds before that one agrees.

    The link in that mailbox is open until ``closes_at``; ``invited_digest`` is its hash. What came of it is one of
    ``accepted_at`` (by ``accepted_by``), ``refused_at``, ``withdrawn_at`` and ``expired_at``, or nothing yet. The
    household then stands at every business where both have a card.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="household_invitations"
    )
    own_email = models.EmailField(max_length=254)
    email = models.EmailField(max_length=254)
    invited_nonce = models.CharField(max_length=32)
    invited_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The person's own, newest first; what runs out."""

        indexes: ClassVar = [
            models.Index(fields=["account", "-asked_at"], name="household_invitation_newest"),
            models.Index(
                fields=["closes_at"],
                name="household_invitation_open",
                condition=Q(
                    accepted_at__isnull=True,
                    refused_at__isnull=True,
                    withdrawn_at__isnull=True,
                    expired_at__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        """Without the addresses."""
        return f"household invitation {self.pk}"
