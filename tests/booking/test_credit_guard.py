"""The database itself refuses a credit that stands for somebody else's appointment without leave, on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from tests import factories
from tests.booking.loans import Family, family_of, let, pending
from tests.factories import NOW
from tests.people.families import household_with

from clientela.booking.causes import cause_of
from clientela.booking.guards import OWN_CREDIT
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import day_of
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.ledger.models import Grant, Redemption
from clientela.people.models import Client, HouseholdMember
from clientela.platform.guards import taken_down

Change = Callable[[Family], object]


@pytest.fixture
def family(business: Business, scope: None) -> Family:
    """Two adults and a child."""
    return family_of(business)


def stands(row: Appointment, owner: Client, **fields: object) -> Redemption:
    """Write the redemption as no action would."""
    grant = Grant.objects.get(client=owner)
    with transaction.atomic():
        return Redemption.objects.create(
            business_id=row.business_id,
            grant=grant,
            number=1,
            cause=cause_of(row.pk),
            turn=1,
            on=day_of(row),
            redeemed_at=NOW,
            **fields,
        )


def refused(row: Appointment, owner: Client, **fields: object) -> None:
    """It is refused, and without the guard it is not."""
    with pytest.raises(DatabaseError, match=OWN_CREDIT):
        stands(row, owner, **fields)
    with taken_down("booking.own-credit", why="the same row is written without it"):
        stands(row, owner, **fields).delete()


@pytest.fixture
def row(credit_service: Service, family: Family) -> Appointment:
    """What Bea waits with; each of the three has a credit that she could use."""
    found = pending(credit_service, family.bea)
    for card in (family.ana, family.nil):
        factories.sell(card, credit_service)
    return found


def test_the_leave_of_this_moment_is_enough_and_so_is_answering_for_a_child(
    row: Appointment, family: Family
) -> None:
    stands(row, family.ana, lent=True).delete()
    stands(row, family.nil, lent=True).delete()


def test_a_credit_of_another_that_was_not_lent_is_refused(row: Appointment, family: Family) -> None:
    refused(row, family.ana)


def test_it_is_not_lent_to_oneself(credit_service: Service, family: Family) -> None:
    row = pending(credit_service, family.ana)
    waived(row)
    factories.sell(family.ana, credit_service)
    refused(row, family.ana, lent=True)
    stands(row, family.ana)


def waived(row: Appointment) -> None:
    """Let it wait no more, so that nothing redeems it by itself."""
    Appointment.objects.filter(pk=row.pk).update(redemption="none")


def _joined_in(family: Family, *, shares: bool) -> None:
    """Let a card that Ana took up still wait in a household of its own, with its own word."""
    other = factories.make_client(family.ana.business, "Ana Prueba", "other@example.com")
    household_with(family.ana.business, other, shares_credits=shares)
    Client.objects.filter(pk=other.pk).update(merged_into=family.ana, merged_at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        lambda family: let(family.ana, shares_credits=False, lets_pay=True, lets_see=True),
        lambda family: HouseholdMember.objects.filter(client=family.ana).update(until=NOW),
        lambda family: HouseholdMember.objects.filter(client=family.bea).update(until=NOW),
        lambda family: _joined_in(family, shares=False),
    ],
    ids=["took it back", "left", "was left", "one she took up says no"],
)
def test_without_leave_it_is_refused(row: Appointment, family: Family, change: Change) -> None:
    change(family)
    refused(row, family.ana, lent=True)


def test_what_she_took_up_may_say_yes_as_well(row: Appointment, family: Family) -> None:
    _joined_in(family, shares=True)
    stands(row, family.ana, lent=True)


def test_the_leave_of_another_household_is_none(
    business: Business, row: Appointment, credit_service: Service, family: Family
) -> None:
    cleo, dora = (factories.make_client(business, name, "") for name in ("Cleo", "Dora"))
    household_with(business, cleo, dora, shares_credits=True)
    factories.sell(cleo, credit_service)
    refused(row, cleo, lent=True)


def test_a_child_with_a_log_in_is_answered_for_no_more(row: Appointment, family: Family) -> None:
    Client.objects.filter(pk=family.nil.pk).update(
        account=factories.make_account("nil@example.com")
    )
    refused(row, family.nil, lent=True)


def test_history_and_what_is_no_appointment_are_not_asked(row: Appointment, family: Family) -> None:
    stands(row, family.ana, released_at=NOW)
    grant = Grant.objects.get(client=family.ana)
    for number, cause in enumerate(("appointment:x", "gift:1"), start=2):
        with pytest.raises(DatabaseError, match="redemption_credit_exists"), transaction.atomic():
            Redemption.objects.create(
                business_id=row.business_id,
                grant=grant,
                number=number,
                cause=cause,
                turn=1,
                on=day_of(row),
                redeemed_at=NOW,
            )
    Redemption.objects.create(
        business_id=row.business_id,
        grant=grant,
        number=1,
        cause="appointment:x",
        turn=1,
        on=day_of(row),
        redeemed_at=NOW,
    )
