"""Request: something that somebody asks to be put right, and who is awaited."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import Tenancy


class RequestKind(models.TextChoices):
    """What is asked. The first two are grounds on which accounts belong together; only their owners confirm them."""

    SAME_PERSON = "same-person"
    HOUSEHOLD = "household"
    RECLASSIFY = "reclassify"


class RequestState(models.TextChoices):
    """What has become of it."""

    OPEN = "open"  # the support is awaited
    WAITING_FOR_CLIENT = "waiting-for-client"
    DONE = "done"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class AskedAs(models.TextChoices):
    """In which part somebody asks."""

    CLIENT = "client"
    STAFF = "staff"


class Request(models.Model):
    """One request. ``since`` is when its state began; while it waits for the client, nobody else can end it as done.

    ``same-person`` and ``household`` carry the addresses that were named (``emails``; emptied when it ends); what the
    owners do of it stands in ``join`` or ``invitation``. ``reclassify`` names an appointment of ``business``, what
    its marker should say (``wanted``) and why (``note``); it rests on ``reclassify_id``, booking's own row.
    ``outcome`` is a word that says why it ended as it did.
    """

    tenancy: ClassVar[Tenancy] = "platform"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=RequestKind.choices)
    state = models.CharField(max_length=20, choices=RequestState.choices)
    asked_as = models.CharField(max_length=8, choices=AskedAs.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    business = models.ForeignKey(
        "business.Business", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    thread = models.ForeignKey(
        "support.Thread", on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    emails = models.JSONField(default=list)
    appointment_id = models.UUIDField(null=True, blank=True)
    wanted = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    join = models.ForeignKey(
        "accounts.AccountJoin", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invitation = models.ForeignKey(
        "people.HouseholdInvitation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reclassify_id = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        """The queue, the longest waiting first; what a join, an invitation or an appointment's wish belongs to."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["join"], name="support_request_of_join"),
            models.UniqueConstraint(fields=["invitation"], name="support_request_of_invitation"),
            models.UniqueConstraint(
                fields=["appointment_id"],
                condition=Q(ended_at__isnull=True),
                name="support_request_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "waiting-for-client"], ended_at__isnull=True)
                | Q(state__in=["done", "declined", "expired", "withdrawn"], ended_at__isnull=False),
                name="support_request_ended",
            ),
            # Whether accounts belong together is never the support's to decide.
            models.CheckConstraint(
                condition=Q(kind="reclassify") | ~Q(state="open"),
                name="support_request_owners_only",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["since"],
                condition=Q(ended_at__isnull=True),
                name="support_request_queue",
            ),
            models.Index(fields=["-asked_at"], name="support_request_newest"),
            models.Index(fields=["account", "-asked_at"], name="support_request_of"),
            models.Index(fields=["business", "-asked_at"], name="support_request_of_business"),
            models.Index(
                fields=["appointment_id", "-asked_at"],
                condition=Q(appointment_id__isnull=False),
                name="support_request_of_visit",
            ),
        ]

    def __str__(self) -> str:
        """Say which."""
        return f"support request {self.pk}"
