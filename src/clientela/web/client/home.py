"""My appointments: what is ahead and what is over, in every business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from clientela.booking.models import Appointment
from clientela.booking.queries.own_appointments import own_appointments
from clientela.business.models import Business
from clientela.checkout.queries.family_dues import family_waits
from clientela.checkout.queries.own_money import OwnMoney, own_money
from clientela.people.models import Client
from clientela.people.queries.card_questions import card_questions
from clientela.people.queries.own_cards import own_cards
from clientela.platform import clock
from clientela.platform.tenancy import business_scope
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.family import seen_of_family
from clientela.web.client.frame import own_page
from clientela.web.client.greeting import next_words
from clientela.web.client.lists import Line, filter_links, grouped, lines_of
from clientela.web.client.questions import Answered, asked_questions
from clientela.web.visit.calendar_links import calendar_links
from clientela.web.visit.day_hours import DayHours, day_hours
from clientela.web.waiting.own import own_waits

SHOWN_PAST = 5


def home(request: DoorRequest) -> HttpResponse:
    """Show the next appointment as a slip, the others as rows; each with the acts that are open for it."""
    return home_page(request)


def home_page(
    request: DoorRequest, *, answered: Answered | None = None, status: int = 200
) -> HttpResponse:
    """Draw the page, after a refused answer with why it was refused."""
    cards = own_cards(account_id=request.user.pk)
    businesses = [card.business for card in cards]
    at = _chosen(request, businesses)
    several = len(businesses) > 1
    return own_page(
        request,
        "client/home.html",
        current="home",
        status=status,
        brand=brand_of(at or businesses[0]) if at or len(businesses) == 1 else None,
        several=several and at is None,
        filters=filter_links(businesses, at) if several else [],
        businesses=[at] if at else businesses,
        questions=asked_questions(card_questions(account=request.user), answered),
        money=_money(request, cards, at),
        waits=own_waits(account_id=request.user.pk, at=at),
        **seen_of_family(account_id=request.user.pk, cards=cards, at=at, now=clock.now()),
        **_lists(request, at=at, apart=several and at is None),
    )


def _lists(request: DoorRequest, *, at: Business | None, apart: bool) -> dict[str, Any]:
    """What is ahead, the next one first of all, and the newest of what is over."""
    now = clock.now()
    found = own_appointments(account_id=request.user.pk, now=now)
    ahead = lines_of(request, _only(found.upcoming, at), found=found, now=now)
    past = lines_of(request, _only(found.past, at), found=found, now=now)
    first = ahead[0] if ahead else None
    shown = past if request.GET.get("past") == "all" else past[:SHOWN_PAST]
    return {
        "first": first,
        "first_hours": _hours(first),
        "calendars": calendar_links(first.visit) if first else [],
        "next_words": next_words(first.visit, now=now) if first else "",
        "upcoming": grouped(ahead[1:], apart=apart),
        "changeable": [line for line in ahead if line.may_change],
        "past": grouped(shown, apart=apart),
        "past_count": len(past),
        "has_more": len(shown) < len(past),
        "again": past[0] if past and not ahead else None,
    }


def _money(
    request: DoorRequest, cards: Sequence[Client], at: Business | None
) -> list[tuple[Business, OwnMoney | None, bool]]:
    """What is to be paid and what is left, and whether the family's waits, at the businesses that have any of it."""
    found = own_money(account_id=request.user.pk, now=clock.now())
    has_family = any(getattr(card, "has_family", False) for card in cards)
    family = family_waits(account_id=request.user.pk) if has_family else frozenset()
    shown = [at] if at else [card.business for card in cards]
    return [
        (one, found.get(one.pk), one.pk in family)
        for one in shown
        if one.pk in found or one.pk in family
    ]


def _chosen(request: DoorRequest, businesses: list[Business]) -> Business | None:
    """The business the address narrows to, if the person is a client there."""
    slug = request.GET.get("at", "")
    return next((one for one in businesses if one.slug == slug), None)


def _only(appointments: Sequence[Appointment], at: Business | None) -> list[Appointment]:
    return [one for one in appointments if at is None or one.business_id == at.pk]


def _hours(line: Line | None) -> DayHours | None:
    """The working day around the next appointment, for the ribbon under its time."""
    if line is None:
        return None
    with business_scope(line.visit.appointment.business_id):
        return day_hours(line.visit)
