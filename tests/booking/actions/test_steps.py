"""The steps that booking's actions share, each by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests import factories
from tests.factories import GUEST, NOW, STAFF, SYSTEM, at, book, make_guest

from clientela.booking.actions.check_start import is_insider, is_open_for
from clientela.booking.actions.overrides import NONE, Overrides
from clientela.booking.actions.promise import ends_of, occupied_stretch, promise
from clientela.booking.actions.refuse import AskedStart, is_backstop, refusal_of
from clientela.booking.actions.staff_only import require_business
from clientela.booking.actions.win_time import NotFree, Wanted, win_time
from clientela.booking.actions.write_appointment import Form
from clientela.booking.errors import SlotTaken, StaffOnly
from clientela.booking.models import Channel
from clientela.booking.queries.supply import supply_of
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.models import Service
from clientela.platform.actor import Actor
from clientela.rules.clock_time import tzdata_version

TUESDAY_TEN = at("2026-11-24 10:00")


def test_the_promise_is_the_locations_wall_clock(location: Location) -> None:
    assert promise(starts_at=TUESDAY_TEN, location=location) == {
        "promised_local": "2026-11-24T10:00",
        "promised_zone": "Europe/Madrid",
        "tzdata": tzdata_version(),
    }


def test_buffers_are_taken_and_not_promised(service: Service) -> None:
    update_service(
        service=service, buffer_before_minutes=5, buffer_after_minutes=15, by=STAFF, now=NOW
    )
    assert ends_of(service=service, starts_at=TUESDAY_TEN) == TUESDAY_TEN + timedelta(minutes=30)
    assert occupied_stretch(service=service, starts_at=TUESDAY_TEN) == (
        TUESDAY_TEN - timedelta(minutes=5),
        TUESDAY_TEN + timedelta(minutes=45),
    )


@pytest.mark.parametrize(
    ("by", "insider"),
    [(GUEST, False), (Actor.api("site"), False), (STAFF, True), (SYSTEM, True)],
)
def test_window_and_grid_bind_everyone_but_the_staff(
    service: Service, location: Location, business: Business, by: Actor, insider: bool
) -> None:
    def is_open(when: str, overrides: Overrides = NONE) -> bool:
        return is_open_for(
            business=business,
            service=service,
            location=location,
            starts_at=at(when),
            by=by,
            overrides=overrides,
            now=NOW,
        )

    assert is_insider(by) is insider
    assert is_open("2026-11-24 10:00")
    for soon_or_odd in ("2026-11-23 08:30", "2026-11-24 10:05"):
        assert is_open(soon_or_odd) is insider
        assert is_open(soon_or_odd, Overrides(window=True, off_grid=True))


def test_clients_do_not_speak_for_the_business() -> None:
    require_business(STAFF)
    require_business(Actor.api("site"))
    for by in (GUEST, Actor.client(STAFF.account_id)):
        with pytest.raises(StaffOnly):
            require_business(by)


def test_a_time_is_won_inside_a_transaction_only_and_chosen_the_same_way(
    shared_service: Service,
    location: Location,
    professional: Professional,
    colleague: Professional,
) -> None:
    wanted = Wanted(
        service=shared_service,
        location=location,
        supply=supply_of(service=shared_service, location=location),
        starts_at=TUESDAY_TEN,
    )
    with transaction.atomic():
        won = win_time(wanted)
    assert won.resource_ids == (professional.pk,)
    assert won.assignment["reason"] == "first-in-order"
    for person in (professional, colleague):
        book(shared_service, TUESDAY_TEN, professional=person)
    with transaction.atomic(), pytest.raises(NotFree):
        win_time(wanted)


def test_a_refusal_says_taken_when_nothing_else_stands_in_the_way(
    business: Business, service: Service, location: Location
) -> None:
    book(service, TUESDAY_TEN)
    asked = AskedStart(business, service, location, None, TUESDAY_TEN, for_staff=False)
    refusal = refusal_of(asked, now=NOW)
    assert isinstance(refusal, SlotTaken)
    assert len(refusal.alternatives) == 6


def test_only_our_own_guards_are_taken_for_a_lost_race() -> None:
    assert is_backstop(IntegrityError('violates exclusion constraint "occupancy_no_overlap"'))
    assert is_backstop(IntegrityError("seat_within_session"))
    assert not is_backstop(IntegrityError("FOREIGN KEY constraint failed"))


def test_two_tabs_of_one_guest_wait_for_each_other(business: Business, scope: None) -> None:
    def keys(guest: object) -> tuple[str, ...]:
        form = Form(client=guest, channel=Channel.WEB, door="x")
        return form.lock_keys(business_id=business.pk)

    assert keys(make_guest("Luz", "Luz@Example.com")) == keys(make_guest("L", "luz@example.com"))
    assert keys(factories.make_client(business)) == ()
    assert keys(make_guest("Nobody", "")) == ()
