"""What becomes of a lent credit: it goes back to whose it is, and redeems what waits there; nothing is lost or made."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories
from tests.booking.credits import comes, left, state, used
from tests.booking.loans import (
    THURSDAY_TEN,
    TUESDAY_TEN,
    WEDNESDAY_TEN,
    Family,
    asks,
    family_of,
    gives_back,
    let,
    pending,
    who,
)
from tests.factories import GUEST, NOW, STAFF, SYSTEM, make_client
from tests.people.families import card_of
from tests.people.persons import person

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.cancel_session import cancel_session
from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.decline_request import decline_request
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.errors import CreditNotLent
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.lendable import lendable_credits
from clientela.booking.queries.lent import lenders_of, lent_by
from clientela.business.models import BookingPolicy, Business, Professional
from clientela.catalogue.models import Service
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.queries.void_preview import void_preview
from clientela.ledger.errors import CreditGone
from clientela.ledger.models import Redemption, Sale
from clientela.ledger.queries.statement import statement
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, HouseholdMember, Merge, Proof
from clientela.people.queries.merge_plan import merge_plan


@pytest.fixture
def family(business: Business, scope: None) -> Family:
    """Two adults and a child."""
    return family_of(business)


@pytest.fixture
def sale(family: Family, credit_service: Service) -> Sale:
    """Ana's one credit, good for a week."""
    return factories.sell(family.ana, credit_service, valid_until=date(2026, 11, 30))


@pytest.fixture
def lent(sale: Sale, family: Family, credit_service: Service) -> Appointment:
    """Bea's Tuesday, for which Ana's credit stands."""
    return asks(pending(credit_service, family.bea), family.ana, who(family.bea))


@pytest.fixture
def waits(lent: Appointment, family: Family, credit_service: Service) -> Appointment:
    """What Ana has waiting since."""
    return pending(credit_service, family.ana, WEDNESDAY_TEN)


def lines(family: Family) -> list[tuple[str, int, int]]:
    return [(one.line.value, one.change, one.left) for one in statement(client_id=family.ana.pk)]


def test_cancelled_in_time_it_redeems_what_the_lender_has_waiting(
    lent: Appointment, waits: Appointment, family: Family
) -> None:
    cancel_appointment(appointment=lent, by=GUEST, door="manage-link", now=NOW)
    assert (state(lent), state(waits), left(family.ana)) == ("returned", "redeemed", 0)
    assert lines(family) == [
        ("granted", 1, 1),
        ("redeemed", -1, 0),
        ("returned", 1, 1),
        ("redeemed", -1, 0),
    ]
    assert statement(client_id=family.bea.pk) == []


def test_cancelled_late_the_lender_has_lost_it(
    lent: Appointment, waits: Appointment, family: Family, sale: Sale
) -> None:
    cancel_appointment(appointment=lent, by=STAFF, door="desk", forfeits=True, now=NOW)
    assert (state(lent), state(waits), len(used(sale))) == ("forfeited", "pending", 1)
    (use,) = lent_by(client_id=family.ana.pk)
    assert (use.forfeited, use.released_at) == (True, None)
    assert lines(family)[-1] == ("forfeited", 0, 0)


@pytest.mark.parametrize(("forfeits", "word"), [(True, "forfeited"), (False, "returned")])
def test_who_did_not_come_loses_the_lenders_or_gives_it_back_as_the_policy_says(
    lent: Appointment, waits: Appointment, forfeits: bool, word: str
) -> None:
    BookingPolicy.objects.update(no_show_forfeits=forfeits)
    mark_no_show(appointment=lent, by=STAFF, now=TUESDAY_TEN)
    assert (state(lent), state(waits)) == (word, "pending" if forfeits else "redeemed")


def test_who_came_after_all_uses_the_lost_credit_again_whatever_was_taken_back_since(
    lent: Appointment, family: Family
) -> None:
    BookingPolicy.objects.update(no_show_forfeits=True)
    mark_no_show(appointment=lent, by=STAFF, now=TUESDAY_TEN)
    let(family.ana, shares_credits=False)
    correct_status(appointment=lent, to=Status.ATTENDED, by=STAFF, now=TUESDAY_TEN)
    assert state(lent) == "redeemed"
    assert lenders_of(appointment_ids=[lent.pk]) == {lent.pk: family.ana}


def test_who_came_after_the_credit_went_back_borrows_none_by_itself(
    lent: Appointment, family: Family
) -> None:
    BookingPolicy.objects.update(no_show_forfeits=False)
    mark_no_show(appointment=lent, by=STAFF, now=TUESDAY_TEN)
    correct_status(appointment=lent, to=Status.ATTENDED, by=STAFF, now=TUESDAY_TEN)
    assert (state(lent), left(family.ana)) == ("pending", 1)


