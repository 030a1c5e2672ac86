"""What booking does with credits: a place either way, one unit each, and nothing pending that could be redeemed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.booking.credits import comes, left, state, used
from tests.factories import NOW, STAFF, at, book, make_guest

from clientela.booking.actions.book_series import book_series
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.credit import redeem_pending
from clientela.booking.causes import appointment_id_of, cause_of
from clientela.booking.errors import SlotTaken
from clientela.booking.models import Appointment, Channel, Status
from clientela.business.models import BookingPolicy, Business, Professional
from clientela.catalogue.models import Package, Service
from clientela.people.models import Client
from clientela.platform.actor import Actor

TUESDAY_TEN = at("2026-11-24 10:00")
WEDNESDAY_TEN = at("2026-11-25 10:00")
THURSDAY_TEN = at("2026-11-26 10:00")
TUESDAY = date(2026, 11, 24)


class TestBooking:
    """Booking with balance and without."""

    @pytest.mark.req("S1.4", "S1.1")
    def test_without_balance_it_is_pending_redemption(
        self, credit_service: Service, client_card: Client
    ) -> None:
        row = comes(credit_service, TUESDAY_TEN, client_card)
        assert (row.status, state(row)) == (Status.CONFIRMED, "pending")

    @pytest.mark.req("S1.5", "S1.2")
    def test_with_balance_it_is_booked_and_takes_one_unit(
        self, credit_service: Service, client_card: Client, package: Package
    ) -> None:
        sale = factories.sell(client_card, package)
        row = comes(credit_service, TUESDAY_TEN, client_card)
        assert (row.redemption, state(row)) == ("redeemed", "redeemed")
        assert used(sale) == [(1, cause_of(row.pk), False)]
        assert left(client_card) == 4

    @pytest.mark.req("S1.3")
    @pytest.mark.parametrize("has_balance", [True, False])
    def test_the_place_is_reserved_either_way(
        self, credit_service: Service, client_card: Client, *, has_balance: bool
    ) -> None:
        if has_balance:
            factories.sell(client_card, credit_service)
        comes(credit_service, TUESDAY_TEN, client_card)
        with pytest.raises(SlotTaken):
            book(credit_service, TUESDAY_TEN)

    @pytest.mark.req("S1.3")
    def test_seats_of_a_group_are_taken_either_way(
        self, business: Business, professional: Professional, client_card: Client
    ) -> None:
        yoga = factories.make_service(
            business, "Yoga", professionals=(professional,), capacity=2, needs_credits=True
        )
        factories.make_session(yoga, TUESDAY_TEN)
        factories.sell(client_card, yoga)
        seats = [comes(yoga, TUESDAY_TEN, client_card), book(yoga, TUESDAY_TEN).appointment]
        assert [state(one) for one in seats] == ["redeemed", "pending"]
        with pytest.raises(SlotTaken):
            book(yoga, TUESDAY_TEN, client=make_guest("Third Prueba", "third@example.com"))

    @pytest.mark.req("S1.7")
    def test_a_credit_redeems_its_own_services_only(
        self, credit_service: Service, service: Service, client_card: Client
    ) -> None:
        factories.sell(client_card, service)
        assert state(comes(credit_service, TUESDAY_TEN, client_card)) == "pending"
        assert state(comes(service, WEDNESDAY_TEN, client_card)) == "redeemed"
        assert left(client_card) == 0

    @pytest.mark.req("S1.8", "S1.22")
    @pytest.mark.parametrize(
        ("applies_on", "valid_until", "expected"),
        [
            (date(2026, 11, 23), date(2026, 11, 23), "pending"),
            (date(2026, 11, 23), TUESDAY, "redeemed"),
            (TUESDAY, TUESDAY, "redeemed"),
            (date(2026, 11, 25), None, "pending"),
        ],
    )
    def test_only_balance_that_is_valid_on_the_day_redeems(
        self,
        credit_service: Service,
        client_card: Client,
        applies_on: date,
        valid_until: date | None,
        expected: str,
    ) -> None:
        factories.sell(client_card, credit_service, applies_on=applies_on, valid_until=valid_until)
        assert state(comes(credit_service, TUESDAY_TEN, client_card)) == expected

    @pytest.mark.req("S1.8")
    def test_the_day_is_that_of_the_clock_on_the_wall(
        self, business: Business, client_card: Client
    ) -> None:
        tokyo = factories.make_location(business, "Tokyo", zone="Asia/Tokyo")
        person = factories.make_professional(business, "Ren", hours=False)
        factories.set_hours(person, (0, 1440), days=range(7), location=tokyo)
        early = factories.make_service(
            business, "Early", professionals=(person,), needs_credits=True
        )
        factories.sell(client_card, early, applies_on=date(2026, 11, 25))
        start = at("2026-11-25 06:00", zone="Asia/Tokyo")
        assert start.date() == TUESDAY  # in UTC, and in Madrid
        assert state(comes(early, start, client_card, location=tokyo)) == "redeemed"

    def test_a_service_that_needs_no_credit_uses_one_if_there_is_one(
        self, service: Service, client_card: Client
    ) -> None:
        assert state(comes(service, TUESDAY_TEN, client_card)) == "none"
        sale = factories.sell(client_card, service)
        assert used(sale) == []  # what was booked without stays without
        assert state(comes(service, WEDNESDAY_TEN, client_card)) == "redeemed"

    def test_a_guest_whose_card_has_balance_uses_it(
        self, credit_service: Service, client_card: Client
    ) -> None:
        factories.sell(client_card, credit_service)
        ana = make_guest("Ana Prueba", "ana@example.com")
        row = book(credit_service, TUESDAY_TEN, client=ana).appointment
        assert (row.client_id, state(row)) == (client_card.pk, "redeemed")

    def test_the_grant_that_ends_first_is_used_first(
        self, credit_service: Service, client_card: Client
    ) -> None:
        long = factories.sell(client_card, credit_service)
        short = factories.sell(client_card, credit_service, valid_until=date(2026, 12, 1))
        comes(credit_service, TUESDAY_TEN, client_card)
        assert (len(used(short)), len(used(long))) == (1, 0)

    def test_a_series_uses_what_there_is_from_its_first_date_on(
        self, business: Business, credit_service: Service, client_card: Client
    ) -> None:
        factories.sell(client_card, credit_service, credits=2)
        booked = book_series(
            business=business,
            service=credit_service,
            starts_at=TUESDAY_TEN,
            every_weeks=1,
            count=3,
            on_conflict="all",
            client=client_card,
            by=STAFF,
            channel=Channel.STAFF,
            door="desk",
            now=NOW,
        ).booked
        assert [state(one) for one in booked] == ["redeemed", "redeemed", "pending"]

    def test_the_same_key_uses_one_credit(
        self, credit_service: Service, client_card: Client, package: Package
    ) -> None:
        factories.sell(client_card, package)
        for _ in range(2):
            comes(credit_service, TUESDAY_TEN, client_card, idempotency_key="twice")
        assert left(client_card) == 4

    @pytest.mark.req("S1.6")
    def test_a_sale_turns_the_pending_one_into_a_booked_one_and_tells_nobody(
        self, credit_service: Service, client_card: Client
    ) -> None:
        row = comes(credit_service, TUESDAY_TEN, client_card)
        factories.sell(client_card, credit_service)
        after = Appointment.objects.get(pk=row.pk)
        assert (after.redemption, after.sequence) == ("redeemed", row.sequence)

    def test_what_a_session_was_sold_for_goes_first_also_if_it_needs_no_credit(
        self, service: Service, credit_service: Service, client_card: Client
    ) -> None:
        older = comes(credit_service, TUESDAY_TEN, client_card)
        newer = comes(credit_service, WEDNESDAY_TEN, client_card)
        factories.sell(client_card, credit_service, cause=cause_of(newer.pk))
        assert (state(older), state(newer)) == ("pending", "redeemed")
        free = comes(service, THURSDAY_TEN, client_card)
        factories.sell(client_card, service, cause=cause_of(free.pk))
        assert state(free) == "redeemed"


def test_a_cause_names_its_appointment_and_nothing_else_does(
    credit_service: Service, client_card: Client
) -> None:
    row = comes(credit_service, TUESDAY_TEN, client_card)
    assert appointment_id_of(cause_of(row.pk)) == row.pk
    assert [appointment_id_of(word) for word in ("", "appointment:", "sale:7")] == [None] * 3


def test_redeeming_again_finds_nothing_left_to_do(
    credit_service: Service, client_card: Client
) -> None:
    row = comes(credit_service, TUESDAY_TEN, client_card)
    factories.sell(client_card, credit_service, credits=3)
    with transaction.atomic():
        assert redeem_pending(client_id=client_card.pk, now=NOW) == []
    assert (state(row), left(client_card)) == ("redeemed", 2)


def test_a_program_cancels_on_the_business_side_and_a_signed_in_client_does_not(
    credit_service: Service, client_card: Client
) -> None:
    BookingPolicy.objects.update(cancel_free_minutes=24 * 60, cancel_closes_minutes=0)
    late = TUESDAY_TEN - timedelta(hours=1)
    account = factories.make_account()
    for by, expected in ((Actor.api("site"), "returned"), (Actor.client(account.pk), "forfeited")):
        factories.sell(client_card, credit_service)
        row = comes(credit_service, TUESDAY_TEN, client_card)
        cancel_appointment(appointment=row, by=by, door="x", now=late)
        assert state(row) == expected
