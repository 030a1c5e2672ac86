"""Lending a credit: asked for each time, by whom it is for, of whom lets them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories
from tests.booking.credits import left, state, used
from tests.booking.loans import (
    TUESDAY_TEN,
    WEDNESDAY_TEN,
    Family,
    asks,
    family_of,
    let,
    pending,
    who,
)
from tests.factories import GUEST, NOW, SYSTEM
from tests.people.families import card_of, household_with
from tests.people.persons import person

from clientela.accounts.errors import NotYours
from clientela.booking.actions.lend_credit import lend_credit
from clientela.booking.actions.waive_redemption import waive_redemption
from clientela.booking.causes import cause_of
from clientela.booking.errors import CreditNotLent, NotPending
from clientela.booking.queries.lendable import lendable_credits
from clientela.booking.queries.lent import lenders_of, lent_by
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.ledger.errors import CreditGone
from clientela.ledger.models import Redemption
from clientela.people.actions.erase_card import erase_card
from clientela.people.models import HouseholdMember
from clientela.platform.actor import Actor
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import business_scope


@pytest.fixture
def family(business: Business, scope: None) -> Family:
    """Two adults and a child."""
    return family_of(business)


def test_the_credit_stands_for_the_others_appointment_and_both_sides_say_so(
    credit_service: Service, family: Family
) -> None:
    sale = factories.sell(family.ana, credit_service, credits=3)
    row = pending(credit_service, family.bea)
    (offered,) = lendable_credits(appointment=row, account_id=who(family.bea).pk)
    assert (offered.card, offered.left, offered.name) == (family.ana, 3, sale.name)
    lent = asks(row, family.ana, who(family.bea))
    assert (lent.redemption, state(row)) == ("redeemed", "redeemed")
    assert used(sale) == [(1, cause_of(row.pk), False)]
    assert (left(family.ana), left(family.bea)) == (2, 0)
    assert lenders_of(appointment_ids=[row.pk]) == {row.pk: family.ana}
    (use,) = lent_by(client_id=family.ana.pk)
    assert (use.borrower, use.redeemed_at, use.released_at) == (family.bea, NOW, None)
    line = AuditEvent.objects.get(action="credit-lent")
    assert (line.subject_id, line.actor_id) == (str(row.pk), family.bea.account_id)
    assert line.details == {"lender": str(family.ana.pk), "grant": str(offered.grant_id)}
    assert Redemption.objects.get().lent
    assert lendable_credits(appointment=lent) == []


def test_nothing_is_lent_by_itself(credit_service: Service, family: Family) -> None:
    factories.sell(family.ana, credit_service, credits=3)
    row = pending(credit_service, family.bea)
    factories.sell(family.ana, credit_service, credits=3)
    assert (state(row), left(family.ana)) == ("pending", 6)


def test_it_is_the_credit_that_the_rule_would_take_of_her_own(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service, credits=3)
    ends = factories.sell(family.ana, credit_service, valid_until=date(2026, 12, 1))
    row = pending(credit_service, family.bea)
    (offered,) = lendable_credits(appointment=row)
    assert (offered.name, offered.left, offered.valid_until) == (ends.name, 1, date(2026, 12, 1))
    asks(row, family.ana, who(family.bea))
    assert len(used(ends)) == 1


@pytest.mark.parametrize("case", ["never", "taken-back", "left", "next-door"])
def test_without_the_leave_of_this_moment_it_is_refused(
    credit_service: Service, family: Family, next_door: Business, case: str
) -> None:
    factories.sell(family.ana, credit_service, credits=3)
    row, lender = pending(credit_service, family.bea), family.ana
    if case == "never":
        let(family.ana, shares_credits=False, lets_book=True, lets_pay=True, lets_see=True)
    elif case == "taken-back":
        assert lendable_credits(appointment=row)
        let(family.ana, shares_credits=False)
    elif case == "left":
        HouseholdMember.objects.filter(client=family.ana).update(until=NOW)
    else:
        with business_scope(next_door.pk):
            lender = card_of(next_door, who(family.ana))
            household_with(next_door, lender, shares_credits=True)
    for by in (who(family.bea), None):
        with pytest.raises(CreditNotLent) as told:
            asks(row, lender, by)
    assert told.value.reason == "credit-not-lent"
    if case != "next-door":
        assert lendable_credits(appointment=row) == []
    assert (state(row), Redemption.objects.count()) == ("pending", 0)


def test_one_of_the_same_household_who_left_may_borrow_no_more(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    HouseholdMember.objects.filter(client=family.bea).update(until=NOW)
    with pytest.raises(CreditNotLent):
        asks(row, family.ana, who(family.bea))


def test_a_forgotten_persons_credits_are_lent_no_more(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    erase_card(card=family.ana, because="asked", by=SYSTEM, now=NOW)
    with pytest.raises(CreditNotLent):
        asks(row, family.ana, None)


def test_what_waits_for_no_credit_takes_none(credit_service: Service, family: Family) -> None:
    factories.sell(family.ana, credit_service, credits=2)
    row = pending(credit_service, family.bea)
    asks(row, family.ana, who(family.bea))
    with pytest.raises(NotPending):
        asks(row, family.ana, who(family.bea))
    waived = pending(credit_service, family.bea, WEDNESDAY_TEN)
    waive_redemption(appointment=waived, by=SYSTEM, now=NOW)
    with pytest.raises(NotPending):
        asks(waived, family.ana, who(family.bea))
    assert left(family.ana) == 1


def test_a_lender_without_a_credit_for_it_lends_none(
    credit_service: Service, service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service, applies_on=date(2026, 11, 25))
    factories.sell(family.ana, service, credits=5)
    row = pending(credit_service, family.bea, TUESDAY_TEN)
    assert lendable_credits(appointment=row) == []
    with pytest.raises(CreditGone):
        asks(row, family.ana, who(family.bea))


def test_only_whose_appointment_it_is_whom_they_let_pay_and_the_desk_may_ask(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service, credits=3)
    row = pending(credit_service, family.bea)
    ana = who(family.ana)
    assert lendable_credits(appointment=row, account_id=ana.pk) == []
    with pytest.raises(CreditNotLent):
        asks(row, family.ana, ana)
    with pytest.raises(CreditNotLent):
        lend_credit(appointment=row, lender=family.ana, account=None, by=GUEST, now=NOW)
    with pytest.raises(NotYours):
        lend_credit(
            appointment=row,
            lender=family.ana,
            account=who(family.bea),
            by=Actor.client(ana.pk),
            now=NOW,
        )
    let(family.bea, lets_pay=True)
    assert len(lendable_credits(appointment=row, account_id=ana.pk)) == 1
    asks(row, family.ana, ana)
    atdesk = pending(credit_service, family.bea, WEDNESDAY_TEN)
    asks(atdesk, family.ana, None)
    assert (state(row), state(atdesk), left(family.ana)) == ("redeemed", "redeemed", 1)


def test_a_guardian_and_the_child_use_each_others_without_a_word(
    credit_service: Service, family: Family
) -> None:
    let(family.ana, shares_credits=False)
    factories.sell(family.bea, credit_service)
    childs = pending(credit_service, family.nil)
    assert asks(childs, family.bea, who(family.bea)).redemption == "redeemed"
    factories.sell(family.nil, credit_service)
    own = pending(credit_service, family.bea, WEDNESDAY_TEN)
    assert asks(own, family.nil, who(family.bea)).redemption == "redeemed"


def test_who_may_pay_for_the_child_needs_its_guardians_word_for_the_guardians_credits(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.bea, credit_service)
    row = pending(credit_service, family.nil)
    let(family.nil, lets_pay=True)
    assert lendable_credits(appointment=row, account_id=who(family.ana).pk) == []
    with pytest.raises(CreditNotLent):
        asks(row, family.bea, who(family.ana))
    let(family.bea, shares_credits=True)
    assert asks(row, family.bea, who(family.ana)).redemption == "redeemed"


def test_a_guardian_borrows_for_the_child_of_whoever_shares(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.nil)
    assert asks(row, family.ana, who(family.bea)).redemption == "redeemed"


def test_of_two_lenders_each_is_offered_once(
    business: Business, credit_service: Service, family: Family
) -> None:
    cleo = card_of(business, person("cleo@example.com", "Cleo Prueba"))
    HouseholdMember.objects.create(
        business=business, household=family.household, client=cleo, role="adult", since=NOW
    )
    let(cleo, shares_credits=True)
    for card in (family.ana, cleo):
        factories.sell(card, credit_service, credits=2)
    row = pending(credit_service, family.bea)
    assert [one.card for one in lendable_credits(appointment=row)] == [family.ana, cleo]


def test_a_visit_gone_by_may_be_settled_with_a_lent_credit(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    after = TUESDAY_TEN + timedelta(days=1)
    assert asks(row, family.ana, who(family.bea), now=after).redemption == "redeemed"