def test_a_declined_request_gives_it_back(
    business: Business, professional: Professional, family: Family
) -> None:
    service = factories.make_service(
        business,
        "Asked",
        professionals=(professional,),
        needs_credits=True,
        needs_approval=True,
    )
    factories.sell(family.ana, service)
    row = factories.book(service, TUESDAY_TEN, client=family.bea).appointment
    assert (row.status, state(row)) == ("requested", "pending")
    asks(row, family.ana, who(family.bea))
    decline_request(appointment=row, by=STAFF, now=NOW)
    assert (state(row), left(family.ana)) == ("returned", 1)


def test_a_session_called_off_gives_back_what_each_had_lent(
    business: Business, professional: Professional, family: Family
) -> None:
    group = factories.make_service(
        business, "Pilates", professionals=(professional,), capacity=3, needs_credits=True
    )
    session = factories.make_session(group, TUESDAY_TEN, professional=professional)
    sold = factories.sell(family.ana, group, credits=2)
    rows = [pending(group, card) for card in (family.bea, family.nil)]
    for row in rows:
        asks(row, family.ana, who(family.bea))
    factories.make_session(group, THURSDAY_TEN, professional=professional)
    own = comes(group, THURSDAY_TEN, family.ana)
    assert state(own) == "pending"
    cancel_session(session=session, by=STAFF, door="desk", now=NOW)
    assert [state(row) for row in rows] == ["returned", "returned"]
    assert (state(own), len(used(sold)), left(family.ana)) == ("redeemed", 1, 1)


def test_moved_to_a_day_that_the_grant_covers_it_stays(
    lent: Appointment, family: Family, sale: Sale
) -> None:
    let(family.ana, shares_credits=False)
    moved = reschedule_appointment(
        appointment=lent, starts_at=WEDNESDAY_TEN, by=STAFF, door="desk", now=NOW
    )
    assert (moved.redemption, len(used(sale))) == ("redeemed", 1)
    assert Redemption.objects.get().on == date(2026, 11, 25)
    assert lenders_of(appointment_ids=[lent.pk]) == {lent.pk: family.ana}


def test_moved_beyond_its_days_it_goes_back_and_redeems_what_the_lender_has_waiting(
    lent: Appointment, waits: Appointment, family: Family
) -> None:
    moved = reschedule_appointment(
        appointment=lent,
        starts_at=TUESDAY_TEN + timedelta(days=7),
        by=STAFF,
        door="desk",
        now=NOW,
    )
    assert (moved.redemption, state(waits), left(family.ana)) == ("pending", "redeemed", 0)


def test_moved_beyond_its_days_a_credit_of_her_own_serves(
    lent: Appointment, family: Family, credit_service: Service
) -> None:
    own = factories.sell(family.bea, credit_service)
    moved = reschedule_appointment(
        appointment=lent,
        starts_at=TUESDAY_TEN + timedelta(days=7),
        by=STAFF,
        door="desk",
        now=NOW,
    )
    assert (moved.redemption, len(used(own)), left(family.ana)) == ("redeemed", 1, 1)


def test_the_lenders_sale_void_the_borrower_waits_again(lent: Appointment, sale: Sale) -> None:
    shown = void_preview(sale=sale)
    assert (shown.reopens, shown.again) == ([lent], [])
    void_sale(sale=sale, because="mistake", by=STAFF, now=NOW)
    assert (state(lent), used(sale)) == ("pending", [])


def test_the_lenders_sale_void_the_borrowers_own_credit_serves_and_the_preview_said_so(
    lent: Appointment, sale: Sale, family: Family, credit_service: Service
) -> None:
    factories.sell(family.ana, credit_service)
    own = factories.sell(family.bea, credit_service)
    shown = void_preview(sale=sale)
    assert (shown.reopens, shown.again) == ([], [lent])
    void_sale(sale=sale, because="mistake", by=STAFF, now=NOW)
    assert (state(lent), len(used(own)), left(family.ana)) == ("redeemed", 1, 1)


def test_the_preview_of_a_void_counts_no_credit_of_the_lender_for_the_borrower(
    lent: Appointment, sale: Sale, family: Family, credit_service: Service
) -> None:
    factories.sell(family.ana, credit_service)
    assert void_preview(sale=sale).reopens == [lent]


def test_leave_taken_back_and_a_household_left_change_nothing_of_what_was_lent(
    lent: Appointment, waits: Appointment, family: Family
) -> None:
    HouseholdMember.objects.update(until=NOW, shares_credits=False)
    assert (state(lent), state(waits)) == ("redeemed", "pending")
    gives_back(lent, None)
    assert (state(lent), state(waits)) == ("pending", "redeemed")


def test_the_forgotten_borrowers_credit_goes_back(
    lent: Appointment, waits: Appointment, family: Family
) -> None:
    erase_card(card=family.bea, because="asked", by=SYSTEM, now=NOW)
    assert (state(lent), state(waits)) == ("returned", "redeemed")


