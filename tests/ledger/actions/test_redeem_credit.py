"""A credit is used once, goes back to its own grant, or is lost; and its movements never run backwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from tests.ledger import shop
from tests.ledger.shop import NOW, TODAY, cause

from clientela.business.models import Business
from clientela.catalogue.models import Package
from clientela.ledger.actions.forfeit_credit import forfeit_credit
from clientela.ledger.actions.move_credit import REDEEM
from clientela.ledger.actions.post import post
from clientela.ledger.actions.redate_credit import redate_credit
from clientela.ledger.actions.redeem_credit import redeem_credit
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.actions.standing import standing_redemption
from clientela.ledger.actions.unforfeit_credit import unforfeit_credit
from clientela.ledger.errors import AlreadyPosted, AlreadyRedeemed, CreditGone, NotRedeemed
from clientela.ledger.models import Grant, Movement, Redemption, Sale
from clientela.ledger.queries.balances import balances
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.models import Client
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import business_scope

DAY = timedelta(days=1)


def free(client: Client) -> tuple[int, ...]:
    return tuple(number for one in usable_grants(client_id=client.pk) for number in one.free)


def days_of(name: str) -> list[date]:
    """The days of a cause's movements, in the order they were made."""
    found = Movement.objects.filter(cause__startswith=f"{name}:").order_by("pk")
    return [one.happened_on for one in found]


@pytest.mark.req("S1.5")
def test_a_redemption_uses_one_credit(sale: Sale, client_card: Client) -> None:
    redemption = shop.redeem(sale, 2)
    assert (redemption.number, redemption.turn, redemption.forfeited) == (2, 1, False)
    assert free(client_card) == (1, 3, 4, 5)


def test_a_used_credit_is_gone_for_another(sale: Sale) -> None:
    shop.redeem(sale, 1)
    with pytest.raises(CreditGone):
        shop.redeem(sale, 1, for_=cause(2))


def test_a_cause_has_one_credit(sale: Sale) -> None:
    shop.redeem(sale, 1)
    with pytest.raises(AlreadyRedeemed):
        shop.redeem(sale, 2, for_=cause(1))


@pytest.mark.parametrize("number", [0, 6, 1000])
def test_a_credit_that_was_never_granted_is_gone(sale: Sale, number: int) -> None:
    with pytest.raises(CreditGone):
        shop.redeem(sale, number)


def test_a_credit_of_a_void_sale_and_of_nobody_is_gone(sale: Sale) -> None:
    shop.close(sale)
    with pytest.raises(CreditGone):
        shop.redeem(sale, 1)
    with pytest.raises(CreditGone):
        redeem_credit(grant_id=uuid7(), number=1, cause=cause(), on=TODAY, now=NOW)


def test_a_credit_of_the_business_next_door_is_gone(sale: Sale, next_door: Business) -> None:
    grant = Grant.objects.get(sale=sale)
    with business_scope(next_door.pk), pytest.raises(CreditGone):
        redeem_credit(grant_id=grant.pk, number=1, cause=cause(), on=TODAY, now=NOW)


@pytest.mark.req("S1.24")
def test_a_returned_credit_is_the_same_one_again(
    client_card: Client, five: Package, sale: Sale
) -> None:
    other = shop.sell(client_card, five)
    shop.redeem(sale, 3)
    with transaction.atomic():
        ended = release_credit(cause=cause(3), now=NOW + DAY)
    assert (ended.grant.sale_id, ended.number, ended.released_at) == (sale.pk, 3, NOW + DAY)
    left = {one.sale_id: one.free for one in balances(client_id=client_card.pk, on=TODAY + DAY)}
    assert left == {sale.pk: 5, other.pk: 5}


def test_a_cause_may_redeem_again_after_it_gave_back(sale: Sale) -> None:
    shop.redeem(sale, 1)
    with transaction.atomic():
        release_credit(cause=cause(1), now=NOW)
    again = shop.redeem(sale, 2, for_=cause(1))
    assert again.turn == 2
    assert standing_redemption(cause(1)).pk == again.pk


