"""What the demo's businesses have sold: packages and single sessions, paid, partly paid and pending; and what went wrong.

Everything goes through the actions that the desk's own clicks would call, dated when they would have been made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.db import transaction

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.pending_redemption import day_of, pending_redemption
from clientela.business.models import Business, SalesPolicy
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.actions.sell import sell
from clientela.checkout.models import ProviderName
from clientela.checkout.offer import Offer
from clientela.checkout.taken import Taken
from clientela.ledger.models import Method, Sale
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope
from clientela.serving import demo_incidents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

BY: Final = Actor.system("clientela demo")
ANA, GIULIA, SAM = "Ana Prueba García", "Giulia Prova", "Sam Example"
NAMED: Final = (ANA, GIULIA, SAM)
"""Their sales are a story each; everybody else's follow a pattern."""

_NOTICE: Final = timedelta(hours=20)
_AFTERWARDS: Final = timedelta(days=2)
_LATELY: Final = 35
"""Over how many days what is booked for later was sold."""
_MINUTE: Final = timedelta(minutes=1)
_PATTERN: Final = 10
_PARTLY, _UNPAID, _SINGLE, _NOTHING = 6, 7, 8, 9
"""Of ten who wait for a credit six buy a package and pay it, one pays half, one has yet to pay, one pays one
session only, and one still waits."""
_LATE: Final = 3
"""One in ten is sold afterwards, applied from the day of the first session."""
_CLUB: Final = 14
_DEPOSITS: Final = 8


@dataclass(frozen=True, slots=True)
class Shop:
    """A business that sells, at one moment, and the ways it takes money."""

    business: Business
    methods: tuple[Method, ...]
    now: datetime

    def sell(
        self,
        client: Client,
        what: Package | Service,
        *,
        at: datetime,
        paid: int | None = None,
        applies_on: date | None = None,
        appointment: Appointment | None = None,
        turn: int = 0,
    ) -> Sale:
        """Sell at a time gone by; ``paid`` is how much at once (none: all of it, 0: nothing)."""
        offer = Offer.of_package(what) if isinstance(what, Package) else Offer.of_service(what)
        amount = offer.price_minor if paid is None else paid
        method = self.methods[turn % len(self.methods)]
        return sell(
            business=self.business,
            client=client,
            offer=offer,
            applies_on=applies_on,
            appointment=appointment,
            payment=Taken(method=method, amount_minor=amount) if amount else None,
            door="desk",
            by=BY,
            now=min(at, self.now - _MINUTE),
        )


def arrange(*, business: Business, now: datetime) -> None:
    """Let the business sell until now; takes money online by the simulator. Once, outside a transaction."""
    with business_scope(business.pk):
        connect_provider(business=business, provider=ProviderName.SIMULATOR, by=BY, now=now)
        shop = Shop(business=business, methods=_methods(business), now=now)
        with transaction.atomic():
            named = {name: Client.objects.filter(record_name=name).first() for name in NAMED}
            _STORIES[business.slug](shop, named)
            _sell_to_those_who_wait(shop, {one.pk for one in named.values() if one})
            demo_incidents.happen(business=business, by=BY, now=now)


def _methods(business: Business) -> tuple[Method, ...]:
    policy = SalesPolicy.objects.get(business=business)
    taken = (
        (Method.TERMINAL, policy.takes_terminal),
        (Method.CASH, policy.takes_cash),
        (Method.TRANSFER, policy.takes_transfer),
    )
    return tuple(method for method, is_on in taken if is_on)


