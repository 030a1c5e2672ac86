"""MessagePolicy: what a business has set about all its messages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class MessagePolicy(TenantModel):
    """One row per business; without one, the defaults below hold.

    Quiet hours are minutes of the reader's own day, from the evening to the morning; both null: none.
    Texts and pushes that could wait do; e-mail makes no noise, and news of a change is never held.
    ``balance_low_at``: how many sessions are left when the client is told. ``rules_changed_at`` is when the
    plan was changed, until appointments ahead have been planned anew. ``unsent_told_at``: what failed until then, the
    owners have been told of. ``held_since``: when the business came as a copy of a file, beside another that may send the
    same; nothing about appointments is sent until an owner switches it on.
    """

    quiet_from_minute = models.PositiveSmallIntegerField(null=True, blank=True, default=21 * 60)
    quiet_until_minute = models.PositiveSmallIntegerField(null=True, blank=True, default=8 * 60)
    balance_low_at = models.PositiveSmallIntegerField(default=1)
    rules_changed_at = models.DateTimeField(null=True, blank=True)
    unsent_told_at = models.DateTimeField(null=True, blank=True)
    held_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Exactly one per business; the changed ones are asked for."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business"], name="message_policy_one")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["rules_changed_at"],
                condition=models.Q(rules_changed_at__isnull=False),
                name="message_policy_changed",
            )
        ]

    def __str__(self) -> str:
        """Say whose."""
        return f"message policy of {self.business_id}"
