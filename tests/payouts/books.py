"""Visits that were attended, and shares: what tests of payouts begin with."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.factories import NOW, STAFF, at, book

from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.models import Appointment, Channel
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.payouts.actions.add_commission import add_commission
from clientela.payouts.actions.close_statement import close_statement
from clientela.payouts.models import CommissionRule, Statement
from clientela.people.models import Client

SUNDAY = at("2026-11-29 12:00")
"""A week after the first visit: the days before are over."""
MONDAY, TUESDAY = at("2026-11-23 10:00"), at("2026-11-24 10:00")
SATURDAY = date(2026, 11, 28)


def agree(
    business: Business, new: int | None = 4000, returning: int | None = 6500, **fields: object
) -> CommissionRule:
    """40 % of a new client's visit, 65 % of a returning one's, from the first of November."""
    given = {"valid_from": date(2026, 11, 1), "by": STAFF, "now": NOW, **fields}
    return add_commission(business=business, new_share=new, returning_share=returning, **given)  # type: ignore[arg-type]  # named as they are


def attend(
    service: Service, starts_at: datetime, card: Client, *, channel: Channel = Channel.WEB
) -> Appointment:
    """Book for a card, and note that they came."""
    visit = book(service, starts_at, client=card, by=STAFF, channel=channel, now=NOW).appointment
    return mark_attended(appointment=visit, by=STAFF, now=starts_at + timedelta(minutes=10))


def settle(
    professional: Professional, *, last_on: date = SATURDAY, now: datetime = SUNDAY
) -> Statement:
    """Close up to Saturday, on Sunday."""
    return close_statement(
        professional=professional, last_on=last_on, currency="EUR", by=STAFF, now=now
    )
