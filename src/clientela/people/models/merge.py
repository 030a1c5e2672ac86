"""Merge: one card that was taken up by another, with every row that moved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class Proof(models.TextChoices):
    """What showed that the two cards are one person."""

    LOG_IN = "log-in"  # the person, signed in with the address proved


class Merge(TenantModel):
    """The card ``absorbed`` became part of ``survivor``."""

    survivor = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    absorbed = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    proof = models.CharField(max_length=12, choices=Proof.choices)
    by = models.CharField(max_length=20)
    by_account_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        """The merges of a card."""

        indexes: ClassVar = [models.Index(fields=["survivor", "-at"], name="merge_of_survivor")]

    def __str__(self) -> str:
        """Say which."""
        return f"merge {self.pk}"


class MergeRow(TenantModel):
    """One value that a merge changed: enough to put it back."""

    merge = models.ForeignKey("people.Merge", on_delete=models.CASCADE, related_name="rows")
    of_table = models.CharField(max_length=60)
    row_id = models.UUIDField()
    of_column = models.CharField(max_length=60)
    value_before = models.CharField(max_length=300, blank=True)
    value_after = models.CharField(max_length=300, blank=True)

    class Meta:
        """A value is moved once in a merge."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merge", "of_table", "row_id", "of_column"], name="merge_row_once"
            )
        ]

    def __str__(self) -> str:
        """Say which, without the values."""
        return f"{self.of_table}.{self.of_column} of {self.row_id}"
