"""What was taken and what was sold in some days: by day, method, thing and professional."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from clientela.business.models import Business
from clientela.checkout.queries.reports.sold_things import Thing, professional_names, thing_names
from clientela.ledger.models import AccountKind, LedgerAccount, Movement, Payment, PaymentKind, Sale

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sums:
    """Money that came, and that was given back; and what was sold, which is another matter.

    ``sold`` is the price of the sales made, less what credit notes and voids took back; ``sales`` their number.
    """

    taken: int = 0
    back: int = 0
    sold: int = 0
    sales: int = 0

    @property
    def net(self) -> int:
        """What stayed of the money."""
        return self.taken - self.back

    def __add__(self, other: Sums) -> Sums:
        """Add all of them."""
        return Sums(
            self.taken + other.taken,
            self.back + other.back,
            self.sold + other.sold,
            self.sales + other.sales,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One group of payments, sales or returns; sales and returns have no method."""

    on: date
    method: str
    thing: Thing
    professional: UUID | None
    sums: Sums


@dataclass(frozen=True, slots=True)
class Takings:
    """The sums of the days from ``start`` to ``end``, both included, whole and by what they are of.

    Days hold what came by each method, and only days on which something moved. Things and professionals are
    in the order of what they brought; what nobody in particular sold is under ``None``.
    """

    start: date
    end: date
    currency: str
    total: Sums
    days: dict[date, Sums]
    day_methods: dict[tuple[date, str], Sums]
    methods: dict[str, Sums]
    things: dict[Thing, Sums]
    professionals: dict[UUID | None, Sums]
    thing_names: dict[Thing, str]
    professional_names: dict[UUID, str]
    rows: list[Row]


def takings(
    *, business: Business, start: date, end: date, known_at: datetime | None = None
) -> Takings:
    """Return the takings of some days. Seven queries, however many payments there were.

    Money counts on the day it was paid or given back, a sale on the day it was sold, a credit note or void on
    its own day. Money that came for nothing we could give is in the total and under ``Thing("")``: the sum of
    the methods is what moved in and out of the tills of the ledger, to the cent.
    """
    rows = [
        *_paid(business, start, end, known_at),
        *_sold(business, start, end, known_at),
        *_returned(business, start, end, known_at),
    ]
    money = [row for row in rows if row.method]
    things = _summed(rows, lambda row: row.thing)
    people = _summed(rows, lambda row: row.professional)
    return Takings(
        start=start,
        end=end,
        currency=business.currency,
        total=sum((row.sums for row in rows), Sums()),
        days=dict(sorted(_summed(rows, lambda row: row.on).items())),
        day_methods=_summed(money, lambda row: (row.on, row.method)),
        methods=_by_worth(_summed(money, lambda row: row.method)),
        things=_by_worth(things),
        professionals=_by_worth(people),
        thing_names=thing_names(things),
        professional_names=professional_names(people),
        rows=_merged(rows),
    )


def _paid(business: Business, start: date, end: date, known_at: datetime | None) -> list[Row]:
    """Payments and refunds, by the day they were made."""
    rows = Payment.objects.filter(
        business=business, paid_on__range=(start, end), currency=business.currency
    )
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    groups = rows.values_list(
        "paid_on",
        "method",
        "kind",
        "sale__kind",
        "sale__package",
        "sale__service",
        "sale__professional",
    ).annotate(total=Sum("amount_minor"))
    return [
        Row(
            on,
            method,
            Thing.of(sold, package, service),
            professional,
            Sums(taken=total) if kind == PaymentKind.PAYMENT else Sums(back=total),
        )
        for on, method, kind, sold, package, service, professional, total in groups
    ]


def _sold(business: Business, start: date, end: date, known_at: datetime | None) -> list[Row]:
    """Sales, by the day they were made, at their price; also those that were voided afterwards."""
    sales = Sale.objects.filter(
        business=business, sold_on__range=(start, end), currency=business.currency
    )
    if known_at is not None:
        sales = sales.filter(sold_at__lte=known_at)
    groups = sales.values_list("sold_on", "kind", "package", "service", "professional").annotate(
        total=Sum("price_minor"), number=Count("pk")
    )
    return [
        Row(on, "", Thing.of(kind, package, service), professional, Sums(sold=total, sales=number))
        for on, kind, package, service, professional, total, number in groups
    ]


def _returned(business: Business, start: date, end: date, known_at: datetime | None) -> list[Row]:
    """What was taken back of prices, by the day of the credit note or void."""
    moved: list[tuple[date, str, int]] = list(
        price_returns(business=business, known_at=known_at)
        .filter(happened_on__range=(start, end))
        .values_list("happened_on", "from_account__key")
        .annotate(total=Sum("amount"))
    )
    sales = {
        str(pk): (Thing.of(kind, package, service), professional)
        for pk, kind, package, service, professional in Sale.objects.filter(
            pk__in={UUID(key) for _on, key, _total in moved}
        ).values_list("pk", "kind", "package", "service", "professional")
    }
    return [Row(on, "", *sales[key], Sums(sold=-total)) for on, key, total in moved]


def price_returns(*, business: Business, known_at: datetime | None) -> QuerySet[Movement]:
    """Return the movements by which prices were taken back: from what is owed to what was earned, and the tax."""
    earned = LedgerAccount.objects.filter(
        business=business,
        unit=business.currency,
        kind__in=[AccountKind.EARNED, AccountKind.TAX],
    ).values_list("pk", flat=True)
    moved = Movement.objects.filter(to_account__in=list(earned))
    return moved if known_at is None else moved.filter(recorded_at__lte=known_at)


def _summed(rows: Iterable[Row], key: Callable[[Row], _Key]) -> dict[_Key, Sums]:
    found: dict[_Key, Sums] = defaultdict(Sums)
    for row in rows:
        found[key(row)] += row.sums
    return dict(found)


def _merged(rows: Iterable[Row]) -> list[Row]:
    """One row of each day, method, thing and professional, in that order."""
    sums = _summed(rows, lambda row: (row.on, row.method, row.thing, row.professional))
    order = sorted(sums, key=lambda key: (key[0], key[1], str(key[2]), str(key[3])))
    return [Row(*key, sums[key]) for key in order]


def _by_worth(sums: dict[_Key, Sums]) -> dict[_Key, Sums]:
    """The most money first, then the most sold; the order of nothing is by name."""
    order = sorted(sums.items(), key=lambda pair: (-pair[1].net, -pair[1].sold, str(pair[0])))
    return dict(order)
