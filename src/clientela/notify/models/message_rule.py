"""MessageRule: which message a business sends, to whom, when, and by which channels."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel
from clientela.notify.models.message import Recipient, Rule


class MessageRule(TenantModel):
    """One line of a business's plan of messages.

    ``timing`` is a word of ``rules/message_timing.py``: blank for at once, else relative to the start, the
    end or the day before. Without a ``service`` it counts for all that have no rule of their own for this
    kind and recipient. A business without any row has the standard plan.
    """

    rule = models.CharField(max_length=20, choices=Rule.choices)
    recipient = models.CharField(max_length=12, choices=Recipient.choices)
    service = models.ForeignKey(
        "catalogue.Service", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    timing = models.CharField(max_length=20, blank=True)
    is_on = models.BooleanField(default=True)
    by_email = models.BooleanField(default=True)
    by_sms = models.BooleanField(default=False)
    by_push = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        """A kind reaches a recipient once at each time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "rule", "recipient", "timing"],
                condition=Q(service__isnull=True),
                name="message_rule_once",
            ),
            models.UniqueConstraint(
                fields=["business", "rule", "recipient", "timing", "service"],
                condition=Q(service__isnull=False),
                name="message_rule_once_of_service",
            ),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.rule} to {self.recipient} {self.timing or 'at once'}"
