"""Everything that was sent or not, of the whole business, each with its one reason."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, at, book, make_client

from clientela.notify.models import Message, Reason
from clientela.web.desk.messages.sent import OUTCOMES

pytestmark = pytest.mark.django_db
NUMBERS = count()


@pytest.fixture
def page(home):
    return f"{home}messages/sent/"


@pytest.fixture
def one(service, client_card):
    return book(service, at("2026-11-25 10:00"), client=client_card).appointment


def row(one, reason, *, due=NOW - timedelta(hours=1), channel="email", **fields):
    queued = reason == Reason.QUEUED
    number = next(NUMBERS)
    return Message.objects.create(
        business_id=one.business_id,
        appointment=one,
        occurrence=number,
        rule=fields.pop("rule", "confirmation"),
        recipient="client",
        recipient_id=one.client_id,
        channel=channel,
        reason=reason,
        address="ana@example.com",
        language="es",
        zone="Europe/Madrid",
        message_id=f"row-{number}",
        due_at=due,
        send_at=due if queued else None,
        created_at=NOW,
        settled_at=None if queued else NOW,
        **fields,
    )


def _reasons(answer):
    return [line.message.reason for line in answer.context["rows"]]


def test_every_outcome_is_in_one_filter_only() -> None:
    every = [reason for group in OUTCOMES.values() for reason in group]
    assert sorted(every) == sorted(Reason)


def test_each_row_says_what_to_whom_when_and_why(at_desk, page, one):
    row(one, Reason.LANDLINE, channel="sms")
    answer = at_desk.get(page)
    assert "Confirmation by text" in answer.text
    assert "Not sent: this number is a landline, Mon 23 Nov" in answer.text
    assert "Add a mobile number." in answer.text
    assert "Ana Prueba" in answer.text


def test_the_filters_narrow_to_outcome_way_day_and_client(at_desk, page, one):
    row(one, Reason.DELIVERED)
    row(one, Reason.BOUNCED_HARD)
    row(one, Reason.NO_ADDRESS, channel="sms")
    row(one, Reason.UNKNOWN)
    row(one, Reason.QUEUED, due=NOW + timedelta(days=1), rule="reminder")
    assert len(_reasons(at_desk.get(page))) == 4
    for outcome, reason in {
        "sent": "delivered",
        "failed": "bounced_hard",
        "not-sent": "no_address",
        "unknown": "unknown",
        "waiting": "queued",
    }.items():
        assert _reasons(at_desk.get(page, {"outcome": outcome})) == [reason]
    assert _reasons(at_desk.get(page, {"channel": "sms"})) == ["no_address"]
    assert _reasons(at_desk.get(page, {"day": "2026-11-24"})) == ["queued"]
    assert _reasons(at_desk.get(page, {"q": "nobody"})) == []
    assert len(_reasons(at_desk.get(page, {"outcome": "x", "channel": "y", "day": "z"}))) == 4


def test_a_message_of_which_nothing_is_known_is_settled_where_it_is_listed(at_desk, page, one):
    lost = row(one, Reason.UNKNOWN)
    listed = at_desk.get(page, {"outcome": "unknown"})
    settle = f"/desk/{one.business.slug}/appointments/{one.pk}/messages/{lost.pk}/"
    assert settle in listed.text
    answer = at_desk.post(settle, {"choice": "leave", "from": "sent"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{page}?outcome=unknown"
    assert "The message is left as it is." in answer.text
    assert settle not in answer.text


def test_a_professional_sees_what_was_sent_of_their_own(
    sit, professional_member, page, business, shared_service, colleague, client_card
):
    other = book(
        shared_service, at("2026-11-25 10:00"), client=client_card, professional=colleague
    ).appointment
    row(other, Reason.DELIVERED)
    assert _reasons(sit(professional_member).get(page)) == []


def test_the_list_costs_the_same_for_few_and_for_many(at_desk, page, one, business, service):
    row(one, Reason.DELIVERED)
    at_desk.get(page)
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as caught:
            at_desk.get(page)
        counted.append(len(caught))
        card = make_client(business, f"Otra {number}", "")
        other = book(service, at(f"2026-11-26 1{number}:00"), client=card).appointment
        for _turn in range(5):
            row(other, Reason.DELIVERED)
    assert counted[0] == counted[1] <= 18, counted


def test_an_index_leads_to_the_rows_of_a_business_by_time(at_desk, page, one):
    """On both databases the stretch of time of one business is read from the index, not the whole table."""
    for _turn in range(3):
        row(one, Reason.DELIVERED)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "SET LOCAL enable_sort = off"
            )  # few rows are sorted sooner than walked in order
    rows = Message.objects.filter(
        business=one.business_id, due_at__gte=NOW - timedelta(days=90), due_at__lte=NOW
    ).order_by("-due_at", "-id")
    assert "message_newest" in rows[:30].explain()
