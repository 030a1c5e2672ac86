"""Requests: the queue, how many wait, and what stands of one booking, one card, one person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from clientela.accounts.models import AccountJoin
from clientela.booking.models import Appointment, ReclassifyRequest
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.support.models import Request, RequestKind, RequestState, Thread

OWNERS_KINDS = (RequestKind.SAME_PERSON, RequestKind.HOUSEHOLD)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests wait, and for whom."""

    for_support: int = 0
    for_client: int = 0


def queue(*, kind: str = "", awaited: RequestState | None = None) -> QuerySet[Request]:
    """Return what waits, the longest waiting first; of one kind or of one who is awaited, where named."""
    rows = Request.objects.filter(ended_at__isnull=True).select_related("business")
    if kind:
        rows = rows.filter(kind=kind)
    if awaited is not None:
        rows = rows.filter(state=awaited)
    return rows.order_by("since", "id")


def ended(*, kind: str = "") -> QuerySet[Request]:
    """Return what has ended, the last asked first."""
    rows = Request.objects.filter(ended_at__isnull=False).select_related("business")
    return (rows.filter(kind=kind) if kind else rows).order_by("-asked_at", "-id")


def waiting() -> Waiting:
    """Count what waits, by who is awaited. One query."""
    counts = Request.objects.filter(ended_at__isnull=True).aggregate(
        support=Count("id", filter=Q(state=RequestState.OPEN)),
        client=Count("id", filter=Q(state=RequestState.WAITING_FOR_CLIENT)),
    )
    return Waiting(for_support=counts["support"], for_client=counts["client"])


def newest_of_appointment(*, appointment_id: UUID) -> Request | None:
    """Return the last request about the marker of this booking, if any was made. One query."""
    rows = Request.objects.filter(appointment_id=appointment_id)
    return rows.order_by("-asked_at", "-id").first()


def booking_of(*, request: Request) -> Appointment | None:
    """Return the booking that a request is about, with what names it. Runs in the scope of its business."""
    if request.appointment_id is None:
        return None
    rows = Appointment.objects.filter(pk=request.appointment_id)
    return rows.select_related("business", "location", "service", "professional__resource").first()


def rests_on(*, request: Request) -> ReclassifyRequest | None:
    """Return booking's own row, which an owner may answer as well; None where only the client can say it."""
    if request.reclassify_id is None:
        return None
    return ReclassifyRequest.objects.filter(pk=request.reclassify_id).first()


def awaited_of(*, card: Client) -> Request | None:
    """Return the oldest request by which the person of this card is awaited, as asker or as the one who was named.

    For a specialist, who is told that and since when, and nothing else of it: not who asked, nor with which address.
    Two queries, in the scope of the card's business.
    """
    emails = list(
        Identifier.objects.filter(client=card, kind=IdentifierKind.EMAIL).values_list(
            "value", flat=True
        )
    )
    named = Q(join__other_email__in=emails) | Q(invitation__email__in=emails)
    if card.account_id is not None:
        named |= Q(account=card.account_id)
    rows = Request.objects.filter(named, state=RequestState.WAITING_FOR_CLIENT)
    return rows.filter(kind__in=OWNERS_KINDS).order_by("since", "id").first()


def own_requests(*, account_id: UUID) -> QuerySet[Request]:
    """Return what a person asked, also by a log-in that became theirs: what waits first, then the last asked.

    With the wish or the invitation it rests on. Of an account's requests only the asker's own page tells.
    """
    became_theirs = AccountJoin.objects.filter(
        account=account_id, joined_at__isnull=False, undone_at__isnull=True, absorbed__isnull=False
    )
    mine = Q(account=account_id) | Q(account__in=became_theirs.values("absorbed"))
    rows = Request.objects.filter(mine).select_related("business", "join", "invitation")
    has_ended = Case(When(ended_at__isnull=True, then=0), default=1, output_field=IntegerField())
    return rows.order_by(has_ended, "-asked_at", "-id")


def requests_of(*, thread: Thread, most: int) -> list[Request]:
    """Return the newest requests of the person of a conversation. One query."""
    mine = Q(thread=thread)
    if thread.account_id is not None:
        mine |= Q(account=thread.account_id, kind__in=OWNERS_KINDS)
    return list(Request.objects.filter(mine).order_by("-asked_at", "-id")[:most])
