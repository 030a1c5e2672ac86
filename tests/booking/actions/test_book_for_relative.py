"""Booking for somebody of one's household: on their card, as their own, and only while they let one."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories
from tests.factories import GUEST, NOW, STAFF, at
from tests.people.families import card_of, household_with, put_child
from tests.people.persons import everything, person

from clientela.booking.actions import write_appointment
from clientela.booking.actions.book import Booked, book_appointment
from clientela.booking.actions.win_time import Wanted, Won, win_time
from clientela.booking.errors import NotLent
from clientela.booking.events import AppointmentBooked
from clientela.booking.models import Appointment, Attribution, Channel
from clientela.booking.queries import lent_card as lent_card_module
from clientela.business.models import BookingPolicy, Business, ClientLogin
from clientela.catalogue.models import Service
from clientela.people.actions.register_client import register_client
from clientela.people.models import Client, Consent, HouseholdMember
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent, OutboxEvent

TUESDAY_TEN = at("2026-11-24 10:00")


@pytest.fixture
def ana(business: Business, scope: None) -> Client:
    """Who books."""
    return card_of(business, person("ana@example.com", "Ana Prueba"))


@pytest.fixture
def bea(business: Business, scope: None, ana: Client) -> Client:
    """Who lets Ana book, and nothing else."""
    bea = card_of(business, person("bea@example.com", "Bea Prueba"))
    household_with(business, ana, bea)
    let(bea, lets_book=True)
    return bea


def let(card: Client, **gives: Any) -> None:
    HouseholdMember.objects.filter(client=card).update(**gives)


def book_for(service: Service, ana: Client, relative: Client | None, **changes: Any) -> Booked:
    assert ana.account is not None
    given: dict[str, Any] = {
        "business": service.business,
        "service": service,
        "starts_at": TUESDAY_TEN,
        "client": None,
        "account": ana.account,
        "relative": relative,
        "by": Actor.client(ana.account.pk),
        "channel": Channel.WEB,
        "door": "booking-page",
        "now": NOW,
    }
    return book_appointment(**{**given, **changes})


def test_it_lands_on_the_relatives_own_card_of_which_nothing_changes(
    service: Service, ana: Client, bea: Client
) -> None:
    before, words = everything(), list(Consent.objects.values_list())
    row = book_for(service, ana, bea, zone="Asia/Tokyo", language="it").appointment
    assert (row.client, row.account) == (bea, bea.account)
    assert (row.zone, row.language, row.address_used) == ("", bea.language or "it", "")
    assert everything() == before
    assert list(Consent.objects.values_list()) == words


def test_the_audit_says_who_booked_for_whom_and_the_event_is_that_of_any_booking(
    service: Service, ana: Client, bea: Client
) -> None:
    row = book_for(service, ana, bea).appointment
    line = AuditEvent.objects.get(action="appointment-booked")
    assert (line.actor_id, line.details["for_relative"]) == (ana.account_id, str(bea.pk))
    told = OutboxEvent.objects.get(name=AppointmentBooked.name)
    assert (told.payload["appointment_id"]["uuid"], told.payload["by"]) == (str(row.pk), "client")
    own = book_for(service, ana, None, starts_at=at("2026-11-24 12:00")).appointment
    assert own.client == ana
    newest = AuditEvent.objects.filter(action="appointment-booked").latest("id")
    assert "for_relative" not in newest.details


def test_the_marker_counts_it_as_the_relatives_own(
    service: Service, ana: Client, bea: Client
) -> None:
    first = book_for(service, ana, bea).appointment
    then = book_for(service, bea, None, starts_at=at("2026-11-25 10:00")).appointment
    marks = {one.appointment_id: one for one in Attribution.objects.order_by("number")}
    assert [marks[one.pk].value for one in (first, then)] == ["new", "returning"]


def refused(service: Service, ana: Client, relative: Client, **changes: Any) -> str:
    with pytest.raises(NotLent) as told:
        book_for(service, ana, relative, **changes)
    assert not Appointment.objects.exists()
    return str(told.value.reason)


@pytest.mark.parametrize("other", ["lets_see", "lets_pay", "shares_credits"])
def test_no_other_permission_allows_it(
    service: Service, ana: Client, bea: Client, other: str
) -> None:
    let(bea, **{"lets_book": False, other: True})
    assert refused(service, ana, bea) == "not-lent"


def test_what_was_taken_back_between_the_page_and_the_press_is_refused(
    service: Service, ana: Client, bea: Client
) -> None:
    shown = Client.objects.get(pk=bea.pk)
    let(bea, lets_book=False)
    assert refused(service, ana, shown) == "not-lent"
    let(bea, lets_book=True, until=NOW)
    assert refused(service, ana, shown) == "not-lent"


def test_what_is_taken_back_while_the_time_is_won_is_refused(
    service: Service, ana: Client, bea: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def won(wanted: Wanted) -> Won:
        let(bea, lets_book=False)
        return win_time(wanted)

    monkeypatch.setattr(write_appointment, "win_time", won)
    assert refused(service, ana, bea) == "not-lent"


def test_it_holds_one_way_and_for_nobody_outside(
    service: Service, ana: Client, bea: Client, business: Business
) -> None:
    assert refused(service, bea, ana) == "not-lent"
    stranger = card_of(business, person("eva@example.com", "Eva Ajena"))
    assert refused(service, stranger, bea) == "not-lent"
    assert refused(service, ana, ana) == "not-lent"


def test_only_who_is_signed_in_has_relatives(
    service: Service, ana: Client, bea: Client, business: Business
) -> None:
    for by in (GUEST, STAFF, Actor.api("till")):
        assert refused(service, ana, bea, by=by, account=None) == "not-lent"
    BookingPolicy.objects.filter(business=business).update(client_login=ClientLogin.OFF)
    assert refused(service, ana, bea) == "not-lent"


def test_a_guardian_books_for_a_child_without_a_log_in(
    service: Service, ana: Client, bea: Client, business: Business
) -> None:
    child = register_client(business=business, name="Leo Prueba", by=STAFF, now=NOW)
    membership = HouseholdMember.objects.get(client=ana)
    put_child(membership.household, child, ana)
    row = book_for(service, ana, child).appointment
    assert (row.client, row.account) == (child, None)
    with pytest.raises(NotLent):
        book_for(service, bea, child, starts_at=at("2026-11-24 12:00"))


def test_sent_twice_with_one_key_it_is_booked_once(
    service: Service, ana: Client, bea: Client
) -> None:
    first = book_for(service, ana, bea, idempotency_key="k")
    again = book_for(service, ana, bea, idempotency_key="k")
    assert (again.replayed, again.appointment) == (True, first.appointment)


def test_a_booking_that_is_not_asked_for_permission_would_go_through(
    service: Service, ana: Client, bea: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: it is this one question that refuses."""
    let(bea, lets_book=False)
    monkeypatch.setattr(lent_card_module, "lent_to", lambda **_: [bea])
    assert book_for(service, ana, bea).appointment.client == bea


@pytest.mark.usefixtures("scope")
def test_the_relatives_binding_holds(
    shared_service: Service, ana: Client, bea: Client, colleague: Any
) -> None:
    factories.set_hours(colleague, (540, 1080))
    Client.objects.filter(pk=bea.pk).update(bound_to=colleague)
    row = book_for(shared_service, ana, bea).appointment
    assert row.professional == colleague