def _sell_to_those_who_wait(shop: Shop, named: set[object]) -> None:
    """Sell each client what their appointments of a service wait for, in the pattern."""
    for number, waiting in enumerate(_waiting(named)):
        first, way = waiting[0], number % _PATTERN
        if way == _NOTHING:
            continue
        at = _sold_at(first, number, now=shop.now)
        if way == _SINGLE:
            shop.sell(first.client, first.service, at=at, appointment=first, turn=number)
            continue
        package = _package_for(first.service)
        paid = {_PARTLY: package.price_minor // 2, _UNPAID: 0}.get(way)
        is_late = way == _LATE and first.starts_at < shop.now
        shop.sell(
            first.client,
            package,
            at=first.starts_at + _AFTERWARDS if is_late else at,
            paid=paid,
            applies_on=day_of(first) if is_late else None,
            turn=number,
        )


def _sold_at(first: Appointment, number: int, *, now: datetime) -> datetime:
    """Return when the credits for an appointment were bought: the day before it, or some day lately."""
    before = first.starts_at - _NOTICE - number * _MINUTE
    if before < now:
        return before
    return now - timedelta(days=number * 11 % _LATELY, minutes=7 * number % 300)


def _waiting(named: set[object]) -> Iterator[list[Appointment]]:
    """Give the pending appointments of each client and service, in the order of who comes first."""

    def whose(one: Appointment) -> tuple[str, str]:
        return str(one.client_id), str(one.service_id)

    rows = [one for one in pending_redemption() if one.client_id not in named]
    found = [list(some) for _, some in groupby(sorted(rows, key=whose), key=whose)]
    yield from sorted(found, key=lambda some: (some[0].starts_at, some[0].pk))


def _package_for(service: Service) -> Package:
    return Package.objects.filter(covers__service=service, is_active=True).order_by("position")[0]


Named = dict[str, Client | None]


def _physiotherapy(shop: Shop, named: Named) -> None:
    """Ana waits for one session of last week; her month of pilates ends in a few days."""
    ana = named[ANA]
    if ana is None:
        return
    month = Package.objects.get(name="Pilates, un mes")
    shop.sell(ana, month, at=shop.now - timedelta(days=27))
    waits = [
        one for one in pending_redemption(client_id=ana.pk) if one.service.name == "Fisioterapia"
    ]
    five = Package.objects.get(name="Bono de 5 sesiones")
    shop.sell(
        ana,
        five,
        at=shop.now - timedelta(days=1),
        paid=five.price_minor // 2,
        applies_on=day_of(waits[1]) if len(waits) > 1 else None,
    )


def _therapy(shop: Shop, named: Named) -> None:
    """Giulia has yet to pay for her five; what she bought before went back. Ana has nine left."""
    giulia, ana = named[GIULIA], named[ANA]
    couple = Package.objects.get(name__startswith="Percorso di coppia")
    alone = Package.objects.get(name__startswith="Percorso individuale")
    if giulia is not None:
        taken_back = shop.sell(giulia, alone, at=shop.now - timedelta(days=30))
        demo_incidents.take_back(
            taken_back,
            because="Preferisce pagare seduta per seduta",
            by=BY,
            now=shop.now - timedelta(days=21),
        )
        waits = pending_redemption(client_id=giulia.pk)
        at = waits[0].starts_at - _NOTICE if waits else shop.now
        shop.sell(giulia, couple, at=at, paid=0)
    if ana is not None:
        ahead = _ahead(shop, "Seduta online").filter(client=ana).first()
        shop.sell(ana, alone, at=shop.now - timedelta(days=3), appointment=ahead)


def _hair(shop: Shop, named: Named) -> None:
    """A club of blow-dries, deposits on colour, and Sam's year of roots."""
    club = Package.objects.get(name="Blow-dry club")
    year = Package.objects.get(name="A year of roots")
    sam = named[SAM]
    if sam is not None:
        roots = _ahead(shop, "Root touch-up").filter(client=sam).first()
        shop.sell(sam, year, at=shop.now - timedelta(days=6), paid=20_000, appointment=roots)
        shop.sell(sam, club, at=shop.now - timedelta(days=170))
    others = [one for one in named.values() if one]
    for number, dry in enumerate(_first_of_each(shop, "Blow-dry", others)[:_CLUB]):
        paid = {_PARTLY: 5000, _UNPAID: 0}.get(number % _PATTERN)
        at = shop.now - timedelta(days=number % 9, minutes=number)
        shop.sell(dry.client, club, at=at, paid=paid, appointment=dry, turn=number)
    for number, colour in enumerate(_first_of_each(shop, "Full colour", others)[:_DEPOSITS]):
        deposit = colour.service.deposit_minor
        at = shop.now - timedelta(days=number % 4, hours=1)
        shop.sell(colour.client, colour.service, at=at, paid=deposit, appointment=colour)


def _ahead(shop: Shop, service: str) -> QuerySet[Appointment]:
    """What is booked of a service from now on."""
    return Appointment.objects.filter(
        service__name=service, status=Status.CONFIRMED, starts_at__gt=shop.now
    ).order_by("starts_at", "pk")


def _first_of_each(shop: Shop, service: str, without: list[Client]) -> list[Appointment]:
    """The next appointment of this service of each client, soonest first."""
    found: dict[object, Appointment] = {}
    rows = _ahead(shop, service).exclude(client__in=without)
    for one in rows.select_related("client", "service", "professional"):
        found.setdefault(one.client_id, one)
    return list(found.values())


_STORIES: Final = {
    "fisioterapia-ejemplo": _physiotherapy,
    "studio-esempio": _therapy,
    "kestrel-hair": _hair,
}
