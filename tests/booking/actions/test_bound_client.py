"""A client bound to one professional books and moves with nobody else; the staff may say otherwise."""

from __future__ import annotations

import pytest
from tests import factories
from tests.booking.facts import own_card, proved_account
from tests.cast import Person
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.accounts.models import Account
from clientela.booking.actions.book import book_appointment
from clientela.booking.actions.book_series import book_series
from clientela.booking.actions.overrides import Overrides
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.errors import NotBookable, SeriesRefused, StartRefused
from clientela.booking.models import Appointment, Channel, Session
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent

TUESDAY_TEN = at("2026-11-24 10:00")
FRIDAY_NINE = at("2026-11-27 09:00")
PROGRAM = Actor.api("a program with a token")
SET_ASIDE = Overrides(bound_professional=True)


@pytest.fixture
def ana(db: None) -> Account:
    """Ana's log-in, proved."""
    return proved_account("ana@example.com", "Ana Prueba")


@pytest.fixture
def card(business: Business, ana: Account, professional: Professional, scope: None) -> Client:
    """Ana's card, bound to Irene."""
    return bind(own_card(factories.make_client(business), ana), professional)


def bind(card: Client, professional: Professional | None) -> Client:
    return bind_to_professional(client=card, professional=professional, by=STAFF, now=NOW)


def words(refused: StartRefused) -> list[str]:
    return [str(why.reason) for why in refused.reasons]


def book_signed_in(
    service: Service, account: Account, *, professional: Professional | None = None
) -> Appointment:
    return book_appointment(
        business=service.business,
        service=service,
        starts_at=TUESDAY_TEN,
        client=None,
        account=account,
        professional=professional,
        by=Actor.client(account.pk),
        channel=Channel.WEB,
        door="booking-page",
        now=NOW,
    ).appointment


@pytest.mark.req("S1.28")
def test_the_page_of_who_is_signed_in_refuses_anyone_else_with_the_reason(
    shared_service: Service, card: Client, ana: Account, colleague: Professional
) -> None:
    with pytest.raises(NotBookable) as refused:
        book_signed_in(shared_service, ana, professional=colleague)
    assert refused.value.reason == "bound-to-professional"
    assert words(refused.value) == ["bound-to-professional"]
    near = refused.value.alternatives
    assert near
    assert {one for slot in near for one in slot.professional_ids} == {card.bound_to_id}
    assert not Appointment.objects.exists()


@pytest.mark.req("S1.27", "S1.28")
def test_whoever_is_free_first_means_their_own_professional(
    shared_service: Service, card: Client, ana: Account, professional: Professional
) -> None:
    # Irene has more of this week than Tomás, so "whoever is free first" would mean him.
    book(shared_service, FRIDAY_NINE, professional=professional)
    assert book_signed_in(shared_service, ana).professional == professional


@pytest.mark.req("S1.28")
def test_a_service_their_professional_does_not_give_is_not_theirs_to_book(
    business: Business, card: Client, ana: Account, colleague: Professional
) -> None:
    other = factories.make_service(business, "Osteopatía", professionals=(colleague,))
    with pytest.raises(NotBookable) as refused:
        book_signed_in(other, ana, professional=colleague)
    assert refused.value.reason == "bound-to-professional"
    assert refused.value.alternatives == []
    with pytest.raises(NotBookable) as refused:
        book_signed_in(other, ana)
    assert refused.value.reason == "professional-not-offered"


@pytest.mark.req("S1.28")
@pytest.mark.parametrize("by", [PROGRAM, STAFF], ids=["a program with a token", "the desk"])
def test_nobody_books_a_bound_client_with_anyone_else_by_chance(
    shared_service: Service, card: Client, colleague: Professional, by: Actor
) -> None:
    with pytest.raises(NotBookable) as refused:
        book(shared_service, TUESDAY_TEN, client=card, professional=colleague, by=by)
    assert refused.value.reason == "bound-to-professional"


@pytest.mark.req("S1.29")
def test_the_desk_may_set_the_binding_aside_and_the_audit_says_so(
    shared_service: Service, card: Client, colleague: Professional, desk: Person
) -> None:
    row = book(
        shared_service,
        TUESDAY_TEN,
        client=card,
        professional=colleague,
        by=desk.actor,
        overrides=SET_ASIDE,
    ).appointment
    assert row.professional == colleague
    line = AuditEvent.objects.get(action="appointment-booked")
    assert line.details["overrides"] == ["bound_professional"]
    assert line.actor_id == desk.account.pk


@pytest.mark.req("S1.29")
@pytest.mark.parametrize("by", [PROGRAM, GUEST], ids=["a program with a token", "a guest"])
def test_only_the_staffs_own_hand_sets_the_binding_aside(
    shared_service: Service, card: Client, colleague: Professional, by: Actor
) -> None:
    with pytest.raises(NotBookable):
        book(
            shared_service,
            TUESDAY_TEN,
            client=card,
            professional=colleague,
            by=by,
            overrides=SET_ASIDE,
        )


@pytest.mark.req("S1.29")
def test_without_the_binding_everything_is_open_again(
    shared_service: Service, card: Client, ana: Account, colleague: Professional
) -> None:
    bind(card, None)
    assert book_signed_in(shared_service, ana, professional=colleague).professional == colleague


