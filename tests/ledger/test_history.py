"""Random histories at the ledger's own level: no unit comes from nowhere or is lost, and the past stays known.

After every step the books are summed again from the rows alone; at the end everything that was ever asked is
asked again, on every day and as known at every time, and has the same answer.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests import factories
from tests.ledger import shop
from tests.ledger.shop import NOW, TODAY, cause

from clientela.ledger.actions.forfeit_credit import forfeit_credit
from clientela.ledger.actions.release_credit import release_credit
from clientela.ledger.actions.unforfeit_credit import unforfeit_credit
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import (
    AccountKind,
    Grant,
    LedgerAccount,
    Movement,
    Payment,
    Redemption,
    Sale,
)
from clientela.ledger.queries.balance_of import balances_of_kind
from clientela.ledger.queries.sale_sums import sale_sums, sums_of
from clientela.ledger.queries.statement import statement
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope
from clientela.rules.redemption import Wanted, plan_redemptions
from clientela.rules.sale_state import SaleState

DAYS = st.integers(-6, 6).map(lambda n: timedelta(days=n))
AMOUNTS = st.integers(1, 9000)
PLACES = st.integers(0, 7)
Answer = dict[tuple[str, str], int]


class History(RuleBasedStateMachine):
    """Sales, redemptions, payments and their opposites, in any order; the clock goes on by itself."""

    def __init__(self) -> None:
        """Open a business and its shop in a transaction that is undone at the end."""
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        business = factories.make_business()
        self.scope = business_scope(business.pk)
        self.scope.__enter__()
        self.service = factories.make_service(business)
        self.client = factories.make_client(business)
        self.now = NOW
        self.causes = 0
        self.known: list[tuple[datetime, dict[AccountKind, list[Answer]]]] = []

    def teardown(self) -> None:
        """Ask again all that was asked, then undo everything."""
        try:
            for known_at, then in self.known:
                assert self.answers(known_at) == then
        finally:
            transaction.set_rollback(True)
            self.scope.__exit__(None, None, None)
            self.undone.__exit__(None, None, None)

    @initialize()
    def open_shop(self) -> None:
        """Put two packages on the list."""
        business = self.service.business
        self.packages = [
            shop.make_package(business, self.service, credits=2, price_minor=7777),
            shop.make_package(business, self.service, credits=3, price_minor=0),
        ]

    @rule(which=st.integers(0, 1), from_on=DAYS, days=st.none() | st.integers(0, 9))
    def sell(self, which: int, from_on: timedelta, days: int | None) -> None:
        """Sell one, applied before or after today."""
        begins = self.today + from_on
        ends = None if days is None else begins + timedelta(days=days)
        shop.sell(
            self.client,
            self.packages[which],
            sold_on=self.today,
            applies_on=begins,
            valid_until=ends,
            now=self.tick(),
        )

    @rule(on=DAYS)
    def redeem(self, on: timedelta) -> None:
        """Let an appointment use what the rule gives it."""
        self.causes += 1
        day = self.today + on
        want = Wanted(cause(self.causes), self.now + on, day, self.service.pk)
        plan = plan_redemptions(wanted=[want], usable=usable_grants(client_id=self.client.pk))
        for one in plan:
            sale = Grant.objects.get(pk=one.grant_id).sale
            shop.redeem(sale, one.number, for_=one.cause, on=day, now=self.tick())

    @precondition(lambda self: self.standing())
    @rule(place=PLACES)
    def come_back(self, place: int) -> None:
        """Return a credit."""
        self.act(release_credit, self.pick(self.standing(), place).cause)

    @precondition(lambda self: self.standing())
    @rule(place=PLACES)
    def lose(self, place: int) -> None:
        """Forfeit a credit, or take that back."""
        one = self.pick(self.standing(), place)
        self.act(unforfeit_credit if one.forfeited else forfeit_credit, one.cause)

    @precondition(lambda self: Sale.objects.exists())
    @rule(place=PLACES, amount=AMOUNTS, ago=st.integers(0, 5))
    def pay(self, place: int, amount: int, ago: int) -> None:
        """Pay for a sale what is possible of it, also for a day gone by."""
        sale = self.pick(list(Sale.objects.order_by("pk")), place)
        due = sums_of(sale).due
        wrong = sale.voided_at is not None or amount > due
        day = self.today - timedelta(days=ago)
        self.refused_if(wrong, lambda: shop.pay(sale, amount, paid_on=day, now=self.tick()))

    @precondition(lambda self: Payment.objects.exists())
    @rule(place=PLACES, amount=AMOUNTS)
    def refund(self, place: int, amount: int) -> None:
        """Give money back."""
        paid = self.pick(list(Payment.objects.filter(kind="payment").order_by("pk")), place)
        gone = sum(paid.refunds.values_list("amount_minor", flat=True))
        self.refused_if(
            amount > paid.amount_minor - gone,
            lambda: shop.refund(paid, amount, paid_on=self.today, now=self.tick()),
        )

    @precondition(lambda self: Sale.objects.exists())
    @rule(place=PLACES, amount=AMOUNTS)
    def take_off(self, place: int, amount: int) -> None:
        """Take back a part of a price."""
        sale = self.pick(list(Sale.objects.order_by("pk")), place)
        wrong = sale.voided_at is not None or amount > sale.price_minor - sale.returned_minor
        self.refused_if(wrong, lambda: shop.take_off(sale, amount, now=self.tick()))

    @precondition(lambda self: Sale.objects.exists())
    @rule(place=PLACES)
    def close(self, place: int) -> None:
        """Void a sale."""
        sale = self.pick(list(Sale.objects.order_by("pk")), place)
        standing = {one.cause for one in self.standing() if one.grant.sale_id == sale.pk}
        released: list[str] = []
        self.refused_if(
            sale.voided_at is not None, lambda: released.extend(shop.close(sale, now=self.tick()))
        )
        assert set(released) == (standing if released else set())

    @rule(days=st.integers(0, 3))
    def remember(self, days: int) -> None:
        """Keep what is known now, and let days pass."""
        self.known.append((self.now, self.answers(self.now)))
        self.now += timedelta(days=days, minutes=1)

    @invariant()
    def every_unit_sums_to_nothing(self) -> None:
        """INV-5: what one account gives, another has."""
        units: Counter[str] = Counter()
        for kind in AccountKind:
            for (_, unit), amount in balances_of_kind(kind=kind).items():
                units[unit] += amount
        assert set(units.values()) <= {0}

    @invariant()
    def every_grant_is_what_its_redemptions_say(self) -> None:
        """INV-7: nothing is below nothing, and a void grant leaves nothing."""
        held = {kind: balances_of_kind(kind=kind) for kind in AccountKind}
        usable = {one.grant_id: len(one.free) for one in usable_grants(client_id=self.client.pk)}
        for grant in Grant.objects.all():
            place = (str(grant.pk), grant.unit)
            mine = [one for one in self.standing() if one.grant_id == grant.pk]
            lost = sum(one.forfeited for one in mine)
            granted = grant.credits if grant.closed_at is None else 0
            assert held[AccountKind.OPEN].get(place, 0) == granted - len(mine)
            assert held[AccountKind.USED].get(place, 0) == len(mine) - lost
            assert held[AccountKind.FORFEITED].get(place, 0) == lost
            assert usable.get(grant.pk, 0) == granted - len(mine)
            lines = statement(client_id=self.client.pk, grant_id=grant.pk)
            assert lines[-1].left == granted - len(mine)

    @invariant()
    def no_grant_is_below_nothing_on_any_day_as_known_at_any_time(self) -> None:
        """L11: add up what was known after each record, day by day."""
        steps = list(
            Movement.objects.filter(unit__startswith="credit:")
            .order_by("recorded_at", "pk")
            .values_list("from_account_id", "to_account_id", "amount", "happened_on")
        )
        issued = set(LedgerAccount.objects.filter(kind="issued").values_list("pk", flat=True))
        for known in range(1, len(steps) + 1):
            held: Counter[object] = Counter()
            by_day = sorted(steps[:known], key=itemgetter(3))
            for _, day in groupby(by_day, key=itemgetter(3)):
                for source, target, amount, _ in day:
                    held[source] -= amount
                    held[target] += amount
                assert all(held[key] >= 0 for key in held.keys() - issued)

    @invariant()
    def every_sale_is_what_its_sums_say(self) -> None:
        """INV-8: what is owed, and the state."""
        owed = balances_of_kind(kind=AccountKind.OWED)
        for sale in Sale.objects.all():
            sums = sale_sums(sale_ids=[sale.pk])[sale.pk]
            assert owed.get((str(sale.pk), "EUR"), 0) == sums.due
            if sale.state == SaleState.PAID:
                assert sums.due <= 0
            if sale.state in {SaleState.VOID, SaleState.REFUNDED}:
                assert sums.returned == sums.price

    @property
    def today(self) -> date:
        """The day in Madrid; the clock of a history never nears midnight."""
        return TODAY + (self.now - NOW).days * timedelta(days=1)

    def answers(self, known_at: datetime) -> dict[AccountKind, list[Answer]]:
        """Every balance on each of some days, as known at that time."""
        days = [TODAY + timedelta(days=n) for n in range(-7, 12, 3)]
        return {
            kind: [balances_of_kind(kind=kind, on=day, known_at=known_at) for day in days]
            for kind in (AccountKind.OWED, AccountKind.TILL, AccountKind.OPEN)
        }

    def standing(self) -> list[Redemption]:
        """The redemptions that stand, oldest first."""
        return list(
            Redemption.objects.filter(released_at__isnull=True)
            .select_related("grant")
            .order_by("pk")
        )

    def tick(self) -> datetime:
        """Let a second pass."""
        self.now += timedelta(seconds=1)
        return self.now

    def act(self, action: Any, name: str) -> None:
        """Do something with a credit."""
        with transaction.atomic():
            lock_credits(self.client.pk)
            action(cause=name, now=self.tick())

    def refused_if(self, wrong: bool, action: Any) -> None:
        """Try; it must be refused if it is wrong, and then leaves no movement."""
        before = Movement.objects.count()
        try:
            with transaction.atomic():
                action()
        except Refusal:
            assert wrong
            assert Movement.objects.count() == before
        else:
            assert not wrong

    @staticmethod
    def pick(among: list[Any], place: int) -> Any:
        """One of a list."""
        return among[place % len(among)]


@pytest.mark.django_db
@pytest.mark.req("L11", "INV-5", "INV-7", "INV-8")
def test_no_history_creates_or_destroys_a_unit_and_the_past_stays_known() -> None:
    run_state_machine_as_test(
        History,
        settings=settings(
            settings.default,
            max_examples=max(7, settings.default.max_examples // 8),
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
            deadline=None,
        ),
    )
