"""What waits to be settled: requests, missing credits and payments, clashes with time off, messages that did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.standing_clashes import standing_clashes
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.notify.models import Message, Reason
from clientela.notify.queries.attention import ambiguous_messages, failed_messages
from clientela.web.design.figures import money
from clientela.web.desk.sales.listing import sell_url
from clientela.web.desk.staff import Desk
from clientela.web.desk.waiting import unpaid_at, unredeemed_at
from clientela.web.refusals import when

SHOWN = 8
RECENT = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to settle: whom it is about, what it is, and the one act."""

    who: str
    url: str
    verb: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pile:
    """Tasks of one kind. `count` may say more than are shown."""

    title: str
    tasks: Sequence[Task]
    count: int
    warns: bool = True


def piles(desk: Desk) -> list[Pile]:
    """Return what is to be settled, the most pressing first; nothing of a kind leaves its pile out."""
    found = [_requests(desk), _pending(desk), _unpaid(desk), _clashes(desk), _messages(desk)]
    return [pile for pile in found if pile.tasks]


def _requests(desk: Desk) -> Pile:
    rows = desk.appointments().filter(status=Status.REQUESTED, starts_at__gt=desk.now)
    waiting = list(rows.order_by("starts_at", "id")[: SHOWN + 1])
    return Pile(
        title=_("Requests waiting"),
        tasks=[_task(desk, one, _("Answer"), _what(one, desk)) for one in waiting[:SHOWN]],
        count=rows.count() if len(waiting) > SHOWN else len(waiting),
    )


def _pending(desk: Desk) -> Pile:
    """Appointments that a sale settles."""
    rows = unredeemed_at(desk)
    waiting = list(rows[: SHOWN + 1])
    return Pile(
        title=_("Pending redemption"),
        tasks=[
            Task(
                who=one.client.record_name,
                url=sell_url(desk, one),
                verb=_("Sell"),
                words=_what(one, desk),
            )
            for one in waiting[:SHOWN]
        ],
        count=rows.count() if len(waiting) > SHOWN else len(waiting),
    )


def _unpaid(desk: Desk) -> Pile:
    """Sales that a payment settles."""
    rows = unpaid_at(desk)
    waiting = list(rows[: SHOWN + 1])
    sums = sale_sums(sale_ids=[one.pk for one in waiting]) if waiting else {}
    return Pile(
        title=_("Sales to be paid"),
        tasks=[
            Task(
                who=one.client.record_name,
                url=reverse("desk:sale-pay", args=[desk.business.slug, one.pk]),
                verb=_("Take payment"),
                words=f"{one.name}, {money(sums[one.pk].due, one.currency)}",
            )
            for one in waiting[:SHOWN]
        ],
        count=rows.count() if len(waiting) > SHOWN else len(waiting),
    )


def _clashes(desk: Desk) -> Pile:
    found = standing_clashes(now=desk.now, professional=desk.own, limit=SHOWN)
    if not desk.sees_all and desk.own is None:
        found = []
    return Pile(
        title=_("On time off"),
        tasks=[_task(desk, one, _("Move"), _what(one, desk), "move") for one in found],
        count=len(found),
    )


def _messages(desk: Desk) -> Pile:
    rows = [
        *ambiguous_messages(limit=SHOWN),
        *failed_messages(since=desk.now - RECENT, limit=SHOWN),
    ]
    prefetch_related_objects(rows, "appointment__client")
    if not desk.sees_all:
        own = desk.own.pk if desk.own else None
        rows = [row for row in rows if row.appointment.professional_id == own]
    return Pile(
        title=_("Messages that did not arrive"),
        tasks=[_about(desk, row) for row in rows[:SHOWN]],
        count=len(rows),
    )


def _about(desk: Desk, row: Message) -> Task:
    """A message about an appointment leads there; one about a freed time to the waiting list."""
    if row.offer_id is None:
        return _task(desk, row.appointment, _("Look"), _fate(row))
    url = reverse("desk:waiting", args=[desk.business.slug])
    who = row.appointment.client.record_name
    return Task(who=who, url=url, verb=_("Look"), words=_fate(row))


def _task(desk: Desk, one: Appointment, verb: str, words: str, page: str = "appointment") -> Task:
    return Task(
        who=one.client.record_name,
        url=reverse(f"desk:{page}", args=[desk.business.slug, one.pk]),
        verb=verb,
        words=words,
    )


def _what(one: Appointment, desk: Desk) -> str:
    return f"{one.service.name}, {when(one.starts_at, desk.zone)}"


def _fate(row: Message) -> str:
    if row.reason == Reason.UNKNOWN:
        return _("It is not known whether the email left")
    return _("The email to %(address)s failed") % {"address": row.address}
