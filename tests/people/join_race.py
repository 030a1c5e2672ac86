"""Real processes that reach for two accounts of one person at once: ``python -m tests.people.join_race COUNT``.

In every turn both codes of a wish are typed already, and of a wish the other way round. One process joins; at the same
moment another crosses it, does it twice, says "not me", leaves, parts, absorbs a card as the desk does, or agrees that
the two are a couple, which also meets who leaves it; others book with the log-in and with the address that are being
absorbed. Printed: what each met, and every contradiction after.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402 -- after the set-up
from django.db import connection  # noqa: E402 -- likewise
from tests.factories import NOW, STAFF, book, make_client, make_guest  # noqa: E402 -- likewise
from tests.people.families import household_with  # noqa: E402 -- likewise
from tests.people.joins import (  # noqa: E402 -- likewise
    asked,
    card_of,
    confirmed,
    joined,
    refuse_token,
    undone,
)
from tests.people.persons import person  # noqa: E402 -- likewise
from tests.people.race import _place, run  # noqa: E402 -- likewise

from clientela.accounts.actions.refuse_join import refuse_join  # noqa: E402 -- likewise
from clientela.accounts.join_codes import OTHER, OWN  # noqa: E402 -- likewise
from clientela.accounts.models import Account, AccountJoin  # noqa: E402 -- likewise
from clientela.booking.models import Appointment  # noqa: E402 -- likewise
from clientela.people.actions.answer_household import accept_household  # noqa: E402 -- likewise
from clientela.people.actions.ask_household import ask_household  # noqa: E402 -- likewise
from clientela.people.actions.change_own_profile import change_own_profile  # noqa: E402 -- likewise
from clientela.people.actions.leave import leave  # noqa: E402 -- likewise
from clientela.people.actions.leave_household import leave_household  # noqa: E402 -- likewise
from clientela.people.actions.merge_clients import merge_clients  # noqa: E402 -- likewise
from clientela.people.actions.unmerge_clients import unmerge_clients  # noqa: E402 -- likewise
from clientela.people.household_links import token_of  # noqa: E402 -- likewise
from clientela.people.models import (  # noqa: E402 -- likewise
    Client,
    HouseholdInvitation,
    HouseholdMember,
    Merge,
    Proof,
)
from clientela.people.queries.households import Permissions, belonging  # noqa: E402 -- likewise
from clientela.people.queries.merge_plan import MergePlan, merge_plan  # noqa: E402 -- likewise
from clientela.platform.actor import Actor  # noqa: E402 -- likewise
from clientela.platform.tenancy import business_scope, system_scope  # noqa: E402 -- likewise

EACH = 4
"""Minutes of five that a turn has for itself: two cards' appointments, and two bookings of the moment."""


