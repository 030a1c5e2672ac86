"""Taking up: two cards become one, with every value that moved on record; and no row is left behind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import ForeignObjectRel
from tests.factories import NOW, STAFF, at, book, make_client
from tests.people.persons import person

from clientela.booking.actions.book_series import book_series
from clientela.booking.models import Appointment, Channel, Series
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.notify.queries.circumstances import statements_of
from clientela.people import movers
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.errors import CannotTakeUp
from clientela.people.models import (
    Client,
    Consent,
    How,
    Identifier,
    Merge,
    MergeRow,
    NotifyBy,
    Proof,
    Purpose,
)
from clientela.people.queries.contacts import contacts, notification_email
from clientela.people.queries.resolve import resolve
from clientela.people.queries.search_clients import search_clients
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import business_scope

LATER = NOW + timedelta(days=3)


def take_up(card: Client, into: Client) -> Merge:
    merge = take_up_card(card=card, into=into, proof=Proof.LOG_IN, by=STAFF, now=LATER)
    card.refresh_from_db()
    into.refresh_from_db()
    return merge


def test_every_foreign_key_to_a_card_says_what_becomes_of_its_rows() -> None:
    """Whoever adds a key to a card decides; nothing is forgotten at the next merge."""
    keys = {
        (relation.field.model._meta.label, relation.field.name)
        for relation in Client._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
    }
    assert keys == {(mover.table, mover.column) for mover in movers.movers()}


def test_a_forgotten_key_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: without booking's line the test above fails."""
    remaining = {key: mover for key, mover in movers._movers.items() if key[0] != "booking.Series"}
    monkeypatch.setattr(movers, "_movers", remaining)
    with pytest.raises(AssertionError):
        test_every_foreign_key_to_a_card_says_what_becomes_of_its_rows()


def test_appointments_and_series_follow_and_the_old_id_leads_to_the_new_card(
    business: Business, service: Service
) -> None:
    card, into = make_client(business, "Luz"), make_client(business, "Luz Prueba")
    single = book(service, at("2026-11-24 10:00"), client=card).appointment
    booked = book_series(
        business=business,
        service=service,
        starts_at=at("2026-11-25 10:00"),
        client=card,
        every_weeks=1,
        count=2,
        on_conflict="all",
        by=STAFF,
        channel=Channel.STAFF,
        door="desk",
        now=NOW,
    )
    merge = take_up(card, into)
    assert set(Appointment.objects.values_list("client", flat=True)) == {into.pk}
    assert Series.objects.get().client == into
    assert card.merged_into == into
    assert card.merged_at == LATER
    assert resolve(card.pk) == into.pk
    assert resolve(into.pk) == into.pk
    moved = MergeRow.objects.filter(merge=merge, of_table="booking_appointment")
    assert {row.row_id for row in moved} >= {single.pk}
    assert {(row.of_column, row.value_before, row.value_after) for row in moved} == {
        ("client_id", str(card.pk), str(into.pk))
    }
    assert booked


def test_what_is_found_by_a_contact_is_found_on_the_card_that_stays(
    business: Business, scope: None
) -> None:
    into = make_client(business, "Luz Prueba", "luz@example.com")
    card = make_client(business, "Luz P", "luz@example.org", phones=["+34600112233"])
    take_up(card, into)
    assert search_clients(text="luz@example.org") == [into]
    assert search_clients(text="600 11 22 33") == [into]
    assert search_clients(text="Luz P") == [into]
    assert [one.value for one in contacts(into)] == [
        "luz@example.com",
        "luz@example.org",
        "+34600112233",
    ]


def test_messages_go_on_going_where_they_went(business: Business, scope: None) -> None:
    """The card that goes may hold the older address: it must not become the one that messages go to."""
    card = make_client(business, "Luz", "old@example.com", phones=["+34600112233"])
    into = make_client(business, "Luz Prueba", "new@example.com")
    merge = take_up(card, into)
    assert notification_email(into).value == "new@example.com"
    phone = Identifier.objects.get(client=into, kind="phone")
    assert phone.for_notifications, "the survivor had no phone of its own"
    hushed = MergeRow.objects.get(merge=merge, of_column="for_notifications")
    assert (hushed.value_before, hushed.value_after) == ("true", "false")


def test_an_address_that_both_have_stays_with_each(business: Business, scope: None) -> None:
    card, into = make_client(business), make_client(business)
    take_up(card, into)
    assert len(contacts(into)) == len(contacts(card)) == 1


