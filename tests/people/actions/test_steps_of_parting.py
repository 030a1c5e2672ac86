"""The steps that merging and parting are made of, each by itself."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.factories import NOW, at, book, make_client
from tests.people.actions.test_unmerge_clients import merged

from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.attribute_rows import follow
from clientela.people.actions.hold_cards import hold_cards, hold_joining
from clientela.people.actions.keep_merge_rows import as_text, as_uuid_text
from clientela.people.actions.return_rows import return_rows
from clientela.people.actions.return_values import return_values
from clientela.people.models import Client, MergeRow
from clientela.people.movers import movers
from clientela.people.partings import partings
from clientela.platform.ids import uuid7


@pytest.fixture
def pair(business: Business, scope: None) -> tuple[Client, Client]:
    """Two cards: the one that goes, and the one that stays."""
    return (
        make_client(business, "Ana Old", "old@example.com"),
        make_client(business, "Ana New", "new@example.com"),
    )


def test_cards_that_are_held_come_as_they_are_now_and_unknown_ones_do_not(
    pair: tuple[Client, Client], business: Business
) -> None:
    gone, stays = pair
    Client.objects.filter(pk=gone.pk).update(note="changed")
    with transaction.atomic():
        hold_joining(business_id=business.pk)
        held = hold_cards(cards=(gone.pk, stays.pk, uuid7()))
    assert set(held) == {gone.pk, stays.pk}
    assert held[gone.pk].note == "changed"


def test_values_are_kept_as_texts_that_can_be_read_again() -> None:
    key = uuid7()
    assert [as_text(one) for one in (None, True, False, NOW.date(), "x")] == [
        "",
        "true",
        "false",
        NOW.date().isoformat(),
        "x",
    ]
    assert as_uuid_text(key) == key.hex


def test_rows_that_came_go_back_and_what_has_left_since_stays_away(
    pair: tuple[Client, Client], business: Business, service: Service
) -> None:
    gone, stays = pair
    visits = [
        book(service, at(f"2026-11-24 1{hour}:00"), client=gone).appointment for hour in (0, 1)
    ]
    merge = merged(gone, stays)
    third = make_client(business, "Third", "third@example.com")
    Appointment.objects.filter(pk=visits[1].pk).update(client=third)
    returned, left = return_rows(path=[merge], card=gone, top=stays)
    assert left == 1
    assert returned >= 1
    owners = dict(Appointment.objects.values_list("pk", "client_id"))
    assert owners == {visits[0].pk: gone.pk, visits[1].pk: third.pk}


def test_a_value_that_was_filled_goes_and_one_that_was_edited_since_is_kept(
    pair: tuple[Client, Client],
) -> None:
    gone, stays = pair
    Client.objects.filter(pk=gone.pk).update(language="it", zone="Europe/Rome")
    Client.objects.filter(pk=stays.pk).update(language="", zone="")
    for one in pair:
        one.refresh_from_db()
    merge = merged(gone, stays)
    assert MergeRow.objects.filter(merge=merge, of_column="language").exists()
    Client.objects.filter(pk=stays.pk).update(zone="Europe/Paris")
    assert return_values(path=[merge], card=gone) >= 1
    stays.refresh_from_db()
    assert (stays.language, stays.zone) == ("", "Europe/Paris")


def test_what_follows_a_row_goes_where_that_row_went(
    pair: tuple[Client, Client], service: Service
) -> None:
    gone, stays = pair
    merge = merged(gone, stays)
    by_table = {(one.table, one.column): one for one in movers()}
    following = [one for one in partings() if one.how == "follows"]
    assert following
    for one in following:
        moved = follow(
            parting=one,
            mover=by_table[one.table, one.column],
            to=gone,
            off=stays,
            path=[merge],
        )
        assert moved == 0  # nothing was born that could follow
