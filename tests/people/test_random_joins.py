"""Random histories of three accounts at two businesses: joined, parted, absorbed by desks, booked and sold to; and back.

A model of its own says whose each address and card was at birth, and of which accounts a sale or a visit may be. After
each step nobody is locked out and no address is an account's that is shut; at the end everything is parted, in any
order, and each account has its own again, with every credit there was.
"""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is printed
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from tests.factories import (
    NOW,
    STAFF,
    book,
    make_client,
    make_package,
    make_professional,
    make_service,
    sell,
    set_hours,
)
from tests.people.joins import card_of, made_one, undone
from tests.people.persons import person

from clientela.accounts.actions.choose_primary import choose_primary
from clientela.accounts.models import Account, AccountJoin
from clientela.accounts.queries.joins import stands_for_account
from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import wanted_of
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.ledger.models import Grant, Redemption, Sale
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, Merge, Proof
from clientela.people.queries.merge_plan import merge_plan
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.redemption import plan_redemptions

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
STEPS, SEEDS = (90, range(60)) if PROVE else (34, range(2))
NAMES = ("ana", "bea", "cleo")


@dataclass
class Lives:
    """``cards`` and ``rows`` say, by id, whose a card was born and whose a row may be."""

    places: list[tuple[Business, Service, Package]]
    people: list[Account]
    desk: dict[UUID, Client]
    draw: random.Random
    now: datetime = NOW
    done: Counter[str] = field(default_factory=Counter)
    cards: dict[UUID, UUID] = field(default_factory=dict)
    rows: dict[UUID, set[UUID]] = field(default_factory=dict)

    def step(self) -> None:
        acts: tuple[Callable[[], None], ...] = (
            self.come,
            self.come,
            self.buy,
            self.join,
            self.join,
            self.undo,
            self.absorb,
            self.part,
            self.sign_in,
            self.choose,
        )
        act = self.draw.choice(acts)
        self.now += timedelta(minutes=1)
        try:
            act()
        except Refusal as refusal:
            self.done[f"{act.__name__}: {refusal.reason}"] += 1
        else:
            self.done[act.__name__] += 1

    def living(self) -> Account:
        return self.draw.choice(list(Account.objects.filter(is_active=True).order_by("pk")))

    def group(self, account: Account) -> set[UUID]:
        return {one.pk for one in self.people if stands_for_account(one.pk) == account.pk}

    def come(self) -> None:
        """Somebody who is signed in gets a card if they have none, and the desk books on it."""
        account, (place, service, _) = self.living(), self.draw.choice(self.places)
        card = card_of(account, place)
        self.cards.setdefault(card.pk, account.pk)
        with business_scope(place.pk):
            at = NOW + timedelta(days=2, minutes=30 * len(self.rows))
            made = book(service, at, client=card, by=STAFF, now=self.now).appointment
        self.rows[made.pk] = self.group(account)

    def buy(self) -> None:
        account, (place, _, package) = self.living(), self.draw.choice(self.places)
        card = card_of(account, place)
        self.cards.setdefault(card.pk, account.pk)
        with business_scope(place.pk):
            self.rows[sell(card, package, now=self.now).pk] = self.group(account)

    def join(self) -> None:
        account, other = self.living(), self.living()
        made_one(account, other.email, now=self.now)
        with system_scope("the model looks"):
            born = Client.objects.filter(account=account).exclude(pk__in=self.cards)
            self.cards |= {one.pk: account.pk for one in born.exclude(pk__in=self.desk)}

    def undo(self) -> None:
        standing = list(AccountJoin.objects.filter(joined_at__isnull=False, undone_at=None))
        if not standing:
            raise Refusal("nothing-there")
        undone(self.draw.choice(standing), now=self.now)

    def absorb(self) -> None:
        """A desk takes somebody's card up into one without a log-in."""
        account, (place, _, _) = self.living(), self.draw.choice(self.places)
        with business_scope(place.pk):
            card = Client.objects.filter(account=account, business=place).first()
            into = Client.objects.get(pk=self.desk[place.pk].pk)
            if card is None:
                raise Refusal("nothing-there")
            plan = merge_plan(card=card, into=into, now=self.now)
            merge_clients(
                card=card,
                into=into,
                proof=Proof.STAFF,
                plan_digest=plan.digest,
                evidence="seen",
                by=STAFF,
                now=self.now,
            )

    def part(self) -> None:
        with system_scope("the desk looks"):
            standing = list(Merge.objects.filter(undone_at=None).order_by("pk"))
        if not standing:
            raise Refusal("nothing-there")
        merge = self.draw.choice(standing)
        with business_scope(merge.business_id):
            unmerge_clients(merge=merge, by=STAFF, now=self.now)

    def sign_in(self) -> None:
        claim_cards(account=self.living(), now=self.now)

    def choose(self) -> None:
        """Somebody signs in with another one of the addresses they have."""
        account = self.living()
        had = EmailAddress.objects.filter(user=account).order_by("email")
        email = self.draw.choice(list(had.values_list("email", flat=True)))
        choose_primary(account=account, email=email, by=Actor.client(account.pk), now=self.now)


