"""A small business in which anything about sales and credits may happen, one act after the other.

``History`` is driven by whole numbers, so that Hypothesis can shrink what went wrong and a seeded driver can run
on for as long as it likes. After each act ``check`` asks the auditor's own SQL after INV-4 to INV-8, and the two
promises that it does not know: nothing waits that a credit could redeem, and papers say what the ledger says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Sum
from tests import factories
from tests.checkout.shop import legal, online, provider_account
from tests.factories import STAFF, at

from clientela.auditor import appointments as audited_appointments
from clientela.auditor.audit import INVARIANTS
from clientela.auditor.breach import Question
from clientela.auditor.source import Source
from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.end_hold import end_hold
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.booking.actions.reschedule import reschedule_appointment
from clientela.booking.actions.take_from_hold import take_from_hold
from clientela.booking.actions.waive_redemption import waive_redemption
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.pending_redemption import wanted_of
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import BookingPolicy, Business
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.issue_invoice import issue_invoice
from clientela.checkout.actions.refund_sale import refund_sale
from clientela.checkout.actions.sell import sell
from clientela.checkout.actions.take_payment import take_payment
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.offer import Offer
from clientela.checkout.preview import Preview
from clientela.checkout.queries.preview_sale import preview_sale
from clientela.ledger.models import Invoice, InvoiceKind, Method, Movement, Redemption, Sale
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.queries.sale_sums import sums_of
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Client, Proof
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.rules.lifecycle import OPEN
from clientela.rules.redemption import plan_redemptions
from clientela.rules.redemption_state import RedemptionState

FIRST: Final = at("2026-10-12 07:00")
"""A Monday; the clocks in Madrid go back on the 25th."""
WATCHED: Final = ("INV-4", "INV-5", "INV-6", "INV-7", "INV-8")
BY_CLIENT: Final = Actor.client(STAFF.account_id)  # type: ignore[arg-type]  # it has one
DESK: Final = (Method.CASH, Method.TERMINAL, Method.TRANSFER)
assert audited_appointments  # the auditor's own rooms, named here so that a move of them is noticed


@dataclass
class History:
    """The business, its clock, and what was done until now."""

    business: Business
    services: list[Service]
    packages: list[Package]
    now: datetime = FIRST
    told: list[str] = field(default_factory=list)
    least_cards: int = 2

    @classmethod
    def begun(cls, business: Business) -> History:
        """Make two services that need credits and one that does not, packages of them, and five cards."""
        people = tuple(factories.make_professional(business, name) for name in ("Irene", "Tomás"))
        common = {"professionals": people, "lead_minutes": 0, "price_minor": 6500}
        services = [
            factories.make_service(business, "Fisio", needs_credits=True, **common),
            factories.make_service(
                business, "Masaje", needs_credits=True, single_valid_days=3, **common
            ),
            factories.make_service(business, "Charla", cancel_closes_minutes=0, **common),
        ]
        packages = [
            factories.make_package(services[0], credits=2, valid_count=6, valid_unit="day"),
            factories.make_package(*services[:2], credits=3, tax_basis_points=2100),
            factories.make_package(*services, credits=1, valid_count=1, price_minor=4999),
        ]
        for name in ("ana", "bea", "cleo", "dora", "eva"):
            factories.make_client(business, name, f"{name}@example.com")
        BookingPolicy.objects.get_or_create(business=business)
        set_policy(business=business, cancel_closes_minutes=60, by=STAFF, now=FIRST)
        BookingPolicy.objects.update(cancel_free_minutes=24 * 60)
        provider_account(business)
        legal(business)
        return cls(business, services, packages)

    def do(self, act: str, *numbers: int) -> bool:
        """Do one act with whatever the numbers choose; a refusal is an answer, and leaves nothing behind."""
        self.told.append(f"{act}{numbers}")
        try:
            ACTS[act](self, *numbers)
        except Refusal:
            return False
        return True

    # What is chosen

    def card(self, n: int) -> Client:
        """A living card."""
        cards = list(living_cards().order_by("record_name"))
        return cards[n % len(cards)]

    def appointment(self, n: int) -> Appointment | None:
        """An appointment that is open, or one time in four any there is."""
        found = Appointment.objects.order_by("created_at", "id")
        rows = list(found if n % 4 == 0 else found.filter(status__in=[one.value for one in OPEN]))
        return rows[n % len(rows)] if rows else None

    def sale(self, n: int) -> Sale | None:
        """Any sale there is."""
        rows = list(Sale.objects.order_by("sold_at", "id"))
        return rows[n % len(rows)] if rows else None

    def start(self, n: int) -> datetime:
        """A start in the next fortnight, on the grid, perhaps closed."""
        today = business_day(business_id=self.business.pk, now=self.now)
        day = today + timedelta(days=n % 14)
        return at(f"{day} {9 + n // 14 % 8:02}:{15 * (n // 112 % 4):02}")

    def offer(self, n: int) -> Offer:
        """A package, or one session."""
        things = [*self.packages, *self.services]
        thing = things[n % len(things)]
        return Offer.of_package(thing) if isinstance(thing, Package) else Offer.of_service(thing)

    # What may happen

    def wait(self, n: int, _: int) -> None:
        """Let time pass: a quarter of an hour to two and a half days."""
        self.now += timedelta(minutes=15) * (1 + n % 240)

    def book(self, n: int, m: int) -> None:
        """Book somebody."""
        factories.book(
            self.services[n % 3],
            self.start(m),
            client=self.card(n // 3),
            by=STAFF,
            now=self.now,
            held_until=self.now + timedelta(minutes=30) if n % 11 == 0 else None,
        )

    def sell(self, n: int, m: int) -> None:
        """Sell something, applied from some day around today, perhaps for an appointment, perhaps paid."""
        client, offer = self.card(n), self.offer(m)
        today = business_day(business_id=self.business.pk, now=self.now)
        applies_on = today + timedelta(days=n // 3 % 18 - 14)
        first = self._suitable(client, offer, m)
        shown = preview_sale(client=client, offer=offer, applies_on=applies_on, first=first)
        before = set(
            Redemption.objects.filter(released_at__isnull=True).values_list("pk", flat=True)
        )
        sale = sell(
            business=self.business,
            client=client,
            offer=offer,
            applies_on=applies_on,
            appointment=first,
            expects=shown.digest,
            payment=online(offer.price_minor, f"p{Sale.objects.count()}") if m % 5 == 0 else None,
            door="desk",
            by=STAFF,
            now=self.now,
        )
        assert_kept(shown, sale, before)

    def _suitable(self, client: Client, offer: Offer, n: int) -> Appointment | None:
        """Now and then an appointment that the offer may be for."""
        if n % 4:
            return None
        rows = Appointment.objects.filter(client=client, service__in=offer.services)
        found = list(rows.order_by("created_at", "id"))
        return found[n // 4 % len(found)] if found else None

    def pay(self, n: int, m: int) -> None:
        """Pay some of a sale, perhaps noted late."""
        if (sale := self.sale(n)) is not None:
            today = business_day(business_id=self.business.pk, now=self.now)
            due = sums_of(sale).due
            take_payment(
                sale=sale,
                method=DESK[m % 3],
                amount_minor=due if m % 2 else 1 + m % 7000,
                paid_on=today - timedelta(days=m % 9),
                by=STAFF,
                now=self.now,
            )

    def refund(self, n: int, m: int) -> None:
        """Give back some of a sale's money."""
        if (sale := self.sale(n)) is not None:
            refund_sale(
                sale=sale,
                amount_minor=1 + m % 7000,
                method=None if m % 2 else DESK[m % 3],
                because="Less",
                by=STAFF,
                now=self.now,
            )

    def void(self, n: int, m: int) -> None:
        """Void a sale."""
        if (sale := self.sale(n)) is not None:
            refund_by = None if m % 2 else DESK[m % 3]
            void_sale(sale=sale, because="Mistake", refund_by=refund_by, by=STAFF, now=self.now)

    def invoice(self, n: int, _: int) -> None:
        """Issue an invoice."""
        if (sale := self.sale(n)) is not None:
            issue_invoice(sale=sale, by=STAFF, now=self.now)

    def cancel(self, n: int, m: int) -> None:
        """Cancel, by the client or by staff who say, or do not, what becomes of the credit."""
        if (row := self.appointment(n)) is not None:
            by = BY_CLIENT if m % 2 else STAFF
            forfeits = None if by is BY_CLIENT else (None, True, False)[m // 2 % 3]
            cancel_appointment(appointment=row, by=by, door="desk", forfeits=forfeits, now=self.now)

    def move(self, n: int, m: int) -> None:
        """Move to another time."""
        if (row := self.appointment(n)) is not None:
            reschedule_appointment(
                appointment=row, starts_at=self.start(m), by=STAFF, door="desk", now=self.now
            )

    def note(self, n: int, m: int) -> None:
        """Note that somebody came or did not, or set it right."""
        if (row := self.appointment(n)) is not None:
            if m % 3 == 0:
                mark_attended(appointment=row, by=STAFF, now=self.now)
            elif m % 3 == 1:
                mark_no_show(appointment=row, by=STAFF, now=self.now)
            else:
                to = (Status.CONFIRMED, Status.ATTENDED, Status.NO_SHOW)[m // 3 % 3]
                correct_status(appointment=row, to=to, by=STAFF, now=self.now)

    def settle_hold(self, n: int, m: int) -> None:
        """End what is held, or take it."""
        held = Appointment.objects.filter(status=Status.HELD).order_by("created_at", "id")
        rows = list(held)
        if rows and m % 2:
            end_hold(appointment=rows[n % len(rows)], now=self.now)
        elif rows:
            take_from_hold(appointment=rows[n % len(rows)], by=STAFF, now=self.now)

    def waive(self, n: int, _: int) -> None:
        """Ask no credit for what waits."""
        rows = list(Appointment.objects.filter(redemption=RedemptionState.PENDING).order_by("id"))
        if rows:
            waive_redemption(appointment=rows[n % len(rows)], by=STAFF, now=self.now)

    def merge(self, n: int, m: int) -> None:
        """Let one card take up another, as long as enough are left."""
        if living_cards().count() > self.least_cards:
            card, into = self.card(n), self.card(m)
            take_up_card(card=card, into=into, proof=Proof.LOG_IN, by=STAFF, now=self.now)

    def forget(self, n: int, _: int) -> None:
        """Now and then erase somebody's card, as long as enough are left; what was sold to them stays in the books."""
        if living_cards().count() > self.least_cards:
            erase_card(card=self.card(n), because="asked", by=STAFF, now=self.now)

    # What must hold

    def check(self) -> None:
        """Ask the auditor, and after what it does not know."""
        breaches = audited(self.now)
        assert breaches == [], (breaches, self.told)
        for card in living_cards():
            idle = plan_redemptions(
                wanted=wanted_of(client_id=card.pk), usable=usable_grants(client_id=card.pk)
            )
            assert idle == [], ("waits beside a credit", idle, self.told)
        for invoice in Invoice.objects.filter(kind=InvoiceKind.INVOICE).select_related("sale"):
            notes = Invoice.objects.filter(corrects=invoice).aggregate(total=Sum("gross_minor"))
            said = invoice.gross_minor - (notes["total"] or 0)
            sale = invoice.sale
            assert said == sale.price_minor - sale.returned_minor, ("paper", self.told)


ACTS: Final[dict[str, Callable[[History, int, int], None]]] = {
    "wait": History.wait,
    "book": History.book,
    "sell": History.sell,
    "pay": History.pay,
    "refund": History.refund,
    "void": History.void,
    "invoice": History.invoice,
    "cancel": History.cancel,
    "move": History.move,
    "note": History.note,
    "settle_hold": History.settle_hold,
    "waive": History.waive,
    "merge": History.merge,
    "forget": History.forget,
}
OFTEN: Final = ["wait", *["book"] * 6, "sell", "sell", "cancel", "move", "note", "pay"]
"""What happens more often than the rest."""


def assert_kept(shown: Preview, sale: Sale, before: set[object]) -> None:
    """Assert that the sale did what the preview said: those appointments, those credits, in that order, no other."""
    new = list(
        Redemption.objects.filter(released_at__isnull=True)
        .exclude(pk__in=before)
        .select_related("grant")
        .order_by("pk")
    )
    assert [(one.cause, one.number, one.grant.sale_id == sale.pk) for one in new] == [
        (f"appointment:{line.appointment.pk}", line.number, line.grant_is_new)
        for line in shown.redeems
    ]
    redeemed = Appointment.objects.filter(pk__in=[one.appointment.pk for one in shown.redeems])
    assert set(redeemed.values_list("redemption", flat=True)) <= {RedemptionState.REDEEMED.value}
    stays = Appointment.objects.filter(pk__in=[one.pk for one in shown.stays])
    assert set(stays.values_list("redemption", flat=True)) <= {RedemptionState.PENDING.value}
    left = {one.grant_id: len(one.free) for one in usable_grants(client_id=sale.client_id)}
    grant_id = sale.grant.pk if sale.credits else None
    assert left.get(grant_id, 0) == shown.left
    assert (sale.applies_on, sale.valid_until, sale.price_minor) == (
        shown.applies_on,
        shown.valid_until,
        shown.price_minor,
    )


def audited(now: datetime) -> list[str]:
    """Ask the auditor's code after its invariants about money, within the transaction of the test."""
    connection.ensure_connection()
    engine = "sqlite" if connection.vendor == "sqlite" else "postgresql"
    source = Source(engine, connection.connection)  # type: ignore[arg-type]  # one of its two words
    question = Question(source, now)
    return [
        f"{one.name}: {breach}"
        for one in INVARIANTS
        if one.name in WATCHED
        for breach in one.examine(question)
    ]


def conserved() -> dict[str, int]:
    """Return what each unit sums to over all accounts: nothing."""
    rows = Movement.objects.values_list("from_account", "to_account", "unit", "amount")
    sums: dict[str, int] = {}
    balances: dict[tuple[str, object], int] = {}
    for source, target, unit, amount in rows:
        balances[unit, source] = balances.get((unit, source), 0) - amount
        balances[unit, target] = balances.get((unit, target), 0) + amount
    for (unit, _), balance in balances.items():
        sums[unit] = sums.get(unit, 0) + balance
    return sums
