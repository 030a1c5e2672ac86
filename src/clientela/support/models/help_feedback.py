"""HelpFeedback: what somebody said of a help article."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import Tenancy


class WhyNot(models.TextChoices):
    """Why an article did not help; a closed list."""

    UNCLEAR = "unclear"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    OTHER_CASE = "other-case"
    OTHER = "other"


class HelpFeedback(models.Model):
    """One answer to "was your question answered?"; nobody's name, address or account is kept with it.

    ``reasons`` are ``WhyNot`` words, at least one where the answer is no. ``of_version`` is the article's date.
    """

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    of_version = models.DateField()
    was_answered = models.BooleanField()
    reasons = models.JSONField(default=list)
    comment = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        """The newest of an article."""

        indexes: ClassVar = [models.Index(fields=["article", "-at"], name="help_feedback_newest")]

    def __str__(self) -> str:
        """Without the words."""
        return f"feedback {self.pk}"
