"""Message: one row for every message there should be, also for those that will not be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel
from clientela.platform.leases import Leased

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.expressions import Combinable

    from clientela.booking.models import Appointment
    from clientela.people.models import Client


class Rule(models.TextChoices):
    """Which rule asked for the message: what kind it is. Those that begin with ``staff-`` are for the staff."""

    CONFIRMATION = "confirmation"
    REQUEST_RECEIVED = "request-received"
    REQUEST_CONFIRMED = "request-confirmed"
    REQUEST_DECLINED = "request-declined"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    REMINDER = "reminder"
    FOLLOW_UP = "follow-up"
    BALANCE_LOW = "balance-low"
    WAITING_LIST_OFFER = "waiting-list-offer"
    STAFF_BOOKED = "staff-booked"
    STAFF_REQUESTED = "staff-requested"
    STAFF_MOVED = "staff-moved"
    STAFF_CANCELLED = "staff-cancelled"
    STAFF_REMINDER = "staff-reminder"


class Recipient(models.TextChoices):
    """Who is told."""

    CLIENT = "client"
    PROFESSIONAL = "professional"
    DESK = "desk"


class Reason(models.TextChoices):
    """Why a message was sent, is waiting, or was not sent: the whole list; nothing is left unsaid.

    ``handed_over`` means a server took it, never that it was read. ``unknown`` is the ambiguous
    one: something died between handing over and writing it down.
    """

    NOT_ACTIVATED = "not_activated"
    OPTED_OUT = "opted_out"
    CHANNEL_OFF_BY_CLIENT = "channel_off_by_client"
    NO_ADDRESS = "no_address"
    LANDLINE = "landline"
    INVALID_NUMBER = "invalid_number"
    TOO_CLOSE = "too_close"
    RULE_DISABLED = "rule_disabled"
    POLICY_GATE = "policy_gate"
    DUPLICATE_SUPPRESSED = "duplicate_suppressed"
    QUIET_HOURS = "quiet_hours"
    CANCELLED_BEFORE_SEND = "cancelled_before_send"
    SUPERSEDED = "superseded"
    QUEUED = "queued"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    BOUNCED_HARD = "bounced_hard"
    BOUNCED_SOFT = "bounced_soft"
    CARRIER_FILTERED = "carrier_filtered"
    PROVIDER_ERROR = "provider_error"
    SCHEDULER_DOWN = "scheduler_down"
    UNKNOWN = "unknown"


class Message(Leased, TenantModel):
    """What one rule says to one recipient by one channel about one occurrence of an appointment.

    Or about an ``offer``: a time that has become free, told to somebody on the waiting list. Such a row has no
    appointment; whoever decides or writes it is given the one it would be (``queries/offered.py``).
    ``occurrence`` is the appointment's sequence when the fact happened. ``timing`` tells reminders of one
    appointment apart (``rules/message_timing.py``; blank: at once). ``due_at`` is when it should leave: moving
    the appointment moves it, as long as nothing was tried; ``send_at`` is the next try, and null once nothing more will
    be done; ``left_at`` is when a person chose so for an ambiguous one. ``message_id`` is fixed here, so that a second copy is known as the same message.
    ``facts`` holds ids, times and words of the event; never a name, an address or a secret. ``consent`` is the
    statement that allowed it, ``provider_id`` what the carrier calls it, ``segments`` and ``cost_minor`` what a text
    was counted as. ``because`` says which of several causes the reason had ("monthly-cap", "number-limit"), where it has several.
    """

    # Who hears for the client, a child: set by whoever reads the message, and kept nowhere.
    hearer: Client | None = None

    # Typed as always there: whoever reads a message has asked by its appointment, or was given a stand-in.
    appointment: models.ForeignKey[Appointment | Combinable, Appointment] = models.ForeignKey(  # type: ignore[misc]  # said above
        "booking.Appointment", on_delete=models.CASCADE, null=True, related_name="messages"
    )
    offer = models.ForeignKey(
        "booking.WaitingOffer",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
    )
    occurrence = models.PositiveIntegerField()
    rule = models.CharField(max_length=20, choices=Rule.choices)
    timing = models.CharField(max_length=20, blank=True)
    recipient = models.CharField(max_length=12, choices=Recipient.choices)
    recipient_id = models.UUIDField()
    channel = models.CharField(max_length=20)
    reason = models.CharField(max_length=24, choices=Reason.choices)
    because = models.CharField(max_length=24, blank=True)
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=8)
    zone = models.CharField(max_length=64)
    message_id = models.CharField(max_length=120, unique=True)
    facts = models.JSONField(default=dict)
    consent = models.ForeignKey(
        "people.Consent", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    template_version = models.PositiveIntegerField(default=0)
    provider = models.CharField(max_length=20, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    segments = models.PositiveSmallIntegerField(default=0)
    cost_minor = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One row per appointment, occurrence, rule, timing, recipient and channel; of an offer, per recipient and channel."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "appointment",
                    "occurrence",
                    "rule",
                    "timing",
                    "recipient",
                    "recipient_id",
                    "channel",
                ],
                name="message_once",
            ),
            models.UniqueConstraint(
                fields=["offer", "recipient_id", "channel"], name="message_once_of_offer"
            ),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False, offer__isnull=True)
                | Q(appointment__isnull=True, offer__isnull=False),
                name="message_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(reason=Reason.QUEUED) | Q(send_at__isnull=False),
                name="message_queued_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(send_at__isnull=True) | Q(reason__in=[Reason.QUEUED, Reason.UNKNOWN]),
                name="message_settled_is_not_due",
            ),
        ]
        indexes: ClassVar = [
            # The worker's question: what is due?
            models.Index(
                fields=["send_at", "id"],
                name="message_due",
                condition=Q(send_at__isnull=False),
            ),
            # Whose news a receipt is.
            models.Index(
                fields=["provider_id"],
                name="message_provider_id",
                condition=~Q(provider_id=""),
            ),
            # The business's list of messages, in the order in which they leave.
            models.Index(fields=["business", "-due_at"], name="message_newest"),
            # The operator's list of ambiguous and failed ones.
            models.Index(
                fields=["reason", "created_at"],
                name="message_needs_attention",
                condition=Q(
                    reason__in=[
                        Reason.UNKNOWN,
                        Reason.PROVIDER_ERROR,
                        Reason.BOUNCED_HARD,
                        Reason.BOUNCED_SOFT,
                        Reason.SCHEDULER_DOWN,
                    ]
                ),
            ),
        ]

    @property
    def about_id(self) -> UUID:
        """The key of what it tells of: the appointment, or the offer and the appointment it would be."""
        key = self.appointment_id or self.offer_id
        assert key is not None  # noqa: S101 -- the table has one or the other
        return key

    def __str__(self) -> str:
        """Without the address: this text reaches logs."""
        return f"{self.rule} to {self.recipient} {self.pk}"

    @property
    def reader(self) -> Client:
        """Whose card is told as the client: the client's own, or that of who hears for a child."""
        return self.hearer or self.appointment.client
