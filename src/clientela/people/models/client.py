"""Client: a business's card for a person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class Client(TenantModel):
    """A card in one business; the person may have no account.

    ``record_name`` is the business's own spelling of the name. ``search_text`` is the
    accent-free, case-folded name and contact text that the desk searches in.
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

    class Meta:
        """One living card per account and business; the search's index."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "account"],
                condition=Q(account__isnull=False),
                name="client_one_per_account",
            )
        ]
        indexes: ClassVar = [
            # The desk's list of clients, newest first.
            models.Index(fields=["business", "-created_at"], name="client_newest"),
            # The desk's list and search by name.
            models.Index(fields=["business", "search_text"], name="client_search"),
        ]

    def __str__(self) -> str:
        """Without the name: this text reaches logs."""
        return f"client {self.pk}"