class Race:
    """``count`` persons with two accounts each, known at one business."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.business, self.service = _place()
        self.pairs, self.cards, self.wishes, self.asked = [], [], [], []
        self.rivals = (
            self.agree, self.stay, self.cross, self.again, self.refuse, self.leave, self.undo, self.absorb,
        )  # fmt: skip
        for n in range(count):
            ana, old = (
                person(f"ana{n}@example.com", f"P {n}"),
                person(f"old{n}@example.com", f"P {n}"),
            )
            cards = [card_of(one, self.business) for one in (ana, old)]
            with business_scope(self.business.pk):
                cards.append(make_client(self.business, f"P {n}", f"desk{n}@example.com"))
                for k, card in enumerate(cards[:2]):
                    book(self.service, self.start(n, k), client=card)
            self.pairs.append((ana.pk, old.pk))
            self.cards.append([one.pk for one in cards])
            there = confirmed(asked(ana, old.email), OWN, OTHER)
            back = confirmed(asked(old, ana.email), OWN, OTHER)
            self.wishes.append((there.pk, back.pk))
            by = Actor.client(ana.pk)
            self.asked.append(ask_household(account=ana, email=old.email, by=by, now=NOW))
            if self.rivals[n % len(self.rivals)] == self.undo:
                joined(there)
            if self.rivals[n % len(self.rivals)] == self.stay:
                household_with(self.business, *cards[:2])

    def start(self, n: int, k: int) -> Any:
        return NOW + timedelta(days=1, minutes=5 * (EACH * n + k))

    def wish(self, n: int, which: int) -> AccountJoin:
        return AccountJoin.objects.select_related("account").get(pk=self.wishes[n][which])

    def join(self, n: int) -> str:
        """What all the others meet: the joining, or where it is done already, the desk that parts its cards."""
        rival = self.rivals[n % len(self.rivals)]
        if rival == self.undo:
            return self.part(n)
        if rival == self.stay:
            return self.go(n)
        if rival == self.absorb and n % 2:
            self.plan(n)  # so that the desk is sometimes first
        joined(self.wish(n, 0))
        return "joined"

    def rival(self, n: int) -> str:
        return self.rivals[n % len(self.rivals)](n)

    def cross(self, n: int) -> str:
        joined(self.wish(n, 1))
        return "crossed"

    def again(self, n: int) -> str:
        joined(self.wish(n, 0))
        return "joined"

    def refuse(self, n: int) -> str:
        refuse_join(token=refuse_token(self.wish(n, 0)), now=NOW)
        return "refused"

    def leave(self, n: int) -> str:
        who = Account.objects.get(pk=self.pairs[n][n // len(self.rivals) % 2])
        leave(account=who, also_cards=True, by=Actor.client(who.pk), now=NOW)
        return "left"

    def agree(self, n: int) -> str:
        """Say, as the second account, that the two are a couple."""
        old = Account.objects.get(pk=self.pairs[n][1])
        by, token = Actor.client(old.pk), token_of(self.asked[n])
        accept_household(account=old, token=token, gives=Permissions(), by=by, now=NOW)
        return "agreed"

    def stay(self, n: int) -> str:
        """The same of a couple that is one already, while the other of them goes."""
        return self.agree(n)

    def go(self, n: int) -> str:
        """Leave the couple, or everything."""
        ana = Account.objects.get(pk=self.pairs[n][0])
        by = Actor.client(ana.pk)
        if n // len(self.rivals) % 2:
            leave(account=ana, also_cards=True, by=by, now=NOW)
        else:
            with business_scope(self.business.pk):
                card = Client.objects.get(pk=self.cards[n][0])
            leave_household(account=ana, card=card, by=by, now=NOW)
        return "left"

    def undo(self, n: int) -> str:
        undone(self.wish(n, 0))
        return "undone"

    def part(self, n: int) -> str:
        with business_scope(self.business.pk):
            merge = Merge.objects.get(undone_at=None, absorbed__in=self.cards[n])
            unmerge_clients(merge=merge, by=STAFF, now=NOW)
        return "parted"

    def plan(self, n: int) -> tuple[Client, Client, MergePlan]:
        """What the desk is shown: the card of the second account, and one without a log-in."""
        with business_scope(self.business.pk):
            card, into = (Client.objects.get(pk=self.cards[n][k]) for k in (1, 2))
            return card, into, merge_plan(card=card, into=into, now=NOW)

    def absorb(self, n: int) -> str:
        card, into, plan = self.plan(n)
        merge_clients(
            card=card,
            into=into,
            proof=Proof.STAFF,
            plan_digest=plan.digest,
            evidence="she showed her card",
            by=STAFF,
            now=NOW,
        )
        return "absorbed"

    def own(self, n: int) -> str:
        """Book, and then change a number, with the log-in that is being absorbed."""
        old = Account.objects.get(pk=self.pairs[n][1])
        by = Actor.client(old.pk)
        with business_scope(self.business.pk):
            book(self.service, self.start(n, 2), account=old, by=by)
        change_own_profile(account=old, phone=f"+346001{n:05}", by=by, now=NOW)
        return "booked"

    def guest(self, n: int) -> str:
        with business_scope(self.business.pk):
            guest = make_guest(f"P {n}", f"old{n}@example.com")
            book(self.service, self.start(n, 3), client=guest)
        return "booked"

    def contradictions(self) -> list[str]:
        """Everything that cannot be, in the words of what it is."""
        gone = Client.objects.exclude(merged_into=None)
        found = [f"{one.pk} leads further" for one in gone.exclude(merged_into__merged_into=None)]
        lost = Appointment.objects.filter(client__in=gone)
        found += [f"{one.pk} stands on a card that is no more" for one in lost]
        shut = EmailAddress.objects.filter(user__is_active=False)
        found += [f"{one.email} is an account's that is shut" for one in shut]
        orphans = Client.objects.filter(account__is_active=False)
        found += [f"{one.pk} is an account's that is shut" for one in orphans]
        both = AccountJoin.objects.filter(joined_at__isnull=False, refused_at__isnull=False)
        found += [f"{one.pk} was refused and joined" for one in both]
        standing = Merge.objects.filter(undone_at=None).count()
        if standing != gone.count():
            found.append(f"{standing} merges stand for {gone.count()} cards")
        said = HouseholdInvitation.objects.filter(accepted_at__isnull=False)
        found += [f"{one.pk} was agreed and ended" for one in said.exclude(withdrawn_at=None)]
        together = Counter(belonging().values_list("household_id", "client__account_id"))
        found += [
            f"{who} belongs twice to {home}" for (home, who), times in together.items() if times > 1
        ]
        rows = Counter(
            HouseholdMember.objects.filter(until=None).values_list("household_id", flat=True)
        )
        found += [f"somebody is left alone in {home}" for home, times in rows.items() if times == 1]
        for n, pair in enumerate(self.pairs):
            accounts = list(Account.objects.filter(pk__in=pair))
            if accounts and not any(one.is_active for one in accounts):
                found.append(f"turn {n}: nobody can sign in any more")
        return found


def main(count: int) -> dict[str, Any]:
    """Prepare, race, and look."""
    race = Race(count)
    before = Appointment._base_manager.count()
    connection.close()
    forks = multiprocessing.get_context("fork")
    lanes: list[Callable[[int], object]] = [race.join, race.rival, race.own, race.guest]
    barrier = forks.Barrier(len(lanes))
    hearing, racers = [], []
    for lane in lanes:
        hear, tell = forks.Pipe(duplex=False)
        racers.append(forks.Process(target=run, args=(lane, count, barrier, tell)))
        racers[-1].start()
        hearing.append(hear)
    met = Counter(word for hear in hearing for word in hear.recv())
    for racer in racers:
        racer.join()
    with system_scope("the race is over"):
        found = race.contradictions()
        made = Appointment.objects.count() - before
    return {"met": met, "contradictions": found, "made": made}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
