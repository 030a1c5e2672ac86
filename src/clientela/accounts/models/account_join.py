"""AccountJoin: two accounts that one person says are both theirs."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.platform.ids import uuid7


class AccountJoin(models.Model):
    """One wish to let ``account`` absorb the account of ``other_email``, and what became of it.

    A code goes to each mailbox; nothing changes before both were typed, in the session that asked
    (``session_digest``), before ``closes_at``. The codes are made anew from the nonces whenever they are needed and
    stand nowhere. Whoever reads the other mailbox may say "not me" (``refuse_digest``): that ends the wish
    (``refused_at``).

    From ``joined_at`` on, ``absorbed`` is an account nobody signs in to: its addresses (``moved_emails``; its log-in
    address was ``absorbed_email``) are the other's. Until ``undo_until`` either mailbox can part them again; at
    ``closed_at`` what still hung on the absorbed one is dropped. ``absorbed`` stays null where nobody had an account with the address: then it was only added.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="joins"
    )
    own_email = models.EmailField(max_length=254)
    other_email = models.EmailField(max_length=254)
    session_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    own_nonce = models.CharField(max_length=32)
    own_confirmed_at = models.DateTimeField(null=True, blank=True)
    other_nonce = models.CharField(max_length=32)
    other_confirmed_at = models.DateTimeField(null=True, blank=True)
    refuse_nonce = models.CharField(max_length=32)
    refuse_digest = models.CharField(max_length=64, unique=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    absorbed = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="absorbed_by",
    )
    absorbed_email = models.EmailField(max_length=254, blank=True)
    moved_emails = models.JSONField(default=list)
    undo_nonce = models.CharField(max_length=32)
    undo_digest = models.CharField(max_length=64, unique=True)
    undo_until = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Joined by both or not at all; the person's newest; what runs out."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(joined_at__isnull=True)
                | Q(own_confirmed_at__isnull=False, other_confirmed_at__isnull=False),
                name="account_join_by_both",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(joined_at__isnull=False),
                name="account_join_undone_after_joining",
            ),
        ]
        indexes: ClassVar = [
            # The person's own wish that is under way.
            models.Index(fields=["account", "-asked_at"], name="account_join_newest"),
            # Which wishes run out now?
            models.Index(
                fields=["closes_at"],
                name="account_join_open",
                condition=Q(
                    joined_at__isnull=True, refused_at__isnull=True, expired_at__isnull=True
                ),
            ),
        ]

    def __str__(self) -> str:
        """Without the addresses."""
        return f"account join {self.pk}"
