"""For whom a booking is, and on what terms its booker asks for a time."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.factories import GUEST, NOW, STAFF, at

from clientela.accounts.models import Account
from clientela.booking.actions import write_appointment
from clientela.booking.actions.book import Booked, book_appointment
from clientela.booking.actions.booker import admit_booker
from clientela.booking.actions.overrides import Overrides
from clientela.booking.actions.win_time import Wanted, Won, win_time
from clientela.booking.errors import ClientGone, SlotTaken
from clientela.booking.guest import Guest
from clientela.booking.models import Appointment, Channel
from clientela.business.models import BookingPolicy, Business, ClientLogin, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor

TUESDAY_TEN = at("2026-11-24 10:00")


@pytest.fixture
def ana(db: None) -> Account:
    """Ana's log-in."""
    return proved_account("ana@example.com", "Ana Prueba")


def test_a_person_is_a_guest_where_log_ins_are_off_with_what_the_account_knows(
    business: Business, scope: None, ana: Account
) -> None:
    BookingPolicy.objects.update(client_login=ClientLogin.OFF)
    me = Actor.client(ana.pk)
    booker = admit_booker(business=business, client=None, account=ana, by=me)
    assert booker.client == Guest("Ana Prueba", "ana@example.com")
    assert (booker.account, booker.by) == (None, GUEST)
    typed = Guest("Ana", "other@example.com")
    assert admit_booker(business=business, client=typed, account=ana, by=me).client == typed


def test_a_card_that_a_door_names_for_a_person_is_not_believed(
    business: Business, scope: None, ana: Account
) -> None:
    somebodys = factories.make_client(business, "Otto", "otto@example.org")
    booker = admit_booker(business=business, client=somebodys, account=ana, by=Actor.client(ana.pk))
    assert (booker.client, booker.account) == (None, ana)


@pytest.mark.parametrize("by", [GUEST, STAFF], ids=["guest", "staff"])
def test_a_booking_is_for_somebody(business: Business, scope: None, by: Actor) -> None:
    with pytest.raises(TypeError):
        admit_booker(business=business, client=None, account=None, by=by)


@pytest.mark.parametrize("by", [STAFF, Actor.api("till")], ids=["staff", "program"])
def test_only_the_staff_leave_the_binding_out(
    business: Business, location: Location, service: Service, client_card: Client, by: Actor
) -> None:
    booker = admit_booker(business=business, client=client_card, account=None, by=by)

    def bound(overrides: Overrides | None) -> Client | None:
        return booker.asks(
            service=service,
            location=location,
            professional=None,
            starts_at=TUESDAY_TEN,
            overrides=overrides,
        ).client

    assert bound(None) == client_card
    assert bound(Overrides(bound_professional=True)) == (None if by.is_staff else client_card)


def test_the_own_card_of_a_person_is_the_one_they_have(
    service: Service, client_card: Client, ana: Account
) -> None:
    card = own_card(client_card, ana)
    row = factories.book_appointment(
        business=service.business,
        service=service,
        starts_at=TUESDAY_TEN,
        client=None,
        account=ana,
        by=Actor.client(ana.pk),
        channel=Channel.WEB,
        door="client-pages",
        now=NOW,
    ).appointment
    assert row.client == card
    assert Client.objects.count() == 1


def booked_by(service: Service, ana: Account, **changes: Any) -> Booked:
    return book_appointment(
        business=service.business,
        service=service,
        starts_at=TUESDAY_TEN,
        client=None,
        account=ana,
        by=Actor.client(ana.pk),
        channel=Channel.WEB,
        door="client-pages",
        now=NOW,
        **changes,
    )


def test_the_card_that_waits_for_a_person_becomes_theirs_with_the_first_booking_and_binds_it(
    shared_service: Service, client_card: Client, ana: Account, colleague: Professional
) -> None:
    factories.set_hours(colleague, (540, 1080))
    Client.objects.filter(pk=client_card.pk).update(bound_to=colleague)
    row = booked_by(shared_service, ana).appointment
    assert (row.client, row.client.account, row.professional) == (client_card, ana, colleague)


def test_a_waiting_card_that_is_gone_once_the_time_is_won_is_not_booked_for(
    service: Service, client_card: Client, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = proved_account("other@example.com", "Ana Prueba")

    def won(wanted: Wanted) -> Won:
        own_card(client_card, other)
        return win_time(wanted)

    monkeypatch.setattr(write_appointment, "win_time", won)
    row = booked_by(service, ana).appointment
    assert (row.client.account, row.client == client_card) == (ana, False)


def test_a_booking_that_fails_makes_no_card_and_takes_none(
    service: Service, client_card: Client, ana: Account
) -> None:
    factories.book(service, TUESDAY_TEN, client=factories.make_guest("Otto"))
    for person in (ana, proved_account("new@example.com", "Nueva Prueba")):
        with pytest.raises(SlotTaken):
            booked_by(service, person)
    assert not Client.objects.filter(account__isnull=False).exists()
    assert Client.objects.count() == 2


def test_the_first_booking_of_a_person_sent_twice_is_one(service: Service, ana: Account) -> None:
    first = booked_by(service, ana, idempotency_key="k")
    again = booked_by(service, ana, idempotency_key="k")
    assert (again.replayed, again.appointment) == (True, first.appointment)


def test_a_card_that_became_part_of_another_meanwhile_is_booked_for_as_that_one(
    business: Business, client_card: Client, service: Service
) -> None:
    former = factories.make_client(business, "Ana P", "ana.p@example.com")
    Client.objects.filter(pk=former.pk).update(merged_into=client_card, merged_at=NOW)
    booked = factories.book(service, at("2026-11-24 10:00"), client=former, by=STAFF)
    assert booked.appointment.client_id == client_card.pk


def test_nobody_is_booked_for_on_a_card_that_was_erased_meanwhile(
    client_card: Client, service: Service
) -> None:
    Client.objects.filter(pk=client_card.pk).update(erased_at=NOW)
    with pytest.raises(ClientGone):
        factories.book(service, at("2026-11-24 10:00"), client=client_card, by=STAFF)
    assert not Appointment.objects.exists()
