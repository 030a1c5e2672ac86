"""CardAnswer: what a person said when asked whether a card is theirs."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from clientela.business.models import TenantModel


class Verdict(models.TextChoices):
    """Mine, or somebody else's."""

    MINE = "mine"
    NOT_MINE = "not-mine"


class CardAnswer(TenantModel):
    """An answered question is not asked again."""

    account_lookup: ClassVar = "account_id"

    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    at = models.DateTimeField()

    class Meta:
        """One answer of one person about one card."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "account"], name="card_answer_once")
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.verdict} {self.pk}"
