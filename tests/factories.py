"""Rows for tests, made by the shipped actions. Every default is written here and nothing is random.

Each function makes one thing and what it cannot exist without; whatever a test is about, the test passes in.
All of them run inside the scope that the test opened, except ``make_business``, which opens its own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo  # noqa: TID251 -- tests build wall times by a second way than the program

from django.db import transaction

from clientela.accounts.models import Account
from clientela.booking.actions.book import Booked, book_appointment
from clientela.booking.actions.credit import redeem_pending
from clientela.booking.actions.schedule_session import schedule_session
from clientela.booking.actions.write_appointment import held_card
from clientela.booking.guest import Guest
from clientela.booking.models import Channel, Session
from clientela.business.actions.add_location import add_location
from clientela.business.actions.add_professional import add_professional
from clientela.business.actions.add_resource import add_resource
from clientela.business.actions.found_business import found_business
from clientela.business.models import (
    Business,
    Location,
    Membership,
    Professional,
    Resource,
    ResourceKind,
    Role,
)
from clientela.catalogue.actions.add_package import add_package
from clientela.catalogue.actions.add_service import add_service
from clientela.catalogue.models import Package, Service
from clientela.ledger.actions.record_payment import record_payment
from clientela.ledger.actions.record_sale import record_sale
from clientela.ledger.locks import lock_credits
from clientela.ledger.models import Method, Payment, Sale, SaleKind
from clientela.ledger.queries.business_day import business_day
from clientela.people.actions.register_client import register_client
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.rules.clock_time import tzdata_version
from clientela.rules.validity import last_day
from clientela.rules.weekly_hours import HoursRow
from clientela.schedule.actions.set_weekly_hours import record_hours_changed, set_weekly_hours
from clientela.schedule.models import Closure, OpenBlock, WeeklyHours

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""A Monday, eight in the morning in Madrid."""
MADRID = "Europe/Madrid"
SYSTEM = Actor.system("tests")
STAFF = Actor.staff(UUID(int=7), "front_desk")
GUEST = Actor.guest()
OFFICE_HOURS = ((540, 750), (810, 1080))
"""9:00 to 12:30 and 13:30 to 18:00, as minutes."""
_office_masks: dict[tuple[str, str], tuple[tuple[int, bytes], ...]] = {}
"""The kept masks of a year of office hours, by zone and version of the zone data."""


