"""ProviderAccount: a business's account with who moves its money online."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class ProviderName(models.TextChoices):
    """The providers there are."""

    SIMULATOR = "simulator"
    STRIPE = "stripe"


class ProviderAccount(TenantModel):
    """Where a business's online money goes.

    ``sealed_secret`` and ``sealed_hook_secret`` are encrypted with the installation's key; ``remote_id`` is
    the account's name at the provider, compared with every event. An account that was replaced keeps answering for its old payments (``ended_at``).
    """

    provider = models.CharField(max_length=20, choices=ProviderName.choices)
    remote_id = models.CharField(max_length=100, blank=True)
    sealed_secret = models.TextField(blank=True)
    sealed_hook_secret = models.TextField(blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    news_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business"],
                condition=Q(ended_at__isnull=True),
                name="provider_account_one_open",
            )
        ]

    def __str__(self) -> str:
        """Without secrets."""
        return f"{self.provider} account {self.pk}"