def test_a_lost_credit_stays_used_until_that_is_taken_back(sale: Sale, client_card: Client) -> None:
    shop.redeem(sale, 1)
    with transaction.atomic():
        forfeit_credit(cause=cause(1), now=NOW)
        assert free(client_card) == (2, 3, 4, 5)
        unforfeit_credit(cause=cause(1), now=NOW)
        forfeit_credit(cause=cause(1), now=NOW)
        release_credit(cause=cause(1), now=NOW)
    assert free(client_card) == (1, 2, 3, 4, 5)
    steps = [one.removeprefix(cause(1)) for one in Movement.objects.values_list("cause", flat=True)]
    assert {step for step in steps if step.startswith(":")} == {
        ":redeem:1",
        ":forfeit:1",
        ":reinstate:1",
        ":forfeit:1.2",
        ":release:1",
    }


def test_what_does_not_stand_is_neither_returned_nor_lost(sale: Sale) -> None:
    for act in (release_credit, forfeit_credit, unforfeit_credit):
        with transaction.atomic(), pytest.raises(NotRedeemed):
            act(cause=cause(1), now=NOW)
    shop.redeem(sale, 1)
    with transaction.atomic(), pytest.raises(NotRedeemed):
        unforfeit_credit(cause=cause(1), now=NOW)
    with transaction.atomic():
        forfeit_credit(cause=cause(1), now=NOW)
    with transaction.atomic(), pytest.raises(NotRedeemed):
        forfeit_credit(cause=cause(1), now=NOW)


def test_a_step_is_never_made_twice(sale: Sale) -> None:
    redemption = shop.redeem(sale, 1)
    with transaction.atomic(), pytest.raises(AlreadyPosted):
        post(
            business_id=sale.business_id,
            **shop.accounts_of(redemption),
            amount=1,
            cause=f"{redemption.cause}:{REDEEM.word}:1",
            happened_on=TODAY,
            now=NOW,
        )


def test_a_moved_appointment_keeps_its_credit_on_another_day(sale: Sale) -> None:
    shop.redeem(sale, 1, on=TODAY + DAY)
    redate_credit(cause=cause(1), on=TODAY + 9 * DAY)
    assert Redemption.objects.get().on == TODAY + 9 * DAY
    with pytest.raises(NotRedeemed):
        redate_credit(cause=cause(2), on=TODAY)


@pytest.mark.req("S1.20")
def test_a_back_dated_sale_redeems_on_the_day_of_the_past_appointment(
    client_card: Client, five: Package
) -> None:
    past = TODAY - 8 * DAY
    sale = shop.sell(client_card, five, applies_on=past)
    shop.redeem(sale, 1, on=past)
    assert days_of(cause(1)) == [past]
    [then] = balances(client_id=client_card.pk, on=past)
    assert then.free == 4


def test_a_credit_for_a_coming_appointment_is_used_from_today(
    sale: Sale, client_card: Client
) -> None:
    shop.redeem(sale, 1, on=TODAY + 9 * DAY)
    with transaction.atomic():
        release_credit(cause=cause(1), now=NOW + 3 * DAY)
    assert days_of(cause(1)) == [TODAY, TODAY + 3 * DAY]
    left = [balances(client_id=client_card.pk, on=TODAY + n * DAY)[0].free for n in (0, 2, 3, 9)]
    assert left == [4, 4, 5, 5]


def test_of_a_grant_that_begins_later_a_credit_is_used_from_its_first_day(
    client_card: Client, five: Package
) -> None:
    begins = TODAY + 5 * DAY
    sale = shop.sell(client_card, five, applies_on=begins)
    shop.redeem(sale, 1, on=begins + DAY)
    with transaction.atomic():
        release_credit(cause=cause(1), now=NOW)
    assert days_of(cause(1)) == [begins, begins]


@pytest.mark.parametrize("at", [NOW + 5 * DAY, NOW - 5 * DAY])
def test_a_credit_used_again_is_dated_and_known_after_it_came_back(
    client_card: Client, five: Package, at: datetime
) -> None:
    sale = shop.sell(client_card, five, applies_on=TODAY - 9 * DAY)
    shop.redeem(sale, 1, on=TODAY + 9 * DAY)
    with transaction.atomic():
        release_credit(cause=cause(1), now=NOW + 2 * DAY)
    shop.redeem(sale, 1, for_=cause(2), on=TODAY - 9 * DAY, now=at)
    assert days_of(cause(2)) == [TODAY + 2 * DAY]
    known = Movement.objects.get(cause__startswith=f"{cause(2)}:").recorded_at
    assert known == max(at, NOW + 2 * DAY)
