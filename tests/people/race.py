"""Real processes that reach for the same cards at once.

    python -m tests.people.race log-ins COUNT     one person's two log-ins claim and book at once
    python -m tests.people.race taking-up COUNT   "that card is mine", while the same guest books on it again
    python -m tests.people.race merging COUNT     chains, rings and the same two both ways round, joined and parted
    python -m tests.people.race not-held COUNT    the same where a guest's booking does not hold its card

Printed: what each process met, and every contradiction that is found afterwards.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 -- after the set-up
from tests.factories import (  # noqa: E402 -- likewise
    NOW,
    STAFF,
    book,
    make_business,
    make_client,
    make_guest,
    make_professional,
    make_service,
    set_hours,
)
from tests.people.persons import guest_card, person  # noqa: E402 -- likewise

from clientela.accounts.models import Account  # noqa: E402 -- likewise
from clientela.booking.models import Appointment  # noqa: E402 -- likewise
from clientela.business.models import Business  # noqa: E402 -- likewise
from clientela.catalogue.models import Service  # noqa: E402 -- likewise
from clientela.people.actions import find_or_register_guest as guests  # noqa: E402 -- likewise
from clientela.people.actions.answer_card_question import (  # noqa: E402 -- likewise
    answer_card_question,
)
from clientela.people.actions.card_for_account import card_for_account  # noqa: E402 -- likewise
from clientela.people.actions.claim_cards import claim_cards  # noqa: E402 -- likewise
from clientela.people.actions.merge_clients import merge_clients  # noqa: E402 -- likewise
from clientela.people.actions.unmerge_clients import unmerge_clients  # noqa: E402 -- likewise
from clientela.people.models import Client, Merge, Proof  # noqa: E402 -- likewise
from clientela.people.queries.merge_plan import merge_plan  # noqa: E402 -- likewise
from clientela.platform.actor import Actor  # noqa: E402 -- likewise
from clientela.platform.tenancy import business_scope, system_scope  # noqa: E402 -- likewise

Lane = Callable[[int], object]


def log_ins(count: int) -> tuple[list[Lane], Callable[[], list[str]]]:
    """Each person has two twin cards waiting; both log-ins claim, and the second books."""
    business = make_business("cards")
    people = []
    for n in range(count):
        people.append(person(f"p{n}@example.com", f"Person {n}"))
        with business_scope(business.pk):
            for _ in range(2 if n % 2 else 0):
                make_client(business, f"Person {n}", f"p{n}@example.com")

    def claim(n: int) -> object:
        return len(claim_cards(account=Account.objects.get(pk=people[n].pk), now=NOW))

    def booked(n: int) -> object:
        account = Account.objects.get(pk=people[n].pk)
        card_for_account(business=business, account=account, by=Actor.client(account.pk), now=NOW)
        return "card"

    def contradictions() -> list[str]:
        return [
            f"{one.email}: {cards} cards"
            for one in people
            if (cards := Client.objects.filter(account=one).count()) != 1
        ]

    return [claim, booked, booked], contradictions


def taking_up(count: int) -> tuple[list[Lane], Callable[[], list[str]]]:
    """Each person has an own card and a guest's beside it; a further guest's booking comes at the same moment."""
    business, service = _place()
    people, cards = [], []
    for n in range(count):
        guest_card(business, f"Person {n}", f"p{n}@example.com")
        account = person(f"p{n}@example.com", f"Person {n}")
        claim_cards(account=account, now=NOW)
        people.append(account)
        cards.append(guest_card(business, f"Person {n}", f"p{n}@example.com"))

    def mine(n: int) -> object:
        account = Account.objects.get(pk=people[n].pk)
        by = Actor.client(account.pk)
        answer_card_question(account=account, card_id=cards[n].pk, is_mine=True, by=by, now=NOW)
        return "mine"

    def booked(n: int) -> object:
        with business_scope(business.pk):
            starts_at = NOW + timedelta(days=1, minutes=5 * n)
            book(service, starts_at, client=make_guest(f"Person {n}", f"p{n}@example.com"))
        return "booked"

    def contradictions() -> list[str]:
        lost = Appointment.objects.filter(client__merged_into__isnull=False)
        found = [f"{one.pk} stands on a card that is no more" for one in lost]
        if Appointment.objects.count() != count:
            found.append(f"{Appointment.objects.count()} appointments of {count}")
        return found

    return [mine, booked], contradictions


def merging(count: int) -> tuple[list[Lane], Callable[[], list[str]]]:
    """Three cards for each turn; every lane joins two of them another way round, one parts what it finds."""
    business, service = _place()
    cards = []
    with business_scope(business.pk):
        for n in range(count):
            three = [make_client(business, f"P {n} {k}", f"p{n}{k}@example.com") for k in range(3)]
            for k, one in enumerate(three):
                book(service, NOW + timedelta(days=1, minutes=5 * (3 * n + k)), client=one)
            cards.append(three)

    def join(way: tuple[int, int], n: int) -> object:
        with business_scope(business.pk):
            card, into = (Client.objects.get(pk=cards[n][k].pk) for k in way)
            plan = merge_plan(card=card, into=into, now=NOW)
            merge_clients(
                card=card,
                into=into,
                proof=Proof.STAFF,
                plan_digest=plan.digest,
                by=STAFF,
                now=NOW,
            )
        return "joined"

    def part(n: int) -> object:
        with business_scope(business.pk):
            ids = [one.pk for one in cards[n]]
            merge = Merge.objects.filter(undone_at=None, absorbed__in=ids).first()
            if merge is None:
                return "nothing"
            unmerge_clients(merge=merge, by=STAFF, now=NOW)
        return "parted"

    def contradictions() -> list[str]:
        gone = Client.objects.exclude(merged_into=None)
        found = [f"{one.pk} leads further" for one in gone.exclude(merged_into__merged_into=None)]
        lost = Appointment.objects.filter(client__in=gone)
        found += [f"{one.pk} stands on a card that is no more" for one in lost]
        standing = Merge.objects.filter(undone_at=None).count()
        if standing != gone.count():
            found.append(f"{standing} merges stand for {gone.count()} cards")
        if Appointment.objects.count() != 3 * count:
            found.append(f"{Appointment.objects.count()} appointments")
        return found

    ways = ((0, 1), (1, 2), (2, 0), (1, 0))
    return [*(partial(join, way) for way in ways), part], contradictions


def _place() -> tuple[Business, Service]:
    business = make_business("cards")
    with business_scope(business.pk):
        worker = make_professional(business, hours=False)
        set_hours(worker, (0, 1440), days=range(7))
        service = make_service(
            business,
            professionals=(worker,),
            duration_minutes=5,
            grid_minutes=5,
            lead_minutes=0,
        )
    return business, service


def run(lane: Lane, count: int, barrier: Any, tell: Any) -> None:
    """Go through every person, together with the other lanes; tell what came of each."""
    met = []
    for n in range(count):
        barrier.wait()
        try:
            met.append(str(lane(n)))
        except Exception as error:  # noqa: BLE001 -- whatever happens is what is told
            met.append(f"{type(error).__name__}: {error}")
    tell.send(met)


def main(which: str, count: int) -> dict[str, Any]:
    """Prepare, race, and look."""
    if which == "not-held":
        guests._HELD = ""  # type: ignore[misc]  # the negative control takes the lock away
    prepare = {"log-ins": log_ins, "merging": merging}.get(which, taking_up)
    lanes, contradictions = prepare(count)
    connection.close()
    forks = multiprocessing.get_context("fork")
    barrier = forks.Barrier(len(lanes))
    hearing, racers = [], []
    for lane in lanes:
        hear, tell = forks.Pipe(duplex=False)
        racers.append(forks.Process(target=run, args=(lane, count, barrier, tell)))
        racers[-1].start()
        hearing.append(hear)
    met: dict[str, int] = {}
    for hear in hearing:
        for word in hear.recv():
            met[word] = met.get(word, 0) + 1
    for racer in racers:
        racer.join()
    with system_scope("the race is over"):
        return {"met": met, "contradictions": contradictions()}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
