"""Credits of what does not take place after all: back to the same grant, or forfeited, as the policy says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from tests import factories
from tests.booking.credits import comes, left, state, used
from tests.factories import GUEST, NOW, STAFF, at, book, hold, make_guest

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.cancel_session import cancel_session
from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.credit import reopen_credits
from clientela.booking.actions.decline_request import decline_request
from clientela.booking.actions.expire_requests import expire_requests
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.pending_redemption import pending_redemption
from clientela.business.models import BookingPolicy, Business, Professional
from clientela.catalogue.models import Service
from clientela.ledger.actions.close_sale import close_sale
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Client, Proof
from clientela.platform.tenancy import system_scope

TUESDAY_TEN = at("2026-11-24 10:00")
WEDNESDAY_TEN = at("2026-11-25 10:00")
THURSDAY_TEN = at("2026-11-26 10:00")
TUESDAY = date(2026, 11, 24)


class TestEnding:
    """Cancelling, missing, declining, correcting."""

    @pytest.mark.req("S1.24")
    def test_cancelled_in_time_the_unit_is_back_with_the_same_grant(
        self, credit_service: Service, client_card: Client
    ) -> None:
        first = factories.sell(client_card, credit_service, valid_until=date(2026, 12, 1))
        factories.sell(client_card, credit_service)
        row = comes(credit_service, THURSDAY_TEN, client_card)
        assert len(used(first)) == 1
        cancel_appointment(appointment=row, by=GUEST, door="manage-link", now=NOW)
        assert (state(row), used(first), left(client_card)) == ("returned", [], 2)

    @pytest.mark.req("S1.24")
    def test_the_unit_that_is_back_redeems_what_waits(
        self, credit_service: Service, client_card: Client
    ) -> None:
        factories.sell(client_card, credit_service)
        row = comes(credit_service, THURSDAY_TEN, client_card)
        waits = comes(credit_service, WEDNESDAY_TEN, client_card)
        assert state(waits) == "pending"
        cancel_appointment(appointment=row, by=STAFF, door="desk", now=NOW)
        assert (state(row), state(waits), left(client_card)) == ("returned", "redeemed", 0)

    @pytest.mark.req("PAY-12")
    @pytest.mark.parametrize(
        ("hours", "expected"),
        [(25, "returned"), (24, "returned"), (23, "forfeited"), (2, "forfeited")],
    )
    def test_between_the_two_cut_offs_a_client_may_cancel_and_loses_the_credit(
        self, credit_service: Service, client_card: Client, hours: int, expected: str
    ) -> None:
        BookingPolicy.objects.update(cancel_free_minutes=24 * 60, cancel_closes_minutes=2 * 60)
        sale = factories.sell(client_card, credit_service)
        row = comes(credit_service, THURSDAY_TEN, client_card)
        when = THURSDAY_TEN - timedelta(hours=hours)
        cancel_appointment(appointment=row, by=GUEST, door="manage-link", now=when)
        assert state(row) == expected
        assert used(sale) == ([] if expected == "returned" else [(1, cause_of(row.pk), True)])

    @pytest.mark.parametrize(
        ("forfeits", "expected"), [(None, "returned"), (False, "returned"), (True, "forfeited")]
    )
    def test_the_staff_decide_and_by_default_the_credit_goes_back(
        self, credit_service: Service, client_card: Client, *, forfeits: bool | None, expected: str
    ) -> None:
        factories.sell(client_card, credit_service)
        row = comes(credit_service, TUESDAY_TEN, client_card)
        for _ in range(2):  # twice is once
            cancel_appointment(
                appointment=row, by=STAFF, door="desk", forfeits=forfeits, now=TUESDAY_TEN
            )
        assert state(row) == expected

    def test_a_client_has_no_say_in_it(self, credit_service: Service, client_card: Client) -> None:
        factories.sell(client_card, credit_service)
        row = comes(credit_service, THURSDAY_TEN, client_card)
        with pytest.raises(ValueError, match="only staff"):
            cancel_appointment(appointment=row, by=GUEST, door="x", forfeits=False, now=NOW)
        assert Appointment.objects.get(pk=row.pk).status == Status.CONFIRMED

    def test_what_was_pending_and_is_cancelled_waits_for_nothing(
        self, credit_service: Service, client_card: Client
    ) -> None:
        row = comes(credit_service, TUESDAY_TEN, client_card)
        cancel_appointment(appointment=row, by=STAFF, door="desk", now=NOW)
        assert state(row) == "none"
        assert used(factories.sell(client_card, credit_service)) == []

    @pytest.mark.parametrize(
        ("no_show_forfeits", "expected"), [(True, "forfeited"), (False, "returned")]
    )
    def test_a_missed_one_costs_its_credit_if_the_policy_says_so(
        self, credit_service: Service, client_card: Client, *, no_show_forfeits: bool, expected: str
    ) -> None:
        BookingPolicy.objects.update(no_show_forfeits=no_show_forfeits)
        factories.sell(client_card, credit_service)
        row = comes(credit_service, TUESDAY_TEN, client_card)
        for _ in range(2):
            mark_no_show(appointment=row, by=STAFF, now=TUESDAY_TEN)
        assert state(row) == expected
        correct_status(appointment=row, to=Status.ATTENDED, by=STAFF, now=TUESDAY_TEN)
        assert (state(row), left(client_card)) == ("redeemed", 0)
        correct_status(appointment=row, to=Status.NO_SHOW, by=STAFF, now=TUESDAY_TEN)
        assert state(row) == expected

    def test_a_missed_one_that_was_pending_stays_pending(
        self, credit_service: Service, client_card: Client
    ) -> None:
        row = comes(credit_service, TUESDAY_TEN, client_card)
        mark_no_show(appointment=row, by=STAFF, now=TUESDAY_TEN)
        assert state(row) == "pending"
        correct_status(appointment=row, to=Status.ATTENDED, by=STAFF, now=TUESDAY_TEN)
        assert state(row) == "pending"

    def test_a_returned_credit_that_is_used_elsewhere_leaves_the_corrected_one_pending(
        self, credit_service: Service, client_card: Client
    ) -> None:
        BookingPolicy.objects.update(no_show_forfeits=False)
        factories.sell(client_card, credit_service)
        row = comes(credit_service, TUESDAY_TEN, client_card)
        other = comes(credit_service, THURSDAY_TEN, client_card)
        mark_no_show(appointment=row, by=STAFF, now=TUESDAY_TEN)
        assert (state(row), state(other)) == ("returned", "redeemed")
        correct_status(appointment=row, to=Status.ATTENDED, by=STAFF, now=TUESDAY_TEN)
        assert state(row) == "pending"

    @pytest.mark.req("S1.18")
    def test_a_past_one_stays_pending_whatever_the_jobs_do(
        self, credit_service: Service, client_card: Client
    ) -> None:
        from clientela.platform.jobs import chores  # noqa: PLC0415 -- every job there is

        row = comes(credit_service, TUESDAY_TEN, client_card)
        later = TUESDAY_TEN + timedelta(days=60)
        with system_scope("the worker's"):
            for chore in chores():
                if not chore.name.startswith("platform."):
                    chore.run(later)
        after = Appointment.objects.get(pk=row.pk)
        assert (after.status, after.redemption) == (Status.CONFIRMED, "pending")
        mark_attended(appointment=row, by=STAFF, now=later)
        assert state(row) == "pending"
        assert pending_redemption(client_id=client_card.pk) == [row]

    @pytest.mark.parametrize("way", ["declined", "expired"])
    def test_a_request_uses_a_credit_and_gives_it_back_with_its_time(
        self, business: Business, professional: Professional, client_card: Client, way: str
    ) -> None:
        talk = factories.make_service(
            business, "Talk", professionals=(professional,), needs_approval=True, needs_credits=True
        )
        factories.sell(client_card, talk)
        row = book(talk, TUESDAY_TEN, client=client_card).appointment
        assert (row.status, state(row)) == (Status.REQUESTED, "redeemed")
        if way == "declined":
            decline_request(appointment=row, by=STAFF, now=NOW)
        else:
            with system_scope("the job's"):
                assert expire_requests(now=TUESDAY_TEN) == 1
        assert (state(row), left(client_card)) == ("returned", 1)

    def test_a_session_called_off_gives_every_credit_back(
        self, business: Business, professional: Professional, client_card: Client
    ) -> None:
        yoga = factories.make_service(
            business, "Yoga", professionals=(professional,), capacity=4, needs_credits=True
        )
        session = factories.make_session(yoga, THURSDAY_TEN)
        factories.sell(client_card, yoga)
        redeemed = comes(yoga, THURSDAY_TEN, client_card)
        pending = book(yoga, THURSDAY_TEN).appointment
        held = hold(yoga, THURSDAY_TEN, client=make_guest("Held Prueba", "h@example.com"))
        cancel_session(session=session, by=STAFF, door="desk", now=NOW)
        assert (state(redeemed), state(pending)) == ("returned", "none")
        after = Appointment.objects.get(pk=held.appointment.pk)
        assert (after.status, after.cancelled_because) == (Status.CANCELLED, "not-paid")
        assert left(client_card) == 1

    @pytest.mark.req("S1.25")
    def test_a_void_sale_opens_what_it_had_redeemed(
        self, service: Service, credit_service: Service, client_card: Client
    ) -> None:
        both = factories.make_package(service, credit_service)
        sale = factories.sell(client_card, both)
        needs = comes(credit_service, TUESDAY_TEN, client_card)
        needs_not = comes(service, WEDNESDAY_TEN, client_card)
        missed = comes(credit_service, THURSDAY_TEN, client_card)
        gone = comes(credit_service, at("2026-11-27 10:00"), client_card)
        mark_no_show(appointment=missed, by=STAFF, now=THURSDAY_TEN)
        cancel_appointment(appointment=gone, by=STAFF, door="desk", forfeits=True, now=NOW)
        single = factories.sell(client_card, credit_service)
        with transaction.atomic():
            causes = close_sale(sale=sale, because="typed wrongly", by=STAFF, now=THURSDAY_TEN)
            reopened = reopen_credits(causes=causes, now=THURSDAY_TEN)
        assert [one.pk for one in reopened] == [needs.pk, needs_not.pk, missed.pk]
        assert [state(one) for one in (needs, needs_not, missed, gone)] == [
            "redeemed",
            "none",
            "pending",
            "none",
        ]
        assert used(single) == [(1, cause_of(needs.pk), False)]


class TestCards:
    """Joining and erasing cards."""

    def test_what_one_card_bought_redeems_what_the_other_had_pending(
        self, business: Business, credit_service: Service, client_card: Client
    ) -> None:
        other = factories.make_client(business, "Ana P.", "ana.old@example.com")
        row = comes(credit_service, TUESDAY_TEN, other)
        sale = factories.sell(client_card, credit_service)
        take_up_card(card=other, into=client_card, proof=Proof.LOG_IN, by=STAFF, now=NOW)
        assert state(row) == "redeemed"
        assert used(sale) == [(1, cause_of(row.pk), False)]

    def test_an_erased_card_gives_back_its_credits_and_lets_go_of_what_it_held(
        self, credit_service: Service, client_card: Client
    ) -> None:
        factories.sell(client_card, credit_service, credits=2)
        ahead = comes(credit_service, TUESDAY_TEN, client_card)
        held = hold(credit_service, WEDNESDAY_TEN, client=client_card).appointment
        erase_card(card=client_card, because="asked", by=STAFF, now=NOW)
        assert (state(ahead), left(client_card)) == ("returned", 2)
        assert Appointment.objects.get(pk=held.pk).status == Status.CANCELLED
