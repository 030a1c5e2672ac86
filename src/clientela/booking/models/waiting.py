"""WaitingEntry: somebody who waits for a time to become free; WaitingOffer: that they are to be told of one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clientela.business.models import TenantModel
from clientela.rules.clock_time import MINUTES_PER_DAY


class WaitState(models.TextChoices):
    """Whether somebody still waits, or why not: they booked, they left the list, their days are over."""

    WAITING = "waiting"
    BOOKED = "booked"
    LEFT = "left"
    ENDED = "ended"


class JoinedBy(models.TextChoices):
    """By whose hand they came on the list."""

    GUEST = "guest"
    CLIENT = "client"
    STAFF = "staff"


class WaitingEntry(TenantModel):
    """One wish for a time that was not free: a service at a place, with somebody or anybody, on some days.

    ``first_day`` and ``last_day`` are local dates of the place, both included; a start fits from ``from_minute`` on
    and before ``until_minute`` of its clock. ``zone`` and ``language`` are the client's choice, which may be blank;
    ``address_used`` the e-mail they joined with. ``told_at`` is when they were last told of a time. The link by which
    they leave is kept as nonce and digest.
    """

    account_lookup: ClassVar = "client__account"

    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("catalogue.Service", on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey("business.Location", on_delete=models.PROTECT, related_name="+")
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_day = models.DateField()
    last_day = models.DateField()
    from_minute = models.PositiveSmallIntegerField(default=0)
    until_minute = models.PositiveSmallIntegerField(default=MINUTES_PER_DAY)
    language = models.CharField(max_length=8, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    address_used = models.CharField(max_length=254, blank=True)
    joined_by = models.CharField(max_length=8, choices=JoinedBy.choices)
    state = models.CharField(max_length=8, choices=WaitState.choices, default=WaitState.WAITING)
    link_nonce = models.CharField(max_length=32)
    link_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Days and hours run forward; who waits is asked whenever a time becomes free."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day"))
                & Q(from_minute__lt=F("until_minute"))
                & Q(until_minute__lte=MINUTES_PER_DAY),
                name="waiting_forward",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="waiting_ended_at",
            ),
        ]
        indexes: ClassVar = [
            # Who may want what has become free.
            models.Index(
                fields=["business", "last_day"],
                condition=Q(state="waiting"),
                name="waiting_by_day",
            ),
            # What one person waits for.
            models.Index(fields=["client", "-created_at"], name="waiting_by_client"),
        ]

    def __str__(self) -> str:
        """Without the client."""
        return f"waiting entry {self.pk}"


class OfferState(models.TextChoices):
    """What became of a turn: it is still to come, they were told, or by then there was nothing to tell."""

    DUE = "due"
    TOLD = "told"
    LAPSED = "lapsed"


class WaitingOffer(TenantModel):
    """A turn: one who waits is to be told of one free start, each start once.

    Nothing is held by it. Whether the time is still free is asked again at ``tell_at``, and once more when the message
    leaves. ``because`` says why there was nothing to tell: ``taken``, ``not-waiting``, ``enough-today``.
    """

    account_lookup: ClassVar = "entry__client__account"

    entry = models.ForeignKey(WaitingEntry, on_delete=models.CASCADE, related_name="offers")
    professional = models.ForeignKey(
        "business.Professional", on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tell_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=OfferState.choices, default=OfferState.DUE)
    because = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Each start once; the worker asks what is due."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "starts_at"], name="waiting_offer_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="waiting_offer_forward"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tell_at"], condition=Q(state="due"), name="waiting_offer_due"),
        ]

    def __str__(self) -> str:
        """Without the client."""
        return f"waiting offer {self.pk}"