@pytest.mark.req("S1.28")
def test_the_card_that_waits_for_a_person_binds_their_very_first_booking(
    business: Business, ana: Account, shared_service: Service, colleague: Professional
) -> None:
    """Until the booking nobody knows whose card it is; the binding is looked at after it is found."""
    waiting = factories.make_client(business)
    bind(waiting, Professional.objects.exclude(pk=colleague.pk).get())
    with pytest.raises(StartRefused) as refused:
        book_signed_in(shared_service, ana, professional=colleague)
    assert refused.value.reason == "bound-to-professional"
    assert book_signed_in(shared_service, ana).client == waiting


@pytest.mark.req("S1.28")
def test_the_holder_of_a_link_moves_to_the_bound_professional_only(
    shared_service: Service,
    client_card: Client,
    professional: Professional,
    colleague: Professional,
) -> None:
    row = book(
        shared_service, TUESDAY_TEN, client=client_card, professional=colleague, by=STAFF
    ).appointment
    bind(client_card, professional)
    row = Appointment.objects.get(pk=row.pk)
    with pytest.raises(NotBookable) as refused:
        reschedule_appointment(
            appointment=row,
            starts_at=FRIDAY_NINE,
            professional=colleague,
            by=GUEST,
            door="manage-link",
            now=NOW,
        )
    assert refused.value.reason == "bound-to-professional"
    moved = reschedule_appointment(
        appointment=row, starts_at=FRIDAY_NINE, by=GUEST, door="manage-link", now=NOW
    )
    assert (moved.professional, moved.starts_at) == (professional, FRIDAY_NINE)


@pytest.mark.req("S1.29")
def test_the_desk_moves_what_stands_without_asking_again_but_not_to_a_third(
    business: Business, client_card: Client, professional: Professional, colleague: Professional
) -> None:
    third = factories.make_professional(business, "Vera")
    service = factories.make_service(
        business, "Masaje", professionals=(professional, colleague, third)
    )
    row = book(
        service, TUESDAY_TEN, client=client_card, professional=colleague, by=STAFF
    ).appointment
    bind(client_card, professional)
    row = Appointment.objects.get(pk=row.pk)
    moved = reschedule_appointment(
        appointment=row, starts_at=FRIDAY_NINE, by=STAFF, door="desk", now=NOW
    )
    assert (moved.professional, moved.starts_at) == (colleague, FRIDAY_NINE)
    with pytest.raises(NotBookable) as refused:
        reschedule_appointment(
            appointment=moved,
            starts_at=FRIDAY_NINE,
            professional=third,
            by=STAFF,
            door="desk",
            now=NOW,
        )
    assert refused.value.reason == "bound-to-professional"
    final = reschedule_appointment(
        appointment=moved,
        starts_at=FRIDAY_NINE,
        professional=third,
        by=STAFF,
        door="desk",
        overrides=SET_ASIDE,
        now=NOW,
    )
    assert final.professional == third
    newest = AuditEvent.objects.filter(action="appointment-rescheduled").latest("id")
    assert newest.details["overrides"] == ["bound_professional"]


@pytest.mark.req("S1.27", "S1.28")
def test_a_seat_in_a_colleagues_session_is_not_theirs(
    business: Business,
    card: Client,
    ana: Account,
    professional: Professional,
    colleague: Professional,
) -> None:
    yoga = factories.make_service(
        business, "Yoga", professionals=(professional, colleague), capacity=4
    )
    factories.make_session(yoga, TUESDAY_TEN, professional=colleague)
    with pytest.raises(NotBookable) as refused:
        book_signed_in(yoga, ana, professional=colleague)
    assert words(refused.value) == ["bound-to-professional"]
    with pytest.raises(NotBookable):
        book_signed_in(yoga, ana)
    own = factories.make_session(yoga, TUESDAY_TEN, professional=professional)
    assert book_signed_in(yoga, ana).session == Session.objects.get(pk=own.pk)


@pytest.mark.req("S1.28", "S1.29")
def test_a_series_keeps_to_the_binding_date_by_date(
    shared_service: Service, card: Client, colleague: Professional
) -> None:
    wish = {
        "business": shared_service.business,
        "service": shared_service,
        "starts_at": TUESDAY_TEN,
        "every_weeks": 1,
        "count": 2,
        "on_conflict": "all",
        "client": card,
        "professional": colleague,
        "by": STAFF,
        "channel": Channel.STAFF,
        "door": "desk",
        "now": NOW,
    }
    with pytest.raises(SeriesRefused) as refused:
        book_series(**wish)
    assert {word for _, word in refused.value.refused} == {"bound-to-professional"}
    assert len(book_series(**wish, overrides=SET_ASIDE).booked) == 2


def test_a_guest_is_bound_to_nobody(
    shared_service: Service, card: Client, colleague: Professional
) -> None:
    """The same name and address as the bound card: the booking lands on another card, and succeeds."""
    typed = factories.make_guest("Ana Prueba", "ana@example.com")
    row = book(shared_service, TUESDAY_TEN, client=typed, professional=colleague).appointment
    assert row.client != card
    assert row.professional == colleague
