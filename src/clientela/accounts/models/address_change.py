"""AddressChange: a log-in address that is to be added, or to take the old one's place."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.platform.ids import uuid7


class AddressChange(models.Model):
    """One wish to add an address, and what became of it.

    Nothing changes before the new mailbox is proved (``proved_at``), which must happen before
    ``closes_at``. Where it becomes the log-in address, the old mailbox is told and may undo it
    until ``undo_until``. Both links are kept as digests only.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_changes"
    )
    old_email = models.EmailField(max_length=254)
    new_email = models.EmailField(max_length=254)
    makes_primary = models.BooleanField()
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    proof_nonce = models.CharField(max_length=32)
    proof_digest = models.CharField(max_length=64, unique=True)
    proved_at = models.DateTimeField(null=True, blank=True)
    undo_nonce = models.CharField(max_length=32)
    undo_digest = models.CharField(max_length=64, unique=True)
    undo_until = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Undone only what was done."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(proved_at__isnull=False),
                name="address_change_undone_after_proof",
            )
        ]
        indexes: ClassVar = [
            # The person's own list of what is under way.
            models.Index(fields=["account", "-asked_at"], name="address_change_newest")
        ]

    def __str__(self) -> str:
        """Without the addresses."""
        return f"address change {self.pk}"
