"""My appointments: upcoming and past apart, each with its own acts, in every business."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.factories import at
from tests.web.client.conftest import address, booked, browser_of, card_of

from clientela.accounts.models import Account
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.models import Appointment
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client as Card
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

HOME = "/client/"


def part(text: str, start: str, end: str) -> str:
    """What stands between two marks."""
    return text.partition(start)[2].partition(end)[0]


def test_a_stranger_is_sent_to_sign_in() -> None:
    answer = Client().get(HOME)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/client/login?next=/client/"


@pytest.mark.req("S2.16", "S3.4")
def test_upcoming_and_past_stand_apart_each_with_its_own_acts(
    signed_in: Client, visit: Appointment, service: Service, card: Card
) -> None:
    gone = booked(service, card, "2026-11-19 10:00")
    text = signed_in.get(HOME).text
    upcoming = part(text, 'id="h-upcoming"', 'id="h-past"')
    past = part(text, 'id="h-past"', "</main>")
    assert "Your next appointment is in 2 days." in text
    assert ">10:00</time>" in upcoming
    assert "Madrid time (CET)" in upcoming
    assert f'action="{address(visit, "confirm")}"' in upcoming
    assert f'href="{address(visit, "appointment.ics")}"' in upcoming
    assert f'href="#change-{visit.pk}"' in upcoming
    assert f'href="{address(gone, "again")}"' in past
    assert f'href="{address(gone, "delete")}"' in past
    assert address(gone, "move") not in text
    assert f'href="{address(visit, "delete")}"' not in text


@pytest.mark.req("S3.22", "S3.23", "S3.24", "S3.28")
@pytest.mark.parametrize("move", [True, False])
@pytest.mark.parametrize("cancel", [True, False])
def test_the_pencil_is_there_only_where_something_can_be_changed(
    signed_in: Client, visit: Appointment, business: Business, move: bool, cancel: bool
) -> None:
    set_policy(
        business=business,
        client_may_reschedule=move,
        client_may_cancel=cancel,
        by=factories.SYSTEM,
        now=factories.NOW,
    )
    text = signed_in.get(HOME).text
    assert (f'href="#change-{visit.pk}"' in text) is (move or cancel)
    sheet = part(text, f'id="change-{visit.pk}"', "</section>")
    assert (f'href="{address(visit, "move")}"' in sheet) is move
    assert (f'href="{address(visit, "cancel")}"' in sheet) is cancel


@pytest.mark.req("S3.24", "S3.26")
def test_past_the_cut_off_there_is_no_pencil(
    signed_in: Client, service: Service, card: Card
) -> None:
    near = booked(service, card, "2026-11-23 09:00")
    far = booked(service, card, "2026-11-23 09:30")
    service.cancel_closes_minutes = 24 * 60
    service.save()
    assert f'href="#change-{far.pk}"' in signed_in.get(HOME).text
    with_cut = 48 * 60
    service.cancel_closes_minutes = service.reschedule_closes_minutes = with_cut
    service.save()
    text = signed_in.get(HOME).text
    assert f'href="#change-{near.pk}"' not in text
    assert f'href="{address(near)}"' in text


@pytest.mark.req("S2.20")
def test_a_cancelled_appointment_stays_among_the_past(
    signed_in: Client, visit: Appointment, ana: Account
) -> None:
    with business_scope(visit.business_id):
        cancel_appointment(
            appointment=visit, by=Actor.client(ana.pk), door="client-pages", now=factories.NOW
        )
    text = signed_in.get(HOME).text
    assert "slip-void" in part(text, 'id="h-past"', "</main>")
    assert "Nothing ahead" in text


def test_a_new_person_is_told_how_to_begin(signed_in: Client) -> None:
    text = signed_in.get(HOME).text
    assert "No appointments yet" in text
    assert "The first takes a minute." in text


def test_another_persons_appointments_are_not_there(
    visit: Appointment, other: Account, next_door: Business
) -> None:
    card_of(next_door, other)
    text = browser_of(other).get(HOME).text
    assert str(visit.pk) not in text
    assert "Fisioterapia" not in text


def test_several_businesses_stand_apart_and_can_be_looked_at_alone(
    signed_in: Client, visit: Appointment, ana: Account, next_door: Business
) -> None:
    theirs = card_of(next_door, ana)
    with business_scope(next_door.pk):
        haircut = Service.objects.get()
    first, second = (booked(haircut, theirs, f"2026-11-25 {hour}:00") for hour in (10, 11))
    text = signed_in.get(HOME).text
    assert text.index(f"change-{visit.pk}") < text.index(f"change-{first.pk}")
    assert part(text, "<h3", "</h3>").endswith("Salon Next Door")
    alone = signed_in.get(HOME, {"at": next_door.slug}).text
    assert str(second.pk) in alone
    assert str(visit.pk) not in alone
    assert str(visit.pk) in signed_in.get(HOME, {"at": "nowhere"}).text


def test_a_requested_time_says_that_it_waits(
    signed_in: Client, card: Card, business: Business, service: Service
) -> None:
    service.needs_approval = True
    service.save()
    booked(service, card, "2026-11-24 10:00")
    text = signed_in.get(HOME).text
    assert "Waiting for an answer" in text
    assert "Yes, I am coming" not in text


def test_the_number_of_queries_does_not_grow_with_the_appointments(
    signed_in: Client,
    visit: Appointment,
    service: Service,
    card: Card,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # Three of them are for money: unpaid sales, what waits for payment, what is left; one for the waiting list.
    with django_assert_num_queries(14):
        signed_in.get(HOME)
    for day in range(15):
        booked(service, card, f"2026-12-{day + 7:02d} 10:00") if (day % 7) < 5 else None
        booked(service, card, f"2026-11-{day + 2:02d} 11:00") if (day % 7) < 5 else None
    with django_assert_num_queries(14):
        text = signed_in.get(HOME, {"past": "all"}).text
    assert text.count("<article") > 20
    assert at("2026-12-07 10:00")