def check(life: Lives) -> None:
    """Nobody is locked out, no address and no card hangs on an account that is shut, and the credits add up."""
    for one in life.people:
        holder = Account.objects.get(pk=stands_for_account(one.pk))
        assert holder.is_active
        assert EmailAddress.objects.get(email=f"{one.name}@example.com").user_id == holder.pk
        assert EmailAddress.objects.filter(user=holder, email=holder.email, primary=True).exists()
    assert not EmailAddress.objects.filter(user__is_active=False).exists()
    with system_scope("the test looks everywhere"):
        assert not Client.objects.filter(account__is_active=False).exists()
        gone = Client.objects.exclude(merged_into=None)
        assert not gone.exclude(merged_into__merged_into=None).exists()
        for model in (Appointment, Sale, Grant):
            assert not model.objects.filter(client__in=gone).exists()
        assert Merge.objects.filter(undone_at=None).count() == gone.count()


def check_credits() -> None:
    """A credit serves who has it and nobody else, and nobody waits for one they have."""
    standing = Redemption.objects.filter(released_at=None)
    visits = {cause_of(key): of for key, of in Appointment.objects.values_list("pk", "client")}
    assert all(visits[cause] == of for cause, of in standing.values_list("cause", "grant__client"))
    redeemed = Appointment.objects.filter(redemption="redeemed").values_list("pk", flat=True)
    assert Counter(standing.values_list("cause", flat=True)) == Counter(map(cause_of, redeemed))
    for card in Client.objects.filter(merged_into=None):
        wanted, usable = wanted_of(client_id=card.pk), usable_grants(client_id=card.pk)
        assert not plan_redemptions(wanted=wanted, usable=usable), card.pk


@pytest.mark.django_db
@pytest.mark.req("L1", "L2", "MRG-08", "INV-12")
@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_joined_has_their_own_again_in_the_end(
    business: Business, next_door: Business, seed: int
) -> None:
    print(f"seed {seed}")
    places, desk = [], {}
    for place in (business, next_door):
        with business_scope(place.pk):
            worker = make_professional(place, hours=False)
            set_hours(worker, (0, 1440), days=range(7))
            service = make_service(
                place, "S", professionals=(worker,), needs_credits=True, horizon_days=700
            )
            places.append((place, service, make_package(service, credits=2)))
            desk[place.pk] = make_client(place, "Desk", "desk@example.com")
    people = [person(f"{name}@example.com", name) for name in NAMES]
    life = Lives(places, people, desk, random.Random(seed))  # noqa: S311 -- no secret
    for _ in range(STEPS):
        life.step()
        check(life)
    with system_scope("the test ends it"):
        while parted := list(Merge.objects.filter(undone_at=None, proof=Proof.STAFF)):
            with business_scope(parted[0].business_id):
                unmerge_clients(merge=life.draw.choice(parted), by=STAFF, now=life.now)
    while joined := list(AccountJoin.objects.filter(joined_at__isnull=False, undone_at=None)):
        undone(life.draw.choice(joined), now=life.now)
        check(life)
    for one in people:
        one.refresh_from_db()
        assert (one.is_active, one.email) == (True, f"{one.name}@example.com")
        claim_cards(account=one, now=life.now)
    with system_scope("the test looks everywhere"):
        owners = dict(Client.objects.values_list("pk", "account"))
        taken = set(Client.objects.values_list("account", "business"))
        at = dict(Client.objects.values_list("pk", "business"))
        stands = [
            *Appointment.objects.values_list("pk", "client"),
            *Sale.objects.values_list("pk", "client"),
        ]
        check_credits()
    print(dict(life.done))
    for key, born in life.cards.items():
        # A log-in whose card a desk had taken away, and that has another one there by now, keeps that.
        assert owners[key] == born or (owners[key] is None and (born, at[key]) in taken)
    of = {**life.cards, **{one.pk: None for one in desk.values()}}
    for key, card in stands:
        assert of.get(card) is None or of[card] in life.rows[key], (key, life.done)
    assert {"come", "buy", "join", "undo"} <= set(life.done)
