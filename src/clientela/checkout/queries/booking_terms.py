"""What booking one appointment costs a client, and how it may be paid: the same for the page and the action."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from clientela.business.models import Business, SalesPolicy
from clientela.catalogue.models import PaysOnline, Service
from clientela.checkout.models import KeptCard
from clientela.checkout.queries.online import online_account
from clientela.checkout.queries.package_ways import PackageWay, package_ways
from clientela.ledger.models import Grant
from clientela.ledger.queries.business_day import business_day
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.models import Client
from clientela.rules.redemption import Usable, Wanted, plan_redemptions
from clientela.rules.ways_to_pay import Way, ways_to_pay

_NEW: Final = "appointment:new"


@dataclass(frozen=True, kw_only=True, slots=True)
class CreditUse:
    """The credit that pays for it: of which sale, how many are left of that sale then, and until when (or for ever)."""

    name: str
    left: int
    valid_until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BookingTerms:
    """Amounts are minor units of ``currency``. ``ways`` is never empty; its first stands unless another is chosen.

    ``fee_minor`` is the no-show fee for which a card is to be kept while booking; 0 where none is, or where
    the client's card is kept already for at least as much.
    """

    ways: tuple[Way, ...]
    price_minor: int
    deposit_minor: int
    currency: str
    credit: CreditUse | None
    packages: tuple[PackageWay, ...]
    waits: bool
    hold_minutes: int
    transfer_text: str
    fee_minor: int


def booking_terms(
    *,
    business: Business,
    service: Service,
    client: Client | None,
    is_signed_in: bool,
    starts_at: datetime,
    on: date,
    now: datetime,
) -> BookingTerms:
    """Return the terms of an appointment on the local day ``on``; ``client`` is the card that books, if there is one.

    ``waits`` says that it would be pending redemption: it needs a credit, and is booked without one.
    Of a guest who books what is neither paid online nor with credits nothing is asked of the database.
    """
    new = Wanted(cause=_NEW, starts_at=starts_at, on=on, service_id=service.pk)
    credit = _credit(new, usable_grants(client_id=client.pk)) if client else None
    wants_online = service.pays_online != PaysOnline.OFF and service.price_minor > 0
    asks = bool(wants_online or service.needs_credits or service.no_show_fee_minor)
    can_pay_online = asks and online_account(business) is not None
    policy = (
        SalesPolicy.objects.filter(business=business).first() if asks else None
    ) or SalesPolicy()
    ways = ways_to_pay(
        has_credit=credit is not None,
        pays_online=service.pays_online,
        can_pay_online=can_pay_online,
        price_minor=service.price_minor,
    )
    terms = BookingTerms(
        ways=ways,
        price_minor=service.price_minor,
        deposit_minor=service.deposit_minor,
        currency=business.currency,
        credit=credit,
        packages=(),
        waits=service.needs_credits and credit is None,
        hold_minutes=policy.hold_minutes,
        transfer_text=policy.transfer_text if policy.takes_transfer else "",
        fee_minor=_fee(service, client) if can_pay_online else 0,
    )
    if credit is not None or not (can_pay_online and is_signed_in):
        return terms
    packages = package_ways(
        business=business,
        client=client,
        today=business_day(business_id=business.pk, now=now),
        service=service,
        first=new,
    )
    return replace(terms, packages=tuple(packages))


def _credit(new: Wanted, usable: list[Usable]) -> CreditUse | None:
    """The credit that the ledger would take for it, by the ledger's own rule."""
    plan = plan_redemptions(wanted=[new], usable=usable)
    if not plan:
        return None
    taken = next(one for one in usable if one.grant_id == plan[0].grant_id)
    name = Grant.objects.values_list("sale__name", flat=True).get(pk=taken.grant_id)
    return CreditUse(name=name, left=len(taken.free) - 1, valid_until=taken.valid_until)


def _fee(service: Service, client: Client | None) -> int:
    """The no-show fee to agree to; nothing where a card is kept for as much."""
    fee = service.no_show_fee_minor
    if not fee or client is None:
        return fee
    kept = KeptCard.objects.filter(
        client=client, removed_at__isnull=True, fee_minor__gte=fee
    ).exists()
    return 0 if kept else fee
