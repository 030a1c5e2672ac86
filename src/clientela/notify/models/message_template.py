"""MessageTemplate: a business's own words for a message."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel
from clientela.notify.models.message import Rule


class MessageTemplate(TenantModel):
    """The words of one rule in one language by one channel, in place of ours.

    Plain text with named placeholders in braces (``notify/template_text.py``), nothing else: no markup, no
    code. ``subject`` is for e-mail only. ``version`` goes up with each change; messages keep the one they were
    written with.
    """

    rule = models.CharField(max_length=20, choices=Rule.choices)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=20)
    subject = models.CharField(max_length=180, blank=True)
    body = models.TextField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        """One per rule, language and channel."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "rule", "language", "channel"], name="message_template_once"
            )
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.rule} by {self.channel} in {self.language}"
