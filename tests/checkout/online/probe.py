"""The program that tests start and kill: ``python -m tests.checkout.online.probe fill|day|mend|hold|arrive|end|report``."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from datetime import timedelta
from typing import Any

from django.db import connection
from tests import factories
from tests.checkout.online import till
from tests.checkout.online.till import LATER
from tests.factories import NOW, STAFF

from clientela.booking.actions.end_hold import end_hold
from clientela.booking.actions.end_holds import end_holds
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.charge_no_show_fee import charge_no_show_fee
from clientela.checkout.actions.give_up_payment import give_up_payment
from clientela.checkout.actions.open_payment_page import open_payment_page
from clientela.checkout.actions.reconcile import read_lost_news, reconcile
from clientela.checkout.actions.send_refunds import send_refunds
from clientela.checkout.actions.simulate_payment import (
    Telling,
    pay_simulated,
    tell_simulated_news,
)
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.consent import Consent
from clientela.checkout.models import (
    PaymentAttempt,
    ProviderAccount,
    Purpose,
    RefundOrder,
    SimulatedPayment,
)
from clientela.ledger.models import Payment, Sale
from clientela.people.models import Client
from clientela.platform import failpoints
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope, system_scope

MISSED = factories.at("2026-11-24 11:00")
CYCLE = MISSED + timedelta(hours=2)
HELD_UNTIL = NOW + timedelta(minutes=30)


def fill() -> None:
    """One business with a sale paid online, a missed appointment with a kept card, and a package to buy."""
    business = factories.make_business()
    with business_scope(business.pk):
        irene = factories.make_professional(business, "Irene")
        service = factories.make_service(
            business, professionals=(irene,), price_minor=4800, no_show_fee_minor=2000
        )
        till.connect(business)
        package = factories.make_package(service, sold_online="anyone")
        ana = factories.make_client(business)
        till.pay(till.begin(ana, Purpose.PACKAGE, package=package))
        paying = till.hold_and_begin(
            service, "2026-11-24 10:00", only_card=True, consent=Consent(2_000)
        )
        till.pay(paying.attempt)
        mark_no_show(appointment=till.fresh(paying.booked.appointment), by=STAFF, now=MISSED)


def day() -> None:
    """One of everything that moves money: a page, a payment, one that comes too late, a fee, a void sale."""
    service, ana = Service.objects.get(), Client.objects.get(record_name="Ana Prueba")
    held = till.hold_and_begin(service, "2026-11-26 10:00", now=MISSED)
    late = till.hold_and_begin(
        service, "2026-11-26 12:00", client=factories.make_guest("Eva", "e@example.com"), now=MISSED
    )
    pay_simulated(page_ref=late.attempt.provider_ref, telling=Telling.LATE, now=MISSED)
    end_hold(appointment=late.booked.appointment, now=MISSED)
    factories.book(service, factories.at("2026-11-26 12:00"), client=ana, by=STAFF, now=MISSED)
    till.pay(held.attempt, now=MISSED)
    package = Package.objects.get()
    silent = till.begin(ana, Purpose.PACKAGE, package=package, now=MISSED)
    till.pay(silent, telling=Telling.NEVER, now=MISSED)
    charge_no_show_fee(appointment=Appointment.objects.get(status="no_show"), by=STAFF, now=MISSED)
    old = Sale.objects.filter(client=ana, kind="package").earliest("sold_at")
    void_sale(sale=old, because="moved away", refund_by=None, by=STAFF, now=MISSED)
    luz = Client.objects.get(record_name="Luz Prueba", kept_cards__isnull=False)
    unwanted = till.begin(luz, Purpose.PACKAGE, package=package, now=MISSED)
    give_up_payment(attempt=unwanted, by=factories.GUEST, now=MISSED)
    cycle(MISSED + timedelta(minutes=3))


def cycle(now: Any) -> None:
    """What the worker does in one turn."""
    tell_simulated_news(now=now)
    reconcile(now=now)
    read_lost_news(now=now)
    send_refunds(now=now)


def mend() -> None:
    """The worker after a restart: one turn, and the refunds that it found out about."""
    cycle(CYCLE)
    cycle(CYCLE + timedelta(minutes=1))


def hold() -> None:
    """Hold a time whose payment has just been made, and tell nobody."""
    service = Service.objects.get()
    paying = till.hold_and_begin(service, "2026-11-27 10:00")
    open_payment_page(attempt=paying.attempt, now=NOW)
    pay_simulated(page_ref=paying.attempt.provider_ref, telling=Telling.NEVER, now=LATER)


def arrive() -> None:
    """Let the news of the payment arrive as the hold ends."""
    attempt = _held()
    till.tell(attempt, payment_ref=_payment_ref(attempt), now=HELD_UNTIL)


def end() -> None:
    """End the holds that are due, and let somebody else have the time at once."""
    end_holds(now=HELD_UNTIL)
    try:
        factories.book(
            Service.objects.get(),
            factories.at("2026-11-27 10:00"),
            client=factories.make_guest("Quick", "quick@example.com"),
            now=HELD_UNTIL,
        )
    except Refusal:
        return


def _held() -> PaymentAttempt:
    return PaymentAttempt.objects.select_related("provider_account").get(purpose=Purpose.SINGLE)


def _payment_ref(attempt: PaymentAttempt) -> str:
    return str(SimulatedPayment.objects.get(page_ref=attempt.provider_ref).payment_ref)


def report() -> None:
    """Say what both books hold, and how everything stands."""
    business, account = Business.objects.get(), ProviderAccount.objects.get()
    print(
        json.dumps(
            {
                "ours": till.sums(business),
                "theirs": till.provider_sums(account),
                "unapplied": list(
                    Payment.objects.filter(sale=None, kind="payment").values_list(
                        "amount_minor", flat=True
                    )
                ),
                "attempts": sorted(PaymentAttempt.objects.values_list("purpose", "state")),
                "appointments": sorted(
                    Appointment.objects.values_list("status", "client__record_name")
                ),
                "orders": sorted(RefundOrder.objects.values_list("state", "amount_minor")),
            }
        )
    )


def wait_for_go() -> None:
    """Say that we are ready, and wait for the starter's file, if we are told to."""
    go = os.environ.get("PROBE_GO")
    if not go:
        return
    connection.ensure_connection()
    failpoints.time = SimpleNamespace(sleep=say_and_sleep)  # type: ignore[attr-defined]  # its own name for the module
    print("ready", flush=True)
    while not Path(go).exists():
        time.sleep(0.002)


def say_and_sleep(seconds: float) -> None:
    """Tell the starter that we are where a failpoint lets us wait."""
    print("sleeps", flush=True)
    time.sleep(seconds)


def main() -> None:
    """Do what the words say, one after the other, in the business's scope."""
    wait_for_go()
    acts = {act.__name__: act for act in (fill, day, mend, hold, arrive, end, report)}
    for word in sys.argv[1:]:
        with system_scope("a probe finds its business"):
            business = Business.objects.first()
        if business is None:
            acts[word]()
            continue
        with business_scope(business.pk):
            acts[word]()


if __name__ == "__main__":
    main()