def test_of_a_forgotten_lender_the_credit_stands(lent: Appointment, family: Family) -> None:
    erase_card(card=family.ana, because="asked", by=SYSTEM, now=NOW)
    assert state(lent) == "redeemed"
    cancel_appointment(appointment=lent, by=STAFF, door="desk", now=NOW)
    assert (state(lent), left(family.ana)) == ("returned", 1)


class TestJoinedAndParted:
    """Cards that become one, and two again, while credits are lent."""

    @staticmethod
    def join(card: Client, into: Client) -> Merge:
        card, into = (Client.objects.get(pk=one.pk) for one in (card, into))
        plan = merge_plan(card=card, into=into, now=NOW)
        return merge_clients(
            card=card,
            into=into,
            proof=Proof.STAFF,
            plan_digest=plan.digest,
            evidence="they showed both",
            by=STAFF,
            now=NOW,
        )

    def test_lender_and_borrower_in_one_household_are_parted_with_the_loan(
        self, family: Family, sale: Sale, credit_service: Service
    ) -> None:
        lent = asks(pending(credit_service, family.nil), family.ana, who(family.bea))
        merge = self.join(family.nil, family.ana)
        assert (state(lent), lenders_of(appointment_ids=[lent.pk])) == ("redeemed", {})
        assert lent_by(client_id=family.ana.pk) == []
        unmerge_clients(merge=merge, by=STAFF, now=NOW)
        assert (state(lent), len(used(sale))) == ("redeemed", 1)
        assert lenders_of(appointment_ids=[lent.pk]) == {lent.pk: family.ana}

    def test_a_loan_follows_the_card_that_took_up_the_lender_and_goes_back_with_it(
        self, business: Business, lent: Appointment, family: Family
    ) -> None:
        other = make_client(business, "Ana Prueba", "ana.other@example.com")
        merge = self.join(family.ana, other)
        assert lenders_of(appointment_ids=[lent.pk]) == {lent.pk: other}
        unmerge_clients(merge=merge, by=STAFF, now=NOW)
        assert lenders_of(appointment_ids=[lent.pk]) == {lent.pk: family.ana}

    def test_lent_for_what_was_another_persons_it_goes_back_when_that_one_is_parted(
        self, business: Business, sale: Sale, family: Family, credit_service: Service
    ) -> None:
        stranger = make_client(business, "Bea Muestra", "muestra@example.com")
        theirs = pending(credit_service, stranger)
        merge = self.join(stranger, family.bea)
        asks(at_card(theirs), family.ana, who(family.bea))
        waits = pending(credit_service, family.ana, WEDNESDAY_TEN)
        unmerge_clients(merge=merge, by=STAFF, now=NOW)
        assert Appointment.objects.get(pk=theirs.pk).client_id == stranger.pk
        assert (state(theirs), state(waits)) == ("pending", "redeemed")

    def test_what_another_person_had_bought_is_not_lent_any_more_when_they_are_parted(
        self, business: Business, family: Family, credit_service: Service
    ) -> None:
        stranger = make_client(business, "Ana Muestra", "muestra@example.com")
        bought = factories.sell(stranger, credit_service)
        merge = self.join(stranger, family.ana)
        row = asks(pending(credit_service, family.bea), family.ana, who(family.bea))
        assert len(used(bought)) == 1
        unmerge_clients(merge=merge, by=STAFF, now=NOW)
        assert (state(row), left(stranger), left(family.ana)) == ("pending", 1, 0)

    def test_what_a_merge_hides_is_neither_lent_nor_borrowed(
        self, business: Business, family: Family, credit_service: Service
    ) -> None:
        stranger = card_of(business, person("sol@example.com", "Sol Muestra"))
        factories.sell(stranger, credit_service)
        theirs = comes(credit_service, WEDNESDAY_TEN, stranger)
        more = pending(credit_service, stranger, THURSDAY_TEN)
        assert self.join(stranger, family.nil).hides
        cancel_appointment(appointment=at_card(theirs), by=STAFF, door="desk", now=NOW)
        factories.sell(family.bea, credit_service)
        for row in (at_card(more), pending(credit_service, family.ana)):
            assert lendable_credits(appointment=row) == []
        row = at_card(more)
        with pytest.raises(CreditNotLent):
            asks(row, family.bea, None)
        assert left(family.bea) == 1
        used_up = comes(credit_service, TUESDAY_TEN + timedelta(hours=1), family.bea)
        assert state(used_up) == "redeemed"
        waits = pending(credit_service, family.bea, TUESDAY_TEN + timedelta(minutes=30))
        with pytest.raises(CreditGone):
            asks(waits, family.nil, None)


def at_card(row: Appointment) -> Appointment:
    """The appointment as it stands on its card by now."""
    return Appointment.objects.get(pk=row.pk)
