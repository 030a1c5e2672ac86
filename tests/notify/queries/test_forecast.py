"""What is forecast before saving is what the trace says in the end, for random bookings under a simulated clock.

A hundred and fifty by default; ``CLIENTELA_PROVE=1`` takes ten thousand. A seed that fails names itself.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime

import pytest
from tests.notify.town import Town

from clientela.booking.models import Appointment
from clientela.notify.actions.send_due import send_due
from clientela.notify.models import Message, MessageRule, Outcome, Reason, TextGateway
from clientela.notify.queries.forecast import ForecastLine, forecast
from clientela.notify.queries.plan import STANDARD
from clientela.people.models import Client, NotifyBy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scope")]

PROVE = bool(os.environ.get("CLIENTELA_PROVE"))
TOWNS, BOOKINGS = (200, 50) if PROVE else (6, 25)
LEFT = {Reason.HANDED_OVER, Reason.DELIVERED}

Said = tuple[str, str, str, str, datetime, str, str, str, str, datetime | None]


def promised(line: ForecastLine) -> Said:
    return (
        line.rule, line.timing, line.recipient, line.channel, line.due_at,
        line.reason, line.because, line.address, line.zone,
        line.leaves_at if line.will_be_sent else None,
    )  # fmt: skip


def became(row: Message) -> Said:
    left = row.reason in LEFT
    attempt = row.attempts.filter(outcome=Outcome.ACCEPTED).first() if left else None
    return (
        row.rule, row.timing, row.recipient, row.channel, row.due_at,
        Reason.QUEUED if left else row.reason, row.because, row.address, row.zone,
        attempt.started_at if attempt else None,
    )  # fmt: skip


def run_the_clock() -> None:
    """Let the worker live through the time until nothing waits any more; it looks whenever something is due."""
    while due := Message.objects.filter(send_at__isnull=False).order_by("send_at").first():
        while send_due(now=due.send_at):
            pass


@pytest.mark.req("L8", "S4.22", "MSG-07")
@pytest.mark.parametrize("seed", range(TOWNS))
def test_the_forecast_before_saving_is_the_later_trace(seed: int) -> None:
    town = Town(seed)
    kept: list[tuple[Appointment, list[ForecastLine]]] = []
    for booking in town.bookings(BOOKINGS):
        lines = forecast(wish=booking.wish, now=town.now)
        kept.append((town.grant(booking), lines))
    run_the_clock()
    for appointment, lines in kept:
        rows = Message.objects.filter(appointment=appointment).prefetch_related("attempts")
        assert Counter(map(became, rows)) == Counter(map(promised, lines)), f"seed {seed}"
        assert complete(appointment, is_own=appointment.channel == "staff") == {
            (row.rule, row.timing, row.recipient, row.channel) for row in rows
        }


def test_the_comparison_sees_what_changed_in_between() -> None:
    """The control: had a promise not to be kept, the test above would say so."""
    town = Town(4)
    kept = []
    for booking in town.bookings(12):
        lines = forecast(wish=booking.wish, now=town.now)
        kept.append((town.grant(booking), lines))
    Client.objects.update(notify_by=NotifyBy.NONE)
    run_the_clock()
    broken = [
        appointment
        for appointment, lines in kept
        if Counter(map(became, Message.objects.filter(appointment=appointment)))
        != Counter(map(promised, lines))
    ]
    assert broken


def complete(appointment: Appointment, *, is_own: bool) -> set[tuple[str, str, str, str]]:
    """Return lines × recipients × channels, reckoned anew from the stored plan by another way than the program's."""
    business = appointment.business_id
    stored = list(MessageRule.objects.filter(business=business))
    if stored:
        plan = [
            (one.rule, one.recipient, one.timing, one.service_id,
             [name for name in ("email", "sms", "push") if getattr(one, f"by_{name}")])
            for one in stored
        ]  # fmt: skip
    else:
        plan = [(one.rule, one.recipient, one.timing, None, list(one.channels)) for one in STANDARD]
    service = appointment.service_id
    special = {(rule, who) for rule, who, _, of, _ in plan if of == service}
    is_request = appointment.status == "requested"
    speaks = {"request-received" if is_request else "confirmation"}
    if not is_own:
        speaks.add("staff-requested" if is_request else "staff-booked")
    if not is_request:
        speaks |= {"reminder", "follow-up", "staff-reminder"}
    has_texts = TextGateway.objects.filter(business=business, ended_at=None).exists()
    return {
        (rule, timing, who, channel)
        for rule, who, timing, of, channels in plan
        for channel in channels
        if rule in speaks
        and (of == service if (rule, who) in special else of is None)
        and (channel != "sms" or has_texts)
    }
