"""Thread: what one person and the support wrote to each other."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import Tenancy


class Side(models.TextChoices):
    """Who wrote."""

    PERSON = "person"
    SUPPORT = "support"


class Thread(models.Model):
    """One conversation of the chat. A signed-in person has one; a guest has one for each browser.

    A guest's browser holds the secret whose hash is ``secret_digest``; the link in mails about answers is derived from
    ``mail_nonce`` (``mail_digest``). ``email`` is where answers go while the person is away: a guest's own word, or
    empty, and unused where there is an ``account``. ``business`` is the one from whose page it was begun, if any.
    ``unread`` counts what the support has not opened, ``unseen`` what the person has not. ``told_at``: a mail about
    what is unseen went out. ``closed_at`` puts it aside until somebody writes again.
    """

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="support_threads",
    )
    business = models.ForeignKey(
        "business.Business", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=8)
    secret_digest = models.CharField(max_length=64, blank=True)
    mail_nonce = models.CharField(max_length=32)
    mail_digest = models.CharField(max_length=64, unique=True)
    unread = models.PositiveIntegerField(default=0)
    unseen = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One for each account; a browser's own; the queue, and who is to be told of an answer."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(account__isnull=False),
                name="support_thread_of_account",
            ),
            models.UniqueConstraint(
                fields=["secret_digest"],
                condition=~Q(secret_digest=""),
                name="support_thread_of_browser",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-last_at"], name="support_thread_newest"),
            models.Index(
                fields=["last_at"], condition=Q(unread__gt=0), name="support_thread_unread"
            ),
            models.Index(
                fields=["last_at"], condition=Q(unseen__gt=0), name="support_thread_unseen"
            ),
        ]

    def __str__(self) -> str:
        """Without the name."""
        return f"support thread {self.pk}"


class Line(models.Model):
    """One thing said in a thread; its words are never changed.

    ``key`` is the form's own: the same form sent twice is one line. ``by_id`` is the support agent who answered.
    """

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    thread = models.ForeignKey("support.Thread", on_delete=models.CASCADE, related_name="lines")
    side = models.CharField(max_length=8, choices=Side.choices)
    body = models.CharField(max_length=4000)
    key = models.CharField(max_length=64, blank=True)
    by_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        """In the order of time; once for each form."""

        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["thread", "key"], condition=~Q(key=""), name="support_line_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["thread", "at"], name="support_line_in_order")]

    def __str__(self) -> str:
        """Without the words."""
        return f"support line {self.pk}"
