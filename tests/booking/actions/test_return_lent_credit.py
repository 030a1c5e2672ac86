"""Giving a lent credit back: it is the lender's again at once, and whatever waits there or here uses what is its own."""

from __future__ import annotations

import pytest
from tests import factories
from tests.booking.credits import comes, left, state, used
from tests.booking.loans import (
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
from tests.factories import NOW, STAFF

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.errors import ChangeRefused, CreditNotLent
from clientela.booking.queries.lent import lenders_of, lent_by
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.ledger.errors import NotRedeemed
from clientela.people.models import HouseholdMember
from clientela.platform.models import AuditEvent


@pytest.fixture
def family(business: Business, scope: None) -> Family:
    """Two adults and a child."""
    return family_of(business)


def test_it_waits_again_and_the_credit_is_the_lenders(
    credit_service: Service, family: Family
) -> None:
    sale = factories.sell(family.ana, credit_service, credits=2)
    row = pending(credit_service, family.bea)
    asks(row, family.ana, who(family.bea))
    back = gives_back(row, who(family.bea))
    assert (back.redemption, state(row), used(sale), left(family.ana)) == (
        "pending",
        "pending",
        [],
        2,
    )
    assert lenders_of(appointment_ids=[row.pk]) == {}
    (use,) = lent_by(client_id=family.ana.pk)
    assert (use.released_at, use.forfeited) == (NOW, False)
    line = AuditEvent.objects.get(action="lent-credit-returned")
    assert (line.subject_id, line.details) == (str(row.pk), {"lender": str(family.ana.pk)})


def test_it_redeems_what_the_lender_has_waiting(credit_service: Service, family: Family) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    asks(row, family.ana, who(family.bea))
    own = pending(credit_service, family.ana, WEDNESDAY_TEN)
    gives_back(row, who(family.bea))
    assert (state(row), state(own), left(family.ana)) == ("pending", "redeemed", 0)


def test_what_the_borrower_has_bought_meanwhile_is_used_instead(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    asks(row, family.ana, who(family.bea))
    own = factories.sell(family.bea, credit_service)
    assert left(family.bea) == 1
    gives_back(row, who(family.bea))
    assert (state(row), len(used(own)), left(family.ana)) == ("redeemed", 1, 1)


def test_who_has_left_the_household_may_still_give_it_back(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    asks(row, family.ana, who(family.bea))
    HouseholdMember.objects.update(until=NOW)
    assert state(row) == "redeemed"
    with pytest.raises(CreditNotLent):
        gives_back(row, who(family.ana))
    assert gives_back(row, who(family.bea)).redemption == "pending"


def test_a_client_gives_it_back_before_it_begins_and_the_desk_afterwards_too(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    asks(row, family.ana, who(family.bea))
    mark_attended(appointment=row, by=STAFF, now=TUESDAY_TEN)
    with pytest.raises(ChangeRefused) as told:
        gives_back(row, who(family.bea), now=TUESDAY_TEN)
    assert told.value.reason == "already-past"
    assert gives_back(row, None, now=TUESDAY_TEN).redemption == "pending"


def test_whom_they_let_pay_may_give_it_back(credit_service: Service, family: Family) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    asks(row, family.ana, who(family.bea))
    let(family.bea, lets_pay=True)
    assert gives_back(row, who(family.ana)).redemption == "pending"


def test_what_is_her_own_or_was_lost_is_not_given_back(
    credit_service: Service, family: Family
) -> None:
    factories.sell(family.ana, credit_service)
    row = pending(credit_service, family.bea)
    with pytest.raises(NotRedeemed):
        gives_back(row, who(family.bea))
    asks(row, family.ana, who(family.bea))
    cancel_appointment(appointment=row, by=STAFF, door="desk", forfeits=True, now=NOW)
    with pytest.raises(NotRedeemed):
        gives_back(row, None)
    factories.sell(family.bea, credit_service)
    own = comes(credit_service, WEDNESDAY_TEN, family.bea)
    assert own.redemption == "redeemed"
    with pytest.raises(NotRedeemed):
        gives_back(own, who(family.bea))
