"""Few sessions left: said once, by the booking that brings it so low, and forecast before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.factories import NOW
from tests.people.families import card_of, household_with
from tests.people.persons import person

from clientela.booking.actions.lend_credit import lend_credit
from clientela.booking.events import AppointmentBooked
from clientela.booking.models import Appointment, Channel
from clientela.business.models import Location, Professional
from clientela.catalogue.models import Package, Service
from clientela.notify.handlers import tell
from clientela.notify.models import Message, MessageRule, Reason, Recipient, Rule
from clientela.notify.queries.forecast import Wish, forecast
from clientela.people.models import Client, Consent, How, Identifier, NotifyBy, Purpose
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

pytestmark = pytest.mark.django_db
STARTS = [factories.at(f"2026-11-{day} 10:00") for day in (24, 25, 26, 27)]


@dataclass
class Studio:
    """A business that tells who has few sessions left, and Ana, who wants to hear it and has proved her address."""

    service: Service
    free: Service
    package: Package
    ana: Client
    location: Location
    professional: Professional


@pytest.fixture
def studio(db: None) -> Iterator[Studio]:
    business = factories.make_business("studio")
    with business_scope(business.pk):
        irene = factories.make_professional(business)
        service = factories.make_service(business, professionals=(irene,), needs_credits=True)
        ana = factories.make_client(business)
        Identifier.objects.update(verified_at=NOW)
        Client.objects.update(wants_follow_up=True)
        ana.refresh_from_db()
        for purpose in Purpose:
            Consent.objects.create(
                business=business, client=ana, purpose=purpose, notify_by=NotifyBy.EMAIL,
                how=How.PREFERENCES, text_version="test", at=NOW,
            )  # fmt: skip
        MessageRule.objects.create(
            business=business, rule=Rule.BALANCE_LOW, recipient=Recipient.CLIENT, created_at=NOW
        )
        yield Studio(
            service=service,
            free=factories.make_service(business, "Masaje", professionals=(irene,)),
            package=factories.make_package(service),
            ana=ana,
            location=Location.objects.get(),
            professional=Professional.objects.select_related("account").get(),
        )


def booked(
    service: Service, starts_at: datetime, card: Client, *, hears: bool = True
) -> Appointment:
    """Book by a program, and let the worker hear of it."""
    by = Actor.api("form")
    made = factories.book(service, starts_at, client=card, by=by, channel=Channel.API).appointment
    if hears:
        hear(made)
    return made


def hear(made: Appointment) -> None:
    with transaction.atomic():
        tell(
            AppointmentBooked(
                business_id=made.business_id, appointment_id=made.pk, sequence=0, by="api"
            ),
            now=NOW,
        )


def lows() -> list[tuple[str, str]]:
    rows = Message.objects.filter(rule=Rule.BALANCE_LOW).order_by("id")
    return [(one.facts["left"], one.reason) for one in rows]


def test_it_is_said_when_one_is_left_and_when_none_is(studio):
    factories.sell(studio.ana, studio.package, credits=3)
    for start in STARTS:
        booked(studio.service, start, studio.ana)
    assert lows() == [("1", Reason.QUEUED), ("0", Reason.QUEUED)]


def test_it_is_said_to_nobody_who_did_not_say_that_it_is_welcome(studio):
    Consent.objects.filter(purpose=Purpose.FOLLOW_UP).delete()
    factories.sell(studio.ana, studio.package, credits=1)
    booked(studio.service, STARTS[0], studio.ana)
    row = Message.objects.get(rule=Rule.BALANCE_LOW)
    assert (row.reason, row.because) == (Reason.POLICY_GATE, "no-consent")


@pytest.mark.req("L8")
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_it_is_forecast_before_the_booking(studio, count):
    if count:
        factories.sell(studio.ana, studio.package, credits=count)
    wish = Wish(
        business=studio.service.business,
        service=studio.service,
        location=studio.location,
        starts_at=STARTS[0],
        ends_at=STARTS[0] + timedelta(minutes=30),
        channel=Channel.API,
        professional=studio.professional,
        card=studio.ana,
    )
    lines = [one for one in forecast(wish=wish, now=NOW) if one.rule is Rule.BALANCE_LOW]
    booked(studio.service, STARTS[0], studio.ana)
    rows = Message.objects.filter(rule=Rule.BALANCE_LOW)
    assert [one.reason for one in lines] == [one.reason for one in rows]
    assert len(lines) == (count in {1, 2})


def test_enough_left_and_services_without_credits_are_silent(studio):
    factories.sell(studio.ana, studio.package, credits=5)
    booked(studio.service, STARTS[0], studio.ana)
    booked(studio.free, STARTS[1], studio.ana)
    assert lows() == []


def test_two_bookings_heard_when_none_is_left_say_it_once(studio):
    factories.sell(studio.ana, studio.package, credits=2)
    for made in [booked(studio.service, one, studio.ana, hears=False) for one in STARTS[:2]]:
        hear(made)
    assert lows() == [("0", Reason.QUEUED), ("0", Reason.DUPLICATE_SUPPRESSED)]


def test_who_used_a_credit_of_another_is_not_told_that_none_is_left(studio):
    Client.objects.filter(pk=studio.ana.pk).update(account=person("ana@example.com"))
    bea = card_of(studio.service.business, person("bea@example.com", "Bea"))
    household_with(studio.service.business, studio.ana, bea, shares_credits=True)
    factories.sell(bea, studio.package, credits=1)
    made = booked(studio.service, STARTS[0], studio.ana, hears=False)
    lend_credit(appointment=made, lender=bea, account=None, by=factories.STAFF, now=NOW)
    hear(made)
    assert lows() == []
