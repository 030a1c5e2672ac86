"""Client: a business's card for a person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class NotifyBy(models.TextChoices):
    """By what the person wants to hear from the business about appointments."""

    NONE = "none"
    EMAIL = "email"
    EMAIL_AND_SMS = "email_and_sms"


class Client(TenantModel):
    """A card in one business; the person may have no account.

    ``record_name`` is the business's own spelling of the name. ``search_text`` is the
    accent-free, case-folded name and contact text that the desk searches in.

    ``activated_at`` is when the person first came in with an account of theirs and chose their
    messages. ``notify_by`` is by what they hear about appointments; ``wants_follow_up``, whether a word after the
    visit is welcome; their own quiet hours are minutes of their day (null: the business's). ``bound_to`` is the only professional this client may book. ``is_provisional``: a
    guest's booking made it, though a card with a log-in has the same address; it waits to be
    proved. ``login_email`` is where the welcome mail goes, and means nothing once an account
    stands here. A card that was taken up by another keeps pointing at it (``merged_into``).
    ``compared_version`` says how far the card was held beside the others, and by which version of the rule
    (``people/match_hash.py``): whatever changes what it says of the person takes it back.
    """

    account_lookup: ClassVar = "account"

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="client_cards",
    )
    record_name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    birthday = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    search_text = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, blank=True)
    notify_by = models.CharField(max_length=16, choices=NotifyBy.choices, default=NotifyBy.EMAIL)
    wants_follow_up = models.BooleanField(default=False)
    quiet_from_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_until_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    bound_to = models.ForeignKey(
        "business.Professional",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_provisional = models.BooleanField(default=False)
    login_email = models.EmailField(max_length=254, blank=True)
    welcome_nonce = models.CharField(max_length=32, blank=True)
    welcome_digest = models.CharField(max_length=64, blank=True)
    welcome_sent_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    compared_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """One living card per account and business; the search's index."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "account"],
                condition=Q(account__isnull=False),
                name="client_one_per_account",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(account__isnull=True),
                name="client_merged_has_no_account",
            ),
        ]
        indexes: ClassVar = [
            # The desk's list of clients, newest first.
            models.Index(fields=["business", "-created_at"], name="client_newest"),
            # The desk's list and search by name.
            models.Index(fields=["business", "search_text"], name="client_search"),
            # What the worker has to hold beside the others; how much of it is left in a business.
            models.Index(fields=["compared_version", "business"], name="client_to_compare"),
            # Opening the door of a welcome mail.
            models.Index(
                fields=["welcome_digest"],
                condition=~Q(welcome_digest=""),
                name="client_by_welcome",
            ),
        ]

    def __str__(self) -> str:
        """Without the name: this text reaches logs."""
        return f"client {self.pk}"