def at(text: str, zone: str = MADRID) -> datetime:
    """Return the instant of a wall reading such as ``2026-11-24 10:00`` (the first, if doubled)."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def make_account(email: str = "somebody@example.com", name: str = "Somebody") -> Account:
    """Make a log-in without a password."""
    account = Account(email=email, name=name, created_at=NOW)
    account.set_unusable_password()
    account.save()
    return account


def make_business(
    slug: str = "fisio-retiro",
    *,
    name: str = "Fisio Retiro",
    zone: str = MADRID,
    owner: Account | None = None,
    language: str = "es",
) -> Business:
    """Found a business with one location in ``zone``."""
    return found_business(
        name=name,
        slug=slug,
        language=language,
        currency="EUR",
        zone=zone,
        owner=owner,
        email=f"hola@{slug}.example.com",
        phone="+34 910 000 000",
        now=NOW,
        by=SYSTEM,
    )


def make_member(business: Business, account: Account, role: Role, **fields: Any) -> Membership:
    """Give an account a role, without the invitation."""
    return Membership.objects.create(
        business=business, account=account, role=role, created_at=NOW, **fields
    )


def make_location(business: Business, name: str = "Second", zone: str = MADRID) -> Location:
    """Add a further location."""
    return add_location(business=business, name=name, zone=zone, by=SYSTEM, now=NOW)


def make_professional(
    business: Business, name: str = "Irene", *, hours: bool = True, **fields: Any
) -> Professional:
    """Add a professional who works office hours, Monday to Friday, at the first location."""
    professional = add_professional(business=business, name=name, by=SYSTEM, now=NOW, **fields)
    if hours:
        _give_office_hours(professional)
    return professional


def _give_office_hours(professional: Professional) -> None:
    """Do what ``set_hours`` does for who has just come, with masks that were computed once for each zone.

    Nearly every test needs somebody who works, and few are about how a year of masks comes about.
    """
    place = Location.objects.filter(business=professional.business_id).first()
    assert place is not None
    key = place.zone, tzdata_version()
    is_plain = not Closure.objects.filter(location=place).exists()
    known = _office_masks.get(key) if is_plain else None
    if known is None:
        set_hours(professional)
        if is_plain:
            kept = OpenBlock.objects.filter(resource=professional.pk).order_by("block")
            _office_masks[key] = tuple((one.block, bytes(one.cells)) for one in kept)
        return
    here = {"business_id": place.business_id, "resource_id": professional.pk, "location": place}
    with transaction.atomic():
        WeeklyHours.objects.bulk_create(
            WeeklyHours(**here, weekday=day, opens_minute=opens, closes_minute=closes)
            for day in range(5)
            for opens, closes in OFFICE_HOURS
        )
        OpenBlock.objects.bulk_create(
            OpenBlock(**here, block=block, cells=cells, tzdata=key[1]) for block, cells in known
        )
        record_hours_changed(
            resource=professional.resource, location=place, by=SYSTEM, now=NOW, action="hours-set"
        )


def set_hours(
    professional: Professional | Resource,
    *ranges: tuple[int, int],
    days: range = range(5),
    location: Location | None = None,
) -> None:
    """Replace a week: the same ranges on each of the days; office hours unless said otherwise."""
    place = location or Location.objects.filter(business=professional.business_id).first()
    assert place is not None
    rows = [HoursRow(day, *stretch) for day in days for stretch in ranges or OFFICE_HOURS]
    set_weekly_hours(resource=professional, location=place, rows=rows, by=SYSTEM, now=NOW)


def make_room(
    business: Business,
    name: str = "Sala 1",
    *,
    kind: ResourceKind = ResourceKind.ROOM,
    location: Location | None = None,
) -> Resource:
    """Add a room (or machine) without hours of its own, at the first location."""
    place = location or Location.objects.filter(business=business).first()
    return add_resource(business=business, kind=kind, name=name, location=place, by=SYSTEM, now=NOW)


def make_service(
    business: Business,
    name: str = "Fisioterapia",
    *,
    professionals: tuple[Professional, ...] = (),
    duration_minutes: int = 30,
    **fields: Any,
) -> Service:
    """Add a service of 30 minutes on a quarter-hour grid, no buffers, lead time two hours, 90 days ahead."""
    return add_service(
        business=business,
        name=name,
        duration_minutes=duration_minutes,
        professionals=professionals,
        by=SYSTEM,
        now=NOW,
        **fields,
    )


def make_client(
    business: Business, name: str = "Ana Prueba", email: str = "ana@example.com", **fields: Any
) -> Client:
    """Register a client with one e-mail address."""
    return register_client(
        business=business, name=name, emails=[email], by=SYSTEM, now=NOW, **fields
    )


def make_guest(name: str = "Luz Prueba", email: str = "luz@example.com") -> Guest:
    """A guest as typed into the form."""
    return Guest(name=name, email=email)


def book(
    service: Service,
    starts_at: datetime,
    *,
    client: Client | Guest | None = None,
    professional: Professional | None = None,
    by: Actor = GUEST,
    now: datetime = NOW,
    **fields: Any,
) -> Booked:
    """Book by the web door; the default client is the guest of ``make_guest``."""
    return book_appointment(
        business=service.business,
        service=service,
        starts_at=starts_at,
        client=client or make_guest(),
        professional=professional,
        by=by,
        channel=fields.pop("channel", Channel.WEB),
        door=fields.pop("door", "booking-page"),
        now=now,
        **fields,
    )


def make_session(
    service: Service,
    starts_at: datetime,
    *,
    professional: Professional | None = None,
    **fields: Any,
) -> Session:
    """Schedule a group session."""
    return schedule_session(
        business=service.business,
        service=service,
        starts_at=starts_at,
        professional=professional,
        by=SYSTEM,
        now=fields.pop("now", NOW),
        **fields,
    )


def hold(
    service: Service, starts_at: datetime, *, minutes: int = 30, now: datetime = NOW, **fields: Any
) -> Booked:
    """Hold a time for that many minutes, as a client does who pays while booking."""
    return book(service, starts_at, held_until=now + timedelta(minutes=minutes), now=now, **fields)


def make_package(
    *services: Service,
    name: str = "Bono 5",
    credits: int = 5,  # noqa: A002 -- the word of the trade
    price_minor: int = 20_000,
    **fields: Any,
) -> Package:
    """Add a package of five sessions of these services for 200.00, valid for ever."""
    return add_package(
        business=services[0].business,
        name=name,
        credits=credits,
        price_minor=price_minor,
        services=services,
        by=SYSTEM,
        now=NOW,
        **fields,
    )


def sell(
    client: Client,
    what: Package | Service,
    *,
    credits: int | None = None,  # noqa: A002 -- the word of the trade
    applies_on: date | None = None,
    valid_until: date | None = None,
    price_minor: int | None = None,
    cause: str = "",
    now: datetime = NOW,
) -> Sale:
    """Sell a package, or one session, by the ledger's own actions, and redeem what is pending.

    Nothing is paid yet (``pay``). ``credits`` of a service other than one are sold as a package made for it.
    ``cause`` is what a single session is for: it is redeemed first.
    """
    if isinstance(what, Service) and credits not in (None, 1):
        what = make_package(what, name=f"{credits} x {what.name}", credits=credits)
    single = isinstance(what, Service)
    covered = [what.pk] if single else list(what.covers.values_list("service_id", flat=True))
    today = business_day(business_id=client.business_id, now=now)
    from_on = applies_on or today
    if valid_until is None:
        count, unit = (
            (what.single_valid_days, "day") if single else (what.valid_count, what.valid_unit)
        )
        valid_until = last_day(applies_on=from_on, count=count, unit=unit)
    with transaction.atomic():
        client = held_card(client)
        lock_credits(client.pk)
        sale = record_sale(
            client=client,
            kind=SaleKind.SINGLE if single else SaleKind.PACKAGE,
            package=None if single else what,
            service=what if single else None,
            name=what.name,
            credits=1 if single else credits or what.credits,
            services=covered,
            price_minor=what.price_minor if price_minor is None else price_minor,
            tax_basis_points=what.tax_basis_points,
            currency=client.business.currency,
            sold_on=today,
            applies_on=from_on,
            valid_until=valid_until,
            cause=cause,
            door="tests",
            by=STAFF,
            now=now,
        )
        redeem_pending(client_id=client.pk, first=cause, now=now)
    return sale


def pay(sale: Sale, amount_minor: int | None = None, *, now: datetime = NOW) -> Payment:
    """Take cash for a sale: all of its price unless said otherwise."""
    with transaction.atomic():
        lock_credits(sale.client_id)
        return record_payment(
            sale=sale,
            method=Method.CASH,
            amount_minor=sale.price_minor if amount_minor is None else amount_minor,
            currency=sale.currency,
            business_id=sale.business_id,
            paid_on=business_day(business_id=sale.business_id, now=now),
            by=STAFF,
            now=now,
        )


def days_from(on: date, count: int) -> list[date]:
    """Return that many dates from one on."""
    return [on + timedelta(days=n) for n in range(count)]
