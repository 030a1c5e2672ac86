"""Merge: one card that was taken up by another, with every row that moved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clientela.business.models import TenantModel


class Proof(models.TextChoices):
    """What showed that the two cards are one person."""

    LOG_IN = "log-in"  # the person, signed in with the address proved
    STAFF = "staff"  # the business, on evidence it writes down
    OWNERS = "both-owners"  # a code from each of the two mailboxes, in one signed-in session


class Merge(TenantModel):
    """The card ``absorbed`` became part of ``survivor``.

    ``plan_digest`` names the preview that was confirmed. ``absorbed_account_id`` is the log-in that stood on the card
    that went (a plain id: the history outlives the log-in). While it ``hides``, what came with the card stays hidden
    from the survivor's log-in, though not from the staff, and its credits wait: until ``shown_from``, or until the
    old mailbox says that it was right. ``refuse_digest`` is the hash of the link by which that mailbox may say "not
    me" until ``refusable_until``. ``undone_at`` says that the cards were parted.
    """

    survivor = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    absorbed = models.ForeignKey("people.Client", on_delete=models.CASCADE, related_name="+")
    proof = models.CharField(max_length=12, choices=Proof.choices)
    by = models.CharField(max_length=20)
    by_account_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    evidence = models.CharField(max_length=1000, blank=True)
    plan_digest = models.CharField(max_length=64, blank=True)
    absorbed_account_id = models.UUIDField(null=True, blank=True)
    hides = models.BooleanField(default=False)
    shown_from = models.DateTimeField(null=True, blank=True)
    refuse_nonce = models.CharField(max_length=32, blank=True)
    refuse_digest = models.CharField(max_length=64, blank=True)
    refusable_until = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=20, blank=True)
    undone_by_account_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """The merges of a card; the door of "not me"."""

        indexes: ClassVar = [
            models.Index(fields=["survivor", "-at"], name="merge_of_survivor"),
            models.Index(fields=["absorbed", "-at"], name="merge_of_absorbed"),
            models.Index(
                fields=["refuse_digest"],
                condition=~models.Q(refuse_digest=""),
                name="merge_by_refusal",
            ),
            # What is hidden is asked at every page of a client; there is hardly ever any.
            models.Index(fields=["business"], condition=models.Q(hides=True), name="merge_hiding"),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"merge {self.pk}"


class MergeRow(TenantModel):
    """One value that a merge changed: enough to put it back."""

    # Written by the thousand: the constraint below finds the rows of a merge, and nothing else is asked.
    business = models.ForeignKey(
        "business.Business", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    merge = models.ForeignKey(
        "people.Merge", on_delete=models.CASCADE, related_name="rows", db_index=False
    )
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


class PartingQuestion(TenantModel):
    """A row born after a merge that no identity attributes: when the cards were parted it stayed, and staff decide.

    ``decided_for`` is the card it was given to; null, while nobody has said.
    """

    merge = models.ForeignKey("people.Merge", on_delete=models.CASCADE, related_name="questions")
    of_table = models.CharField(max_length=60)
    row_id = models.UUIDField()
    decided_for = models.ForeignKey(
        "people.Client", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """A row is asked about once for a merge; what waits for an answer."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merge", "of_table", "row_id"], name="parting_question_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["business"],
                condition=models.Q(decided_at__isnull=True),
                name="parting_question_open",
            )
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"{self.of_table} {self.row_id}"
