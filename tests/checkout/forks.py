"""Real processes of one installation that sell, take, invoice, give back and void, and are killed, or all at once.

    python -m tests.checkout.forks kills       kills a process at every failpoint of every act, prints what it left
    python -m tests.checkout.forks invoices    issues forty invoices by four processes at once, prints the numbers
    python -m tests.checkout.forks unlocked    the same without the lock of the series (the negative control)
    python -m tests.checkout.forks tills       lets four processes take the same money at once, prints the outcomes
    python -m tests.checkout.forks crowd 60    lets four processes do sixty random acts each, prints the outcomes

The program is loaded once; each act runs in a fork of its own, which opens its own connection.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random  # noqa: TID251 -- a seeded driver
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 -- after the set-up
from tests import factories  # noqa: E402 -- likewise
from tests.checkout import histories  # noqa: E402 -- likewise
from tests.checkout.histories import ACTS as EVERY_ACT, OFTEN, History  # noqa: E402 -- likewise
from tests.checkout.shop import (  # noqa: E402 -- likewise
    JULY_2,
    THE_TENTH,
    cash,
    legal,
    online,
    pack,
    provider_account,
    sold,
    visit,
)
from tests.factories import STAFF  # noqa: E402 -- likewise

from clientela.booking.queries.pending_redemption import wanted_of  # noqa: E402 -- likewise
from clientela.business.models import Business  # noqa: E402 -- likewise
from clientela.catalogue.models import Package  # noqa: E402 -- likewise
from clientela.checkout.actions import number_invoice  # noqa: E402 -- likewise
from clientela.checkout.actions.issue_invoice import issue_invoice  # noqa: E402 -- likewise
from clientela.checkout.actions.refund_sale import refund_sale  # noqa: E402 -- likewise
from clientela.checkout.actions.take_payment import take_payment  # noqa: E402 -- likewise
from clientela.checkout.actions.void_sale import void_sale  # noqa: E402 -- likewise
from clientela.ledger.models import Invoice, Method, Payment, Sale  # noqa: E402 -- likewise
from clientela.ledger.queries.usable_grants import usable_grants  # noqa: E402 -- likewise
from clientela.people.models import Client  # noqa: E402 -- likewise
from clientela.people.queries.living_cards import living_cards  # noqa: E402 -- likewise
from clientela.platform import failpoints  # noqa: E402 -- likewise
from clientela.platform.refusal import Refusal  # noqa: E402 -- likewise
from clientela.platform.tenancy import business_scope  # noqa: E402 -- likewise
from clientela.rules.redemption import plan_redemptions  # noqa: E402 -- likewise

TABLES: Final = (
    "ledger_sale",
    "ledger_grant",
    "ledger_redemption",
    "ledger_movement",
    "ledger_payment",
    "ledger_invoice",
    "checkout_refundorder",
    "platform_outboxevent",
    "platform_auditevent",
    "platform_idempotencykey",
)
FORKS: Final = multiprocessing.get_context("fork")
PROCESSES, EACH = 4, 10


def prepare() -> Business:
    """Make a business, a client with two appointments that wait, and a package."""
    business = factories.make_business("till")
    with business_scope(business.pk):
        person = factories.make_professional(business)
        service = factories.make_service(
            business, professionals=(person,), needs_credits=True, price_minor=6500
        )
        client = factories.make_client(business)
        for hour in ("2026-07-02 10:00", "2026-07-14 10:00"):
            visit(client, service, hour)
        pack(business, service, tax_basis_points=2100)
        legal(business)
        provider_account(business)
    return business


def sell() -> None:
    """Sell the package, half of it paid in cash."""
    sold(
        Client.objects.get(),
        Package.objects.get(),
        applies_on=JULY_2,
        payment=cash(10_000),
        idempotency_key="sell",
    )


def pay() -> None:
    """Take the other half by card."""
    take_payment(
        sale=_sale(),
        method=Method.TERMINAL,
        amount_minor=10_000,
        idempotency_key="pay",
        by=STAFF,
        now=THE_TENTH,
    )


def invoice() -> None:
    """Issue the invoice."""
    issue_invoice(sale=_sale(), by=STAFF, now=THE_TENTH)


def refund() -> None:
    """Give back more than the last payment, with a credit note."""
    refund_sale(
        sale=_sale(),
        amount_minor=12_000,
        because="Less",
        idempotency_key="refund",
        by=STAFF,
        now=THE_TENTH,
    )


def void() -> None:
    """Void it: the appointments reopen, the rest goes back, a credit note is issued."""
    void_sale(sale=_sale(), because="Mistake", by=STAFF, now=THE_TENTH)


def sell_online() -> None:
    """Sell once more, for money that a provider says has come."""
    sold(Client.objects.get(), Package.objects.get(), payment=online(20_000))


def void_online() -> None:
    """Void that one: the money is ordered back."""
    sale = Sale.objects.exclude(pk=_sale().pk).get()
    void_sale(sale=sale, because="Mistake", by=STAFF, now=THE_TENTH)


ACTS: Final[tuple[Callable[[], None], ...]] = (
    sell,
    pay,
    invoice,
    refund,
    void,
    sell_online,
    void_online,
)


def kills() -> list[dict[str, Any]]:
    """Kill every act at every failpoint on its way, then let it be done; say what each process left."""
    business = prepare()
    told = []
    for act in ACTS:
        before = fingerprint()
        for name in _in_fork(business, lambda act=act: passed(act))[1]:
            end, _ = _in_fork(business, act, failpoints_=f"{name}=kill9")
            told.append(
                {
                    "act": act.__name__,
                    "at": name,
                    "killed": end == -signal.SIGKILL,
                    "untouched": fingerprint() == before,
                }
            )
        end, _ = _in_fork(business, act)
        told.append(
            {"act": act.__name__, "at": "", "end": end, "untouched": fingerprint() == before}
        )
    return told


def passed(act: Callable[[], None]) -> list[str]:
    """Do an act and undo it; return the failpoints that it passed."""
    names = sorted(failpoints.known())
    failpoints.arm(",".join(f"{name}=sleep:0" for name in names))
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
    return [name for name in names if failpoints._armed[name].passed]


def invoices(*, locked: bool = True) -> dict[str, Any]:
    """Let four processes issue ten invoices each, at once."""
    business = prepare()
    with business_scope(business.pk):
        package = Package.objects.get()
        # Each of another client: those of one wait for each other at their card already.
        clients = [
            factories.make_client(business, f"C{n}", f"c{n}@example.com") for n in range(PROCESSES)
        ]
        keys = [[sold(client, package).pk for _ in range(EACH)] for client in clients]
    connection.close()
    if not locked:
        number_invoice.lock = lambda **_: None
    failpoints.arm("checkout.invoice.printed=sleep:0.02")

    def issue(number: int) -> Iterator[str]:
        for key in keys[number]:
            sale = Sale.objects.get(pk=key)
            yield _outcome(lambda: issue_invoice(sale=sale, by=STAFF, now=THE_TENTH))  # noqa: B023 -- called at once

    said = at_once(business, issue)
    with business_scope(business.pk):
        numbers = sorted(Invoice.objects.values_list("number", flat=True))
    return {"numbers": numbers, "failed": sum(one != "done" for one in said)}


def tills() -> list[str]:
    """Let four tills take all that is due of one sale, and sell one thing under one key, at once."""
    business = prepare()
    with business_scope(business.pk):
        client, package = Client.objects.get(), Package.objects.get()
        sale = sold(client, package)

    def take(_: int) -> Iterator[str]:
        yield _outcome(
            lambda: take_payment(
                sale=Sale.objects.get(pk=sale.pk),
                method=Method.CASH,
                amount_minor=20_000,
                by=STAFF,
                now=THE_TENTH,
            )
        )
        yield _outcome(lambda: sold(client, package, idempotency_key="one"))

    said = at_once(business, take)
    with business_scope(business.pk):
        return [*sorted(said), str(Sale.objects.count()), str(Payment.objects.count())]


def crowd(acts: int) -> dict[str, int]:
    """Let four processes do whatever may be done to the same few cards, sales and appointments, at once."""
    business = factories.make_business("crowd")
    with business_scope(business.pk):
        history = History.begun(business)
        for number in range(PROCESSES):
            factories.make_client(business, f"Fay {number}", f"fay{number}@example.com")
    # Each of the others may take one away between this one's look and its own act: some must always be left.
    history.least_cards = PROCESSES + 1
    histories.assert_kept = lambda *_: None  # between its look and its comparison the others go on

    def stir(number: int) -> Iterator[str]:
        draw = random.Random(number)  # noqa: S311 -- not a secret
        for _ in range(acts):
            act = draw.choice([*OFTEN, *EVERY_ACT])
            numbers = draw.randrange(10_000), draw.randrange(10_000)
            yield _outcome(lambda: EVERY_ACT[act](history, *numbers))  # noqa: B023 -- called at once

    told = Counter(at_once(business, stir))
    with business_scope(business.pk):
        idle = [
            one
            for card in living_cards()
            for one in plan_redemptions(
                wanted=wanted_of(client_id=card.pk), usable=usable_grants(client_id=card.pk)
            )
        ]
    return {**told, "idle": len(idle)}


def at_once(business: Business, run: Callable[[int], Iterator[str]]) -> list[str]:
    """Run it in four processes that start together; return all that they say."""
    connection.close()
    barrier = FORKS.Barrier(PROCESSES)
    said: list[str] = []

    def race(number: int, tell: Any) -> None:
        with business_scope(business.pk):
            barrier.wait()
            for outcome in run(number):
                tell.send(outcome)

    racers = []
    for number in range(PROCESSES):
        hear, tell = FORKS.Pipe(duplex=False)
        racer = FORKS.Process(target=race, args=(number, tell))
        racer.start()
        tell.close()
        racers.append((racer, hear))
    for racer, hear in racers:
        try:
            while True:
                said.append(hear.recv())
        except EOFError:
            racer.join()
    return said


def _outcome(act: Callable[[], object]) -> str:
    """Return "done", the word of the refusal, or the error."""
    try:
        act()
    except Refusal as refusal:
        return refusal.reason
    except Exception as error:  # noqa: BLE001 -- told to the test
        return f"{type(error).__name__}: {error}"[:200]
    return "done"


def fingerprint() -> str:
    """Return a digest of all that an act may write."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 -- names of ours
            digest.update(repr([table, cursor.fetchall()]).encode())
        cursor.execute(
            "SELECT id, status, redemption, changed_at FROM booking_appointment ORDER BY id"
        )
        digest.update(repr(cursor.fetchall()).encode())
    connection.close()
    return digest.hexdigest()


def _sale() -> Sale:
    return Sale.objects.order_by("sold_at", "id")[0]


def _in_fork(
    business: Business, act: Callable[[], Any], *, failpoints_: str = ""
) -> tuple[int, Any]:
    """Run an act in a process of its own; return how that ended (below zero: by a signal) and what it said."""
    connection.close()
    hear, tell = FORKS.Pipe(duplex=False)

    def run() -> None:
        failpoints.arm(failpoints_)
        with business_scope(business.pk):
            tell.send(act())
        connection.close()
        os._exit(0)

    child = FORKS.Process(target=run)
    child.start()
    tell.close()
    try:
        said = hear.recv()
    except EOFError:
        said = None
    child.join()
    return child.exitcode or 0, said


COMMANDS: Final[dict[str, Callable[[], Any]]] = {
    "kills": kills,
    "invoices": invoices,
    "unlocked": lambda: invoices(locked=False),
    "tills": tills,
}

if __name__ == "__main__":
    command, *numbers = sys.argv[1:]
    print(json.dumps(crowd(int(numbers[0])) if numbers else COMMANDS[command]()))
