"""What is known of two cards that may be one person: keys to find them, suggestions, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel


class ClientKey(TenantModel):
    """One thing by which a card is found beside others that have it: a keyed hash, never the value itself.

    ``key`` is signed, 60 bits of a keyed BLAKE2b above four bits that say of what (``people/match_hash.py``): so the
    index alone answers who has what in common, and of what kind it is.
    """

    # The constraint below begins with the business: a second index would only cost.
    business = models.ForeignKey(
        "business.Business", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    client = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    key = models.BigIntegerField()

    class Meta:
        """A card has a key once; who else has it."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "key", "client"], name="client_key_once")
        ]

    def __str__(self) -> str:
        """Say whose."""
        return f"key of {self.client_id}"


class Crowd(TenantModel):
    """What ``rules/match_crowd.py`` needs to know of all cards of a business, as counted at ``counted_at``.

    ``counts`` holds, for the commonest given names, surnames and birthdays, how many cards have them, and under ``own``
    the business's own addresses and numbers. What is rarer is not kept: there the packaged frequencies speak.
    """

    size = models.PositiveIntegerField()
    counts = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        """A business is counted once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business"], name="crowd_once"),
        ]

    def __str__(self) -> str:
        """Say whose."""
        return f"crowd of {self.business_id}"


class Suggestion(TenantModel):
    """Two living cards that may be one person. ``first`` is the one with the smaller id.

    ``millibits`` is the score in thousandths of a bit, ``probability`` in thousandths; ``verdict`` one of
    ``rules/client_match.py``; ``evidence`` its explanation as plain values, ``version`` the rule's.
    ``asleep_until`` is when it is shown again, after somebody said *later*. A pair that was said to be different
    people, or to belong together, has no row until new evidence makes one.
    """

    first = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    millibits = models.IntegerField()
    probability = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10)
    evidence = models.JSONField()
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    asleep_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A pair once, in one order; the likeliest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="suggestion_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="suggestion_ordered"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["business", "-probability"], name="suggestion_likeliest"),
            models.Index(fields=["second"], name="suggestion_second"),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"suggestion {self.pk}"


class PairVerdict(models.TextChoices):
    """What a person decided about two cards."""

    SAME = "same"
    DIFFERENT = "different"
    HOUSEHOLD = "household"
    LATER = "later"
    OPEN = "open"  # the word said before is taken back


class PairDecision(TenantModel):
    """What was decided about two cards, by whom and why. The newest one holds (*open*: none); none is changed.

    ``millibits`` is what the evidence weighed then: *different* is asked again only when six more bits have come.
    ``first_id`` and ``second_id`` are plain ids in order, so that the decision outlives a card.
    """

    first_id = models.UUIDField()
    second_id = models.UUIDField()
    verdict = models.CharField(max_length=10, choices=PairVerdict.choices)
    millibits = models.IntegerField()
    version = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=20)
    by_account_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        """What was last said of a pair, and of a card."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="pair_decision_ordered"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["business", "first_id", "second_id", "-at"], name="pair_decided"),
            models.Index(fields=["business", "second_id"], name="pair_decided_second"),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.verdict} {self.pk}"