def test_what_the_card_says_wins_and_its_blanks_are_filled(
    business: Business, professional: Professional
) -> None:
    into = make_client(business, "Luz Prueba", language="es", note="Likes tea")
    card = make_client(
        business,
        "Luz",
        "luz@example.org",
        language="it",
        zone="Europe/Rome",
        birthday=date(1990, 5, 1),
        note="Bad knee",
    )
    bind_to_professional(client=card, professional=professional, by=STAFF, now=NOW)
    merge = take_up(card, into)
    assert (into.record_name, into.language) == ("Luz Prueba", "es")
    assert (into.zone, into.birthday, into.bound_to) == (
        "Europe/Rome",
        date(1990, 5, 1),
        professional,
    )
    assert into.note == "Likes tea\n\nBad knee"
    assert card.note == "Bad knee"
    own = MergeRow.objects.filter(merge=merge, row_id=into.pk)
    assert {row.of_column for row in own} == {"zone", "birthday", "bound_to_id", "note"}


def test_who_said_no_on_either_card_is_not_written_to_and_the_evidence_is_not_moved(
    business: Business, scope: None
) -> None:
    card, into = make_client(business), make_client(business, "Luz")
    set_preferences(client=card, notify_by=NotifyBy.NONE, how=How.STOP_LINK, by=STAFF, now=NOW)
    set_preferences(client=into, notify_by=NotifyBy.EMAIL, how=How.PREFERENCES, by=STAFF, now=NOW)
    take_up(card, into)
    assert into.notify_by == NotifyBy.NONE
    assert Consent.objects.get(client=card).notify_by == NotifyBy.NONE
    assert Consent.objects.get(client=into).notify_by == NotifyBy.EMAIL
    said = statements_of(card_ids=[into.pk])[into.pk, Purpose.APPOINTMENTS]
    assert said.notify_by == NotifyBy.NONE
    set_preferences(client=into, notify_by=NotifyBy.EMAIL, how=How.PREFERENCES, by=STAFF, now=LATER)
    said = statements_of(card_ids=[into.pk])[into.pk, Purpose.APPOINTMENTS]
    assert said.notify_by == NotifyBy.EMAIL, "what is said of the one card afterwards counts"


def test_the_way_from_every_old_card_is_one_step(business: Business, scope: None) -> None:
    first, second, third = (make_client(business, f"Card {n}") for n in range(3))
    take_up(first, second)
    take_up(second, third)
    first.refresh_from_db()
    assert first.merged_into == second.merged_into == third
    assert resolve(first.pk) == resolve(second.pk) == third.pk


@pytest.mark.req("S1.42")
def test_the_card_that_stays_keeps_the_businesss_spelling(business: Business, scope: None) -> None:
    into = make_client(business, "Prueba, Ana (VIP)")
    take_up(make_client(business, "Ana Prueba"), into)
    assert into.record_name == "Prueba, Ana (VIP)"


# What is refused


def test_two_cards_with_a_log_in_each_are_never_joined(business: Business, scope: None) -> None:
    """MRG-04: only both owners can join two log-ins, and never from here."""
    card, into = make_client(business), make_client(business, "Eva", "eva@example.com")
    claim_cards(account=person(), now=NOW)
    claim_cards(account=person("eva@example.com", "Eva"), now=NOW)
    before = [*Client.objects.order_by("id").values_list()]
    for one, other in ((card, into), (into, card)):
        with pytest.raises(CannotTakeUp) as refused:
            take_up_card(card=one, into=other, proof=Proof.LOG_IN, by=STAFF, now=LATER)
        assert refused.value.reason == "two-log-ins"
    assert [*Client.objects.order_by("id").values_list()] == before


def test_a_card_is_not_taken_up_by_itself_by_a_dead_one_or_next_door(
    business: Business, next_door: Business, scope: None
) -> None:
    card, into, gone = (make_client(business, f"Card {n}") for n in range(3))
    take_up(gone, into)
    with business_scope(next_door.pk):
        theirs = make_client(next_door)
    cases = [
        (card, card, "same-card"),
        (gone, card, "card-gone"),
        (card, gone, "card-gone"),
        (card, theirs, "another-business"),
    ]
    for one, other, reason in cases:
        with pytest.raises(CannotTakeUp) as refused:
            take_up_card(card=one, into=other, proof=Proof.LOG_IN, by=STAFF, now=LATER)
        assert refused.value.reason == reason
    assert Merge.objects.count() == 1


def test_a_merge_is_audited_without_a_word_of_the_cards(business: Business, scope: None) -> None:
    card, into = make_client(business), make_client(business, "Luz", "luz@example.org")
    merge = take_up(card, into)
    line = AuditEvent.objects.get(action="card-taken-up")
    assert line.subject_id == str(into.pk)
    assert line.details == {"absorbed": str(card.pk), "merge": str(merge.pk), "values": 2}


def test_a_tombstone_is_in_no_list(business: Business, scope: None) -> None:
    card, into = make_client(business, "Oldname", ""), make_client(business, "Luz", "")
    take_up(card, into)
    assert search_clients(text="") == [into]
    assert search_clients(text="oldname") == []
