"""Whatever people ask, agree to, allow and leave: nobody is merged, and nothing is lent that nobody allowed."""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is the name of the test
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from tests.factories import NOW, make_business
from tests.people.families import agree, card_of
from tests.people.persons import person

from clientela.accounts.models import Account
from clientela.people.actions import add_child as adding, ask_household as asking
from clientela.people.actions.add_child import add_child
from clientela.people.actions.choose_permissions import choose_permissions
from clientela.people.actions.leave_household import leave_household
from clientela.people.errors import InAnotherHousehold, NotInHousehold
from clientela.people.models import Client
from clientela.people.queries.households import FLAG, Permissions, lent_to
from clientela.platform.actor import Actor
from clientela.platform.tenancy import system_scope

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ROUNDS = range(200 if os.environ.get("CLIENTELA_PROVE") else 1)
STEPS = 24


@dataclass
class Model:
    """The same rules a second time, in sets: who lives with whom, who answers for whom, and who allows what."""

    homes: list[set[UUID]] = field(default_factory=list)
    guardian: dict[UUID, UUID] = field(default_factory=dict)
    gives: dict[UUID, frozenset[str]] = field(default_factory=dict)
    agreed: set[frozenset[UUID]] = field(default_factory=set)

    def home(self, card: UUID) -> set[UUID]:
        return next((one for one in self.homes if card in one), set())

    def adults(self, card: UUID) -> set[UUID]:
        return {one for one in self.home(card) if one not in self.guardian} - {card}

    def kids(self, card: UUID) -> set[UUID]:
        return {kid for kid, by in self.guardian.items() if by == card and self.home(kid)}

    def join(self, asker: UUID, joiner: UUID, gives: frozenset[str]) -> bool:
        """Return whether it is refused."""
        if joiner not in self.home(asker):
            if self.adults(joiner):
                return True
            pairs = {frozenset({one, joiner}) for one in self.adults(asker)}
            if pairs <= self.agreed:
                moving = {joiner} | self.kids(joiner)
                self.drop(moving)
                self.settle(self.home(asker) | {asker} | moving)
                self.gives[joiner] = gives
        self.agreed.add(frozenset({asker, joiner}))
        return False

    def leave(self, card: UUID) -> None:
        moving = {card} | self.kids(card)
        self.drop(moving)
        if len(moving) > 1:
            self.settle(moving)

    def drop(self, moving: set[UUID]) -> None:
        self.homes = [left for one in self.homes if len(left := one - moving) > 1]
        for one in moving:
            self.gives.pop(one, None)

    def settle(self, home: set[UUID]) -> None:
        self.homes = [one for one in self.homes if not one & home] + [home]
        for one in home:
            self.gives.pop(one, None)

    def lent(self, card: UUID, flag: str) -> set[UUID]:
        given = {one for one in self.home(card) - {card} if flag in self.gives.get(one, ())}
        return given | self.kids(card)


@pytest.mark.req("S0.15", "C6", "L4")
@pytest.mark.parametrize("seed", ROUNDS)
def test_whatever_families_do_only_what_was_allowed_is_lent(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_IN_A_DAY", 1000)
    monkeypatch.setattr(adding, "MOST_IN_A_DAY", 1000)
    dice, business, model = random.Random(seed), make_business(), Model()  # noqa: S311 -- a history, no secret
    people = [
        person(f"{name}@example.com", name.title()) for name in ("ana", "bea", "ciro", "dani")
    ]
    cards = {one.pk: card_of(business, one) for one in people}
    for _ in range(STEPS):
        for one in _step(dice, model, people, cards):
            own = cards[one.pk].pk
            for what, flag in FLAG.items():
                found = {card.pk for card in lent_to(account_id=one.pk, what=what)}
                assert found == model.lent(own, flag)
    with system_scope("the test looks"):
        assert not Client.objects.filter(merged_into__isnull=False).exists()


def _step(
    dice: random.Random, model: Model, people: list[Account], cards: dict[UUID, Client]
) -> tuple[Account, Account]:
    """Let one of them do something; return whom it concerns."""
    who, other = dice.sample(people, 2)
    by, own = Actor.client(who.pk), cards[who.pk]
    said = frozenset(flag for flag in FLAG.values() if dice.random() < 0.5)
    gives = Permissions(**dict.fromkeys(said, True))
    kids = [Client(pk=kid, business=own.business) for kid in sorted(model.kids(own.pk))]
    mine = dice.choice([own, *kids])
    match dice.choice(("ask", "ask", "choose", "choose", "child", "leave")):
        case "ask":
            refused = model.join(own.pk, cards[other.pk].pk, said)
            try:
                agree(who, other, **dict.fromkeys(said, True))
            except InAnotherHousehold:
                assert refused
            else:
                assert not refused
        case "choose" if model.home(mine.pk):
            choose_permissions(account=who, client_id=mine.pk, gives=gives, by=by, now=NOW)
            model.gives[mine.pk] = said
        case "child" if len(kids) < 2:
            made = add_child(account=who, card=own, name="Leo", by=by, now=NOW)
            model.guardian[made.pk] = own.pk
            home = model.home(own.pk)
            if home:
                home.add(made.pk)
            else:
                model.settle({own.pk, made.pk})
        case "leave" if model.home(mine.pk):
            leave_household(account=who, card=mine, by=by, now=NOW)
            model.leave(mine.pk)
        case "leave":
            with pytest.raises(NotInHousehold):
                leave_household(account=who, card=mine, by=by, now=NOW)
    return who, other
