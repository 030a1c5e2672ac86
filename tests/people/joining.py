"""Two accounts that are joined and parted by processes that die: ``python -m tests.people.joining VERB PLACE@NTH…``.

``join`` makes a person's two accounts with cards, appointments and credits at two businesses, lets a process of its own
be killed at each of the places, looks at all rows after each, and then carries it out; ``undo`` goes on from there.
Printed: the places at which a process was killed, those that left something behind, and how many accounts there are.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import signal
import sys
from datetime import timedelta

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402 -- after the set-up
from django.db import connection  # noqa: E402 -- likewise
from tests import factories  # noqa: E402 -- likewise
from tests.factories import NOW, at  # noqa: E402 -- likewise
from tests.people.joins import asked, card_of, confirmed, joined, undone  # noqa: E402 -- likewise
from tests.people.merging import LOOKED_AT  # noqa: E402 -- likewise
from tests.people.persons import person  # noqa: E402 -- likewise

from clientela.accounts.join_codes import OTHER, OWN  # noqa: E402 -- likewise
from clientela.accounts.models import Account, AccountJoin, AddressChange  # noqa: E402 -- likewise
from clientela.platform import failpoints  # noqa: E402 -- likewise
from clientela.platform.tenancy import business_scope, system_scope  # noqa: E402 -- likewise

LATER = NOW + timedelta(hours=1)


def prepare() -> None:
    """Make a person with two accounts, each known at two businesses."""
    ana, old = person("ana@example.com"), person("old@example.com", "Ana P.", "older@example.com")
    for number in range(2):
        business = factories.make_business(f"place-{number}", name=f"Place {number}")
        with business_scope(business.pk):
            worker = factories.make_professional(business)
            service = factories.make_service(
                business, professionals=(worker,), needs_credits=number == 0
            )
        for account, hour in ((ana, 10), (old, 12)):
            card = card_of(account, business)
            with business_scope(business.pk):
                factories.book(service, at(f"2026-11-24 {hour}:00"), client=card)
        with business_scope(business.pk):
            factories.sell(card, factories.make_package(service, credits=3))
    confirmed(asked(ana, "old@example.com"), OWN, OTHER)


def join() -> None:
    """Carry out what both mailboxes confirmed."""
    joined(AccountJoin.objects.get())


def undo() -> None:
    """Part them by the mailed link."""
    undone(AccountJoin.objects.get(), now=LATER)


def look() -> str:
    """Return the state in one word for all rows."""
    tables = (*LOOKED_AT, Account, AccountJoin, AddressChange, EmailAddress)
    with system_scope("a test looks"):
        rows = [list(model._base_manager.order_by("pk").values_list()) for model in tables]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def die(verb: str, place: str) -> None:
    """Do it in this process, which ends at the place."""
    name, _, nth = place.partition("@")
    failpoints.arm(f"{name}=kill9@{nth}")
    VERBS[verb]()


def main(verb: str, places: list[str]) -> None:
    """Be killed at every place; then do it."""
    if verb == "join":
        prepare()
    before = look()
    connection.close()
    killed, left = [], []
    for place in places:
        one = multiprocessing.get_context("fork").Process(target=die, args=(verb, place))
        one.start()
        one.join()
        if one.exitcode == -signal.SIGKILL:
            killed.append(place)
        if look() != before:
            left.append(place)
        connection.close()
    VERBS[verb]()
    active = Account.objects.filter(is_active=True).count()
    print(json.dumps({"killed": killed, "left": left, "active": active}))


VERBS = {"join": join, "undo": undo}

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
